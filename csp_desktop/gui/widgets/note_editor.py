"""Where minutes and notes are typed: 18 px, plain text, as roomy as paper."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor, QTextFormat, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.prose_edit import ProseEdit


class NoteEditor(ProseEdit):
    """`edited` at every change a person makes, `edit_ended` when the field is left; never when a page fills it."""

    edited = Signal(str)
    edit_ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self._filling, self._words = False, 0
        self.textChanged.connect(self._tell)

    def set_text(self, text: str, caret: int | None = None) -> None:
        """Fill from the file, without `edited`; the caret at the end unless told."""
        self._filling = True
        if text != self.toPlainText():
            self.setPlainText(text)
        self._filling = False
        self.set_caret(len(text) if caret is None else caret)

    def replace_text(self, text: str) -> None:
        """As `set_text`, after something was taken back: Ctrl+Z in the field brings back the words that went."""
        if text != self.toPlainText():
            self._filling = True
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self._filling = False

    def set_caret(self, position: int) -> None:
        """Put the caret there (or at the end of a shorter text) and bring it into view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(max(0, min(position, self.document().characterCount() - 1)))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def seal(self) -> None:
        """Something else was done since: Ctrl+Z takes that back first, and the text as a whole after it."""
        self.document().clearUndoRedoStacks()

    def sizeHint(self) -> QSize:
        """Four lines at least where there is room; it takes all it is given."""
        return QSize(current().px(240), current().px(100))

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(current().px(120), current().px(60))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """After each word Ctrl+Z has one step more: Qt would take back all that was typed at once."""
        super().keyPressEvent(event)
        if event.text().isspace():
            self._words += 1
            mark = QTextCharFormat()
            mark.setProperty(QTextFormat.Property.UserProperty, self._words)
            self.setCurrentCharFormat(mark)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field ends the edit (a popup of its own does not)."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.edit_ended.emit(self.toPlainText())

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit(self.toPlainText())
