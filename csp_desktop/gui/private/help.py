"""Help of the private window: its own text for New Hope's lead, and its own keys."""

from csp_desktop.domain.common.days import screen_day
from csp_desktop.gui.help.help import HelpPage
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.actions import BACK, FIND, HELP, HIDE, LOCK, NEXT, TO_PAGES, TO_RAIL, TO_SIDE, UNDO_ANYWHERE


class PrivateHelpPage(HelpPage):
    """Names nobody, so it can be open on any screen."""

    text_name = "private.md"
    kind = PRIVATE
    window_keys = (
        HELP,
        HIDE.called("hide both windows at once"),
        LOCK,
        FIND.called("any page or command; never a person"),
        UNDO_ANYWHERE,
        NEXT,
        BACK.called("back to the session, or to where you came from"),
        TO_PAGES,
        TO_RAIL,
        TO_SIDE,
    )

    def bar_state(self) -> BarState:
        """Where we are."""
        day = screen_day(self._context.session.today, self._context.session.today)
        return BarState(title="Private rough-sleeping meeting", subtitle=day, headline="Help", icon="circle-help")
