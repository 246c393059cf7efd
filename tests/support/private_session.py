"""An invented private session for tests: a register, people, a sub-agenda, and people in the room."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.meeting.private_handover import Handed
from csp_desktop.domain.people.agencies import AgencyKind, Member
from csp_desktop.services.private import agenda, people, register, room, scoring
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.subject import PEOPLE as SUBJECT
from csp_desktop.services.session import Session
from tests.support.fakes import QUICK_PAPERS, FakeWork, fake_session

NOW = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
DAY = date(2026, 11, 26)
MATRIX = (Path(__file__).parents[2] / "resources" / "matrices" / "rough-sleeping.json").read_text(encoding="utf-8")
LEAD = "Ravi Nair"
MEMBERS = (
    (LEAD, "New Hope", AgencyKind.SUPPORT),
    ("Hana Lowe", "New Hope", AgencyKind.SUPPORT),
    ("PC Sara Lyle", "Hertfordshire Constabulary", AgencyKind.POLICE),
    ("Amira Shah", "Watford Borough Council", AgencyKind.COUNCIL),
    ("Joy Okafor", "Community Mental Health Team", AgencyKind.HEALTH),
    ("Ewa Lukasik", "CGL", AgencyKind.SUPPORT),
)
PEOPLE = (("Kit Barlow", "Joy Okafor"), ("Dana Wells", "Ewa Lukasik"), ("Sol Marsh", "Ewa Lukasik"))


def private_session(work: Any = None, *, name: str = LEAD, roles: frozenset[Role] | None = None) -> Session:
    """A session of New Hope's lead on a private file with its clause, matrix, register and three people."""
    session = fake_session(work or FakeWork(lambda: NOW, name), now=lambda: NOW, user_name=name, papers=QUICK_PAPERS)
    session = replace(session, roles=roles or frozenset({Role.NEW_HOPE_LEAD}), subject=SUBJECT)
    with session.work.step("clause") as records:
        records.save(Clause("private-1", ClauseKind.PRIVATE, 1, "This part is private.", DAY))
    scoring.load_matrix(session, MATRIX)
    for member, agency, kind in MEMBERS:
        register.save_member(session, "", member, agency, kind)
    lead = member_named(session, LEAD)
    with session.work.step("lead") as records:
        records.save(replace(lead, roles=(Role.NEW_HOPE_LEAD.value,), user_name=LEAD))
    session = replace(session, member_id=lead.id)
    for person, worker in PEOPLE:
        made = people.add(session, person)
        people.involve(session, made.id, member_named(session, worker).id, DAY, "key worker")
    return session


def member_named(session: Session, name: str) -> Member:
    """A member of the register."""
    return next(row.member for row in register.rows(session) if row.member.name == name)


def crossed_over(session: Session, *names: str) -> str:
    """Plan the session, let these people of the register cross over, sign and be counted; returns the meeting's id."""
    meeting = agenda.plan(session, DAY, time(15, 45), time(16, 30))
    by_name = {name: (agency, kind) for name, agency, kind in MEMBERS}
    handed = [Handed(f"row {name}", name, *by_name.get(name, ("Elsewhere", AgencyKind.OTHER))) for name in names]
    room.receive(session, meeting.id, handed)
    for row in (*room.check(session, meeting.id).staying, *room.check(session, meeting.id).leaving):
        room.sign(session, row.id, typed_name=row.name)
    return meeting.id


def begun(session: Session, *names: str) -> PrivateSitting:
    """A running session with these people in the room; everyone who must leave has been let stay by the lead."""
    meeting_id = crossed_over(session, *names)
    check = room.check(session, meeting_id)
    for row in check.leaving:
        room.decide(session, row.id, stays=True)
    room.count_heads(session, meeting_id, len(names))
    sitting = PrivateSitting(session, meeting_id)
    sitting.begin()
    return sitting


def row_of(session: Session, meeting_id: str, name: str) -> room.RoomRow:
    """Someone's row in the room."""
    check = room.check(session, meeting_id)
    return next(row for row in (*check.staying, *check.leaving) if row.name == name)
