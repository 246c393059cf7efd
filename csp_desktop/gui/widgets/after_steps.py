"""What comes after, one step under another along a line: icon, what, by when, and what it is."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import LEFT, RIGHT, Ink, Painted, dot, fill_rect, symbol, width_of
from csp_desktop.gui.style.theme import SEMIBOLD

DISC, AIR, LEAST = 30, 14, 44
Step = tuple[str, str, str, str]  # icon, what, by when, what it is


class AfterSteps(Painted):
    """Painted, read aloud as one list; the words under a step wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """In their order."""
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        said = "; ".join(" ".join(part for part in (what, when, detail) if part) for _, what, when, detail in steps)
        self.describe("What happens after", said)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All of them."""
        return int(sum(self._high(step, width) for step in self._steps))

    def sizeHint(self) -> QSize:
        """At the width of the side column."""
        return QSize(self.theme.px(280), self.heightForWidth(self.theme.px(280)))

    def minimumSizeHint(self) -> QSize:
        """All of them at the width there is."""
        return QSize(self.theme.px(200), self.heightForWidth(max(self.width(), self.theme.px(200))))

    def _words(self, width: float, detail: str) -> float:
        """How high the words under a step are."""
        if not detail:
            return 0.0
        metrics = QFontMetricsF(self.theme.font(12))
        room = QRectF(0, 0, max(1.0, width - self.theme.px(DISC + 12)), 10_000)
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), detail).height()

    def _high(self, step: Step, width: float) -> float:
        return max(self.theme.px(LEAST), self.theme.px(20) + self._words(width, step[3]) + self.theme.px(AIR))

    def draw(self, painter: QPainter) -> None:
        """The line first, then each step upon it."""
        px, tokens = self.theme.px, self.theme.tokens
        top, width = 0.0, float(self.width())
        for number, step in enumerate(self._steps):
            high = self._high(step, width)
            icon, what, when, detail = step
            middle = QPointF(px(DISC) / 2, top + px(DISC) / 2)
            if number + 1 < len(self._steps):
                fill_rect(painter, QRectF(middle.x() - 0.5, middle.y(), 1, high), tokens.line)
            now = number == 0
            dot(
                painter,
                middle,
                px(DISC) / 2 - 1,
                tokens.tint if now else tokens.surface,
                tokens.accent if now else tokens.line2,
                1.2,
            )
            symbol(painter, self.theme, icon, middle.x() - px(8), middle.y(), 16, tokens.accent if now else tokens.ink2)
            left = px(DISC + 12)
            day = Ink(12, tokens.accent if now else tokens.ink, SEMIBOLD, True)
            room = width - left
            taken = width_of(self.theme, when, day)
            self.write(painter, QRectF(left, top, room, px(20)), when, day, RIGHT)
            self.write(
                painter, QRectF(left, top, room - taken - px(6), px(20)), what, Ink(13, tokens.ink, SEMIBOLD), LEFT
            )
            painter.setFont(self.theme.font(12))
            painter.setPen(tokens.ink2)
            words = QRectF(left, top + px(20), room, self._words(width, detail) + 1)
            painter.drawText(words, int(Qt.TextFlag.TextWordWrap), detail)
            top += high
