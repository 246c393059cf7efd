"""Where prose is typed, in whatever page: what is pasted keeps its lists and no dress, words can be underlined."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from csp_desktop.domain.common.pasted import text_of
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.fields import TextEdit


class Mark(Enum):
    """What characters can be shown as, beside their text and no part of it."""

    WRONG = auto()
    STRUCK = auto()


def wave() -> QTextCharFormat:
    """The underline of a word that is in no list."""
    shape = QTextCharFormat()
    shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    shape.setUnderlineColor(QColor(current().tokens.high))
    return shape


class ProseEdit(TextEdit):
    """Several lines of plain text, in which spelling is looked at and the usual phrases are put in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: dict[Mark, list[QTextEdit.ExtraSelection]] = {}

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def caret(self) -> int:
        """Where the caret stands, in characters from the start."""
        return self.textCursor().position()

    def place_of(self, position: int) -> QPoint:
        """Just under the character at a position, in the window."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return self.viewport().mapTo(self.window(), self.cursorRect(cursor).bottomLeft())

    def not_prose(self) -> Sequence[tuple[int, int]]:
        """Characters whose spelling is not judged, from the first to before the last."""
        return ()

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline words, from the first character to before the last, in the way of spelling."""
        self.show_marks(Mark.WRONG, spans, wave())

    def underlined(self) -> tuple[str, ...]:
        """The words underlined now."""
        return tuple(selection.cursor.selectedText() for selection in self._marks.get(Mark.WRONG, []))

    def show_marks(self, mark: "Mark", spans: Sequence[tuple[int, int]], shape: QTextCharFormat) -> None:
        """Show one kind of mark at these characters and nowhere else; the other kinds stay."""
        made = []
        for start, end in spans:
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(start)
            one.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.format = shape
            made.append(one)
        self._marks[mark] = made
        self.setExtraSelections([one for kind in self._marks.values() for one in kind])

    def replace_span(self, start: int, end: int, words: str) -> None:
        """Put other words in the place of some, as if typed; Ctrl+Z takes it back."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)

    def put_in(self, words: str) -> None:
        """At the caret, parted by a space from what stands before."""
        before = self.toPlainText()[: self.caret()]
        self.insertPlainText(words if not before or before[-1].isspace() else f" {words}")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """From Word, a browser or a mail: the words, with their lists, in no dress."""
        text = text_of(source.html()) if source.hasHtml() else ""
        content = QMimeData()
        content.setText(text or source.text())
        super().insertFromMimeData(content)
