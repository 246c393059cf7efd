"""A private session held and closed, for tests of its minutes: three people, one of them heard by override."""

from dataclasses import replace
from datetime import date
from typing import Any

from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.services.cases import matrices
from csp_desktop.services.private import people, room, scoring
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.settings import send_to
from csp_desktop.services.session import Session
from tests.support.private_session import LEAD, begun, member_named, row_of

SARA, AMIRA, JOY, EWA = "PC Sara Lyle", "Amira Shah", "Joy Okafor", "Ewa Lukasik"
KIT, DANA, SOL = "Kit Barlow", "Dana Wells", "Sol Marsh"
ALIAS = "Birdie"
NEXT = date(2026, 12, 17)
NAMES = (KIT, "Kit", "Barlow", ALIAS, DANA, "Dana", "Wells", SOL, "Sol ", "Marsh")
ON_LIST = (SARA, AMIRA, JOY, EWA, LEAD)


def named(session: Session) -> Any:
    """One of the people has an alias, and each has a headline that no paper shows."""
    line = people.people(session)[0]
    people.save(session, replace(line.person, aliases=(ALIAS,), headline="sleeps behind the old chapel"))
    _score(session, line.person.id)
    return line.person


def _score(session: Session, person_id: str) -> None:
    matrix = matrices.in_force(session).matrix
    scoring.assess(session, person_id, {factor.key: factor.options[-1].key for factor in matrix.factors})


def held(session: Session, *, circulation: tuple[str, ...] = ON_LIST) -> str:
    """The session: Kit with everyone who may hear and Ewa let in, Dana decided without her worker's colleague, Sol not
    reached. Returns the meeting's id."""
    named(session)
    sitting = begun(session, LEAD, SARA, AMIRA, JOY, EWA)
    _kit(session, sitting)
    _dana(session, sitting)
    _items(session, sitting)
    sitting.close(next_on=NEXT, note="Marsh next time")
    for name in circulation:
        send_to(session, member_named(session, name).id, receives=True)
    return sitting.meeting_id


def _kit(session: Session, sitting: PrivateSitting) -> None:
    ewa = row_of(session, sitting.meeting_id, EWA).id
    sitting.admit([ewa], "ran the shelter Birdie slept in")
    sitting.open_person()
    sitting.keep_typing("Kit Barlow left A&E early; BIRDIE was with Dana. K.B. and D.W. share the tent.")
    made = sitting.agree("sl find Kit a kennel space thu")
    sitting.agree("el ask the shelter mon")
    sitting.answer(made.id, Answer.CARRY_ON, due=NEXT, reason="Barlow was away")
    sitting.choose(PersonOutcome.INTENSIFY, reason="Kit needs a bed tonight")
    sitting.accept()


def _dana(session: Session, sitting: PrivateSitting) -> None:
    joy = row_of(session, sitting.meeting_id, JOY).id
    room.leave(session, joy)
    sitting.open_person()
    sitting.keep_typing("Dana took the room.")
    sitting.agree("el help her move fri")
    sitting.choose(PersonOutcome.MOVED_IN)
    sitting.accept()
    room.come_back(session, joy)


def _items(session: Session, sitting: PrivateSitting) -> None:
    with session.work.step("notes under items") as records:
        for item in records.find(AgendaItem, meeting_id=sitting.meeting_id):
            said = {ItemKind.WINTER: "Eleven beds from Friday.", ItemKind.OTHER: "Sol Marsh may come back."}
            records.save(replace(item, note=said.get(item.kind, "")))
