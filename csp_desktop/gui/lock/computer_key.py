"""This computer as a second key: ties the passphrase to its key store, or unties it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.window.context import PageContext

_NONE = "This partnership uses passphrases only, not a computer's key store."
_TIED = (
    "Your passphrase opens the file on this computer only: half of your key is in its key "
    "store. Untie it before you change computers. If this computer is lost or its key store is "
    "emptied, use the recovery key or ask another user to reset your passphrase."
)
_WAITS = (
    "Your passphrase opens a copy of the file on any computer. You can tie it to this one once "
    "the recovery key is checked under Users, or there is a second user."
)
_FREE = (
    "Your passphrase opens a copy of the file on any computer. If you tie it to this one, a "
    "stolen copy opens only here. The recovery key still works: keep its sheet safe."
)


@dataclass(frozen=True)
class ComputerFields:
    """The widgets of one form that the part fills."""

    text: QLabel
    label: QLabel
    edit: PassphraseField
    error: FieldError
    button: QPushButton


def fields_of(ui: Any, prefix: str) -> ComputerFields:
    """The ones of a form whose names begin so."""
    return ComputerFields(*(getattr(ui, f"{prefix}_{name}") for name in ("text", "label", "edit", "error", "button")))


class ComputerKeyPart(QObject):
    """Fills them and ties or unties the passphrase, off the window's thread: a key store may ask its own questions.
    `changed` tells in words what is true from now on."""

    changed = Signal(str)

    def __init__(self, fields: ComputerFields, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._context = fields, context
        fields.button.clicked.connect(self._tie)
        fields.edit.returnPressed.connect(self._tie)

    def show(self) -> None:
        """How it stands."""
        key, fields = self._context.session.computer, self._fields
        free = key is not None and not key.is_tied() and key.may_tie()
        text = _NONE if key is None else _TIED if key.is_tied() else _FREE if free else _WAITS
        fields.text.setText(text)
        tied = key is not None and key.is_tied()
        fields.button.setText("&Untie it from this computer" if tied else "&Tie my passphrase to this computer")
        for part in (fields.label, fields.edit, fields.button):
            part.setVisible(free or tied)

    def _tie(self) -> None:
        key, fields = self._context.session.computer, self._fields
        typed = fields.edit.text()
        if key is None or not fields.button.isEnabled():
            return
        if not typed:
            fields.error.set_error("Type your passphrase to confirm.", fields.edit)
            return
        fields.button.setEnabled(False)
        fields.error.clear(fields.edit)
        change = key.untie if key.is_tied() else key.tie
        self._context.tasks.run(lambda _: change(typed), self._tied, self._failed)

    def _tied(self, _: object) -> None:
        self._fields.button.setEnabled(True)
        self._fields.edit.clear()
        self.show()
        key = self._context.session.computer
        tied = key is not None and key.is_tied()
        self.changed.emit(
            "Your passphrase is tied to this computer" if tied else "Your passphrase opens the file on any computer"
        )

    def _failed(self, error: Exception) -> None:
        self._fields.button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self._fields.error.set_error(error.sentence, self._fields.edit)
