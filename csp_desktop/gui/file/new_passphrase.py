"""The first unlock with a passphrase somebody else chose: it is replaced before anything else can be seen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from csp_desktop._built.ui_new_passphrase import Ui_NewPassphrase
from csp_desktop.domain.common.days import screen_day
from csp_desktop.gui.file.user_panels import OwnPassphrase
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.narrow import Narrow
from csp_desktop.gui.widgets.passphrase_field import SHOW
from csp_desktop.gui.window.actions import LOCK, OPEN
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.gui.window.page import Page
from csp_desktop.services.people.settings import settings


class NewPassphrasePage(Page):
    """No rail and no search: from here one goes on with a passphrase of one's own, or locks again."""

    ACTIONS = (OPEN.called("continue", "continue"), SHOW, LOCK)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._ui = Ui_NewPassphrase()
        self._ui.setupUi(self)
        ui = self._ui
        ui.inside.setProperty("role", "scrolled")
        ui.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ui.card_frame.setMaximumWidth(current().px(ui.card_frame.maximumWidth()))
        Narrow(ui.scroll)
        ui.old_label.setText("Your temporary &passphrase")
        ui.old_edit.setAccessibleName("Your temporary passphrase")
        for button in (ui.own_button, ui.lock_button):
            button.set_height(44)
        ui.lock_button.clicked.connect(lambda: self.navigate.emit("lock", None))
        self._own = OwnPassphrase(ui, context, self._go_on, self)
        self._beyond: tuple[str, object] = ("home", None)

    def entered(self, argument: object = None) -> None:
        """`argument` is the page to go on to, and what it is entered with."""
        if isinstance(argument, tuple):
            self._beyond = argument
        self._own.clear()
        self._ui.old_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self.navigate.emit(*self._beyond)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads nowhere from here."""
        if not is_escape(event):
            super().keyPressEvent(event)

    def bar_state(self) -> BarState:
        """Where we are."""
        session = self._context.session
        return BarState(
            title=settings(session).partnership,
            subtitle=screen_day(session.today, session.today),
            headline="Your own passphrase",
        )

    def strip_text(self) -> str:
        """Where it goes."""
        return "Encrypted on this laptop. Nobody can look up a passphrase."
