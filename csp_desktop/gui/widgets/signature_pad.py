"""Where a person signs: pen, finger or mouse, kept as strokes, never as a picture.

A stroke belongs to the device that began it. Beside a pen a hand rests: what it touches is no part of the signature.
"""

from enum import Enum

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QInputEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import Ink, Painted, box, fill_rect, symbol
from csp_desktop.gui.style.theme import SEMIBOLD

Stroke = list[tuple[float, float, float]]
LEAST_POINTS, LEAST_WIDTH = 8, 0.08
BESIDE = 1000  # ms a pen counts as near after it was last felt, and a mouse that only repeats a touch as that touch


class Device(Enum):
    """What draws a stroke."""

    PEN = "pen"
    FINGER = "finger"
    MOUSE = "mouse"


class SignaturePad(Painted):
    """Strokes are lists of (x, y, seconds): x and y from 0 to 1 of the pad's width and height, time since the first
    touch. `changed` after every stroke, `signed` once they first are enough for a signature. Once a pen has written,
    only a pen writes until the pad is cleared."""

    changed = Signal()
    signed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._drawing: Stroke | None = None
        self._device: Device | None = None  # of the stroke under way
        self._point = -1  # the finger's, among several
        self._penned = False  # a pen has written in this signature
        self._felt: dict[Device, int] = {}  # when each was last felt, in the events' own milliseconds
        self._clock = QElapsedTimer()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setTabletTracking(True)  # a pen is felt before it writes
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell()

    def strokes(self) -> list[Stroke]:
        """The signature so far; a copy."""
        return [list(stroke) for stroke in self._strokes]

    def set_strokes(self, strokes: list[Stroke]) -> None:
        """Show a signature given before."""
        self._strokes = [list(stroke) for stroke in strokes]
        self._drop_stroke()
        self._penned = False
        self._tell()
        self.update()

    def clear(self) -> None:
        """An empty pad for the next person or another try."""
        self._penned = False
        if self._strokes or self._drawing:
            self._strokes = []
            self._drop_stroke()
            self._tell()
            self.update()
            self.changed.emit()

    def is_enough(self) -> bool:
        """A dot or a slip of the hand is not a signature: some points, some width."""
        points = [point for stroke in self._strokes for point in stroke]
        if len(points) < LEAST_POINTS:
            return False
        across = [point[0] for point in points]
        return max(across) - min(across) >= LEAST_WIDTH

    def sizeHint(self) -> QSize:
        """As in the sign-in picture."""
        return QSize(self.theme.px(420), self.theme.px(250))

    def minimumSizeHint(self) -> QSize:
        """Still room for a hand."""
        return QSize(self.theme.px(200), self.theme.px(110))

    def _tell(self) -> None:
        given = "Signed" if self.is_enough() else "Empty" if not self._strokes else "Too small"
        self.describe("Signature", f"{given}. Sign with pen, finger or mouse, or type your name instead.")

    def _may_draw(self, device: Device, event: QInputEvent) -> bool:
        """Whether this device may begin a stroke. A pen always may: a hand laid down first makes way for it."""
        if device is Device.PEN:
            return True
        repeats = isinstance(event, QMouseEvent) and event.source() is not Qt.MouseEventSource.MouseEventNotSynthesized
        return not (
            self._device is not None
            or self._penned
            or self._was_felt(Device.PEN, event)
            or (repeats and self._was_felt(Device.FINGER, event))
        )

    def _was_felt(self, device: Device, event: QInputEvent) -> bool:
        return device in self._felt and abs(event.timestamp() - self._felt[device]) < BESIDE

    def _begin(self, device: Device, at: QPointF, event: QInputEvent) -> None:
        if not self._may_draw(device, event):
            return
        self._device, self._penned = device, device is Device.PEN
        if not self._strokes:
            self._clock.start()
        self._drawing = []
        self._go_on(device, at)

    def _go_on(self, device: Device, at: QPointF) -> None:
        if self._drawing is None or device is not self._device:
            return
        x = min(1.0, max(0.0, at.x() / max(1, self.width())))
        y = min(1.0, max(0.0, at.y() / max(1, self.height())))
        self._drawing.append((round(x, 4), round(y, 4), round(self._clock.elapsed() / 1000, 3)))
        self.update()

    def _end(self, device: Device) -> None:
        if self._drawing is None or device is not self._device:
            return
        was_enough = self.is_enough()
        self._strokes.append(self._drawing)
        self._drop_stroke()
        self._tell()
        self.changed.emit()
        if self.is_enough() and not was_enough:
            self.signed.emit()

    def _drop_stroke(self) -> None:
        """No stroke is under way."""
        self._drawing, self._device, self._point = None, None, -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(Device.MOUSE, event.position(), event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._go_on(Device.MOUSE, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end(Device.MOUSE)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen; near the pad it is felt before it writes."""
        kind = event.type()
        self._felt[Device.PEN] = event.timestamp()
        if kind == QEvent.Type.TabletPress:
            self._begin(Device.PEN, event.position(), event)
        elif kind == QEvent.Type.TabletMove:
            self._go_on(Device.PEN, event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._end(Device.PEN)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """The same with a finger, the one that began the stroke."""
        if event.type() == QEvent.Type.TouchCancel:
            if self._device is Device.FINGER:
                self._drop_stroke()
            return True
        if isinstance(event, QTouchEvent):
            self._felt[Device.FINGER] = event.timestamp()
            for point in event.points():
                self._touch(point, event)
            event.accept()
            return True
        return super().event(event)

    def _touch(self, point: QEventPoint, event: QTouchEvent) -> None:
        state = point.state()
        if state is QEventPoint.State.Pressed and self._device is None:
            self._begin(Device.FINGER, point.position(), event)
            self._point = point.id() if self._device is Device.FINGER else -1
        elif point.id() == self._point and state is QEventPoint.State.Released:
            self._end(Device.FINGER)
        elif point.id() == self._point:
            self._go_on(Device.FINGER, point.position())

    def draw(self, painter: QPainter) -> None:
        """Frame, line with its cross, strokes."""
        px, tokens = self.theme.px, self.theme.tokens
        area = QRectF(self.rect())
        opened = self.isEnabled()
        ring = self.hasFocus() and opened
        border = tokens.accent if ring else tokens.line2
        box(painter, area, px(9), tokens.sunken, border, 2.0 if ring else 1.5)
        if not opened:
            self._draw_closed(painter)
            return
        foot = self.height() * 0.66
        fill_rect(painter, QRectF(px(28), foot, self.width() - px(56), 1), tokens.line2)
        symbol(painter, self.theme, "x", px(28), foot - px(11), 16, tokens.ink3)
        if not self._strokes and not self._drawing:
            area = QRectF(px(50), foot - px(24), self.width() - px(80), px(22))
            self.write(painter, area, "Sign here", Ink(14, tokens.ink3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(tokens.ink), px(2.4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in [*self._strokes, self._drawing or []]:
            painter.drawPath(self._path(stroke))

    def _draw_closed(self, painter: QPainter) -> None:
        """Before the clause was read out: a lock in place of the line."""
        px, tokens = self.theme.px, self.theme.tokens
        across, middle = self.width() / 2, self.height() / 2
        tile = QRectF(across - px(22), middle - px(58), px(44), px(44))
        box(painter, tile, px(9), tokens.surface, tokens.line)
        symbol(painter, self.theme, "lock", tile.left() + px(11), tile.center().y(), 22, tokens.ink2)
        for number, words in enumerate(("You can sign after", "the clause is read out")):
            area = QRectF(px(8), middle - px(4) + number * px(21), self.width() - px(16), px(22))
            self.write(painter, area, words, Ink(15, tokens.ink2, SEMIBOLD), Qt.AlignmentFlag.AlignCenter)

    def _path(self, stroke: Stroke) -> QPainterPath:
        """A smooth line through the middles of neighbouring points."""
        points = [QPointF(x * self.width(), y * self.height()) for x, y, _ in stroke]
        path = QPainterPath()
        if not points:
            return path
        path.moveTo(points[0])
        for before, after in zip(points[1:], points[2:], strict=False):
            path.quadTo(before, (before + after) / 2)
        path.lineTo(points[-1] if len(points) > 1 else points[0] + QPointF(0.1, 0))
        return path
