"""Emerging issues: kept as records, back on every agenda until a person closes them, talked about one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.cases.cases import Case, SubjectType
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.issues import (
    OFTEN,
    EmergingIssue,
    IssueField,
    IssueNote,
    IssueState,
    checked,
    close,
    comes_to,
    reopen,
)
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.cases.case_entry import NewCase, enter_case
from csp_desktop.services.meeting.actions import Officer, officers
from csp_desktop.services.meeting.agenda import lay_out
from csp_desktop.services.meeting.due_next import last_held
from csp_desktop.services.meeting.issue_talks import NOTE, discuss
from csp_desktop.services.meeting.regular import regular_to_come
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Said:
    """What was said of an issue on one day. `meeting` is empty between meetings."""

    on: date
    meeting: str  # 'CPG'
    note: str


@dataclass(frozen=True)
class NextStep:
    """What is next for an issue: an open action, else what was written. `late` in days."""

    words: str
    by: date | None
    late: int
    action: bool = False


@dataclass(frozen=True)
class IssueRow:
    """One issue as its page shows it."""

    issue: EmergingIssue
    times: int  # at the table of this group
    owner: Officer | None
    step: NextStep | None
    said: tuple[Said, ...]  # the newest first
    case_words: str  # 'SN-2026-060627, LC', the case it became
    fresh: bool  # raised since the last meeting
    on_agenda: bool  # of the next meeting

    @property
    def days_overdue(self) -> int:
        """How many days its next step is past its date."""
        return self.step.late if self.step else 0

    @property
    def often(self) -> bool:
        """So often at the table that somebody should say what becomes of it."""
        return self.times >= OFTEN


@dataclass(frozen=True)
class Issues:
    """Everything the page shows: the open ones, overdue first, then the most discussed, and those closed this year."""

    open: tuple[IssueRow, ...]
    closed: tuple[IssueRow, ...]
    areas: tuple[str, ...]
    meeting: Meeting | None  # the next one
    last_on: date | None
    people: tuple[Officer, ...]


def issues(session: Session) -> Issues:
    """All of them, read at once."""
    with session.work.reading() as records:
        held, meeting = last_held(records), next_meeting_in(records)
        rows = _rows(session, records, records.find(EmergingIssue), meeting, held.on if held else None)
        areas, known = settings_in(records).areas, officers(records)
        active = {m.id for m in records.find(Member, active=True)}
    found = [row for row in rows if row.issue.state is IssueState.OPEN]
    closed = [row for row in rows if row.issue.closed_on and row.issue.closed_on.year == session.today.year]
    people = sorted((o for o in known.values() if o.id in active), key=lambda officer: officer.name)
    return Issues(
        tuple(sorted(found, key=lambda row: (-row.days_overdue, -row.times, row.issue.first_seen, row.issue.title))),
        tuple(sorted(closed, key=lambda row: row.issue.closed_on or date.min, reverse=True)),
        areas,
        meeting,
        held.on if held else None,
        tuple(people),
    )


def next_meeting_in(records: Records) -> Meeting | None:
    """The meeting that is planned or running, the earliest first."""
    return next(iter(regular_to_come(records)), None)


def _rows(
    session: Session, records: Records, found: Sequence[EmergingIssue], meeting: Meeting | None, last_on: date | None
) -> list[IssueRow]:
    notes: dict[str, list[IssueNote]] = {}
    for note in sorted(records.find(IssueNote), key=lambda n: (n.on, str(n.at)), reverse=True):
        notes.setdefault(note.issue_id, []).append(note)
    known = officers(records)
    action_ids = [key for issue in found for key in issue.action_ids]
    actions = {a.id: a for a in records.find(Action, id=action_ids)} if action_ids else {}
    case_ids = [issue.became_case_id for issue in found if issue.became_case_id]
    cases = {c.id: c for c in records.find(Case, id=case_ids)} if case_ids else {}
    rows = []
    for issue in found:
        mine, case = notes.get(issue.id, []), cases.get(issue.became_case_id)
        rows.append(
            IssueRow(
                issue,
                len({note.meeting_id for note in mine if note.meeting_id}),
                known.get(issue.owner_id),
                _next_step(issue, actions, session.today),
                tuple(Said(note.on, "CPG" if note.meeting_id else "", note.note) for note in mine),
                ", ".join(filter(None, (case.reference or "awaiting its reference", case.initials))) if case else "",
                last_on is None or issue.first_seen > last_on,
                meeting is not None and bool(comes_to([issue], meeting.id)),
            )
        )
    return rows


def _next_step(issue: EmergingIssue, actions: Mapping[str, Action], today: date) -> NextStep | None:
    """The open action that is due first, else the next step as it was written."""
    to_do = [actions[key] for key in issue.action_ids if key in actions]
    to_do = [action for action in to_do if action.state is ActionState.OPEN]
    first = min(to_do, key=lambda action: action.due or date.max, default=None)
    if first is not None:
        return NextStep(first.what, first.due, days_overdue(first.due, today), action=True)
    if not issue.next_step:
        return None
    return NextStep(issue.next_step, issue.next_by, days_overdue(issue.next_by, today))


def new_issue(session: Session, title: str = "New issue") -> EmergingIssue:
    """A new issue, raised by whoever is signed in and seen today: everything about it is then changed in place."""
    session.require_case_worker()
    with session.work.step("new emerging issue") as records:
        area = settings_in(records).areas[0]
        name = session.user_name
        issue = EmergingIssue(new_id(), title, area, "", "", "", name, session.today)
        records.save(checked(issue, settings_in(records).areas, session.today))
    return issue


def change_issue(session: Session, issue_id: str, **changes: object) -> EmergingIssue:
    """Change some of its fields. Raises FieldRefused at what cannot be kept."""
    session.require_case_worker()
    with session.work.step("emerging issue") as records:
        before = records.get(EmergingIssue, issue_id)
        areas = settings_in(records).areas
        after = replace(before, **changes)  # type: ignore[arg-type]
        kept = checked(after, (*areas, before.area), session.today)
        if kept.owner_id:
            records.get(Member, kept.owner_id)
        records.save(kept)
    return kept


def remove_issue(session: Session, issue_id: str) -> EmergingIssue:
    """Take off an issue entered by mistake: one nobody talked about and nothing came of. Raises Refused for any
    other."""
    session.require_case_worker()
    with session.work.step("removal of an issue") as records:
        issue = records.get(EmergingIssue, issue_id)
        if records.find(IssueNote, issue_id=issue_id) or issue.action_ids or issue.became_case_id:
            raise Refused("This issue was discussed or led to something and cannot be removed. Close it with a reason.")
        records.remove(issue)
    return issue


def leave_out(session: Session, issue_id: str) -> bool:
    """Leave an open issue out of the next meeting, once; said again it is on its agenda. Whether it is left out now.
    Raises Refused for a closed issue, and where no meeting is planned."""
    session.require_case_worker()
    with session.work.step("issue left out once") as records:
        issue, meeting = records.get(EmergingIssue, issue_id), next_meeting_in(records)
        if meeting is None:
            raise Refused("No meeting is planned, so there is no agenda to leave it out of. Plan the next one first.")
        if issue.state is IssueState.CLOSED:
            raise Refused("This issue is closed. Reopen it first.")
        out = issue.left_out_of_id != meeting.id
        records.save(replace(issue, left_out_of_id=meeting.id if out else ""))
    return out


def close_issue(session: Session, issue_id: str, reason: str) -> EmergingIssue:
    """Close it, with a reason. Raises FieldRefused without one."""
    session.require_case_worker()
    with session.work.step("closing of an issue") as records:
        after = close(records.get(EmergingIssue, issue_id), reason, session.user_name, session.today)
        records.save(after)
    return after


def close_at_meeting(session: Session, meeting_id: str, issue_id: str, reason: str) -> EmergingIssue:
    """Close it at the table: it was discussed there, and is minuted with its reason. Raises FieldRefused."""
    session.require_case_worker()
    with session.work.step("closing of an issue"):
        after = close_issue(session, issue_id, reason)
        discuss(session, meeting_id, issue_id)
    return after


def reopen_issue(session: Session, issue_id: str) -> EmergingIssue:
    """Open it again: it is back on the next agenda."""
    session.require_case_worker()
    with session.work.step("reopening an issue") as records:
        after = reopen(records.get(EmergingIssue, issue_id))
        records.save(after)
    return after


def make_case(session: Session, issue_id: str, initials: str, subject: SubjectType) -> Case:
    """A case entered by hand from what the issue says; it awaits its Safety Net reference. The issue stays open until
    somebody closes it. Raises Refused where it became one already, FieldRefused where its area of work is not among the
    group's.
    """
    session.require_case_worker()
    with session.work.step("case from an issue") as records:
        issue = records.get(EmergingIssue, issue_id)
        if issue.became_case_id:
            raise Refused("This issue has already become a case.")
        areas = settings_in(records).areas
        if issue.area not in areas:
            raise FieldRefused(IssueField.AREA, "Choose the area of work the issue belongs to first.")
        new = NewCase(issue.title, issue.place, issue.area, subject, initials, session.today, ward=issue.ward)
        case = enter_case(session, new)
        records.save(replace(issue, became_case_id=case.id, became_case_on=session.today))
    return case


def make_action(session: Session, issue_id: str, what: str, officer_id: str, due: date | None) -> Action:
    """An action for what the issue needs, under the next meeting's emerging issues; without a day it is due there.
    Raises Refused without a meeting planned, FieldRefused without words or an officer and for a day that has passed.
    """
    session.require_case_worker()
    what = entered(what, "The action", IssueField.NEXT_STEP)
    if not what:
        raise FieldRefused(IssueField.NEXT_STEP, "Say what will be done.")
    if not officer_id:
        raise FieldRefused(IssueField.OWNER, "Choose the officer for the action.")
    if due is not None and due < session.today:
        raise FieldRefused(IssueField.NEXT_BY, "That date is in the past. Give a date in the future.")
    with session.work.step("action from an issue") as records:
        issue, meeting = records.get(EmergingIssue, issue_id), next_meeting_in(records)
        if meeting is None:
            raise Refused("Plan the next meeting first: actions are numbered and minuted at a meeting.")
        lay_out(session, meeting.id)
        item = next((i for i in records.find(AgendaItem, meeting_id=meeting.id) if i.kind is ItemKind.EMERGING), None)
        action = Action(
            id=new_id(),
            meeting_id=meeting.id,
            number=max((a.number for a in records.find(Action, meeting_id=meeting.id)), default=0) + 1,
            what=what,
            officer_id=records.get(Member, officer_id).id,
            due=due or meeting.on,
            agreed_on=session.today,
            item_id=item.id if item else "",
            next_of_id="",
            agreed_at=session.now(),
        )
        records.save(action)
        records.save(replace(issue, action_ids=(*issue.action_ids, action.id)))
    return action


def note_between(session: Session, issue_id: str, text: str) -> IssueNote:
    """What was seen or said between meetings, as at the weekly review; it counts as no time at the table. Raises
    FieldRefused without words."""
    session.require_case_worker()
    text = " ".join(text.split())
    if not text:
        raise FieldRefused(IssueField.WORDS, "Write down what was seen or said.")
    with session.work.step(NOTE) as records:
        records.get(EmergingIssue, issue_id)
        note = IssueNote(new_id(), issue_id, "", session.today, text, session.user_name, session.now())
        records.save(note)
    return note
