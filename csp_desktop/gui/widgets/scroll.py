"""A column that scrolls up and down only, and never cuts its content at the side."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from csp_desktop.gui.theme import current


class Scroll(QScrollArea):
    """`body` is the vertical layout to fill; add a stretch at its end."""

    def __init__(self, parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (16, 14, 16, 14)) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self.body = QVBoxLayout(inside)
        px = current().px
        self.body.setContentsMargins(*(px(margin) for margin in margins))
        self.body.setSpacing(px(12))
        self.setWidget(inside)
        inside.installEventFilter(self)
        self._whole = False

    def set_whole(self, whole: bool) -> None:
        """As high as its content: where the column around it scrolls anyway, nothing scrolls inside."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the content needs at least."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content's least, as low as one likes unless it is to stand whole."""
        inside = self.widget()
        wide = inside.minimumSizeHint().width() if inside is not None else 0
        high = self.body.minimumHeightForWidth(max(wide, self.width())) if self._whole else 0
        return QSize(wide, max(current().px(80), high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        if self._whole and event.oldSize().width() != event.size().width():
            self.updateGeometry()


def reveal(widget: QWidget) -> None:
    """Where the window is too small for all of it, every column around scrolls to this."""
    for area in _around(widget):
        area.ensureWidgetVisible(widget)


def reveal_top(widget: QWidget) -> None:
    """The same from its beginning."""
    for area in _around(widget):
        inside = area.widget()
        if inside is not None:
            area.verticalScrollBar().setValue(widget.mapTo(inside, QPoint(0, 0)).y())


def _around(widget: QWidget) -> list[QScrollArea]:
    found, above = [], widget.parentWidget()
    while above is not None:
        found += [above] if isinstance(above, QScrollArea) else []
        above = above.parentWidget()
    return found
