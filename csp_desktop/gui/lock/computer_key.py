"""This computer as a second key: ties the passphrase to its key store, or unties it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.window.context import PageContext

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
            fields.error.set_error("Type your passphrase, so that nobody else can do this.", fields.edit)
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
