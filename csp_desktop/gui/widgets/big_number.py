"""A number to read across a table: "3 days", "35+", "10 of 31 answered"."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import BOLD, SEMIBOLD, Tone
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import LEFT, Ink, width_of


class BigNumber(Painted):
    """The number in 84 px (or the size set), its unit beside it on the same line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._unit, self._size = "", "", 84
        self._tone: Tone | None = None
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_number(self, number: str, unit: str = "", tone: Tone | None = None) -> None:
        """The number, its unit, and a tone; without one it is plain ink."""
        self._number, self._unit, self._tone = number, unit, tone
        self.describe(f"{number} {unit}".strip())
        self.updateGeometry()
        self.update()

    def set_size(self, size: int) -> None:
        """The digits' size in design pixels (84, 56, 34)."""
        self._size = size
        self.updateGeometry()
        self.update()

    def _inks(self) -> tuple[Ink, Ink]:
        tokens = self.theme.tokens
        colour = tokens.ink if self._tone is None else tokens.tone(self._tone)[0]
        return Ink(self._size, colour, BOLD), Ink(max(14, self._size * 0.3), colour, SEMIBOLD)

    def _tall(self) -> int:
        return int(self.theme.px(self._size) * 0.86)

    def sizeHint(self) -> QSize:
        """Number and unit side by side, no taller than the digits."""
        big, small = self._inks()
        unit = width_of(self.theme, self._unit, small) + self.theme.px(12) if self._unit else 0
        return QSize(width_of(self.theme, self._number, big) + unit, self._tall())

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Digits fill the height; the unit stands on their foot."""
        big, small = self._inks()
        metrics = QFontMetricsF(self.theme.font(big.size, big.weight))
        foot = (self.height() + metrics.capHeight()) / 2
        wide = width_of(self.theme, self._number, big)
        top = foot - metrics.ascent()
        self.write(painter, QRectF(0, top, wide, metrics.height()), self._number, big, LEFT)
        if self._unit:
            below = QFontMetricsF(self.theme.font(small.size, small.weight))
            at = wide + self.theme.px(10)
            rect = QRectF(at, foot - below.ascent(), self.width() - at, below.height())
            self.write(painter, rect, self._unit, small)
