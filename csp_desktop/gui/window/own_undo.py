"""Ctrl+Z between a field and the page it lies on."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class OwnUndo(QObject):
    """Ctrl+Z in a field takes back its text while there is any of its own; after that it is the meeting's undo."""

    def watch(self, *fields: QWidget) -> None:
        """Look after these fields."""
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the page have the key when the field has nothing to undo."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or _has_text_to_undo(watched):
            return False
        event.ignore()
        return True


def _has_text_to_undo(field: QObject) -> bool:
    if isinstance(field, QPlainTextEdit):
        return field.document().isUndoAvailable()
    return isinstance(field, QLineEdit) and field.isUndoAvailable()
