"""The way in with the recovery key. Apart from the unlock screen: loaded when somebody asks for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop._built.ui_recover import Ui_Recover
from csp_desktop.domain.file.user_fields import NewPassphraseField, UnlockField
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.field_errors import FieldErrors


class RecoverCard(QFrame):
    """`asked` gives key, name, new passphrase and its repetition; `left` says the person thought better of it."""

    asked = Signal(str, str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recover_card")
        self._ui = ui = Ui_Recover()
        ui.setupUi(self)
        theme = current()
        self.setMaximumWidth(theme.px(self.maximumWidth()))
        for above in (ui.whose_label, ui.new_label, ui.again_label):
            above.setContentsMargins(0, theme.px(6), 0, 0)  # nearer to its own field than to the one before
        ui.open_button.set_height(44)
        ui.back_button.set_height(44)
        self.errors = FieldErrors(
            {
                UnlockField.NAME: (ui.recover_error, ui.whose_edit),
                NewPassphraseField.NEW: (ui.recover_error, ui.new_edit),
                NewPassphraseField.AGAIN: (ui.recover_error, ui.again_edit),
            },
            (ui.recover_error, ui.key_edit),
        )
        ui.open_button.clicked.connect(self._ask)
        ui.again_edit.returnPressed.connect(self._ask)
        ui.back_button.clicked.connect(self.left)

    def begin(self, name: str) -> None:
        """The caret at the key; what was typed before stays."""
        self.errors.clear()
        self._ui.whose_edit.setText(name)
        self._ui.key_edit.setFocus()

    def empty(self) -> None:
        """Nothing typed stays."""
        for edit in (self._ui.key_edit, self._ui.whose_edit, self._ui.new_edit, self._ui.again_edit):
            edit.clear()

    def set_open(self, can_open: bool) -> None:
        """Whether the file could be opened now: it is free, and nothing is under way."""
        self._ui.open_button.setEnabled(can_open)

    def _ask(self) -> None:
        ui = self._ui
        self.asked.emit(ui.key_edit.text(), ui.whose_edit.text().strip(), ui.new_edit.text(), ui.again_edit.text())
