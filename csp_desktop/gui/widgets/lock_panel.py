"""What is seen while nothing may be: the dark half of the first screens, and the cover."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import CENTRE, Ink, Painted, box, dot, fill_rect, symbol, width_of
from csp_desktop.gui.style.theme import BOLD, SEMIBOLD


class LockCover(Painted):
    """A plain dark page. It says that the program is hidden and how to come back, and no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = "Hidden. Everything typed is kept."
        self.describe(self._words)

    def set_text(self, words: str) -> None:
        """Another sentence, with nothing of a case in it."""
        self._words = words
        self.describe(words)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """A lock and the sentence."""
        tokens, px = self.theme.tokens, self.theme.px
        fill_rect(painter, self.rect(), tokens.bar)
        middle = self.height() / 2
        symbol(painter, self.theme, "lock", self.width() / 2 - px(13), middle - px(24), 26, tokens.bar_second)
        self.write(painter, QRectF(0, middle, self.width(), px(30)), self._words, Ink(14, tokens.bar_second), CENTRE)


class LockFigure(NamedTuple):
    """A number under the ticks: icon, "21", "present, all signed"."""

    icon: str
    big: str
    small: str


class LockPanelState(NamedTuple):
    """What the dark half shows. `live` puts the red dot before the line above the clock."""

    name: str = "Community Safety Partnership"
    town: str = ""
    above: str = ""
    live: bool = False
    clock: str = ""
    heading: str = ""
    below: str = ""
    headline: str = ""
    note: str = ""
    done: int = 0
    total: int = 0
    figures: tuple[LockFigure, ...] = ()
    foot: str = ""


class LockPanel(Painted):
    """Drawn whole; in a narrow window it is left out by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = LockPanelState()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def set_state(self, state: LockPanelState) -> None:
        """Show another state."""
        self._state = state
        parts = [state.above, state.clock, state.heading, state.below, state.headline, state.note, state.foot]
        parts += [f"{figure.big} {figure.small}" for figure in state.figures]
        self.describe(f"{state.name} {state.town}".strip(), ", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        """About two fifths of the window."""
        return QSize(self.theme.px(620), self.theme.px(560))

    def minimumSizeHint(self) -> QSize:
        """Any height; what does not fit is left to the accessible description."""
        return QSize(self.theme.px(320), self.theme.px(200))

    def draw(self, painter: QPainter) -> None:
        """Name, clock, meeting, figures, foot."""
        px, tokens, state = self.theme.px, self.theme.tokens, self._state
        fill_rect(painter, self.rect(), tokens.bar)
        left, room = px(64), self.width() - px(128)
        symbol(painter, self.theme, "shield-check", left, px(51), 22, tokens.bar_ink)
        town = Ink(15, tokens.bar_second)
        wide = width_of(self.theme, state.town, town)
        name = QRectF(left + px(32), px(37), room - wide - px(48), px(28))
        self.write(painter, name, state.name, Ink(16, tokens.bar_ink, SEMIBOLD))
        self.write(painter, QRectF(left + room - wide, px(37), wide + 1, px(28)), state.town, town)
        top = self._draw_clock(painter, left, room, max(px(96), self.height() * 0.25))
        if state.total and top < self.height() - px(150):
            top = self._draw_progress(painter, left, room, top + px(28))
        if state.figures and top < self.height() - px(150):
            self._draw_figures(painter, left, room, top + px(30))
        if state.foot and top < self.height() - px(90):
            foot = self.height() - px(50)
            symbol(painter, self.theme, "eye-off", left, foot, 18, tokens.bar_second)
            area = QRectF(left + px(28), foot - px(14), room - px(28), px(28))
            self.write(painter, area, state.foot, Ink(13, tokens.bar_second))

    def _draw_clock(self, painter: QPainter, left: float, room: float, top: float) -> float:
        px, tokens, state = self.theme.px, self.theme.tokens, self._state
        if state.above:
            if state.live:
                dot(painter, QPointF(left + px(5), top - px(14)), px(5), tokens.live)
            shift = px(22) if state.live else 0
            above = QRectF(left + shift, top - px(28), room - shift, px(28))
            self.write(painter, above, state.above, Ink(17, tokens.bar_ink, SEMIBOLD))
        if state.clock:
            clock = QRectF(left - px(6), top, room, px(142))
            self.write(painter, clock, state.clock, Ink(140, tokens.bar_ink, BOLD, True))
            top += px(142)
        heading = Ink(34, tokens.bar_ink, BOLD)
        if width_of(self.theme, state.heading, heading) > room:
            heading = Ink(26, tokens.bar_ink, BOLD)  # a title is never cut
        self.write(painter, QRectF(left, top + px(6), room, px(46)), state.heading, heading)
        self.write(painter, QRectF(left, top + px(54), room, px(26)), state.below, Ink(16, tokens.bar_second))
        return top + px(80)

    def _draw_progress(self, painter: QPainter, left: float, room: float, top: float) -> float:
        px, tokens, state = self.theme.px, self.theme.tokens, self._state
        note = Ink(14, tokens.amber, SEMIBOLD)
        wide = width_of(self.theme, state.note, note)
        head = QRectF(left, top, room - wide - px(12), px(28))
        self.write(painter, head, state.headline, Ink(20, tokens.bar_ink, SEMIBOLD))
        self.write(painter, QRectF(left + room - wide, top, wide + 1, px(28)), state.note, note)
        gap = px(4) if state.total < 40 else 1
        each = max(1.0, (room - gap * (state.total - 1)) / state.total)
        for number in range(state.total):
            current = number == state.done
            ground = tokens.bar_done if number < state.done else "#FFFFFF" if current else tokens.bar_line
            high = px(9) if current else px(5)
            middle = top + px(44)
            box(painter, QRectF(left + number * (each + gap), middle - high / 2, each, high), px(2), ground)
        return top + px(82)

    def _draw_figures(self, painter: QPainter, left: float, room: float, top: float) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        fill_rect(painter, QRectF(left, top - px(30), room, 1), tokens.bar_line)
        each = room / max(3, len(self._state.figures))
        for number, figure in enumerate(self._state.figures):
            at = left + number * each
            symbol(painter, self.theme, figure.icon, at, top + px(8), 18, tokens.bar_second)
            big = QRectF(at + px(25), top - px(10), each - px(25), px(36))
            self.write(painter, big, figure.big, Ink(26, tokens.bar_ink, SEMIBOLD, True))
            small = QRectF(at, top + px(24), each - px(8), px(20))
            self.write(painter, small, figure.small, Ink(13, tokens.bar_second))
