"""Who can open a file: what the register knows of a user beside the person's own entry, and what a user may do."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Role(Enum):
    """What a user is to the partnership. Inside one vault these are rules of the program, not of the cipher."""

    CHAIR = "chair"
    MINUTE_TAKER = "minute-taker"
    NEW_HOPE_LEAD = "new-hope-lead"
    NEW_HOPE_DEPUTY = "new-hope-deputy"
    ADMINISTRATOR = "administrator"
    DEPUTY_CHAIR = "deputy-chair"
    ASB_COORDINATOR = "asb-coordinator"
    COMMUNITY_SAFETY_MANAGER = "community-safety-manager"
    IT_ADMINISTRATOR = "it-administrator"


class Duty(Enum):
    """What somebody is asked for by role."""

    CHAIR = "decide what the chair decides"
    RECORD = "prepare a meeting and write down what it does"
    WORK_CASES = "add and change cases, referrals, plans and actions"
    KEEP_PEOPLE = "keep people, agencies and imported lists"
    KEEP_SETTINGS = "change settings and clause wordings"
    ERASE = "delete what is due for deletion"
    KEEP_FILE = "put the whole file back or give it away"
    BACK_UP = "make a backup and check it"
    MANAGE_USERS = "say who can open the file"
    SEE_APPLICANTS = "see the names and addresses of the public in ASB case reviews"
    DECIDE_REQUESTS = "decide on a request for information"
    READ_CASES = "read what the file holds about cases"


RECORDERS = (Role.CHAIR, Role.MINUTE_TAKER)
PRIVATE_RECORDERS = (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)
CASE_WORKERS = (*RECORDERS, Role.DEPUTY_CHAIR, Role.ASB_COORDINATOR, Role.COMMUNITY_SAFETY_MANAGER)
EVERY_ROLE = tuple(role for role in Role if role is not Role.IT_ADMINISTRATOR)  # of whoever is alone
FILE_KEEPERS = (Role.CHAIR, Role.ADMINISTRATOR)
PRIVATE_KEEPERS = (Role.NEW_HOPE_LEAD,)

# Who does what: in the group's file, and in the private one. A deputy chair does besides what the chair does, while
# acting for the chair (see domain.meeting.offices). An IT administrator has no other role and opens no case.
DUTIES: dict[Duty, tuple[tuple[Role, ...], tuple[Role, ...]]] = {
    Duty.CHAIR: ((Role.CHAIR,), PRIVATE_KEEPERS),
    Duty.RECORD: (RECORDERS, PRIVATE_RECORDERS),
    Duty.WORK_CASES: (CASE_WORKERS, PRIVATE_RECORDERS),
    Duty.KEEP_PEOPLE: ((*CASE_WORKERS, Role.ADMINISTRATOR), PRIVATE_RECORDERS),
    Duty.KEEP_SETTINGS: ((*RECORDERS, Role.ADMINISTRATOR, Role.COMMUNITY_SAFETY_MANAGER), PRIVATE_RECORDERS),
    Duty.ERASE: (FILE_KEEPERS, PRIVATE_KEEPERS),
    Duty.KEEP_FILE: (FILE_KEEPERS, PRIVATE_KEEPERS),
    Duty.BACK_UP: ((*FILE_KEEPERS, Role.MINUTE_TAKER, Role.IT_ADMINISTRATOR), PRIVATE_RECORDERS),
    Duty.MANAGE_USERS: ((*FILE_KEEPERS, Role.IT_ADMINISTRATOR), PRIVATE_KEEPERS),
    Duty.SEE_APPLICANTS: (
        (Role.CHAIR, Role.DEPUTY_CHAIR, Role.ASB_COORDINATOR, Role.COMMUNITY_SAFETY_MANAGER),
        (),
    ),
    Duty.DECIDE_REQUESTS: ((Role.CHAIR, Role.ASB_COORDINATOR, Role.DEPUTY_CHAIR), ()),
    Duty.READ_CASES: (EVERY_ROLE, PRIVATE_RECORDERS),
}
ROLE_WORDS = {
    Role.CHAIR: "chair",
    Role.MINUTE_TAKER: "minute-taker",
    Role.NEW_HOPE_LEAD: "New Hope lead",
    Role.NEW_HOPE_DEPUTY: "New Hope deputy",
    Role.ADMINISTRATOR: "administrator",
    Role.DEPUTY_CHAIR: "deputy chair",
    Role.ASB_COORDINATOR: "police ASB coordinator",
    Role.COMMUNITY_SAFETY_MANAGER: "community safety manager",
    Role.IT_ADMINISTRATOR: "IT administrator",
}


def role_title(role: Role) -> str:
    """'Chair', 'New Hope lead', 'Police ASB coordinator': as a form and a list name it."""
    words = ROLE_WORDS[role]
    return words[:1].upper() + words[1:]


def who_may(duty: Duty, *, private: bool) -> tuple[Role, ...]:
    """The roles that do it, in the private file or the group's."""
    group, own = DUTIES[duty]
    return own if private else group


@dataclass(frozen=True)
class User:
    """A person with a way into the file. Name and roles stand with the member; `id` is what the file's header knows."""

    id: str
    member_id: str
    since: date
    renewed_on: date  # the passphrase was set or changed
    must_renew: bool = False  # somebody else chose it: it is to be replaced at the next unlock
    ends_with_id: str = ""  # the meeting whose closing takes this way in away: a stand-in's
