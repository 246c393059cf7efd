"""A meeting that was held on paper is entered afterwards: through the same sign-in, walk and closing as any other, with
the times that stand on the sheets.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time

from csp_desktop.domain.common.days import dated_day, instant
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.held_on_paper import (
    KEPT,
    READER,
    HeldOnPaper,
    refuse_before,
    time_on_paper,
)
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.meeting.sign_in import current_clause, open_sign_in, read_out, sign
from csp_desktop.services.meeting.table_time import paper_of
from csp_desktop.services.ports.work import StepKind
from csp_desktop.services.session import Session

KEPT_WORDS = "in the partnership’s locked cabinet"  # proposed
NOT_ON_PAPER = "This meeting was not held on paper: its times come from the clock."


def held_on_paper(session: Session, meeting_id: str) -> HeldOnPaper | None:
    """How a meeting entered from paper stands; None for any other."""
    with session.work.reading() as records:
        return paper_of(session, records, meeting_id)


def begin(session: Session, meeting_id: str) -> HeldOnPaper:
    """This meeting was held on paper: its sign-in opens at the time it was planned to start, read back by its chair
    until another is named. Raises Refused before its day, and for a meeting that runs or is closed."""
    session.require_recorder()
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        known = paper_of(session, records, meeting_id)
        chair = records.find(Member, id=meeting.chair_id) if meeting.chair_id else []
    if known is not None:
        return known
    refuse_before(meeting.on, session.today)
    if meeting.state in (MeetingState.IN_SESSION, MeetingState.CLOSED):
        raise Refused(
            f"The meeting of {dated_day(meeting.on)} is or was held in the program: its times come from the clock."
        )
    at = time_on_paper(min(instant(meeting.on, meeting.starts), session.now()), session.now())
    reader = chair[0].name if chair else session.user_name
    with session.work.step("a meeting held on paper") as records:
        open_sign_in(session, meeting_id)
        records.save(replace(records.get(Meeting, meeting_id), opened_at=at))
        made = HeldOnPaper(new_id(), meeting_id, at, reader, KEPT_WORDS, session.now(), session.user_name)
        records.save(made)
    return made


def hearers(session: Session, meeting_id: str) -> frozenset[str]:
    """The members not yet signed to whom the clause is read out first."""
    with session.work.reading() as records:
        rows = records.find(Attendance, meeting_id=meeting_id)
        versions = {kind: current_clause(records, kind) for kind in {signing.clause_kind(row) for row in rows}}
    waiting = [row for row in rows if not row.signed and signing.hears_the_clause(row)]
    return frozenset(row.member_id for row in waiting if not signing.may_sign(row, versions[signing.clause_kind(row)]))


def sign_all(session: Session, meeting_id: str, member_ids: Sequence[str], reader: str) -> None:
    """All of these signed on the sheets, at the time that stands on them, as one step; to those who had to hear the
    clause the `reader` read it out. Raises Refused, with nobody signed, for a meeting that was not held on paper, for
    nobody chosen, and where somebody had to hear the clause and no reader is named."""
    session.require_recorder()
    with session.work.step("signatures on the sheets") as records:
        if paper_of(session, records, meeting_id) is None:
            raise Refused(NOT_ON_PAPER)
        if not member_ids:
            raise Refused("Choose whose names are on the sheets.")
        heard = [member_id for member_id in member_ids if member_id in hearers(session, meeting_id)]
        if heard:
            read_out(session, meeting_id, heard, reader)
        for member_id in member_ids:
            sign(session, meeting_id, member_id)


def say_time(session: Session, meeting_id: str, at: time) -> HeldOnPaper:
    """The time on the sheets at which what is entered next happened. Raises FieldRefused for one still to come."""
    with session.work.reading() as records:
        on = records.get(Meeting, meeting_id).on
    moment = time_on_paper(instant(on, at), session.now())
    return _change(session, meeting_id, "time on the sheets", lambda paper: replace(paper, at=moment))


def say_reader(session: Session, meeting_id: str, name: str) -> HeldOnPaper:
    """Who read back what is entered next. Raises FieldRefused for nobody."""
    who = entered(name, "The name", READER)
    if not who:
        raise FieldRefused(READER, "Name who read it back.")
    return _change(session, meeting_id, "who read back", lambda paper: replace(paper, reader=who))


def say_kept(session: Session, meeting_id: str, where: str) -> HeldOnPaper:
    """Where the signed sheets are kept; it stands in the minutes. Raises FieldRefused for nowhere."""
    kept = entered(where, "The place", KEPT)
    if not kept:
        raise FieldRefused(KEPT, "Say where the signed sheets are kept: this is recorded in the minutes.")
    return _change(session, meeting_id, "where the sheets are kept", lambda paper: replace(paper, kept=kept))


def _change(session: Session, meeting_id: str, words: str, change: Callable[[HeldOnPaper], HeldOnPaper]) -> HeldOnPaper:
    session.require_recorder()
    with session.work.step(words, kind=StepKind.NOTE) as records:
        paper = paper_of(session, records, meeting_id)
        if paper is None:
            raise Refused(NOT_ON_PAPER)
        after = change(paper)
        records.save(after)
    return after
