"""What should be so: the failing ones first, each with its fix in its line; the others quiet beneath."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import LinkButton


@dataclass(frozen=True)
class CheckLine:
    """One check; `fix` is the word on its button, empty when there is nothing to do."""

    key: str
    words: str
    passed: bool
    fix: str = ""


class CheckList(QWidget):
    """`fixed` gives the key of the line whose button was pressed."""

    fixed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[CheckLine, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().px(5))
        self.setAccessibleName("Before the meeting")

    def lines(self) -> tuple[CheckLine, ...]:
        """All lines as given."""
        return self._lines

    def set_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show these; nothing is built anew when they are the same."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._make(line) for line in sorted(lines, key=lambda line: line.passed)]
        for row in self._rows:
            self._column.addWidget(row)
        missing = ", ".join(line.words for line in lines if not line.passed)
        self.setAccessibleDescription(missing or "Nothing outstanding")

    def _make(self, line: CheckLine) -> QWidget:
        theme, px = current(), current().px
        row, mark, words = QFrame(self), QLabel(self), QLabel(line.words, self)
        colour = theme.tokens.low if line.passed else theme.tokens.medium
        name = "circle-check" if line.passed else "circle-alert"
        mark.setPixmap(icons.pixmap(name, px(17), colour, self.devicePixelRatioF()))
        set_role(words, "second" if line.passed else "strong")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        row.setAccessibleName(line.words)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(words, 1)
        if not line.passed and line.fix:
            button = LinkButton(row, text=line.fix, height=28)
            button.setObjectName(f"fix_{line.key}")
            button.setAccessibleName(f"{line.fix}: {line.words}")
            button.clicked.connect(lambda: self.fixed.emit(line.key))
            layout.addWidget(button)
        return row
