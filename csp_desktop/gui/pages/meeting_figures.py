"""The bar of the pages that belong to a running meeting: the live page's own, with this page's part in it."""

from dataclasses import replace

from PySide6.QtCore import QTimer

from csp_desktop.gui.pages.base import Page
from csp_desktop.gui.pages.live_bar import bar_of
from csp_desktop.gui.widgets.meeting_bar import BarState, Segment
from csp_desktop.services.running_meeting import meeting_state
from csp_desktop.services.session import Session

TICK = 15_000


def meeting_bar(session: Session, meeting_id: str, headline: str, segments: tuple[Segment, ...]) -> BarState:
    """Pace, people and time as everywhere in the meeting; headline and ticks of the page."""
    whole = bar_of(meeting_state(session, meeting_id), session.now())
    return replace(whole, headline=headline, segments=segments)


def keep_time(page: Page) -> None:
    """Let the bar's clock go on while the page stands open."""
    timer = QTimer(page)
    timer.setInterval(TICK)
    timer.timeout.connect(lambda: page.bar_changed.emit() if page.isVisible() else None)
    timer.start()
