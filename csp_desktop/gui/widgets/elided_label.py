"""A label that may be cut, never silently: an ellipsis, and the whole text in tooltip and accessible name."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line; takes its look from `role` like any label. Not for titles, ratings, officers, dates or buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """The whole text, also for a screen reader."""
        super().setText(text)
        self.setAccessibleName(text)

    def is_elided(self) -> bool:
        """Whether part of the text is not visible."""
        return QFontMetricsF(self.font()).horizontalAdvance(self.text()) > self.contentsRect().width() + 0.5

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(min(super().sizeHint().width(), 40), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """The tooltip shows only when needed, and then all of it."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self.is_elided() else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line with an ellipsis."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        area = self.contentsRect()
        shown = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width() + 0.5)
        painter.drawText(area, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)
        painter.end()
