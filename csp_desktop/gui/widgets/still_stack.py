"""Pages of which one shows, as high as there is room for: what scrolls inside a page scrolls there."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget


class StillStack(QStackedWidget):
    """Where a column scrolls, Qt gives every wrapping page its whole wished height, and the text inside that has a
    scroll bar of its own pushes the buttons off the screen. Unless told to `set_growing`, this stack asks for its
    page's least height only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._growing = False
        self.currentChanged.connect(self.updateGeometry)

    def set_growing(self, growing: bool) -> None:
        """Ask for the whole height: in a window so small that the column scrolls anyway."""
        if growing != self._growing:
            self._growing = growing
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Only when growing."""
        return self._growing and super().hasHeightForWidth()

    def minimumSizeHint(self) -> QSize:
        """The least of the page shown, at the width there is; the others do not matter. A wrapping page's own answer
        is for words at their narrowest, where every line breaks, and for rows of cards that never do."""
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        least, layout = page.minimumSizeHint(), page.layout()
        if layout is not None and layout.hasHeightForWidth() and self.width() >= least.width():
            least.setHeight(layout.minimumHeightForWidth(self.width()))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
