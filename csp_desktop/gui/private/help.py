"""Help of the private window: its own text for New Hope's lead, and its own keys."""

from csp_desktop.domain.common.days import long_day
from csp_desktop.gui.help.help import HelpPage
from csp_desktop.gui.help.key_list import PRIVATE_KEYS
from csp_desktop.gui.widgets.meeting_bar import BarState


class PrivateHelpPage(HelpPage):
    """Names nobody, so it can be open on any screen."""

    text_name = "private.md"
    groups = PRIVATE_KEYS

    def bar_state(self) -> BarState:
        """Where we are."""
        day = long_day(self._desk.session.today)
        return BarState(title="Rough sleeping, private", subtitle=day, headline="Help", icon="circle-help")
