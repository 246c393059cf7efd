"""The way to a deadline: Drafted, Checked, Approve, Circulate, with their days."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import SEMIBOLD
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import CENTRE, LEFT, RIGHT, Ink, box, dot, symbol
from csp_desktop.gui.widgets.step_marks import StepMark, StepState


class StepLine(Painted):
    """Discs on a line, the first and last at its ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StepMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[StepMark]) -> None:
        """The steps in order, two or more."""
        self._steps = tuple(steps)
        self.describe("Steps", ", ".join(f"{step.title} {step.spoken()}" for step in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Line and two rows of words."""
        return QSize(self.theme.px(300), self.theme.px(54))

    def minimumSizeHint(self) -> QSize:
        """A word's width for each step."""
        return QSize(self.theme.px(60) * max(2, len(self._steps)), self.theme.px(54))

    def draw(self, painter: QPainter) -> None:
        """The line, filled up to now; discs; words."""
        px, tokens, count = self.theme.px, self.theme.tokens, len(self._steps)
        if count < 2:
            return
        radius, middle = px(8), px(9)
        gap = (self.width() - 2 * radius) / (count - 1)
        centres = [QPointF(radius + gap * number, middle) for number in range(count)]
        box(painter, QRectF(radius, middle - px(2.5), self.width() - 2 * radius, px(5)), px(2), tokens.line)
        reached = [at for at, step in zip(centres, self._steps, strict=True) if step.state is not StepState.AHEAD]
        if reached:
            box(painter, QRectF(radius, middle - px(2.5), reached[-1].x() - radius, px(5)), px(2), tokens.accent)
        for number, (at, step) in enumerate(zip(centres, self._steps, strict=True)):
            self._draw_disc(painter, at, step.state)
            self._draw_words(painter, number, at, gap, step)

    def _draw_disc(self, painter: QPainter, at: QPointF, state: StepState) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        if state is StepState.DONE:
            dot(painter, at, px(7.5), tokens.accent)
            symbol(painter, self.theme, "check", at.x() - px(5.5), at.y(), 11, tokens.on_accent)
        elif state is StepState.CURRENT:
            dot(painter, at, px(7), tokens.surface, tokens.accent, px(2))
            dot(painter, at, px(3.2), tokens.accent)
        else:
            dot(painter, at, px(7), tokens.surface, tokens.line2, px(2))

    def _draw_words(self, painter: QPainter, number: int, at: QPointF, gap: float, step: StepMark) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        align: Qt.AlignmentFlag = CENTRE
        area = QRectF(at.x() - gap / 2 + px(2), px(22), gap - px(4), px(16))
        if number == 0:
            align, area = LEFT, QRectF(0, px(22), gap / 2 + px(20), px(16))
        elif number == len(self._steps) - 1:
            align, area = RIGHT, QRectF(self.width() - gap / 2 - px(20), px(22), gap / 2 + px(20), px(16))
        title = Ink(12, tokens.accent if step.current else tokens.ink, SEMIBOLD)
        self.write(painter, area, step.title, title, align)
        self.write(painter, area.translated(0, px(16)), step.caption, Ink(12, tokens.ink2, tabular=True), align)
