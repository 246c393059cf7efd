"""What is seen when everything is hidden: nothing of the partnership."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import CENTRE, Ink, symbol


class LockCover(Painted):
    """A plain dark page. It says that the program is hidden and how to come back, and no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = "Hidden. Everything typed is kept."
        self.describe(self._words)

    def set_text(self, words: str) -> None:
        """Another sentence, with nothing of a case in it."""
        self._words = words
        self.describe(words)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """A lock and the sentence."""
        tokens, px = self.theme.tokens, self.theme.px
        painter.fillRect(self.rect(), QColor(tokens.bar))
        middle = self.height() / 2
        symbol(painter, self.theme, "lock", self.width() / 2 - px(13), middle - px(24), 26, tokens.bar_second)
        self.write(painter, QRectF(0, middle, self.width(), px(30)), self._words, Ink(14, tokens.bar_second), CENTRE)
