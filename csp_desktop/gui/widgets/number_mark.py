"""The number of a step before its words: a ring before, filled while one is in it, a check when it is done."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import number_disc, symbol
from csp_desktop.gui.widgets.step_marks import StepState


class NumberMark(Painted):
    """24 px square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._state = 1, StepState.AHEAD
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def state(self) -> StepState:
        """How far the step is."""
        return self._state

    def set_step(self, number: int, state: StepState) -> None:
        """Which step, and how far it is."""
        self._number, self._state = number, state
        self.describe(f"Step {number}", state.value)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self.theme.px(24), self.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Check or disc."""
        if self._state is StepState.DONE:
            symbol(painter, self.theme, "circle-check", 0, self.height() / 2, 24, self.theme.tokens.low)
            return
        side = self.theme.px(22)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        number_disc(painter, self.theme, rect, str(self._number), self._state is StepState.CURRENT)
