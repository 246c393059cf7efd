"""What the bar of a running meeting says: the ticks, the pace, who is present, the time."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from csp_desktop.domain.common.days import clock, days_words, screen_day
from csp_desktop.domain.common.overdue import countdown_words, days_overdue
from csp_desktop.domain.meeting.meeting import Meeting, TurnState
from csp_desktop.domain.meeting.pace import SAID_FROM, Pace
from csp_desktop.gui.widgets.meeting_bar import BarNote, Figure, Segment, SegmentState
from csp_desktop.services.meeting.running_meeting import LiveMeeting

_SEGMENTS = {
    TurnState.TO_DO: SegmentState.AHEAD,
    TurnState.IN_HAND: SegmentState.AHEAD,
    TurnState.OUTCOME_CHOSEN: SegmentState.AHEAD,
    TurnState.DONE: SegmentState.DONE,
}


def day_and(meeting: Meeting, began: str) -> str:
    """'Thu 26 Nov, started 14:00': of a meeting in progress, so the year is today's."""
    since = f", {began} {clock(meeting.started_at)}" if meeting.started_at else ""
    return f"{screen_day(meeting.on, meeting.on)}{since}"


def ends_figure(meeting: Meeting, now: datetime) -> Figure:
    """The time, and when the slot ends."""
    return Figure("clock", clock(now), f"ends {clock(meeting.ends)}")


def segments(stops: Iterable[tuple[str, TurnState]], here: str) -> tuple[Segment, ...]:
    """A tick for each stop: done, in hand or ahead."""
    return tuple(Segment(SegmentState.CURRENT if stop == here else _SEGMENTS[state]) for stop, state in stops)


def pace_notes(pace: Pace, ends_at: datetime, share: str, *, in_hand: bool) -> tuple[BarNote, ...]:
    """Whether a case or person `in_hand` is over its time, else its `share`; how the meeting stands against its plan,
    and when it ends at this pace, where that is another time."""
    notes = []
    if in_hand:
        words = "over time" if pace.over_budget else share
        notes += [BarNote(words, amber=pace.over_budget)] if words else []
    late = pace.finish - ends_at >= SAID_FROM
    if not late:  # ahead of a plan that is longer than the slot would sound like good news
        notes.append(BarNote(pace.words, amber=pace.behind >= SAID_FROM))
    if late or ends_at - pace.finish >= SAID_FROM:
        notes.append(BarNote(f"ends {clock(pace.finish)} at this pace", amber=late))
    return tuple(notes)


def left_for_cases(pace: Pace) -> Figure:
    """How long the cases still have."""
    minutes = int(pace.left_for_cases / timedelta(minutes=1))
    if pace.left_for_cases < timedelta():
        return Figure("hourglass", f"{-minutes} min", "over time", amber=True, large=True)
    return Figure("hourglass", f"{minutes} min", "left for cases", large=True)


def people_present(live: LiveMeeting) -> Figure:
    """Who is in the room, and whether all have signed."""
    without = live.present - live.signed
    here = f"present, {live.remote} remote" if live.remote else "present"
    if not without:
        return Figure("user-check", str(live.present), f"{here}, all signed", large=True)
    words = f"{here}, {without} {'unsigned by override' if live.gate.may_start else 'not signed'}"
    return Figure("users", str(live.present), words, amber=not live.gate.may_start, large=True)


def due_figure(icon: str, due: date, today: date, small: str) -> Figure:
    """How long until something must be done; red and in days once it is overdue."""
    return Figure(icon, countdown_words(due, today).capitalize(), small, overdue=days_overdue(due, today) > 0)


def until_figure(day: date, today: date, what: str) -> Figure:
    """How long until a meeting, or since it: '11 days', 'to the meeting'."""
    if day == today:
        return Figure("calendar", "Today", what)
    away = (day - today).days
    return Figure("calendar", days_words(abs(away)), f"{'to' if away > 0 else 'since'} {what}")
