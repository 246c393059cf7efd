"""A risk rating at a glance: the number on its band's ground, and where it is going."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import BOLD, Theme, Tone
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import CENTRE, Ink, box, symbol, write


class Trend(Enum):
    """Where a rating went since the last one."""

    UP = "up"
    DOWN = "down"
    FLAT = "no change"
    NONE = ""


BADGE_WIDTH, ARROW_WIDTH, BADGE_HEIGHT = 36, 20, 24
_ICONS = {Trend.UP: "arrow-up-right", Trend.DOWN: "arrow-down-right", Trend.FLAT: "minus"}


def draw_rating(
    painter: QPainter, theme: Theme, right: float, middle: float, rating: str, tone: Tone, trend: Trend
) -> float:
    """Draw badge and arrow ending at `right`; the left edge of what was drawn."""
    px = theme.px
    ink, ground = theme.tokens.tone(tone)
    rect = QRectF(right - px(BADGE_WIDTH), middle - px(BADGE_HEIGHT) / 2, px(BADGE_WIDTH), px(BADGE_HEIGHT))
    box(painter, rect, px(6), ground)
    write(painter, theme, rect, rating, Ink(13, ink, BOLD, True), CENTRE)
    if trend is Trend.NONE:
        return rect.left()
    draw_trend(painter, theme, rect.left() - px(ARROW_WIDTH), middle, trend)
    return rect.left() - px(ARROW_WIDTH)


def draw_trend(painter: QPainter, theme: Theme, left: float, middle: float, trend: Trend) -> None:
    """The arrow alone; only a rising risk is red."""
    colour = theme.tokens.high if trend is Trend.UP else theme.tokens.ink2
    symbol(painter, theme, _ICONS[trend], left, middle, 14, colour)


def say_rating(rating: str, word: str, trend: Trend) -> str:
    """For a screen reader: "38 High, down"."""
    return ", ".join(part for part in (f"{rating} {word}".strip(), trend.value) if part)


class RatingBadge(Painted):
    """Number, band ground and arrow; the band's word is in its name and tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating, self._word, self._tone, self._trend = "", "", Tone.NEUTRAL, Trend.NONE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_rating(self, rating: int | None, word: str, tone: Tone, trend: Trend = Trend.NONE) -> None:
        """The number (None: not rated yet), its band in words ("High"), tone and trend."""
        self._rating = "–" if rating is None else str(rating)
        self._word, self._tone, self._trend = word, tone, trend
        self.describe(say_rating("not rated" if rating is None else self._rating, word, trend))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The arrow has its place only when there is one."""
        arrow = 0 if self._trend is Trend.NONE else ARROW_WIDTH
        return QSize(self.theme.px(BADGE_WIDTH + arrow), self.theme.px(BADGE_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Arrow and badge."""
        if self._rating:
            middle = self.height() / 2
            draw_rating(painter, self.theme, self.width(), middle, self._rating, self._tone, self._trend)
