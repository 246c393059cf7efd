"""The base of every widget that draws itself."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.theme import Theme, current
from csp_desktop.gui.widgets.painting import LEFT, Ink, write


class Painted(QWidget):
    """Redraws itself when the theme changes, and keeps what it had to elide in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._elided: list[str] = []

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return current()

    def elided_texts(self) -> list[str]:
        """What was last drawn with an ellipsis; each is whole in the tooltip."""
        return list(self._elided)

    def describe(self, name: str, description: str = "") -> None:
        """What a screen reader says of this widget; told again only when it differs."""
        if self.accessibleName() != name:
            self.setAccessibleName(name)
        if self.accessibleDescription() != description:
            self.setAccessibleDescription(description)

    def write(
        self, painter: QPainter, rect: QRect | QRectF, text: str, ink: Ink, align: Qt.AlignmentFlag = LEFT
    ) -> None:
        """Write one line, remembering what did not fit for the tooltip."""
        if not write(painter, self.theme, rect, text, ink, align):
            self._elided.append(text)

    @abstractmethod
    def draw(self, painter: QPainter) -> None:
        """What the widget looks like; each draws its own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw, then keep in the tooltip whatever was elided."""
        self._elided = []
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.draw(painter)
        painter.end()
        tip = "\n".join(dict.fromkeys(self._elided))
        if self.toolTip() != tip:
            self.setToolTip(tip)

    def changeEvent(self, event: QEvent) -> None:
        """A new theme or text size: measure and draw again."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
