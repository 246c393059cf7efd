"""Ctrl+Z between a field and the page it lies on."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget


class OwnUndo(QObject):
    """Ctrl+Z in a field of the page takes back its text while there is any of its own; after that it is the page's. In
    a passphrase it is nobody's.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)

    def _watch(self, _before: QWidget | None, field: QWidget | None) -> None:
        if field is None or not isinstance(field, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
            return
        secret = field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
        if not secret and self._page.isAncestorOf(field):
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
    line = field.lineEdit() if isinstance(field, QAbstractSpinBox) else field
    return isinstance(line, QLineEdit) and line.isUndoAvailable()
