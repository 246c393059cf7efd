"""The one field of several lines: what is put in is whole, and no longer than can be worked with."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from csp_desktop.domain.text import whole
from csp_desktop.gui.keys import is_enter, letter
from csp_desktop.gui.widgets.field_told import tell_at, too_long

LIMIT = 20_000  # characters, some eight pages: in one line of that length typing is still at once


class TextEdit(QPlainTextEdit):
    """In every form and page instead of `QPlainTextEdit`. What is too long is refused as a whole, with words; longer
    text that stands there already can be shortened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = LIMIT

    def _has_room(self, for_more: int) -> bool:
        """Whether so much may be put in where the caret or the selection is; else it is said."""
        cursor = self.textCursor()
        length = self.document().characterCount() - 1
        would_be = length - (cursor.selectionEnd() - cursor.selectionStart()) + for_more
        fits = would_be <= max(self.limit, length)
        if not fits:
            tell_at(self, too_long(self.limit, would_be))
        return fits

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted or dropped."""
        text = whole(source.text())
        if text and self._has_room(len(text)):
            content = QMimeData()
            content.setText(text)
            super().insertFromMimeData(content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that writes needs room."""
        if (letter(event) or is_enter(event)) and not self._has_room(1):
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """So does what an input method writes."""
        written = event.commitString()
        if written and not self._has_room(len(written)):
            event.setCommitString("")
        super().inputMethodEvent(event)
