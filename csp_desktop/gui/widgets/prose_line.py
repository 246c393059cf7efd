"""Prose in one line: a reason, a title, what was seen. Its spelling is looked at as in a note."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.gui.widgets.prose_edit import ProseEdit, wave


class ProseLine(LineEdit):
    """In a form or page where words are typed that others will read, instead of `LineEdit`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._underlined: tuple[str, ...] = ()
        self.textEdited.connect(lambda _: self.underline(()))

    def caret(self) -> int:
        """Where the caret stands, in characters from the start."""
        return self.cursorPosition()

    def place_of(self, position: int) -> QPoint:
        """Under the line, at its character, in the window."""
        before = self.fontMetrics().horizontalAdvance(self.text()[:position])
        shown = before - self.fontMetrics().horizontalAdvance(self.text()[: self.caret()])
        left = min(max(0, self.cursorRect().center().x() + shown), self.width())
        return self.mapTo(self.window(), QPoint(left, self.height()))

    def not_prose(self) -> Sequence[tuple[int, int]]:
        """All of it is judged."""
        return ()

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline words, from the first character to before the last. A line edit has no other way to be given
        formats than that of an input method, which counts from the caret."""
        words = tuple(self.text()[start:end] for start, end in spans)
        if not words and not self._underlined:
            return
        self._underlined = words
        kind, caret = QInputMethodEvent.AttributeType.TextFormat, self.caret()
        made = [QInputMethodEvent.Attribute(kind, start - caret, end - start, wave()) for start, end in spans]
        super().inputMethodEvent(QInputMethodEvent("", made))

    def underlined(self) -> tuple[str, ...]:
        """The words underlined now."""
        return self._underlined

    def replace_span(self, start: int, end: int, words: str) -> None:
        """Put other words in the place of some, as if typed; Ctrl+Z takes it back."""
        self.setSelection(start, end - start)
        self.insert(words)
        self.textEdited.emit(self.text())


Prose = ProseEdit | ProseLine
