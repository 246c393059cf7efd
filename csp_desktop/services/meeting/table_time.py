"""What time it is at the table: the clock's, or of a meeting held on paper the time that stands on its sheets."""

from datetime import date, datetime

from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def paper_of(session: Session, records: Records, meeting_id: str) -> HeldOnPaper | None:
    """That a meeting is entered from paper; the private meeting never is."""
    if session.private or not meeting_id:
        return None
    return next(iter(records.find(HeldOnPaper, meeting_id=meeting_id)), None)


def at_table(session: Session, records: Records, meeting_id: str) -> datetime:
    """The instant at which what is written down now happens."""
    paper = paper_of(session, records, meeting_id)
    return paper.at if paper is not None else session.now()


def day_at_table(session: Session, meeting: Meeting) -> date:
    """The day it is at the table: a meeting entered afterwards was on its own."""
    return min(session.today, meeting.on)


def note_reader(session: Session, records: Records, meeting_id: str, stop_id: str) -> None:
    """Of a meeting held on paper: who read this back."""
    paper = paper_of(session, records, meeting_id)
    if paper is not None:
        records.save(paper.read_back(stop_id))


def read_back_by(paper: HeldOnPaper | None, stop_id: str) -> str:
    """Who read it back, where that was on paper."""
    return paper.reader_of(stop_id) if paper is not None else ""
