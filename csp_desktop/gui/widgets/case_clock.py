"""The month a case was given: opened, reviewed, the day the rating should have fallen, and where today is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.gui.style.painting import CENTRE, LEFT, RIGHT, Ink, Painted, box, dot, fill_rect, width_of
from csp_desktop.gui.style.theme import BOLD, SEMIBOLD, Tone

PROMISE_TONES = {
    PromiseState.BROKEN: Tone.HIGH,
    PromiseState.DUE: Tone.MEDIUM,
    PromiseState.KEPT: Tone.LOW,
    PromiseState.UNKNOWN: Tone.NEUTRAL,
}
LEAST_TO_DUE = 0.62  # of the line, however long ago it was due: room for the words under the marks


@dataclass(frozen=True)
class ClockMark:
    """A day on the line: "1st review", "19 Nov", at 0 to 1 of the way, and whether it is behind us."""

    title: str
    day: str
    at: float
    done: bool = False


class CaseClock(Painted):
    """Up to three marks; today's flag ("Day 20") above the line, beyond the last mark when overdue. A `low` one has the
    flag on the line."""

    def __init__(self, parent: QWidget | None = None, *, low: bool = False) -> None:
        super().__init__(parent)
        self._middle, self._high = (10, 54) if low else (34, 78)
        self._marks: tuple[ClockMark, ...] = ()
        self._today: tuple[str, float] = ("", 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_clock(self, marks: Sequence[ClockMark], today: str, today_at: float) -> None:
        """The marks, today's words and its place (over 1 when overdue: the marks move together before it)."""
        self._marks, self._today = tuple(marks), (today, today_at)
        self.describe("Deadlines", ", ".join([*(f"{mark.title} {mark.day}" for mark in self._marks), today]))
        self.update()

    def sizeHint(self) -> QSize:
        """Flag, line, two rows of words."""
        return QSize(self.theme.px(220), self.theme.px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Three words side by side."""
        words = sum(self._width(mark) for mark in self._marks)
        return QSize(words + self.theme.px(10), self.theme.px(self._high))

    def _width(self, mark: ClockMark) -> int:
        title = width_of(self.theme, mark.title, Ink(11, "#000000"))
        return max(title, width_of(self.theme, mark.day, Ink(12, "#000000", SEMIBOLD, True)))

    def _due_at(self) -> float:
        """Where the last mark stands, as a part of the line: at its end, or before today where that is later."""
        return max(LEAST_TO_DUE, 1.0 / self._today[1]) if self._today[1] > 1.0 else 1.0

    def draw(self, painter: QPainter) -> None:
        """The line filled to today, in red from the day it was due, the marks, the flag."""
        px, tokens = self.theme.px, self.theme.tokens
        radius, middle = px(8), px(self._middle)
        length = self.width() - 2 * radius
        text, at = self._today
        late, due = at > 1.0, radius + length * self._due_at()
        here = radius + length * min(1.0, max(0.0, at))
        box(painter, QRectF(radius, middle - px(3), length, px(6)), px(3), tokens.line)
        box(painter, QRectF(radius, middle - px(3), min(here, due) - radius, px(6)), px(3), tokens.accent)
        if late:
            box(painter, QRectF(due, middle - px(3), here - due, px(6)), px(3), tokens.high)
        for number, mark in enumerate(self._marks, start=1):
            place = QPointF(radius + length * self._due_at() * min(1.0, max(0.0, mark.at)), middle)
            missed = late and number == len(self._marks) and not mark.done
            edge = tokens.high if missed else tokens.accent if mark.done else tokens.line2
            dot(painter, place, px(6.5), tokens.surface, edge, px(2))
            if mark.done:
                dot(painter, place, px(3), edge)
        self._draw_words(painter)
        if text:
            flag = Ink(11, tokens.surface, BOLD, True)
            wide = width_of(self.theme, text, flag) + px(14)
            left = min(max(here - wide / 2, 0), self.width() - wide)
            ground = tokens.high if late else tokens.ink
            flagged = QRectF(left, max(0, middle - px(34)), wide, px(18))
            if flagged.bottom() < middle:
                fill_rect(painter, QRectF(here - px(1), px(16), px(2), middle - px(12)), ground)
            box(painter, flagged, px(4), ground)
            self.write(painter, flagged, text, flag, CENTRE)

    def words_places(self) -> list[QRectF]:
        """Where the words of each mark stand: under it, pushed aside where they would touch, never past an edge."""
        px = self.theme.px
        radius = px(8)
        length = (self.width() - 2 * radius) * self._due_at()
        widths = [self._width(mark) + 2 for mark in self._marks]
        gap = max(0.0, min(px(6), (self.width() - sum(widths)) / max(1, len(widths) - 1)))
        places: list[QRectF] = []
        end = 0.0
        for number, (mark, wide) in enumerate(zip(self._marks, widths, strict=True), start=1):
            after = sum(later + gap for later in widths[number:])
            wanted = max(radius + length * mark.at - wide / 2, end)
            left = max(0.0, min(wanted, self.width() - wide - after))
            places.append(QRectF(left, px(self._high - 33), wide, px(31)))
            end = places[-1].right() + gap
        return places

    def _draw_words(self, painter: QPainter) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        for number, (mark, place) in enumerate(zip(self._marks, self.words_places(), strict=True), start=1):
            align: Qt.AlignmentFlag = LEFT if number == 1 else RIGHT if number == len(self._marks) else CENTRE
            title, day = QRectF(place), QRectF(place)
            title.setHeight(px(15))
            day.setTop(place.top() + px(15))
            self.write(painter, title, mark.title, Ink(11, tokens.ink2), align)
            self.write(painter, day, mark.day, Ink(12, tokens.ink, SEMIBOLD, True), align)
