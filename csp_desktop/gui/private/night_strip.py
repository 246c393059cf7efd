"""The nights somebody was seen out, as a strip of marks."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.domain.common.days import tiny_day
from csp_desktop.domain.private.people import Sighting
from csp_desktop.gui.style.painting import RIGHT, Ink, Painted, box, dot, width_of

NIGHTS = 28


class NightStrip(Painted):
    """The last 28 nights: tall where the person was seen bedded down, red where they were unwell, low where not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nights: dict[date, Sighting] = {}
        self._today: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_nights(self, sightings: tuple[Sighting, ...], today: date) -> None:
        """Which nights; those seen unwell count before the others of the same night."""
        self._today, self._nights = today, {}
        for seen in sorted(sightings, key=lambda s: (s.unwell, s.bedded_down)):
            self._nights[seen.on] = seen
        first = today - timedelta(days=NIGHTS - 1)
        shown = [seen for day, seen in sorted(self._nights.items()) if first <= day <= today]
        nights = [f"{tiny_day(one.on)}{', unwell' if one.unwell else ''}" for one in shown if one.bedded_down]
        self.describe("Nights seen bedded down", "; ".join(nights) or "none")
        self.update()

    def sizeHint(self) -> QSize:
        """Bars and the days below."""
        return QSize(self.theme.px(180), self.theme.px(46))

    def minimumSizeHint(self) -> QSize:
        """Two days beside each other."""
        return QSize(self.theme.px(120), self.theme.px(40))

    def draw(self, painter: QPainter) -> None:
        """28 bars; nothing before any nights were given."""
        if self._today is None:
            return
        px, tokens = self.theme.px, self.theme.tokens
        high = self.height() - px(18)
        step = self.width() / NIGHTS
        first = self._today - timedelta(days=NIGHTS - 1)
        for number in range(NIGHTS):
            seen = self._nights.get(first + timedelta(days=number))
            colour, part = tokens.line, 0.22
            if seen is not None:
                colour = tokens.high if seen.unwell else tokens.accent if seen.bedded_down else tokens.line2
                part = 1.0 if seen.unwell else 0.75 if seen.bedded_down else 0.4
            bar = QRectF(number * step, high * (1 - part), max(2.0, step - px(2)), high * part)
            box(painter, bar, px(1), colour)
        small = Ink(11, tokens.ink2, tabular=True)
        below = QRectF(0, high + px(2), self.width(), px(16))
        self.write(painter, below, tiny_day(first), small)
        self.write(painter, below, "today", small, RIGHT)


class UnwellKey(Painted):
    """What the red bars mean, in words."""

    WORDS = "unwell"

    def sizeHint(self) -> QSize:
        """Dot and words."""
        return QSize(self.theme.px(16) + width_of(self.theme, self.WORDS, Ink(12, "#000000")), self.theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """Whole."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """A dot in the bars' colour."""
        px, tokens = self.theme.px, self.theme.tokens
        dot(painter, QPointF(px(5), self.height() / 2), px(4), tokens.high)
        self.write(painter, QRectF(px(14), 0, self.width() - px(14), self.height()), self.WORDS, Ink(12, tokens.ink2))
