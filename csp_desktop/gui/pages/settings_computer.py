"""Settings, the section of this computer: its key store as a second key beside one's own passphrase."""

from PySide6.QtCore import QObject

from csp_desktop._built.ui_settings import Ui_Settings
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk

_NONE = "This partnership never uses the key store of a computer: passphrases alone open it."
_TIED = (
    "Your passphrase opens the file on this computer only: half of your key lies in its key store. Untie it before you "
    "move to a new computer. If this one is lost or its key store was emptied, the recovery key or another person lets "
    "you in again."
)
_WAITS = (
    "Your passphrase opens a copy of the file on any computer. It can be tied to this one as soon as there is a way "
    "back: prove the recovery key under Users, or let a second person in."
)
_FREE = (
    "Your passphrase opens a copy of the file on any computer. Tied to this one, a stolen copy needs this computer "
    "too. The recovery key stays the way back: keep its sheet safe."
)


class ComputerKeyPart(QObject):
    """Fills the section and ties or unties the passphrase, off the window's thread: a key store may ask its own questions."""

    def __init__(self, ui: Ui_Settings, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        ui.computer_button.clicked.connect(self._tie)
        ui.computer_edit.returnPressed.connect(self._tie)

    def show(self) -> None:
        """How it stands."""
        key, ui = self._desk.session.computer, self._ui
        free = key is not None and not key.is_tied() and key.may_tie()
        text = _NONE if key is None else _TIED if key.is_tied() else _FREE if free else _WAITS
        ui.computer_text.setText(text)
        tied = key is not None and key.is_tied()
        ui.computer_button.setText("&Untie it from this computer" if tied else "&Tie my passphrase to this computer")
        for part in (ui.computer_label, ui.computer_edit, ui.computer_button):
            part.setVisible(free or tied)

    def _tie(self) -> None:
        key, ui = self._desk.session.computer, self._ui
        typed = ui.computer_edit.text()
        if key is None or not ui.computer_button.isEnabled():
            return
        if not typed:
            ui.computer_error.set_error("Type your passphrase, so that nobody else can do this.", ui.computer_edit)
            return
        ui.computer_button.setEnabled(False)
        ui.computer_error.clear(ui.computer_edit)
        change = key.untie if key.is_tied() else key.tie
        self._desk.tasks.run(lambda _: change(typed), self._tied, self._failed)

    def _tied(self, _: object) -> None:
        self._ui.computer_button.setEnabled(True)
        self._ui.computer_edit.clear()
        self.show()

    def _failed(self, error: Exception) -> None:
        self._ui.computer_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self._ui.computer_error.set_error(error.sentence, self._ui.computer_edit)
