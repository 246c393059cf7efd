"""A word on a coloured ground: High, 2 days late, Done."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import pill, pill_width


class Pill(Painted):
    """Never elides; 24 px high."""

    def __init__(self, parent: QWidget | None = None, *, text: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__(parent)
        self._text, self._tone, self._widest = "", tone, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text, tone)

    def text(self) -> str:
        """The word shown."""
        return self._text

    def tone(self) -> Tone:
        """What its colour says."""
        return self._tone

    def set_text(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Word and tone; an empty word hides the pill."""
        self._text, self._tone = text, tone
        self.describe(text)
        if self.parent() is not None:
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_least_width(self, width: int) -> None:
        """Let several pills under one another be as wide as the widest (design pixels)."""
        self._widest = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        wide = max(pill_width(self.theme, self._text), self.theme.px(self._widest))
        return QSize(wide, self.theme.px(22))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its word."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Ground and word."""
        pill(painter, self.theme, QRectF(self.rect()), self._text, self._tone)
