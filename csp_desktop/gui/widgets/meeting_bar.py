"""The dark bar on top: where we are, the pace, who is present, the time. Its colour says which meeting it is."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import LEFT, RIGHT, Ink, Painted, box, dot, fill_rect, symbol, width_of
from csp_desktop.gui.style.theme import BOLD, LIGHT, MEDIUM, REGULAR, SEMIBOLD, Theme
from csp_desktop.gui.widgets.steps import BarInks, StepMark, draw_bar_steps


class BarKind(Enum):
    """Which meeting is on."""

    GREY = "none"
    NAVY = "CPG"
    PLUM = "private"


class SegmentState(Enum):
    """One piece of the way through the meeting."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "to do"
    MARKED = "marked"
    GOAL = "goal"


@dataclass(frozen=True)
class Segment:
    """One tick of the bar; its width is its share of all the weights (planned minutes, or 1)."""

    state: SegmentState
    weight: float = 1.0


@dataclass(frozen=True)
class BarNote:
    """A word at the right above the ticks: the pace. `marker` puts the colour of a marked or goal tick before it."""

    text: str
    amber: bool = False
    marker: SegmentState | None = None


@dataclass(frozen=True)
class Figure:
    """A figure at the right: icon, "48 min", "left for cases". Amber asks for attention, `overdue` is red; what the
    chair reads across the table is `large`."""

    icon: str
    big: str
    small: str
    amber: bool = False
    large: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class BarState:
    """Everything the bar shows. `icon` "live" is the red dot; `steps` take the place of headline and ticks; `count` is
    the number of a headline that counts, drawn large, and the words after it; `closed` is the title and second line of
    the meeting just closed, drawn in navy left of this one."""

    title: str = ""
    subtitle: str = ""
    kind: BarKind = BarKind.GREY
    icon: str = "shield-check"
    headline: str = ""
    segments: tuple[Segment, ...] = ()
    notes: tuple[BarNote, ...] = ()
    figures: tuple[Figure, ...] = ()
    steps: tuple[StepMark, ...] = ()
    closed: tuple[str, str] | None = None
    count: tuple[str, str] | None = None


def progress(done: int, total: int, current: bool = True) -> tuple[Segment, ...]:
    """Equal ticks: `done` of `total`, the next one current."""
    states = [SegmentState.DONE] * done + [SegmentState.AHEAD] * (total - done)
    if current and done < total:
        states[done] = SegmentState.CURRENT
    return tuple(Segment(state) for state in states)


HIGH, LOW, LOW_WINDOW = 76, 44, 330  # px of the bar, and of a window where letters are too large for two lines of it


class MeetingBar(Painted):
    """Shows a `BarState`. 76 px high, in one line of detail less when the window is narrow; the second line is in the
    tooltip where the letters are large for the window's height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._low = BarState(), False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName("meeting_bar")

    def state(self) -> BarState:
        """What is shown now."""
        return self._state

    def set_state(self, state: BarState) -> None:
        """Show another state; nothing is drawn when it is the same."""
        if state == self._state:
            return
        self._state = state
        parts = [state.headline, *(f"{step.title}: {step.spoken()}" for step in state.steps)]
        parts += [note.text for note in state.notes] + [f"{item.big} {item.small}" for item in state.figures]
        self.describe(state.title, ", ".join(part for part in [state.subtitle, *parts] if part))
        self.update()

    def fit(self, height: int) -> None:
        """One line in a window that is so low, in px, for the size of its letters."""
        low = height < self.theme.px(LOW_WINDOW)
        if low != self._low:
            self._low = low
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """The full width of the window, 76 px."""
        return QSize(self.theme.px(640), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Any width; what does not fit is elided and in the tooltip."""
        return QSize(0, self.theme.px(LOW if self._low else HIGH))

    def draw(self, painter: QPainter) -> None:
        """Ground, then either the wide or the narrow arrangement."""
        ground, _, _, _ = _colours(self.theme, self._state.kind)
        fill_rect(painter, self.rect(), ground)
        if self._low or self.width() < self.theme.px(1000):
            self._draw_narrow(painter)
        else:
            self._draw_wide(painter)

    def _draw_wide(self, painter: QPainter) -> None:
        px, state = self.theme.px, self._state
        left = self._draw_closed(painter, state.closed) if state.closed else self._draw_title(painter)
        right = self._draw_figures(painter)
        if state.steps:
            area = QRectF(left, 0, right - left - px(12), self.height())
            inks = BarInks(*_colours(self.theme, state.kind)[:3])
            self._elided += draw_bar_steps(painter, self.theme, area, state.steps, inks)
            return
        if state.closed:
            symbol(painter, self.theme, state.icon, left, px(30), 18, self.theme.tokens.bar_ink)
            self._draw_headline(painter, state.headline or state.title, left + px(26), right, left)
        else:
            self._draw_headline(painter, state.headline, left, right, left)

    def _draw_title(self, painter: QPainter) -> float:
        px, state, tokens = self.theme.px, self._state, self.theme.tokens
        _, second, _, _ = _colours(self.theme, state.kind)
        title, small = Ink(16, tokens.bar_ink, SEMIBOLD), Ink(12, second)
        offset = px(18) if state.icon == "live" else px(26)
        self._draw_mark(painter, px(20), px(30))
        widest = self.width() * 0.28
        wide = min(width_of(self.theme, state.title, title), widest)
        below = min(width_of(self.theme, state.subtitle, small), widest)
        self.write(painter, QRectF(px(20) + offset, px(18), wide, px(24)), state.title, title)
        self.write(painter, QRectF(px(20), px(40), below, px(18)), state.subtitle, small)
        return px(20) + max(offset + wide, below) + px(33)

    def _draw_mark(self, painter: QPainter, left: float, middle: float) -> None:
        if self._state.icon == "live":
            dot(painter, QPointF(left + self.theme.px(5), middle), self.theme.px(4), self.theme.tokens.live)
        elif self._state.icon:
            symbol(painter, self.theme, self._state.icon, left, middle, 18, self.theme.tokens.bar_ink)

    def _draw_closed(self, painter: QPainter, closed: tuple[str, str]) -> float:
        px, tokens = self.theme.px, LIGHT  # navy here, also where plum is in force
        edge, high = px(450), self.height()
        for shift, ground in ((px(26), tokens.plum_line), (px(18), tokens.plum_bar), (0, tokens.bar)):
            shape = [QPointF(0, 0), QPointF(edge + shift, 0), QPointF(edge + shift + px(22), high / 2)]
            painter.setBrush(QColor(ground))
            painter.setPen(QColor(ground))
            painter.drawPolygon(QPolygonF([*shape, QPointF(edge + shift, high), QPointF(0, high)]))
        symbol(painter, self.theme, "circle-check", px(20), px(30), 18, tokens.bar_second)
        self.write(painter, QRectF(px(46), px(18), edge - px(50), px(24)), closed[0], Ink(16, tokens.bar_ink, SEMIBOLD))
        self.write(painter, QRectF(px(20), px(40), edge - px(24), px(18)), closed[1], Ink(12, tokens.bar_second))
        return edge + px(66)

    def _draw_figures(self, painter: QPainter) -> float:
        px, tokens = self.theme.px, self.theme.tokens
        _, second, _, _ = _colours(self.theme, self._state.kind)
        right, large = float(self.width() - px(20)), any(figure.large for figure in self._state.figures)
        for figure in reversed(self._state.figures):
            pressing = _pressing(self.theme, figure)
            big = Ink(36 if figure.large else 26, pressing or tokens.bar_ink, SEMIBOLD, True)
            small = Ink(12, pressing or second)
            wide = max(px(25) + width_of(self.theme, figure.big, big), width_of(self.theme, figure.small, small))
            left = right - wide
            symbol(painter, self.theme, figure.icon, left, px(31), 18, pressing or second)
            top, below = (px(8), px(52)) if large else (px(13), px(46))
            self.write(painter, QRectF(left + px(25), top, wide, px(44 if large else 36)), figure.big, big)
            self.write(painter, QRectF(left, below, wide, px(18)), figure.small, small)
            right = left - px(27)
        return right - px(5)

    def _draw_headline(self, painter: QPainter, text: str, at: float, right: float, left: float) -> None:
        px = self.theme.px
        if self._state.count is not None:
            self._draw_count(painter, self._state.count, at, right)
            self._draw_segments(painter, QRectF(left, px(57), right - left, px(6)))
            return
        ink = Ink(20, "#F4F7FB", SEMIBOLD)
        end = self._draw_notes(painter, right, px(18), 15, at + width_of(self.theme, text, ink) + px(8))
        self.write(painter, QRectF(at, px(16), end - at - px(8), px(28)), text, ink)
        self._draw_segments(painter, QRectF(left, px(51), right - left, px(6)))

    def _draw_count(self, painter: QPainter, count: tuple[str, str], at: float, right: float) -> None:
        """'2' for whoever glances from the head of the table, 'of 46' beside it on the same foot."""
        px, ink = self.theme.px, self.theme.tokens.bar_ink
        big, beside = Ink(36, ink, SEMIBOLD, True), Ink(18, ink, SEMIBOLD)
        wide = width_of(self.theme, count[0], big)
        after = at + wide + px(10)
        end = self._draw_notes(painter, right, px(21), 15, after + width_of(self.theme, count[1], beside) + px(8))
        self.write(painter, QRectF(at, px(8), wide + 1, px(44)), count[0], big)
        self.write(painter, QRectF(after, px(21), end - after, px(24)), count[1], beside)

    def _draw_notes(self, painter: QPainter, right: float, top: float, size: float, least: float) -> float:
        """From the right, the last note first; one that would run into what stands left of `least` is left out."""
        px, tokens = self.theme.px, self.theme.tokens
        _, second, _, _ = _colours(self.theme, self._state.kind)
        for note in reversed(self._state.notes):
            marked = _segment_colour(self.theme, self._state.kind, note.marker) if note.marker else ""
            ink = Ink(size, tokens.amber if note.amber else marked or second, SEMIBOLD)
            left = right - width_of(self.theme, note.text, ink)
            if left - px(20) - (px(16) if note.marker else 0) < least:
                self._elided.append(note.text)
                continue
            self.write(painter, QRectF(left, top, right - left, px(24)), note.text, ink)
            if note.marker:
                left -= px(16)
                box(painter, QRectF(left, top + px(7), px(10), px(10)), px(2), marked)
            right = left - px(20)
        return right

    def _draw_segments(self, painter: QPainter, rect: QRectF) -> None:
        segments = self._state.segments
        if not segments:
            return
        px = self.theme.px
        gap = px(3) if len(segments) < 40 else 1
        unit = (rect.width() - gap * (len(segments) - 1)) / (sum(item.weight for item in segments) or 1)
        left = rect.left()
        for segment in segments:
            wide, ground = unit * segment.weight, _segment_colour(self.theme, self._state.kind, segment.state)
            tall = segment.state not in (SegmentState.DONE, SegmentState.AHEAD)
            extra = px(2) if tall else 0
            piece = QRectF(left, rect.top() - extra, max(1.0, wide), rect.height() - px(1) + 2 * extra)
            box(painter, piece, px(2), ground)
            left += wide + gap

    def _draw_narrow(self, painter: QPainter) -> None:
        px, state, tokens = self.theme.px, self._state, self.theme.tokens
        _, second, _, _ = _colours(self.theme, state.kind)
        active = next((step.title for step in state.steps if step.current), "")
        headline, ink = state.headline or active or state.title, Ink(16, tokens.bar_ink, BOLD)
        self._draw_mark(painter, px(16), px(21))
        at = px(16) + (px(16) if state.icon == "live" else px(24) if state.icon else 0)
        least = at + width_of(self.theme, headline, ink) + px(8) if self._low else 0
        right = float(self.width() - px(16))
        for figure in reversed(state.figures):
            big = Ink(16, _pressing(self.theme, figure) or tokens.bar_ink, SEMIBOLD, True)
            left = right - px(20) - width_of(self.theme, figure.big, big)
            if left < least:
                self._elided.append(figure.big)
                continue
            symbol(painter, self.theme, figure.icon, left, px(21), 16, second)
            self.write(painter, QRectF(left + px(20), px(9), right - left, px(24)), figure.big, big)
            right = left - px(14)
        end = self._draw_notes(painter, right, px(9), 13, at + width_of(self.theme, headline, ink) + px(8))
        self.write(painter, QRectF(at, px(9), end - at, px(24)), headline, ink)
        self._draw_segments(painter, QRectF(px(16), px(36 if self._low else 41), self.width() - px(32), px(6)))
        small = " · ".join(figure.small for figure in state.figures)
        line = ", ".join(part for part in (state.title, state.subtitle) if part)
        if self._low:
            self._elided += [part for part in (line, small) if part]
            return
        ends = self.width() - px(16)
        room = min(width_of(self.theme, small, Ink(12, second, REGULAR)), self.width() // 2)
        self.write(painter, QRectF(ends - room, px(52), room, px(18)), small, Ink(12, second), RIGHT)
        area = QRectF(px(16), px(52), ends - room - px(28), px(18))
        self.write(painter, area, line, Ink(12, second, MEDIUM), LEFT)


def _pressing(theme: Theme, figure: Figure) -> str:
    """The colour of a figure that asks for attention; empty for the others."""
    return theme.tokens.live if figure.overdue else theme.tokens.amber if figure.amber else ""


def _colours(theme: Theme, kind: BarKind) -> tuple[str, str, str, str]:
    tokens = theme.tokens
    return {
        BarKind.GREY: (tokens.idle_bar, tokens.idle_second, tokens.idle_line, "#A5B3CC"),
        BarKind.NAVY: (tokens.bar, tokens.bar_second, tokens.bar_line, tokens.bar_done),
        BarKind.PLUM: (tokens.plum_bar, tokens.plum_second, tokens.plum_line, tokens.plum_done),
    }[kind]


def _segment_colour(theme: Theme, kind: BarKind, state: SegmentState) -> str:
    _, _, line, done = _colours(theme, kind)
    return {
        SegmentState.DONE: done,
        SegmentState.CURRENT: "#FFFFFF",
        SegmentState.AHEAD: line,
        SegmentState.MARKED: theme.tokens.amber,
        SegmentState.GOAL: "#9DBBFF",
    }[state]
