"""A page's title: as large as fits on one line, never elided."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import BOLD, current


class TitleLabel(QLabel):
    """34 px, or 26 px where the window is narrow; only then does it take a second line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        set_role(self, "title")

    def setText(self, text: str) -> None:
        """The title."""
        super().setText(text)
        self._choose()

    def minimumSizeHint(self) -> QSize:
        """It wraps, so it never widens the window."""
        return QSize(current().px(160), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want another size."""
        super().resizeEvent(event)
        self._choose()

    def changeEvent(self, event: QEvent) -> None:
        """So may another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._choose()

    def _choose(self) -> None:
        wide = QFontMetricsF(current().font(34, BOLD)).horizontalAdvance(self.text())
        set_role(self, "title" if wide <= self.width() else "title-small")
