"""A line that makes one thing at each Enter: several lines pasted come into it one after another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.text import in_one_line, one_a_line
from csp_desktop.gui.widgets.line_edit import LIMIT, LineEdit


class SeveralLines(LineEdit):
    """`text` is the line in hand; `waiting` are those that follow; `waits` when they change. `is_several` may be turned
    off while the line asks for something else."""

    waits = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(10 * LIMIT)
        self.waiting: list[str] = []
        self.is_several = True
        self.textEdited.connect(self._take_apart)

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
            self.clear()

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
