"""A passphrase of one's own: the old one, a new one twice, how strong it is, and one made of words."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from csp_desktop._built.ui_new_passphrase import Ui_NewPassphrase
from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.style import set_role
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.services import keeping_users
from csp_desktop.services.passphrases import Strength, strength_of

LOOKS = {Strength.TOO_WEAK: (1, "high"), Strength.FAIR: (2, "medium"), Strength.STRONG: (3, "low")}


class OwnPassphrase(QObject):
    """Fills the block both forms share. `changed` is called once the new one counts."""

    def __init__(
        self, ui: Ui_Users | Ui_NewPassphrase, desk: Desk, changed: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._changed = ui, desk, changed
        self._known: tuple[str, ...] | None = None  # what would be tried first, read with the first letter typed
        ui.caps_label.hide()
        ui.new_edit.textChanged.connect(self._show_strength)
        for edit in self._fields():
            edit.caps_lock_changed.connect(ui.caps_label.setVisible)
            edit.returnPressed.connect(self._take)
        ui.another_button.clicked.connect(self.offer)
        ui.another_button.set_icon("refresh-cw")
        ui.take_button.clicked.connect(self._take_offer)
        ui.own_button.clicked.connect(self._take)
        self.offer()
        self._show_strength("")

    def _fields(self) -> tuple[PassphraseField, PassphraseField, PassphraseField]:
        ui = self._ui
        return ui.old_edit, ui.new_edit, ui.again_edit

    def clear(self) -> None:
        """Nothing typed stays."""
        self._known = None
        for edit in self._fields():
            edit.clear()
        self._ui.old_error.clear(self._ui.old_edit)
        self._ui.own_error.clear(self._ui.new_edit)

    def offer(self) -> None:
        """One made of words."""
        users = self._desk.session.users
        self._ui.offer_label.setText(users.made_of_words() if users is not None else "")

    def _take_offer(self) -> None:
        ui = self._ui
        for edit in (ui.new_edit, ui.again_edit):
            edit.setText(ui.offer_label.text())
        ui.own_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_strength(self, text: str) -> None:
        ui, users = self._ui, self._desk.session.users
        if users is None:
            return
        if text and self._known is None:
            self._known = keeping_users.tried_first_here(self._desk.session)
        strength = strength_of(users, text, self._known or ())
        filled, role = LOOKS[strength]
        ui.strength_bar.setValue(filled if text else 0)
        ui.strength_label.setText(strength.value if text else "")
        set_role(ui.strength_label, role)
        ui.own_error.clear(ui.new_edit)

    def _take(self) -> None:
        ui = self._ui
        if not ui.own_button.isEnabled():
            return
        old, new, again = (edit.text() for edit in self._fields())
        ui.old_error.clear(ui.old_edit)
        ui.own_error.clear(ui.new_edit)
        ui.own_button.setEnabled(False)
        self._desk.tasks.run(
            lambda _: keeping_users.change_own_passphrase(self._desk.session, old, new, again), self._done, self._failed
        )

    def _done(self, _: object) -> None:
        self._ui.own_button.setEnabled(True)
        self.clear()
        self.offer()
        self._changed()

    def _failed(self, error: Exception) -> None:
        ui = self._ui
        ui.own_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        if getattr(error, "field", "old") == "old":
            ui.old_error.set_error(error.sentence, ui.old_edit)
            ui.old_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            ui.old_edit.selectAll()
        else:
            ui.own_error.set_error(error.sentence, ui.new_edit)
            ui.new_edit.setFocus(Qt.FocusReason.OtherFocusReason)
