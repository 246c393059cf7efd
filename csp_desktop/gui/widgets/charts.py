"""Painted figures: bars with labels, a whole and its parts, a rating through time."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import CENTRE, RIGHT, Ink, Painted, box, dot, width_of
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Tone, colour


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


@dataclass(frozen=True)
class Share:
    """One part: how many, in what words, in what tone (neutral: what is left)."""

    count: int
    words: str
    tone: Tone


class ShareBar(Painted):
    """The words wrap where the column is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[Share, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_shares(self, shares: Sequence[Share]) -> None:
        """The parts from the left."""
        self._shares = tuple(shares)
        self.describe(", ".join(f"{share.count} {share.words}" for share in self._shares))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Bar and as many lines as the words need."""
        places = self._places(width)
        return int(places[-1].bottom()) + 1 if places else self.theme.px(16)

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(self.theme.px(280), self.heightForWidth(self.theme.px(280)))

    def minimumSizeHint(self) -> QSize:
        """The longest word."""
        return QSize(self.theme.px(140), self.theme.px(40))

    def _inks(self) -> tuple[Ink, Ink]:
        tokens = self.theme.tokens
        return Ink(13, tokens.ink, SEMIBOLD, True), Ink(12, tokens.ink2)

    def _places(self, width: int) -> list[QRectF]:
        px, (strong, plain) = self.theme.px, self._inks()
        left, top, placed = 0.0, float(px(22)), []
        for share in self._shares:
            wide = px(22) + width_of(self.theme, f"{share.count} ", strong) + width_of(self.theme, share.words, plain)
            if left and left + wide > width:
                left, top = 0.0, top + px(21)
            placed.append(QRectF(left, top, wide, px(20)))
            left += wide + px(12)
        return placed

    def draw(self, painter: QPainter) -> None:
        """The bar, then each part's dot, number and word."""
        px, tokens = self.theme.px, self.theme.tokens
        whole = sum(share.count for share in self._shares)
        box(painter, QRectF(0, 0, self.width(), px(13)), px(5), tokens.line)
        left = 0.0
        for share in self._shares:
            wide = self.width() * share.count / whole if whole else 0
            if wide and share.tone is not Tone.NEUTRAL:
                box(painter, QRectF(left, 0, max(px(3), wide - px(2)), px(13)), px(3), tokens.tone(share.tone)[0])
            left += wide
        strong, plain = self._inks()
        for share, place in zip(self._shares, self._places(self.width()), strict=True):
            colour = tokens.ink3 if share.tone is Tone.NEUTRAL else tokens.tone(share.tone)[0]
            dot(painter, QPointF(place.left() + px(5), place.center().y()), px(4), colour)
            number = f"{share.count} "
            wide = width_of(self.theme, number, strong)
            self.write(painter, QRectF(place.left() + px(16), place.top(), wide, px(20)), number, strong)
            at = place.left() + px(16) + wide
            self.write(painter, QRectF(at, place.top(), place.right() - at + 1, px(20)), share.words, plain)


@dataclass(frozen=True)
class RiskPoint:
    """A score on a day ("24 Nov"). `to` makes it a range up to that value: an incomplete total never pretends."""

    label: str
    value: float
    tone: Tone
    to: float | None = None


@dataclass(frozen=True)
class RiskBand:
    """A band begins at this value; given from low to high."""

    name: str
    begins: float
    tone: Tone


class RiskChart(Painted):
    """Points at equal distances; `goal` is the open circle at the end of the dotted line. A `low` one is as high as two
    lines of a list."""

    def __init__(self, parent: QWidget | None = None, *, low: bool = False) -> None:
        super().__init__(parent)
        self._wished, self._least, self._air = (60, 60, 1.9) if low else (118, 90, 1.18)  # air is for the numbers
        self._points: tuple[RiskPoint, ...] = ()
        self._bands: tuple[RiskBand, ...] = ()
        self._goal: tuple[str, float] | None = None
        self._highest = 60.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_history(
        self,
        points: Sequence[RiskPoint],
        bands: Sequence[RiskBand],
        highest: float,
        goal: tuple[str, float] | None = None,
    ) -> None:
        """Points from old to new, bands, the highest total there is, and by when it should have fallen to what."""
        self._points, self._bands, self._highest, self._goal = tuple(points), tuple(bands), highest, goal
        said = [f"{_said(point)} on {point.label}" for point in points]
        self.describe("Rating", ", ".join(said + ([f"due to reduce by {goal[0]}"] if goal else [])))
        self.update()

    def sizeHint(self) -> QSize:
        """As on the case page."""
        return QSize(self.theme.px(200), self.theme.px(self._wished))

    def minimumSizeHint(self) -> QSize:
        """Two dates side by side."""
        return QSize(self.theme.px(120), self.theme.px(self._least))

    def _scale(self) -> tuple[float, float]:
        """The lowest and highest value drawn: from 0 or the lowest band's middle to just above the highest point."""
        values = [p.value for p in self._points] + [p.to for p in self._points if p.to is not None]
        values += [self._goal[1]] if self._goal else []
        begins = [band.begins for band in self._bands]
        top = min(self._highest, max([*values, *begins, 1]) * self._air + 2)
        return max(0.0, min([*values, *begins[1:2], top]) - 0.30 * top), top

    def draw(self, painter: QPainter) -> None:
        """Bands, lines, points with their values, days below."""
        px = self.theme.px
        area = QRectF(0, 0, self.width(), self.height() - px(20))
        self._draw_bands(painter, area)
        if not self._points:
            return
        count = len(self._points) + (1 if self._goal else 0)
        edge = px(20)
        step = (area.width() - 2 * edge) / max(1, count - 1)
        xs = [area.left() + edge + step * number for number in range(count)] if count > 1 else [area.center().x()]
        self._draw_lines(painter, area, xs)
        for at, point in zip(xs, self._points, strict=False):
            self._draw_point(painter, area, at, point, point is self._points[-1])
        if self._goal:
            place = QPointF(xs[-1], self._y(area, self._goal[1]))
            dot(painter, place, px(4), self.theme.tokens.surface, self.theme.tokens.ink3, px(1.6))
        self._draw_days(painter, area, xs)

    def _y(self, area: QRectF, value: float) -> float:
        low, top = self._scale()
        return area.bottom() - (value - low) / max(1.0, top - low) * area.height()

    def _draw_bands(self, painter: QPainter, area: QRectF) -> None:
        ceiling = [*[band.begins for band in self._bands[1:]], 1e9]
        for band, until in zip(self._bands, ceiling, strict=False):
            low = min(area.bottom(), max(area.top(), self._y(area, band.begins)))
            high = min(area.bottom(), max(area.top(), self._y(area, until)))
            ground = colour(self.theme.tokens.tone(band.tone)[1], 0.62)
            painter.fillRect(QRectF(area.left(), high, area.width(), low - high), ground)

    def _draw_lines(self, painter: QPainter, area: QRectF, xs: list[float]) -> None:
        tokens = self.theme.tokens
        places = [QPointF(x, self._y(area, p.value)) for x, p in zip(xs, self._points, strict=False)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        whole = [place for place, p in zip(places, self._points, strict=True) if p.to is None]
        painter.setPen(QPen(QColor(tokens.ink), self.theme.px(2)))
        painter.drawPolyline(QPolygonF(whole))
        for before, after in zip(range(len(places)), range(1, len(places)), strict=False):
            until = self._points[after].to
            if until is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(tokens.ink3, 0.3))
                upper = QPointF(places[after].x(), self._y(area, until))
                painter.drawPolygon(QPolygonF([places[before], places[after], upper]))
        if self._goal:
            pen = QPen(QColor(tokens.ink3), self.theme.px(1.5))
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.drawLine(whole[-1] if whole else places[-1], QPointF(xs[-1], self._y(area, self._goal[1])))

    def _draw_point(self, painter: QPainter, area: QRectF, x: float, point: RiskPoint, last: bool) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        ink = tokens.tone(point.tone)[0]
        text = _said(point)
        upper = self._y(area, point.value if point.to is None else point.to)
        if point.to is None:
            dot(painter, QPointF(x, upper), px(5 if last else 4), ink, tokens.surface, px(1.5))
        else:
            painter.setPen(QPen(QColor(ink), px(4), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(x, upper), QPointF(x, self._y(area, point.value)))
        word = Ink(11, tokens.ink, SEMIBOLD, True)
        wide = width_of(self.theme, text, word)
        left = min(max(x - wide / 2, 0), self.width() - wide)
        top = max(0.0, upper - px(22))
        self.write(painter, QRectF(left, top, wide, px(15)), text, word, CENTRE)

    def _draw_days(self, painter: QPainter, area: QRectF, xs: list[float]) -> None:
        """Days under their points; those in between go first where they would touch."""
        px = self.theme.px
        words = [point.label for point in self._points] + ([self._goal[0]] if self._goal else [])
        ink = Ink(11, self.theme.tokens.ink2, tabular=True)
        order = [len(words) - 1, 0, *([len(self._points) - 1] if self._goal else []), *range(1, len(words) - 1)]
        taken: list[tuple[float, float]] = []
        for number in dict.fromkeys(order):
            wide = width_of(self.theme, words[number], ink)
            left = min(max(xs[number] - wide / 2, 0), self.width() - wide)
            if all(left > end + px(6) or left + wide < begin - px(6) for begin, end in taken):
                taken.append((left, left + wide))
                self.write(painter, QRectF(left, area.bottom() + px(4), wide, px(16)), words[number], ink)


def _said(point: RiskPoint) -> str:
    return f"{point.value:g}" if point.to is None else f"{point.value:g} to {point.to:g}"
