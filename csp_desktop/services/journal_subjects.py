"""Whom or what the lines of a journal are about: the group's file tells of cases, the private one of people. A person
is called by reference and initials, and nobody's line is read while a private session runs.
"""

from collections.abc import Callable, Sequence
from typing import Any

from csp_desktop.domain.cases import Case
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.meeting import Meeting, MeetingState
from csp_desktop.domain.rough_sleeping import RoughSleeper
from csp_desktop.services.ports import Records
from csp_desktop.services.session import PRIVATE_RECORDERS, Session

CALLED: dict[type[Any], Callable[[Any], str]] = {
    Case: lambda case: case.reference or case.title,
    RoughSleeper: lambda person: f"{person.reference}, {person.initials}",
}


def subject_of(session: Session) -> type[Any]:
    """What this file is about."""
    return RoughSleeper if session.private else Case


def subject_word(session: Session) -> str:
    """'case', 'person'"""
    return "person" if session.private else "case"


def require_journal(session: Session, records: Records) -> None:
    """In the private file only New Hope's lead or deputy reads it, and not while people are shown one at a time."""
    if not session.private:
        return
    session.require(*PRIVATE_RECORDERS)
    if records.find(Meeting, state=MeetingState.IN_SESSION):
        raise Refused("A private session is running. The journal can be read when it is closed.")


def subjects_called(session: Session, records: Records, ids: Sequence[str]) -> dict[str, str]:
    """What those with these ids are called."""
    kind = subject_of(session)
    return {one.id: CALLED[kind](one) for one in records.find(kind, id=tuple(ids))} if ids else {}


def subject_id(session: Session, called: str) -> str:
    """The id of the case of a reference, or of the person (RS-014); empty when there is none."""
    typed = "".join(called.split()).upper().split(",")[0]
    with session.work.reading() as records:
        require_journal(session, records)
        found = records.find(RoughSleeper) if session.private else records.find(Case, reference=typed)
    return next((one.id for one in found if one.reference == typed), "")


def subject_reference(session: Session, record_id: str) -> str:
    """The reference of a case or a person; empty for one no longer there."""
    with session.work.reading() as records:
        require_journal(session, records)
        found = records.find(subject_of(session), id=record_id)
    return str(found[0].reference) if found else ""
