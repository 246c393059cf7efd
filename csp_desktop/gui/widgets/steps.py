"""Steps on the way to something done, as a line, as marks and as numbers; and all open cases in one row of ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import (
    CENTRE,
    LEFT,
    RIGHT,
    Ink,
    Painted,
    box,
    dot,
    number_disc,
    symbol,
    width_of,
    write,
)
from csp_desktop.gui.style.theme import BOLD, SEMIBOLD, Theme


class StepState(Enum):
    """How far one step is."""

    DONE = "done"
    CURRENT = "now"
    AHEAD = "to do"


@dataclass(frozen=True)
class StepMark:
    """One step: "Checked", "13 Nov", done."""

    title: str
    caption: str = ""
    state: StepState = StepState.AHEAD

    @property
    def current(self) -> bool:
        """Whether this is the step one is in."""
        return self.state is StepState.CURRENT

    def spoken(self) -> str:
        """For a screen reader: "done, 13 Nov"."""
        return ", ".join(part for part in (self.state.value, self.caption) if part)


@dataclass(frozen=True)
class BarInks:
    """The colours of the dark bar the steps stand on: its ground, second text and lines."""

    ground: str
    second: str
    line: str


def draw_bar_steps(
    painter: QPainter, theme: Theme, area: QRectF, steps: tuple[StepMark, ...], inks: BarInks
) -> list[str]:
    """The steps across the dark bar; what had to be elided."""
    px, bright, elided = theme.px, theme.tokens.bar_ink, []
    title, small = Ink(16, bright, SEMIBOLD), Ink(12, inks.second)
    widths = [px(32) + max(width_of(theme, s.title, title), width_of(theme, s.caption, small)) for s in steps]
    gap = max(px(12), min(px(70), (area.width() - sum(widths)) / max(1, len(steps) - 1)))
    squeeze = min(1.0, (area.width() - gap * (len(steps) - 1)) / sum(widths))
    left = area.left()
    for number, (step, wanted) in enumerate(zip(steps, widths, strict=True), 1):
        wide = wanted * squeeze
        _draw_disc(painter, theme, QPointF(left + px(12), px(27)), number, step.state, inks)
        ahead = step.state is StepState.AHEAD
        room, word = wide - px(32), Ink(16, inks.second if ahead else bright, SEMIBOLD)
        for text, top, high, ink in ((step.title, px(15), px(24), word), (step.caption, px(39), px(18), small)):
            if not write(painter, theme, QRectF(left + px(30), top, room + px(2), high), text, ink):
                elided.append(text)
        if number < len(steps) and gap > px(16):
            begin = left + px(30) + width_of(theme, step.title, word) + px(9)
            line = bright if step.state is StepState.DONE else inks.line
            box(painter, QRectF(begin, px(26), max(0.0, left + wide + gap - px(9) - begin), px(2)), 1, line)
        left += wide + gap
    return elided


def _draw_disc(painter: QPainter, theme: Theme, centre: QPointF, number: int, state: StepState, inks: BarInks) -> None:
    px, tokens, radius = theme.px, theme.tokens, theme.px(11)
    rect = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    if state is StepState.DONE:
        dot(painter, centre, radius, tokens.bar_ink)
        symbol(painter, theme, "check", centre.x() - px(7), centre.y(), 14, inks.ground)
    elif state is StepState.CURRENT:
        dot(painter, centre, radius - 1, tokens.accent, tokens.bar_ink, px(2))
        write(painter, theme, rect, str(number), Ink(12, tokens.on_accent, BOLD), CENTRE)
    else:
        painter.setBrush(QColor(0, 0, 0, 0))
        dot(painter, centre, radius - 1, inks.ground, inks.second, 1.5)
        write(painter, theme, rect, str(number), Ink(12, inks.second, BOLD), CENTRE)


class StepLine(Painted):
    """Discs on a line, the first and last at its ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StepMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[StepMark]) -> None:
        """The steps in order, two or more."""
        self._steps = tuple(steps)
        self.updateGeometry()
        self.describe("Steps", ", ".join(f"{step.title} {step.spoken()}" for step in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Line and two rows of words."""
        return QSize(self.theme.px(300), self.theme.px(54))

    def minimumSizeHint(self) -> QSize:
        """A word's width for each step."""
        return QSize(self.theme.px(60) * max(2, len(self._steps)), self.theme.px(54))

    def draw(self, painter: QPainter) -> None:
        """The line, filled up to now; discs; words."""
        px, tokens, count = self.theme.px, self.theme.tokens, len(self._steps)
        if count < 2:
            return
        radius, middle = px(8), px(9)
        gap = (self.width() - 2 * radius) / (count - 1)
        centres = [QPointF(radius + gap * number, middle) for number in range(count)]
        box(painter, QRectF(radius, middle - px(2.5), self.width() - 2 * radius, px(5)), px(2), tokens.line)
        reached = [at for at, step in zip(centres, self._steps, strict=True) if step.state is not StepState.AHEAD]
        if reached:
            box(painter, QRectF(radius, middle - px(2.5), reached[-1].x() - radius, px(5)), px(2), tokens.accent)
        for number, (at, step) in enumerate(zip(centres, self._steps, strict=True)):
            self._draw_disc(painter, at, step.state)
            self._draw_words(painter, number, at, gap, step)

    def _draw_disc(self, painter: QPainter, at: QPointF, state: StepState) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        if state is StepState.DONE:
            dot(painter, at, px(7.5), tokens.accent)
            symbol(painter, self.theme, "check", at.x() - px(5.5), at.y(), 11, tokens.on_accent)
        elif state is StepState.CURRENT:
            dot(painter, at, px(7), tokens.surface, tokens.accent, px(2))
            dot(painter, at, px(3.2), tokens.accent)
        else:
            dot(painter, at, px(7), tokens.surface, tokens.line2, px(2))

    def _draw_words(self, painter: QPainter, number: int, at: QPointF, gap: float, step: StepMark) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        align: Qt.AlignmentFlag = CENTRE
        area = QRectF(at.x() - gap / 2 + px(2), px(22), gap - px(4), px(16))
        if number == 0:
            align, area = LEFT, QRectF(0, px(22), gap / 2 + px(20), px(16))
        elif number == len(self._steps) - 1:
            align, area = RIGHT, QRectF(self.width() - gap / 2 - px(20), px(22), gap / 2 + px(20), px(16))
        title = Ink(12, tokens.accent if step.current else tokens.ink, SEMIBOLD)
        self.write(painter, area, step.title, title, align)
        self.write(painter, area.translated(0, px(16)), step.caption, Ink(12, tokens.ink2, tabular=True), align)


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


class ProgressTicks(Painted):
    """A tick for each case in three groups, their numbers and words beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0, 0)
        self._words = ("overdue", "due", "on track")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, broken: int, due: int, kept: int, due_words: str = "due") -> None:
        """How many of each; the middle one in words ("due by 26 Nov")."""
        self._counts = (broken, due, kept)
        self._words = ("overdue", due_words, "on track")
        self.describe(", ".join(f"{count} {word}" for count, word in zip(self._counts, self._words, strict=True)))
        self.update()

    def sizeHint(self) -> QSize:
        """Ticks, numbers, words."""
        return QSize(self.theme.px(280), self.theme.px(78))

    def minimumSizeHint(self) -> QSize:
        """The three words side by side."""
        words = sum(width_of(self.theme, word, Ink(12, "#000000")) for word in self._words)
        return QSize(words + self.theme.px(24), self.theme.px(78))

    def draw(self, painter: QPainter) -> None:
        """Ticks share the width; the words stand under the first, the middle and the last group."""
        px, tokens = self.theme.px, self.theme.tokens
        colours = (tokens.broken, tokens.due, tokens.kept)
        inks = (tokens.high, tokens.medium, tokens.low)
        total = sum(self._counts)
        groups = sum(1 for count in self._counts if count)
        gap = px(3) if total <= 40 else 1
        wide = (self.width() - gap * max(0, total - 1) - px(4) * max(0, groups - 1)) / max(1, total)
        left = 0.0
        for count, colour in zip(self._counts, colours, strict=True):
            for _ in range(count):
                box(painter, QRectF(left, 0, max(1.0, wide), px(14)), px(3) if wide > px(6) else 1, colour)
                left += wide + gap
            left += px(4) if count else 0
        small, big = Ink(12, tokens.ink2), Ink(26, tokens.ink, SEMIBOLD)
        widths = [
            max(width_of(self.theme, word, small), width_of(self.theme, str(n), big))
            for word, n in zip(self._words, self._counts, strict=True)
        ]
        spare = max(0.0, self.width() - sum(widths)) / 2
        at = 0.0
        for number, word, ink, room in zip(self._counts, self._words, inks, widths, strict=True):
            self.write(painter, QRectF(at, px(22), room + 1, px(32)), str(number), Ink(26, ink, SEMIBOLD))
            self.write(painter, QRectF(at, px(56), room + 1, px(18)), word, Ink(12, tokens.ink2))
            at += room + spare
