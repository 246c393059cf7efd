"""Labelled bars: what drives the risk, how many minutes each part takes, why actions were not done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import MEDIUM, SEMIBOLD, Tone
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import RIGHT, Ink, box, width_of


@dataclass(frozen=True)
class Bar:
    """For example "Threats to neighbour", "9", its share 0 to 1 of the full width, a tone."""

    label: str
    value: str
    share: float
    tone: Tone = Tone.NEUTRAL


class BarList(Painted):
    """One line and one bar each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """The bars from the top."""
        self._bars = tuple(bars)
        self.describe(", ".join(f"{bar.label} {bar.value}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All of them."""
        return QSize(self.theme.px(200), self.theme.px(32) * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """All of them, narrow."""
        return QSize(self.theme.px(110), self.theme.px(30) * len(self._bars))

    def draw(self, painter: QPainter) -> None:
        """Label, value, bar."""
        px, tokens = self.theme.px, self.theme.tokens
        if not self._bars:
            return
        step = min(px(38), self.height() / len(self._bars))
        for row, bar in enumerate(self._bars):
            top = row * step
            value = Ink(13, tokens.ink, SEMIBOLD, True)
            room = width_of(self.theme, bar.value, value)
            self.write(painter, QRectF(0, top, self.width(), px(20)), bar.value, value, RIGHT)
            label = QRectF(0, top, self.width() - room - px(8), px(20))
            self.write(painter, label, bar.label, Ink(13, tokens.ink, MEDIUM))
            ground = QRectF(0, top + px(22), self.width(), px(4))
            box(painter, ground, px(2), tokens.line)
            colour = tokens.ink3 if bar.tone is Tone.NEUTRAL else tokens.tone(bar.tone)[0]
            share = min(1.0, max(0.0, bar.share))
            if share > 0:
                box(painter, QRectF(0, ground.top(), max(px(4), ground.width() * share), px(4)), px(2), colour)
