"""A rating on real time: its levels and totals above, what happened meanwhile in lanes below."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.domain.cases.trend import Lane, Sense, Trend, TrendEvent, TrendPoint, trend_words
from csp_desktop.domain.common.days import axis_day, axis_month
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.gui.style.painting import CENTRE, RIGHT, Ink, Painted, box, dot, symbol, width_of
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Tone, colour
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.charts import RiskBand

LEFT, BESIDE, PLOT, LANE, AXIS = 76, 74, 86, 21, 18  # px at the usual text size
AIR = 1.15  # above the highest total, for its number
MOST_MONTHS = 14  # named on the axis; of more every third
TONES = {Sense.PLAIN: Tone.ACCENT, Sense.GOOD: Tone.LOW, Sense.WAITS: Tone.MEDIUM, Sense.BAD: Tone.HIGH}
SIGNS = {Sense.GOOD: "check", Sense.BAD: "x", Sense.WAITS: "history"}
LANE_SIGNS = {Lane.MEETINGS: "users", Lane.ACTIONS: "minus", Lane.REFERRALS: "send"}


class RiskTrend(Painted):
    """Totals of Safety Net are dots on a line, assessments made here squares on a dashed one; an incomplete one is a
    range."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend, self._bands = Trend(), tuple[RiskBand, ...]()
        self._today = date(2026, 1, 1)
        self._due: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_trend(self, trend: Trend, bands: Sequence[RiskBand], today: date, due: date | None = None) -> None:
        """What there is, the levels from low to high, today, and the day by which the risk was to reduce."""
        self._trend, self._bands, self._today, self._due = trend, tuple(bands), today, due
        self.describe("Rating and what was done", trend_words(trend))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the card, as high as its lanes need."""
        px = self.theme.px
        return QSize(px(420), px(PLOT) + px(LANE) * len(self._lanes()) + px(AXIS))

    def minimumSizeHint(self) -> QSize:
        """Narrow, as high."""
        return QSize(self.theme.px(240), self.sizeHint().height())

    def _lanes(self) -> list[Lane]:
        return [lane for lane in Lane if any(one.lane is lane for one in self._trend.events)]

    # places

    def _plot(self) -> QRectF:
        px = self.theme.px
        beside = px(BESIDE) if self._bands else px(10)
        return QRectF(px(LEFT), 0, max(1, self.width() - px(LEFT) - beside), px(PLOT))

    def _span(self) -> tuple[date, date]:
        days = [one.on for one in self._trend.points] + [one.on for one in self._trend.events] + [self._today]
        return min(days), max(days) + timedelta(days=3)

    def _x(self, on: date) -> float:
        first, last = self._span()
        plot = self._plot().adjusted(self.theme.px(12), 0, -self.theme.px(12), 0)
        share = (on - first).days / max(1, (last - first).days)
        return plot.left() + plot.width() * min(1.0, max(0.0, share))

    def _scale(self) -> tuple[float, float]:
        values = [float(one.to or one.total) for one in self._trend.points]
        begins = [band.begins for band in self._bands]
        top = max([*values, *begins, 1.0]) * AIR + 2
        low = min([*(float(one.total) for one in self._trend.points), *begins[1:2], top])
        return max(0.0, low - 0.25 * top), top

    def _y(self, value: float) -> float:
        low, top = self._scale()
        plot = self._plot()
        return plot.bottom() - (value - low) / max(1.0, top - low) * plot.height()

    # drawing

    def draw(self, painter: QPainter) -> None:
        """Levels, months, the day it was due, totals, lanes."""
        if not self._trend.points:
            return
        self._draw_bands(painter)
        self._draw_months(painter)
        self._draw_due(painter)
        self._draw_line(painter, self._trend.known, Qt.PenStyle.SolidLine)
        self._draw_line(painter, self._trend.made, Qt.PenStyle.DashLine)
        taken: list[QRectF] = []
        for point in reversed(self._trend.points):
            self._draw_point(painter, point, taken)
        for number, lane in enumerate(self._lanes()):
            self._draw_lane(painter, lane, self._plot().bottom() + self.theme.px(LANE) * (number + 0.5))

    def _draw_bands(self, painter: QPainter) -> None:
        px, tokens, plot = self.theme.px, self.theme.tokens, self._plot()
        ends = [*[band.begins for band in self._bands[1:]], 1e9]
        for band, until in zip(self._bands, ends, strict=False):
            low = min(plot.bottom(), max(plot.top(), self._y(band.begins)))
            high = min(plot.bottom(), max(plot.top(), self._y(until)))
            ink, ground = tokens.tone(band.tone)
            painter.fillRect(QRectF(plot.left(), high, plot.width(), low - high), colour(ground, 0.62))
            if low - high >= px(13):
                words = QRectF(plot.right() + px(8), (low + high) / 2 - px(8), px(BESIDE) - px(8), px(16))
                self.write(painter, words, band.name, Ink(11, ink, SEMIBOLD))
            if band.begins and plot.top() + px(7) < low < plot.bottom() - px(4):
                limit = QRectF(0, low - px(8), px(LEFT) - px(8), px(16))
                self.write(painter, limit, f"from {band.begins:g}", Ink(11, tokens.ink2, tabular=True), RIGHT)

    def _draw_months(self, painter: QPainter) -> None:
        px, tokens, plot = self.theme.px, self.theme.tokens, self._plot()
        first, last = self._span()
        month, months = add_months(first.replace(day=1), 1), list[date]()
        while month <= last:
            months.append(month)
            month = add_months(month, 1)
        bottom = plot.bottom() + px(LANE) * len(self._lanes())
        named = months if len(months) <= MOST_MONTHS else [one for one in months if one.month % 3 == 1]
        ink, end = Ink(11, tokens.ink2), -1e9
        for one in named:
            at = self._x(one)
            painter.fillRect(QRectF(at, plot.top(), 1, bottom - plot.top()), QColor(tokens.line2))
            text = axis_month(one)
            wide = width_of(self.theme, text, ink)
            if at - wide / 2 > end and at + wide / 2 < self.width():
                self.write(painter, QRectF(at - wide / 2, bottom + px(2), wide, px(16)), text, ink, CENTRE)
                end = at + wide / 2 + px(6)

    def _draw_due(self, painter: QPainter) -> None:
        first, last = self._span()
        if self._due is None or not first < self._due < last:
            return
        px, tokens, plot = self.theme.px, self.theme.tokens, self._plot()
        at, ink = self._x(self._due), Ink(11, tokens.high, SEMIBOLD)
        painter.fillRect(QRectF(at - 1, plot.top(), 2, plot.height()), QColor(tokens.high))
        words = f"Reduction due {axis_day(self._due)}"
        wide = width_of(self.theme, words, ink)
        left = at + px(5) if at + px(5) + wide < plot.right() else at - px(5) - wide
        self.write(painter, QRectF(left, plot.bottom() - px(17), wide, px(16)), words, ink)

    def _draw_line(self, painter: QPainter, points: Sequence[TrendPoint], style: Qt.PenStyle) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.tokens.ink), self.theme.px(2), style))
        painter.drawPolyline(QPolygonF([QPointF(self._x(one.on), self._y(one.total)) for one in points]))

    def _draw_point(self, painter: QPainter, point: TrendPoint, taken: list[QRectF]) -> None:
        """The mark always; its number where it touches no later one."""
        px, tokens = self.theme.px, self.theme.tokens
        ink, at = tokens.tone(BAND_TONES[point.band])[0], QPointF(self._x(point.on), self._y(point.total))
        upper = self._y(point.to) if point.to is not None else at.y()
        if point.to is not None:
            painter.setPen(QPen(QColor(ink), px(4), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(at.x(), upper), at)
        if point.here:
            box(painter, QRectF(at.x() - px(4), at.y() - px(4), px(8), px(8)), px(1), ink, tokens.surface, px(1.5))
        else:
            dot(painter, at, px(4.5), ink, tokens.surface, px(1.5))
        text, word = (
            f"{point.total}" if point.to is None else f"{point.total} to {point.to}",
            Ink(11, tokens.ink, SEMIBOLD),
        )
        wide = width_of(self.theme, text, word)
        left = min(max(at.x() - wide / 2, 0), self.width() - wide)
        for top in (upper - px(21), at.y() + px(5)):
            place = QRectF(left, top, wide, px(15))
            if top >= 0 and place.bottom() <= self._plot().bottom() and not any(place.intersects(o) for o in taken):
                taken.append(place)
                self.write(painter, place, text, word, CENTRE)
                return

    def _draw_lane(self, painter: QPainter, lane: Lane, middle: float) -> None:
        px, tokens, plot = self.theme.px, self.theme.tokens, self._plot()
        self.write(painter, QRectF(0, middle - px(8), px(LEFT) - px(8), px(16)), lane.value, Ink(11, tokens.ink2))
        painter.fillRect(QRectF(plot.left(), middle, plot.width(), 1), QColor(tokens.line2))
        mine = [one for one in self._trend.events if one.lane is lane]
        for number, event in enumerate(mine):
            after = self._x(mine[number + 1].on) - px(9) if number + 1 < len(mine) else plot.right() + px(BESIDE)
            self._draw_event(painter, event, middle, after)

    def _draw_event(self, painter: QPainter, event: TrendEvent, middle: float, until: float) -> None:
        """A disc with its sign; its words where they fit before the next."""
        px, tokens = self.theme.px, self.theme.tokens
        ink, at = tokens.tone(TONES[event.sense])[0], self._x(event.on)
        dot(painter, QPointF(at, middle), px(8), tokens.surface, ink, px(1.5))
        symbol(painter, self.theme, SIGNS.get(event.sense, LANE_SIGNS[event.lane]), at - px(5.5), middle, 11, ink)
        words = Ink(11, ink, MEDIUM)
        wide = width_of(self.theme, event.words, words)
        if at + px(12) + wide <= min(until, self.width()):
            ground = QRectF(at + px(11), middle - px(7), wide + px(4), px(14))
            painter.fillRect(ground, QColor(tokens.surface))
            self.write(painter, ground.adjusted(px(1), 0, 0, 0), event.words, words)
