"""The bar of a running meeting: where we are, how far, the pace, who is present, the time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer

from csp_desktop.domain.common.days import clock, long_day
from csp_desktop.domain.meeting.meeting import Meeting, TurnState
from csp_desktop.domain.meeting.pace import SAID_FROM, Pace
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure, Segment, SegmentState
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting.running_meeting import LiveMeeting, meeting_state
from csp_desktop.services.session import Session

TICK = 15_000
_SEGMENTS = {
    TurnState.TO_DO: SegmentState.AHEAD,
    TurnState.IN_HAND: SegmentState.AHEAD,
    TurnState.OUTCOME_CHOSEN: SegmentState.AHEAD,
    TurnState.DONE: SegmentState.DONE,
}


def meeting_bar(session: Session, meeting_id: str, headline: str, ticks: tuple[Segment, ...]) -> BarState:
    """Pace, people and time as everywhere in the meeting; headline and ticks of the page."""
    whole = bar_of(meeting_state(session, meeting_id), session.now())
    return replace(whole, headline=headline, segments=ticks)


def keep_time(page: Page) -> None:
    """Let the bar's clock go on while the page stands open."""
    timer = QTimer(page)
    timer.setInterval(TICK)
    timer.timeout.connect(lambda: page.bar_changed.emit() if page.isVisible() else None)
    timer.start()


def bar_of(live: LiveMeeting, now: datetime) -> BarState:
    """Everything the bar shows at this instant."""
    pace = live.pace(now)
    budget = round(pace.budget / timedelta(minutes=1))
    planned = live.row.turn.planned_minutes if live.row else budget
    share = f"{budget} min for this case" if planned == budget else f"{budget} min now, planned {planned}"
    return BarState(
        title=live.body,
        subtitle=day_and(live.meeting, "started"),
        kind=BarKind.NAVY,
        icon="live",
        headline=_headline(live),
        segments=_segments(live),
        notes=pace_notes(pace, live.ends_at, share if budget else "", in_hand=bool(live.number)),
        figures=(left_for_cases(pace), people_present(live), ends_figure(live.meeting, now)),
    )


def day_and(meeting: Meeting, began: str) -> str:
    """'Thu 26 November 2026, started 14:00'"""
    day = long_day(meeting.on)
    since = f", {began} {clock(meeting.started_at)}" if meeting.started_at else ""
    return f"{day[:3]} {day.split(' ', 1)[1]}{since}"


def ends_figure(meeting: Meeting, now: datetime) -> Figure:
    """The time, and when the slot ends."""
    return Figure("clock", clock(now), f"ends {clock(meeting.ends)}")


def _headline(live: LiveMeeting) -> str:
    if live.number:
        return f"Case {live.number} of {len(live.walk)}"
    return live.item.title if live.item else ""


def _segments(live: LiveMeeting) -> tuple[Segment, ...]:
    """One tick a case; while an item is in hand, one an item."""
    if live.walk and live.number:
        return segments(((row.turn.id, row.turn.state) for row in live.walk), live.meeting.current_turn_id)
    return segments(((item.id, item.state) for item in live.items), live.meeting.current_item_id)


def segments(stops: Iterable[tuple[str, TurnState]], here: str) -> tuple[Segment, ...]:
    """A tick for each stop: done, in hand or ahead."""
    return tuple(Segment(SegmentState.CURRENT if stop == here else _SEGMENTS[state]) for stop, state in stops)


def pace_notes(pace: Pace, ends_at: datetime, share: str, *, in_hand: bool) -> tuple[BarNote, ...]:
    """Whether a case or person `in_hand` is over its time, else its `share`; how the meeting stands against its plan,
    and when it ends at this pace, where that is another time."""
    notes = []
    if in_hand:
        words = "over its time" if pace.over_budget else share
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
        return Figure("hourglass", f"{-minutes} min", "over the slot", amber=True)
    return Figure("hourglass", f"{minutes} min", "left for cases")


def people_present(live: LiveMeeting) -> Figure:
    """Who is in the room, and whether all have signed."""
    without = live.present - live.signed
    if not without:
        return Figure("user-check", str(live.present), "present, all signed")
    words = f"present, {without} {'unsigned by override' if live.gate.may_start else 'not signed'}"
    return Figure("users", str(live.present), words, amber=not live.gate.may_start)
