"""The bar of a running meeting: where we are, how far, the pace, who is present, the time."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer

from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState, Segment
from csp_desktop.gui.widgets.meeting_figures import (
    day_and,
    ends_figure,
    left_for_cases,
    pace_notes,
    people_present,
    segments,
)
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting.running_meeting import LiveMeeting, meeting_state
from csp_desktop.services.session import Session

TICK = 15_000


def meeting_bar(session: Session, meeting_id: str, headline: str, ticks: tuple[Segment, ...]) -> BarState:
    """Pace, people and time as everywhere in the meeting; headline and ticks of the page."""
    live = meeting_state(session, meeting_id)
    whole = bar_of(live, live.at(session.now()))
    return replace(whole, headline=headline, count=None, segments=ticks)


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
        count=(str(live.number), f"of {len(live.walk)} cases") if live.number else None,
        segments=_segments(live),
        notes=pace_notes(pace, live.ends_at, share if budget else "", in_hand=bool(live.number)),
        figures=(left_for_cases(pace), people_present(live), ends_figure(live.meeting, now)),
    )


def _headline(live: LiveMeeting) -> str:
    if live.number:
        return f"Case {live.number} of {len(live.walk)}"
    return live.item.title if live.item else ""


def _segments(live: LiveMeeting) -> tuple[Segment, ...]:
    """One tick a case; while an item is in hand, one an item."""
    if live.walk and live.number:
        return segments(((row.turn.id, row.turn.state) for row in live.walk), live.meeting.current_turn_id)
    return segments(((item.id, item.state) for item in live.items), live.meeting.current_item_id)
