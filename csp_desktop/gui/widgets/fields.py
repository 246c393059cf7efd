"""The fields people type into, and the words under one that could not be taken.

What is pasted or dropped stays whole, in one line where there is one, and no longer than can be worked with.
"""

from abc import abstractmethod
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, Signal, SignalInstance
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from csp_desktop.domain.common.text import in_one_line, one_a_line, whole
from csp_desktop.domain.minutes.protection import Protection, toggled
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.field_told import tell_at, too_long
from csp_desktop.gui.widgets.line_edit import LINE_LIMIT, LineEdit
from csp_desktop.gui.window.keys import is_enter, letter


class EditableCombo(QComboBox):
    """A choice that can also be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setLineEdit(LineEdit(self))


def fill_combo(combo: QComboBox, rows: Iterable[tuple[str, object]]) -> None:
    """The choices anew, the words of each with what they stand for."""
    combo.clear()
    for words, data in rows:
        combo.addItem(words, data)


def choose_in(combo: QComboBox, data: object) -> None:
    """The choice that stands for this, else the first."""
    combo.setCurrentIndex(max(0, combo.findData(data)))


TEXT_LIMIT = 20_000  # characters, some eight pages: in one line of that length typing is still at once


class TextEdit(QPlainTextEdit):
    """In every form and page instead of `QPlainTextEdit`. What is too long is refused as a whole, with words; longer
    text that stands there already can be shortened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = TEXT_LIMIT

    def _has_room(self, for_more: int) -> bool:
        """Whether so much may be put in where the caret or the selection is; else it is said."""
        cursor = self.textCursor()
        length = self.document().characterCount() - 1
        would_be = length - (cursor.selectionEnd() - cursor.selectionStart()) + for_more
        fits = would_be <= max(self.limit, length)
        if not fits:
            tell_at(self, too_long(self.limit, would_be))
        return fits

    def mark_line(self, kind: Protection) -> None:
        """Mark the line of the caret for those who alone may read it, or take the mark away; Ctrl+Z takes it back."""
        if self.isReadOnly():
            return
        cursor, block = self.textCursor(), self.textCursor().block()
        after = toggled(block.text(), kind)
        if len(after) > len(block.text()) and not self._has_room(len(after) - len(block.text())):
            return
        ahead = block.length() - 1 - cursor.positionInBlock()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(after)
        cursor.endEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Left, n=min(ahead, len(after)))
        self.setTextCursor(cursor)

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


class Waiting:
    """What a field in which several lines can be pasted knows of those that follow the one in hand: `waiting`, and
    `waits` tells when they change. `is_several` may be turned off while the line asks for something else."""

    waiting: list[str]
    is_several = True
    waits: SignalInstance

    @abstractmethod
    def text(self) -> str:
        """The line in hand."""

    @abstractmethod
    def setText(self, text: str | None, /) -> None:
        """Put another in."""

    def cleaned(self, text: str) -> str:
        """Line breaks stay where something stands on both sides."""
        lines = one_a_line(text) if self.is_several else []
        return "\n".join(lines) if len(lines) > 1 else in_one_line(text)

    def all_text(self) -> str:
        """The line and what follows, to be kept while it is typed."""
        return "\n".join([self.text(), *self.waiting])

    def is_empty(self) -> bool:
        """Whether nothing is typed and nothing follows."""
        return not self.text().strip() and not self.waiting

    def put(self, text: str) -> None:
        """Put in what was kept: the first of several lines, the others follow; one line leaves them as they are."""
        first, *others = one_a_line(text) if "\n" in text else [text]
        self.setText(first)
        if others:
            self._wait(others)

    def put_by(self) -> None:
        """Something else comes into the line: what is typed waits behind it."""
        if self.text().strip():
            self._wait([self.text(), *self.waiting])
            self.setText("")

    def next_line(self) -> bool:
        """The one in hand is done with: the next, if there is one. Its typing is forgotten: Ctrl+Z must not bring back
        what was agreed."""
        following, *others = self.waiting or [""]
        self.setText(following)
        self._wait(others)
        return bool(following)

    def leave_out(self) -> None:
        """Only the line in hand is meant."""
        self._wait([])

    def _take_apart(self, text: str) -> None:
        if "\n" in text:
            self.put("\n".join([text, *self.waiting]))

    def _wait(self, lines: list[str]) -> None:
        if lines != self.waiting:
            self.waiting = lines
            self.waits.emit()


class SeveralLines(Waiting, LineEdit):
    """In one line of its own width; `text` is the line in hand."""

    waits = Signal()

    def text(self) -> str:
        """The line in hand."""
        return LineEdit.text(self)

    def setText(self, text: str | None, /) -> None:
        """Put another in."""
        LineEdit.setText(self, text or "")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(10 * LINE_LIMIT)
        self.waiting = []
        self.textEdited.connect(self._take_apart)


class NumberField(QSpinBox):
    """A whole number: minutes, days, a score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _give_margin(self)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, another margin."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            _give_margin(self)


class TimeField(QTimeEdit):
    """A time of day, 14:00."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        _give_margin(self)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, another margin."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            _give_margin(self)


def _give_margin(field: QAbstractSpinBox) -> None:
    field.lineEdit().setTextMargins(current().px(9), 0, 0, 0)
