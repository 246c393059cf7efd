"""All dates of a year set in one go, changed and removed one by one; the deadlines of the minutes follow them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.deadlines import Deadline, circulation_deadline
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.absences import StandIn
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.agenda import Presentation
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.issues import IssueNote
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.papers import PapersWritten
from csp_desktop.domain.meeting.update_requests import UpdateRequest
from csp_desktop.domain.meeting.year_dates import ProposedDate, propose_year
from csp_desktop.services.meeting.agenda import (
    MeetingPlan,
    change_meeting,
    check_no_other,
    check_when,
    first_planned,
    propose_plan,
)
from csp_desktop.services.meeting.due_next import last_held, move_due, move_due_to_plan, next_meeting_day
from csp_desktop.services.meeting.regular import regular_meetings, regular_to_come
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NOTED: tuple[type[Any], ...] = (Action, IssueNote, PapersWritten)
LAID_OUT: tuple[type[Any], ...] = (Presentation, StandIn, UpdateRequest, CaseTurn, Attendance, AgendaItem)


@dataclass(frozen=True)
class DateRow:
    """One date of the year: a meeting that is planned or running, or a day proposed (`meeting` None). `minutes_by` is
    when the minutes of the meeting before it go out at the latest.
    """

    on: date
    meeting: Meeting | None
    moved_from: date | None
    minutes_by: Deadline | None
    first: bool  # the next to come

    @property
    def id(self) -> str:
        """The meeting's; of a proposed day the day."""
        return self.meeting.id if self.meeting else self.on.isoformat()


@dataclass(frozen=True)
class YearDates:
    """Everything the page shows."""

    rows: tuple[DateRow, ...]
    every_weeks: int

    @property
    def proposed(self) -> tuple[DateRow, ...]:
        """The days nobody has set yet."""
        return tuple(row for row in self.rows if row.meeting is None)


def year_dates(session: Session) -> YearDates:
    """The meetings to come and the days proposed beside them, in their order."""
    with session.work.reading() as records:
        settings = settings_in(records)
        planned = {m.on: m for m in regular_to_come(records)}
        held = last_held(records)
        found = {on: ProposedDate(on) for on in planned} | {one.on: one for one in _proposed(session, records)}
        rows, before = [], held.on if held else None
        for on in sorted(found):
            by = circulation_deadline(before, on, settings, session.holidays) if before else None
            rows.append(DateRow(on, planned.get(on), found[on].moved_from, by, on == min(found)))
            before = on
    return YearDates(tuple(rows), settings.meeting_every_weeks)


def _proposed(session: Session, records: Records) -> tuple[ProposedDate, ...]:
    """From the last meeting planned, else from the day agreed for the next, else from the last one held."""
    settings = settings_in(records)
    days = [m.on for m in regular_meetings(records)]
    held = last_held(records)
    agreed = held.next_on if held and held.next_on and held.next_on >= session.today else None
    latest = max((*days, *((agreed,) if agreed else ())), default=session.today)
    first = (ProposedDate(agreed),) if agreed and agreed not in days and agreed == latest else ()
    return (*first, *propose_year(latest, settings, session.holidays, session.today, frozenset(days)))


def set_year(session: Session) -> int:
    """Plan a meeting on every proposed day, in one step; returns how many. Each gets its agenda when it is the next to
    come; time and place are those of last time. Raises Refused where every one is set.
    """
    session.require_recorder()
    usual = propose_plan(session)
    with session.work.step("meeting dates") as records:
        days = [one.on for one in _proposed(session, records)]
        if not days:
            raise Refused("All dates up to a year from now are set.")
        if first_planned(records) is None:
            move_due_to_plan(session, records, None, days[0])
        for day in days:
            records.save(_planned(usual, day))
    return len(days)


def _planned(usual: MeetingPlan, on: date) -> Meeting:
    people = (usual.chair_id, usual.minute_taker_id)
    return Meeting(new_id(), MeetingKind.CPG, on, usual.starts, usual.ends, usual.venue, *people)


def add_date(session: Session, on: date) -> Meeting:
    """One more date. Raises FieldRefused for a day that has passed or has a meeting."""
    session.require_recorder()
    usual = propose_plan(session)
    check_when(session, None, on, usual.starts, usual.ends)
    with session.work.step(f"date of {dated_day(on)}") as records:
        check_no_other(records, on, "")
        _keep_order(session, records, on)
        first = first_planned(records)
        if first is None or on < first:
            move_due_to_plan(session, records, first, on)
        made = _planned(usual, on)
        records.save(made)
    return made


def move_date(session: Session, meeting_id: str, on: date) -> Meeting:
    """Another day for a date of the year. Raises FieldRefused for a day that has passed or has a meeting."""
    with session.work.reading() as records:
        m = records.get(Meeting, meeting_id)
        _keep_order(session, records, on)
    return change_meeting(
        session, meeting_id, MeetingPlan(on, m.starts, m.ends, m.venue, m.chair_id, m.minute_taker_id)
    )


def _keep_order(session: Session, records: Records, on: date) -> None:
    """A meeting whose sign-in is open comes first: nothing is set before it."""
    begun = [m for m in regular_to_come(records) if m.state is not MeetingState.PLANNED and on < m.on]
    if begun:
        raise Refused(f"The meeting of {dated_day(begun[0].on)} has started. Choose a date after it.")


def remove_date(session: Session, meeting_id: str) -> Meeting:
    """Take a date off, with its agenda where it has one. One whose sign-in was opened stays, and one for which
    something was noted. Raises Refused for these."""
    session.require_recorder()
    with session.work.step("removal of a date") as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is not MeetingState.PLANNED:
            raise Refused(f"The sign-in of {dated_day(meeting.on)} was opened, so the meeting cannot be removed.")
        if any(records.find(kind, meeting_id=meeting_id) for kind in NOTED):
            raise Refused(f"Something is already recorded for {dated_day(meeting.on)}. Change its date instead.")
        held = last_held(records)
        before = next_meeting_day(session, records, held) if held else None
        for kind in LAID_OUT:
            for part in records.find(kind, meeting_id=meeting_id):
                records.remove(part)
        records.remove(meeting)
        if held is not None and before == meeting.on:
            move_due(records, held.id, before, next_meeting_day(session, records, held))
    return meeting
