"""Where prose is typed, in whatever page: what is pasted keeps its lists and no dress, words can be underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from csp_desktop.domain.common.pasted import text_of
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.fields import TextEdit


class ProseEdit(TextEdit):
    """Several lines of plain text, in which spelling is looked at and the usual phrases are put in."""

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def caret(self) -> int:
        """Where the caret stands, in characters from the start."""
        return self.textCursor().position()

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline words, from the first character to before the last, in the way of spelling."""
        made = []
        for start, end in spans:
            wrong = QTextEdit.ExtraSelection()
            wrong.cursor = QTextCursor(self.document())
            wrong.cursor.setPosition(start)
            wrong.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            wrong.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wrong.format.setUnderlineColor(QColor(current().tokens.high))
            made.append(wrong)
        self.setExtraSelections(made)

    def underlined(self) -> tuple[str, ...]:
        """The words underlined now."""
        return tuple(selection.cursor.selectedText() for selection in self.extraSelections())

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
