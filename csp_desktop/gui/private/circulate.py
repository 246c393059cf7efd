"""The private minutes go out to New Hope's own list: the same page as the group's. Nobody draws up a table of rights
here: who may hear of whom decides what each gets.
"""

from collections.abc import Sequence

from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.gui.minutes.circulate_minutes import READY_SETS, RIGHTS, CirculateMinutesPage
from csp_desktop.gui.widgets.copy_words import CirculationWords
from csp_desktop.gui.widgets.meeting_bar import BarKind
from csp_desktop.gui.widgets.rights_panel import ROW_KEYS
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.private.minutes import held_sessions

LIST = RIGHTS.called("who is on the circulation list", "circulation list")
OF_ITS_OWN = (RIGHTS, *READY_SETS, *ROW_KEYS)  # the keys of the table of rights


class PrivateCirculatePage(CirculateMinutesPage):
    """Entered with a private meeting's id, or for the last session held."""

    meeting_words = CirculationWords(
        title="Circulate the private minutes",
        meeting="private session",
        approver="New Hope’s lead",
        part="",
        parts="Some of the people",
        rights="Circulation list",
        bar=BarKind.PLUM,
    )
    minutes_stem = "private_minutes"
    has_rights_table = False
    ACTIONS = (
        *(action for action in CirculateMinutesPage.ACTIONS if action not in OF_ITS_OWN),
        LIST,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context, ask)
        self._ui.rights_button.setCheckable(False)
        self._ui.rights_button.setText("L&ist")
        self._ui.rights_button.setAccessibleName("Circulation list")
        self._ui.foot_label.setText("Only to New Hope’s own list.")

    def _held(self) -> Sequence[Meeting]:
        return held_sessions(self._context.session)

    def _show_rights(self) -> None:
        """Who is on the list is chosen in the settings."""
        self.navigate.emit("private_settings", "minutes")
