"""Small painted marks: a pill, a person's disc, a key, a big number, a rating on its band's ground."""

from enum import Enum
from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.domain.cases.cases import Band
from csp_desktop.gui.style.painting import (
    CENTRE,
    LEFT,
    Ink,
    Painted,
    box,
    key_cap,
    key_cap_width,
    pill,
    pill_width,
    symbol,
    width_of,
    write,
)
from csp_desktop.gui.style.theme import BOLD, SEMIBOLD, Theme, Tone

BAND_TONES = {Band.HIGH: Tone.HIGH, Band.MEDIUM: Tone.MEDIUM, Band.STANDARD: Tone.LOW, None: Tone.NEUTRAL}


class Pill(Painted):
    """Never elides; 24 px high."""

    def __init__(self, parent: QWidget | None = None, *, text: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__(parent)
        self._text, self._tone, self._widest = "", tone, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text, tone)

    def text(self) -> str:
        """The word shown."""
        return self._text

    def tone(self) -> Tone:
        """What its colour says."""
        return self._tone

    def set_text(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Word and tone; an empty word hides the pill."""
        self._text, self._tone = text, tone
        self.describe(text)
        if self.parent() is not None:
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_least_width(self, width: int) -> None:
        """Let several pills under one another be as wide as the widest (design pixels)."""
        self._widest = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        wide = max(pill_width(self.theme, self._text), self.theme.px(self._widest))
        return QSize(wide, self.theme.px(22))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its word."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Ground and word."""
        pill(painter, self.theme, QRectF(self.rect()), self._text, self._tone)


class KeyCap(Painted):
    """Beside the thing the key does."""

    def __init__(self, parent: QWidget | None = None, *, key: str = "") -> None:
        super().__init__(parent)
        self._key = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """The key's name: "Ctrl Z"."""
        self._key = key
        self.describe(f"Key {key}" if key else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its name."""
        return QSize(key_cap_width(self.theme, self._key), self.theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The cap."""
        if self._key:
            key_cap(painter, self.theme, QRectF(self.rect()), self._key)


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
        return int(self.theme.px(self._size) * 0.86) + self._below()

    def _below(self) -> int:
        """Room under the foot for letters that need it; digits need none."""
        needs = any(letter in "gjpqy" for letter in self._number)
        return ceil(QFontMetricsF(self.theme.font(self._size, BOLD)).descent()) if needs else 0

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
        foot = (self.height() - self._below() + metrics.capHeight()) / 2
        wide = width_of(self.theme, self._number, big)
        top = foot - metrics.ascent()
        self.write(painter, QRectF(0, top, wide, metrics.height()), self._number, big, LEFT)
        if self._unit:
            below = QFontMetricsF(self.theme.font(small.size, small.weight))
            at = wide + self.theme.px(10)
            rect = QRectF(at, foot - below.ascent(), self.width() - at, below.height())
            self.write(painter, rect, self._unit, small)


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


class RatingBox(Painted):
    """The rating as the chair reads it across the table: number, level in words, how it moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._word, self._moved = "–", "", ""
        self._tone, self._trend = Tone.NEUTRAL, Trend.NONE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_rating(self, number: str, word: str, tone: Tone, moved: str = "", trend: Trend = Trend.NONE) -> None:
        """ "38", "High", its tone, "up 7" and the arrow before it."""
        self._number, self._word, self._tone, self._moved, self._trend = number, word, tone, moved, trend
        self.describe(f"Rating {number}, {word}", moved)
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, str, str]:
        """Number, level and movement as shown."""
        return self._number, self._word, self._moved

    def _inks(self) -> tuple[Ink, Ink, Ink]:
        ink = self.theme.tokens.tone(self._tone)[0]
        rose = self._trend is Trend.UP
        moved = self.theme.tokens.high if rose else ink if self._tone is not Tone.NEUTRAL else self.theme.tokens.ink2
        return Ink(56, ink, BOLD, True), Ink(24, ink, BOLD), Ink(18, moved, SEMIBOLD, True)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        (big, word, moved), px = self._inks(), self.theme.px
        arrow = px(22) if self._trend is not Trend.NONE else 0
        beside = max(width_of(self.theme, self._word, word), arrow + width_of(self.theme, self._moved, moved))
        return QSize(px(16) + width_of(self.theme, self._number, big) + px(12) + beside + px(16), px(72))

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The number, and two lines beside it."""
        theme, px, (big, word, moved) = self.theme, self.theme.px, self._inks()
        box(painter, QRectF(self.rect()), px(9), theme.tokens.tone(self._tone)[1])
        wide, high = width_of(theme, self._number, big), self.height()
        self.write(painter, QRectF(px(16), 0, wide + 1, high), self._number, big)
        left = px(16) + wide + px(12)
        lines = 2 if self._moved else 1
        top = high / 2 - (px(31) if lines == 2 else px(16))
        self.write(painter, QRectF(left, top, self.width() - left, px(32)), self._word, word)
        if self._moved:
            middle = high / 2 + px(17)
            if self._trend is not Trend.NONE:
                symbol(painter, theme, _ICONS[self._trend], left, middle, 18, moved.colour)
                left += px(22)
            self.write(painter, QRectF(left, middle - px(12), self.width() - left, px(24)), self._moved, moved)
