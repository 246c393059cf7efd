"""Steps on the way to something done (Draft, Checked, Approved, Circulated), shared by the bar and the step line."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from csp_desktop.gui.theme import BOLD, SEMIBOLD, Theme
from csp_desktop.gui.widgets.painting import CENTRE, Ink, box, dot, symbol, width_of, write


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
