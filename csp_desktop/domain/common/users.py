"""Who can open a file: what the register knows of a user beside the person's own entry, and what a user may do."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Role(Enum):
    """What a user may do. Inside one vault these are rules of the program, not of the cipher."""

    CHAIR = "chair"
    MINUTE_TAKER = "minute-taker"
    NEW_HOPE_LEAD = "new-hope-lead"
    NEW_HOPE_DEPUTY = "new-hope-deputy"
    ADMINISTRATOR = "administrator"


RECORDERS = (Role.CHAIR, Role.MINUTE_TAKER)
PRIVATE_RECORDERS = (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)


@dataclass(frozen=True)
class User:
    """A person with a way into the file. Name and roles stand with the member; `id` is what the file's header knows."""

    id: str
    member_id: str
    since: date
    renewed_on: date  # the passphrase was set or changed
    must_renew: bool = False  # somebody else chose it: it is to be replaced at the next unlock
    ends_with_id: str = ""  # the meeting whose closing takes this way in away: a stand-in's
