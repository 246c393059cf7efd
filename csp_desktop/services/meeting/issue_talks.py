"""Emerging issues while the meeting is at them: each gets its note, and is minuted with it."""

from dataclasses import dataclass, replace
from datetime import datetime

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote, comes_to
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records, StepKind
from csp_desktop.services.session import Session

NOTE = "note on an issue"


@dataclass(frozen=True)
class IssueTalk:
    """One issue while the meeting is at it: what was said of it here, with what is being typed, and before."""

    issue: EmergingIssue
    owner: str
    times: int  # at earlier meetings
    last: str  # what was said last, before this meeting
    note: str
    discussed: bool
    saved_at: datetime | None


def talks(session: Session, records: Records, meeting: Meeting) -> tuple[IssueTalk, ...]:
    """The issues of this meeting by area of work: those that come to it, and those talked about at it."""
    mine = {note.issue_id: note for note in records.find(IssueNote, meeting_id=meeting.id)}
    found = records.find(EmergingIssue)
    here = {issue.id for issue in comes_to(found, meeting.id) if issue.first_seen <= meeting.on}
    earlier: dict[str, list[IssueNote]] = {}
    for note in records.find(IssueNote):
        if note.meeting_id != meeting.id and note.on <= meeting.on:
            earlier.setdefault(note.issue_id, []).append(note)
    areas = {area: n for n, area in enumerate(settings_in(records).areas)}
    names = {member.id: member.name for member in records.find(Member)}
    chosen = [issue for issue in found if issue.id in here or issue.id in mine]
    chosen.sort(key=lambda issue: (areas.get(issue.area, len(areas)), issue.first_seen, issue.title))
    rows = []
    for issue in chosen:
        before = sorted(earlier.get(issue.id, []), key=lambda note: note.on)
        draft = session.work.draft(EmergingIssue, talk_key(meeting.id, issue.id), "note")
        said = mine.get(issue.id)
        rows.append(
            IssueTalk(
                issue,
                names.get(issue.owner_id, ""),
                len({note.meeting_id for note in before if note.meeting_id}),
                before[-1].note if before else "",
                draft.text if draft else said.note if said else "",
                said is not None,
                draft.at if draft else None,
            )
        )
    return tuple(rows)


def talk_key(meeting_id: str, issue_id: str) -> str:
    """What the draft of a note belongs to while it is typed."""
    return f"{meeting_id}:{issue_id}"


def keep_talk(session: Session, meeting_id: str, issue_id: str, text: str) -> datetime:
    """Commit what is being typed; returns the instant that may be shown as saved."""
    session.require_recorder()
    return session.work.keep_draft(EmergingIssue, talk_key(meeting_id, issue_id), "note", text)


def discuss(session: Session, meeting_id: str, issue_id: str, text: str | None = None) -> None:
    """The issue was talked about at this meeting: what is being typed, or `text`, becomes part of the record. Raises
    Refused once the meeting is closed."""
    session.require_recorder()
    key = talk_key(meeting_id, issue_id)
    draft = session.work.draft(EmergingIssue, key, "note")
    words = text if text is not None else draft.text if draft else None
    with session.work.step(NOTE, kind=StepKind.NOTE) as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This meeting is closed: the discussion is in its minutes.")
        before = next(iter(records.find(IssueNote, meeting_id=meeting_id, issue_id=issue_id)), None)
        made = before or IssueNote(new_id(), issue_id, meeting_id, meeting.on, "", session.user_name)
        said = made.note if words is None else words.strip()
        if before is None or said != before.note:
            at = at_table(session, records, meeting_id)
            records.save(replace(made, note=said, at=at, by=session.user_name))
            _touch(session, records, meeting_id)
        if draft is not None:
            session.work.drop_draft(EmergingIssue, key, "note")


def _touch(session: Session, records: Records, meeting_id: str) -> None:
    """What is said after the item was read back is marked there."""
    for item in records.find(AgendaItem, meeting_id=meeting_id):
        if item.kind is ItemKind.EMERGING and item.read_back_at is not None:
            records.save(replace(item, changed_at=at_table(session, records, meeting_id)))


def not_discussed(session: Session, meeting_id: str, issue_id: str) -> None:
    """It was not talked about after all: taken back at a meeting still running. Raises Refused once it is closed."""
    session.require_recorder()
    with session.work.step("issue not discussed") as records:
        if records.get(Meeting, meeting_id).state is MeetingState.CLOSED:
            raise Refused("This meeting is closed: the discussion is in its minutes.")
        for note in records.find(IssueNote, meeting_id=meeting_id, issue_id=issue_id):
            records.remove(note)
            _touch(session, records, meeting_id)


def end_talks(session: Session) -> None:
    """Every note of an issue half typed becomes part of the record, before anything else is done at the table."""
    for draft in session.work.drafts():
        if draft.kind == EmergingIssue.__name__ and draft.field == "note" and ":" in draft.record_id:
            meeting_id, _, issue_id = draft.record_id.partition(":")
            end_talk(session, meeting_id, issue_id)


def end_talk(session: Session, meeting_id: str, issue_id: str) -> bool:
    """The note of an issue was left: it becomes part of the record where it says something, or said something before.
    Whether anything was written.
    """
    key = talk_key(meeting_id, issue_id)
    draft = session.work.draft(EmergingIssue, key, "note")
    if draft is None:
        return False
    with session.work.reading() as records:
        before = records.find(IssueNote, meeting_id=meeting_id, issue_id=issue_id)
    if draft.text.strip() or before:
        discuss(session, meeting_id, issue_id)
        return True
    session.work.drop_draft(EmergingIssue, key, "note")
    return False
