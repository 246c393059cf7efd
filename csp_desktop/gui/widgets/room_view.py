"""What everyone can read across the room: the case in hand without a name, or nothing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import CENTRE, LEFT, RIGHT, Ink, Painted, box, fill_rect, width_of, write
from csp_desktop.gui.style.theme import BOLD, DARK, MEDIUM, REGULAR, SEMIBOLD, Theme, Tone
from csp_desktop.services.meeting.room_screen import RoomAction, RoomRow

WIDE = 1920.0
_TONES = {"High": Tone.HIGH, "Medium": Tone.MEDIUM, "Standard": Tone.LOW}


class RoomView(Painted):
    """Drawn for 1920 pixels and scaled to whatever it gets, so that the mirror and the projector show the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = RoomRow(blank="not in session")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.describe("Room screen, blank")

    def row(self) -> RoomRow:
        """What is shown now."""
        return self._row

    def show_row(self, row: RoomRow) -> None:
        """Another case, or nothing."""
        if row == self._row:
            return
        self._row = row
        said = ", ".join([row.heading, row.title, *(f"{a.what}, {a.agency}, {a.due}" for a in row.actions)])
        self.describe("Room screen, blank" if row.blank else f"Room screen: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        """Sixteen to nine."""
        return QSize(320, 180)

    def minimumSizeHint(self) -> QSize:
        """Readable as a mirror no smaller than this."""
        return QSize(160, 90)

    def draw(self, painter: QPainter) -> None:
        """The ground, and the case unless the screen is blank."""
        fill_rect(painter, self.rect(), DARK.canvas)
        if self._row.blank:
            return
        self._theme = Theme(DARK, max(0.05, min(self.width() / WIDE, self.height() / 1080.0)))
        self._draw_top(painter)
        below = self._draw_title(painter) + self._px(28)
        left = self._draw_rating(painter, below) if self._row.is_case else 0.0
        self._draw_actions(painter, below, left)

    def _px(self, size: float) -> float:
        return size * self._theme.scale

    def _line(self, painter: QPainter, rect: QRectF, text: str, ink: Ink, align: Qt.AlignmentFlag = LEFT) -> None:
        if not write(painter, self._theme, rect, text, ink, align):
            self._elided.append(text)

    def _draw_top(self, painter: QPainter) -> None:
        px, row, right = self._px, self._row, self.width() - self._px(72)
        head = Ink(44, DARK.ink2, SEMIBOLD)
        left = Ink(44, DARK.amber if row.amber else DARK.ink2, SEMIBOLD, True)
        wide = width_of(self._theme, row.heading, head)
        room = width_of(self._theme, row.left, left)
        self._line(painter, QRectF(px(72), px(50), wide, px(60)), row.heading, head)
        self._line(painter, QRectF(right - room, px(50), room, px(60)), row.left, left, RIGHT)
        area = QRectF(px(72) + wide + px(68), px(76), right - room - px(68) - px(140) - wide, px(5))
        gap = px(4)
        unit = (area.width() - gap * (len(row.segments) - 1)) / max(1, len(row.segments))
        colours = {"done": DARK.accent, "current": "#FFFFFF", "to do": DARK.line}
        for number, state in enumerate(row.segments):
            extra = px(3) if state == "current" else 0.0
            piece = QRectF(area.left() + number * (unit + gap), area.top() - extra, max(1.0, unit), px(5) + 2 * extra)
            box(painter, piece, px(2), colours[state])

    def _draw_title(self, painter: QPainter) -> float:
        """One or two lines; how far down they reach."""
        px, ink = self._px, Ink(86, DARK.ink, BOLD)
        room = self.width() - px(144)
        lines = _two_lines(self._theme, self._row.title, ink, room)
        for number, line in enumerate(lines):
            self._line(painter, QRectF(px(72), px(136 + 102 * number), room, px(104)), line, ink)
        return px(136 + 102 * len(lines))

    def _draw_rating(self, painter: QPainter, below: float) -> float:
        """The number, its band, its change, the day; where the actions begin."""
        px, row = self._px, self._row
        ink, ground = DARK.tone(_TONES.get(row.band, Tone.NEUTRAL))
        big = Ink(300, ink, BOLD, True)
        number = "–" if row.total is None else str(row.total)
        wide = width_of(self._theme, number, big)
        top = below + px(2)
        self._line(painter, QRectF(px(72), top, wide, px(340)), number, big)
        band = Ink(40, ink, SEMIBOLD)
        words = row.band or "Not rated"
        pill = QRectF(px(72), top + px(340), width_of(self._theme, words, band) + px(18), px(56))
        box(painter, pill, px(8), ground)
        self._line(painter, pill, words, band, CENTRE)
        moved = Ink(
            44, DARK.low if row.change_down else DARK.high if row.change != "no change" else DARK.ink2, SEMIBOLD
        )
        self._line(painter, QRectF(pill.right() + px(22), pill.top(), px(320), px(56)), row.change, moved)
        day = Ink(40, DARK.ink2, REGULAR)
        for line, words in enumerate(row.day.split(", ")):
            self._line(painter, QRectF(px(72), pill.bottom() + px(16 + 56 * line), px(460), px(54)), words, day)
        return max(px(72) + wide, px(460)) + px(64)

    def _draw_actions(self, painter: QPainter, below: float, left: float) -> None:
        px = self._px
        left = left or px(72)
        room = self.width() - left - px(72)
        self._line(painter, QRectF(left, below + px(6), room, px(56)), "Agreed", Ink(44, DARK.ink2, SEMIBOLD))
        top, step = below + px(84), px(134)
        actions = self._row.actions
        fit = max(1, int((self.height() - px(50) - top) // step))
        shown = actions if len(actions) <= fit else actions[-(fit - 1) or len(actions) :]
        for number, action in enumerate(shown):
            self._draw_action(painter, QRectF(left, top + number * step, room, step), action)
        if not actions:
            self._line(painter, QRectF(left, top, room, px(60)), "No action yet", Ink(44, DARK.ink3, REGULAR))
        elif len(shown) < len(actions):
            rest = QRectF(left, top + len(shown) * step, room, px(56))
            self._line(painter, rest, f"and {len(actions) - len(shown)} more", Ink(40, DARK.ink2, REGULAR))

    def _draw_action(self, painter: QPainter, rect: QRectF, action: RoomAction) -> None:
        px = self._px
        self._line(
            painter, QRectF(rect.left(), rect.top(), rect.width(), px(62)), action.what, Ink(46, DARK.ink, MEDIUM)
        )
        below = QRectF(rect.left(), rect.top() + px(60), rect.width(), px(54))
        self._line(painter, below, f"{action.agency}, {action.due}", Ink(40, DARK.ink2, REGULAR))


def _two_lines(theme: Theme, text: str, ink: Ink, room: float) -> list[str]:
    """The title on one line, or broken between words onto two."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(theme, longer, ink) > room and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
