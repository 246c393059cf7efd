"""Where a person signs: pen, finger or mouse, kept as strokes, never as a picture."""

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPen, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import SEMIBOLD
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import Ink, box, symbol

Stroke = list[tuple[float, float, float]]
LEAST_POINTS, LEAST_WIDTH = 8, 0.08


class SignaturePad(Painted):
    """Strokes are lists of (x, y, seconds): x and y from 0 to 1 of the pad's width and height, time since the first
    touch. `changed` after every stroke, `signed` once they first are enough for a signature."""

    changed = Signal()
    signed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._drawing: Stroke | None = None
        self._clock = QElapsedTimer()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
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
        self._tell()
        self.update()

    def clear(self) -> None:
        """An empty pad for the next person or another try."""
        if self._strokes or self._drawing:
            self._strokes, self._drawing = [], None
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
        given = "Signed" if self.is_enough() else "Empty" if not self._strokes else "Not yet enough"
        self.describe("Signature", f"{given}. Sign with pen, finger or mouse, or type your name instead.")

    def _begin(self, at: QPointF) -> None:
        if not self._strokes:
            self._clock.start()
        self._drawing = []
        self._go_on(at)

    def _go_on(self, at: QPointF) -> None:
        if self._drawing is None:
            return
        x = min(1.0, max(0.0, at.x() / max(1, self.width())))
        y = min(1.0, max(0.0, at.y() / max(1, self.height())))
        self._drawing.append((round(x, 4), round(y, 4), round(self._clock.elapsed() / 1000, 3)))
        self.update()

    def _end(self) -> None:
        if self._drawing is None:
            return
        was_enough = self.is_enough()
        self._strokes.append(self._drawing)
        self._drawing = None
        self._tell()
        self.update()
        self.changed.emit()
        if self.is_enough() and not was_enough:
            self.signed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """The same with a finger: the first one only."""
        if isinstance(event, QTouchEvent) and event.points():
            at = event.points()[0].position()
            if event.type() == QEvent.Type.TouchBegin:
                self._begin(at)
            elif event.type() == QEvent.Type.TouchUpdate:
                self._go_on(at)
            elif event.type() == QEvent.Type.TouchEnd:
                self._end()
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self._drawing = None
            self.update()
        return super().event(event)

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
        painter.fillRect(QRectF(px(28), foot, self.width() - px(56), 1), QColor(tokens.line2))
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
        for number, words in enumerate(("Signing opens after", "the clause is read out")):
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
