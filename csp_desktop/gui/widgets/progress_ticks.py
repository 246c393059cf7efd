"""All open cases in one row: those whose promise is broken, due before the meeting, on track."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import SEMIBOLD
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import Ink, box, width_of


class ProgressTicks(Painted):
    """A tick for each case in three groups, their numbers and words beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0, 0)
        self._words = ("promise broken", "due", "on track")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, broken: int, due: int, kept: int, due_words: str = "due") -> None:
        """How many of each; the middle one in words ("due by 26 Nov")."""
        self._counts = (broken, due, kept)
        self._words = ("promise broken", due_words, "on track")
        self.describe(", ".join(f"{count} {word}" for count, word in zip(self._counts, self._words, strict=True)))
        self.update()

    def sizeHint(self) -> QSize:
        """Ticks, numbers, words."""
        return QSize(self.theme.px(280), self.theme.px(78))

    def minimumSizeHint(self) -> QSize:
        """The three words side by side."""
        words = sum(width_of(self.theme, word, Ink(12, "#000000")) for word in self._words)
        return QSize(words + self.theme.px(24), self.theme.px(78))

    def draw(self, painter: QPainter) -> None:
        """Ticks share the width; the words stand under the first, the middle and the last group."""
        px, tokens = self.theme.px, self.theme.tokens
        colours = (tokens.broken, tokens.due, tokens.kept)
        inks = (tokens.high, tokens.medium, tokens.low)
        total = sum(self._counts)
        groups = sum(1 for count in self._counts if count)
        gap = px(3) if total <= 40 else 1
        wide = (self.width() - gap * max(0, total - 1) - px(4) * max(0, groups - 1)) / max(1, total)
        left = 0.0
        for count, colour in zip(self._counts, colours, strict=True):
            for _ in range(count):
                box(painter, QRectF(left, 0, max(1.0, wide), px(14)), px(3) if wide > px(6) else 1, colour)
                left += wide + gap
            left += px(4) if count else 0
        small, big = Ink(12, tokens.ink2), Ink(26, tokens.ink, SEMIBOLD)
        widths = [
            max(width_of(self.theme, word, small), width_of(self.theme, str(n), big))
            for word, n in zip(self._words, self._counts, strict=True)
        ]
        spare = max(0.0, self.width() - sum(widths)) / 2
        at = 0.0
        for number, word, ink, room in zip(self._counts, self._words, inks, widths, strict=True):
            self.write(painter, QRectF(at, px(22), room + 1, px(32)), str(number), Ink(26, ink, SEMIBOLD))
            self.write(painter, QRectF(at, px(56), room + 1, px(18)), word, Ink(12, tokens.ink2))
            at += room + spare
