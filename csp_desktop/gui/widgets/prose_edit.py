"""Where prose is typed, in whatever page: what is pasted keeps its lists and no dress, words can be underlined; and the
line of an action, which breaks between words and grows."""

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from csp_desktop.domain.common.pasted import text_of
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.fields import TextEdit, Waiting
from csp_desktop.gui.widgets.line_edit import LINE_LIMIT
from csp_desktop.gui.window.keys import ENTERS


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


MOST_ROWS = 5


class WrappedLine(Waiting, ProseEdit):
    """`SeveralLines` where a line is longer than its field is wide: it breaks between words and grows.
    It speaks as a line edit does: `textEdited` is what a person typed, never what was put in."""

    waits = Signal()
    textEdited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = 10 * LINE_LIMIT
        self.waiting = []
        self._filling = False
        self._struck: tuple[tuple[int, int], ...] = ()
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._tell)
        self.textEdited.connect(self._take_apart)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())

    def text(self) -> str:
        """The line in hand."""
        return self.toPlainText()

    def setText(self, text: str | None, /) -> None:
        """Put another in, without `textEdited`; the caret at its end. What was typed before cannot be taken back."""
        self._filling = True
        self.setPlainText(text or "")
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._filling = False

    def clear(self) -> None:
        """Nothing in hand."""
        self.setText("")

    def setCursorPosition(self, position: int) -> None:
        """Put the caret there."""
        cursor = self.textCursor()
        cursor.setPosition(min(position, len(self.text())))
        self.setTextCursor(cursor)

    def cursorPosition(self) -> int:
        """Where the caret stands."""
        return self.textCursor().position()

    def insert(self, text: str) -> None:
        """Where the caret is, without `textEdited`."""
        self._filling = True
        self.insertPlainText(text)
        self._filling = False

    def isUndoAvailable(self) -> bool:
        """Whether Ctrl+Z takes back something typed here."""
        return self.document().isUndoAvailable()

    def strike(self, spans: Sequence[tuple[int, int]]) -> None:
        """Show which characters are no part of what is said, from the first to before the last."""
        struck = QTextCharFormat()
        struck.setFontStrikeOut(True)
        struck.setForeground(QColor(current().tokens.ink2))
        self._struck = tuple(spans)
        self.show_marks(Mark.STRUCK, spans, struck)

    def not_prose(self) -> Sequence[tuple[int, int]]:
        """What is struck through: initials, a day."""
        return self._struck

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted or dropped: one line, or several that follow one another."""
        content = QMimeData()
        content.setText(self.cleaned(source.text()))
        super().insertFromMimeData(content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A line has no second one: Enter is for whoever holds the field."""
        if event.key() in ENTERS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        self._grow()

    def rows(self) -> int:
        """How many its text takes."""
        return max(1, self.document().firstBlock().layout().lineCount())

    def sizeHint(self) -> QSize:
        """As high as its text, up to five rows."""
        high = min(self.rows(), MOST_ROWS) * self.fontMetrics().lineSpacing() + current().px(6)
        return QSize(current().px(200), high)

    def minimumSizeHint(self) -> QSize:
        """The same, as narrow as one likes."""
        return QSize(current().px(80), self.sizeHint().height())

    def _grow(self) -> None:
        if self.sizeHint().height() != self.height():
            self.updateGeometry()

    def _tell(self) -> None:
        if not self._filling:
            self.textEdited.emit(self.text())
