"""The people a few letters may mean, side by side under the find field, and "Not listed" at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from csp_desktop.gui.style.painting import Ink, avatar, box, symbol, write
from csp_desktop.gui.style.theme import SEMIBOLD, current

HEIGHT, LEAST, NOT_LISTED = 62, 190, 210


@dataclass(frozen=True)
class Candidate:
    """One card. `signed` people are shown, and cannot sign again."""

    key: str
    name: str
    remark: str
    group: str = ""
    signed: bool = False


class CandidateCard(QAbstractButton):
    """Avatar, name, agency; tinted with a check when it is the one Enter takes."""

    def __init__(self, parent: QWidget, candidate: Candidate | None) -> None:
        super().__init__(parent)
        self.candidate = candidate
        self.marked = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = candidate.name if candidate else "Not listed"
        remark = candidate.remark if candidate else "Add my name"
        self.setText(name)
        self.setAccessibleName(f"{name}, {remark}")
        self.setToolTip(f"{name}, {remark}")

    def mark(self, marked: bool) -> None:
        """Whether Enter takes this one."""
        self.marked = marked
        self.setAccessibleDescription("chosen" if marked else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card, or a dotted frame for who is on no list."""
        theme = current()
        px, tokens = theme.px, theme.tokens
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.candidate is None:
            self._draw_frame(painter, area)
        else:
            ground = tokens.tint if self.marked else tokens.sunken if self.underMouse() else tokens.surface
            edge, width = (tokens.accent, 2.0) if self.marked else (tokens.line2, 1.0)
            box(painter, area, px(9), ground, edge, width)
            disc = QRectF(px(11), area.center().y() - px(18), px(36), px(36))
            avatar(painter, theme, disc, self.candidate.name)
        left = px(58)
        right = area.right() - px(36 if self.marked else 8)
        remark = self.candidate.remark if self.candidate else "Add my name"
        room, middle = right - left, area.center().y()
        dim = self.candidate is not None and self.candidate.signed
        title = Ink(15, tokens.ink2 if dim else tokens.ink, SEMIBOLD)
        write(painter, theme, QRectF(left, middle - px(21), room, px(22)), self.text(), title)
        write(painter, theme, QRectF(left, middle + px(1), room, px(18)), remark, Ink(12, tokens.ink3))
        if self.marked:
            symbol(painter, theme, "check", area.right() - px(32), middle, 20, tokens.accent)
        painter.end()

    def _draw_frame(self, painter: QPainter, area: QRectF) -> None:
        theme = current()
        px, tokens = theme.px, theme.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.tint) if self.marked else Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(tokens.accent if self.marked else tokens.line2), 2.0 if self.marked else 1.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), px(9), px(9))
        tile = QRectF(px(11), area.center().y() - px(18), px(36), px(36))
        box(painter, tile, px(9), tokens.surface, tokens.line)
        symbol(painter, theme, "user-plus", tile.left() + px(9), tile.center().y(), 18, tokens.ink2)


class CandidateStrip(QWidget):
    """As many cards as fit, the marked one always among them. `chosen` gives a person's key, empty for "Not listed"."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._marked = 0
        self._cards: list[CandidateCard] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("People found")

    def candidates(self) -> tuple[Candidate, ...]:
        """Everyone found."""
        return self._candidates

    def marked(self) -> str:
        """The key Enter takes; empty for "Not listed"."""
        return self._candidates[self._marked].key if self._marked < len(self._candidates) else ""

    def set_candidates(self, candidates: Sequence[Candidate], asked: bool) -> None:
        """Show these people; the first is marked. Before anything was typed (`asked` false) there is no card at all."""
        self._candidates, self._marked = tuple(candidates), 0
        for card in self._cards:
            card.hide()
            card.deleteLater()
        people: list[Candidate | None] = [*self._candidates, None] if asked else []
        self._cards = [CandidateCard(self, person) for person in people]
        for card in self._cards:
            card.clicked.connect(lambda _=False, one=card: self.chosen.emit(one.candidate.key if one.candidate else ""))
        self._place()

    def step(self, by: int) -> None:
        """Mark the next or the previous card."""
        if self._cards:
            self._marked = (self._marked + by) % len(self._cards)
            self._place()

    def mark(self, key: str) -> None:
        """Mark a person chosen in another way, if they are among the cards."""
        found = [number for number, one in enumerate(self._candidates) if one.key == key]
        if found:
            self._marked = found[0]
            self._place()

    def take(self) -> None:
        """Enter: choose the marked one."""
        if self._cards:
            self.chosen.emit(self.marked())

    def _place(self) -> None:
        px, gap = current().px, current().px(10)
        people = len(self._candidates)
        last = min(px(NOT_LISTED), max(0, self.width() // 3))
        room = self.width() - last - gap
        shown = max(1, min(people, (room + gap) // (px(LEAST) + gap), 3))
        first = max(0, min(self._marked, people - 1) - shown + 1) if self._marked >= shown else 0
        wide = min(px(340), (room - gap * (shown - 1)) // shown) if people else 0
        for number, card in enumerate(self._cards):
            card.mark(number == self._marked)
            if card.candidate is None:
                left = shown * (wide + gap) if people else 0
                card.setGeometry(left, 0, last, self.height())
                card.show()
            else:
                card.setGeometry((number - first) * (wide + gap), 0, wide, self.height())
                card.setVisible(first <= number < first + shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as fit now."""
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        """One row of cards."""
        return QSize(current().px(600), current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """At least one card and "Not listed"."""
        return QSize(current().px(LEAST), current().px(HEIGHT))
