"""What is on disk: "Saved 14:52:07" after the commit, or in red how long it has not been."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.keys import is_enter
from csp_desktop.gui.theme import SEMIBOLD
from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import Ink, box, symbol, width_of

FILE_LOST = "file_lost"  # a property of the window: the open file is no longer where it was
_RETRY = "Try again"


class SavedLabel(Painted):
    """Says only what it is told: it has no clock and no opinion of its own."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._failed = "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What it says now."""
        return self._text

    def set_saved(self, time: str) -> None:
        """Committed at this time ("14:52:07")."""
        self._say(f"Saved {time}")

    def set_saving(self) -> None:
        """Typed and not yet committed."""
        self._say("Saving")

    def follow_file(self) -> None:
        """The file is no longer where it was: nothing said before is true of the one that lies there."""
        if not self._failed:
            self._say(self._text)

    def _say(self, text: str) -> None:
        lost = bool(text) and bool(self.window().property(FILE_LOST))
        self._show("Not saved" if lost else text, lost)

    def set_not_saved(self, seconds: int) -> None:
        """The last commit failed so many seconds ago; offers to try again."""
        self._show(f"Not saved {seconds} s", True)

    def clear(self) -> None:
        """Nothing to say: nothing was typed yet."""
        self._show("", False)

    def _show(self, text: str, failed: bool) -> None:
        self._text, self._failed = text, failed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if failed else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if failed else Qt.CursorShape.ArrowCursor)
        self.describe(text, f"Press Space: {_RETRY.lower()}" if failed else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        theme = self.theme
        wide = theme.px(22) + width_of(theme, self._text, Ink(12, "#000000", SEMIBOLD, True))
        if self._failed:
            wide += theme.px(20) + width_of(theme, _RETRY, Ink(12, "#000000", SEMIBOLD))
        return QSize(wide if self._text else 0, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """Check or warning, the words, and the retry as a link."""
        if not self._text:
            return
        px, tokens = self.theme.px, self.theme.tokens
        saving = self._text == "Saving"
        colour = tokens.high if self._failed else tokens.ink3 if saving else tokens.low
        icon = "circle-alert" if self._failed else "pencil" if saving else "check"
        ink = Ink(12, colour, SEMIBOLD, True)
        symbol(painter, self.theme, icon, px(1), self.height() / 2, 15, colour)
        wide = width_of(self.theme, self._text, ink)
        self.write(painter, QRectF(px(21), 0, wide, self.height()), self._text, ink)
        if self._failed:
            at = px(21) + wide + px(12)
            link = Ink(12, tokens.accent, SEMIBOLD)
            self.write(painter, QRectF(at, 0, self.width() - at, self.height()), _RETRY, link)
            if self.hasFocus():
                ring = QRectF(at - px(4), 0, self.width() - at + px(4), self.height())
                box(painter, ring, 4, "", tokens.accent, 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press anywhere on a failure tries again."""
        if self._failed and self.rect().contains(event.position().toPoint()):
            self.retry_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space or Enter does the same."""
        if self._failed and (is_enter(event) or event.key() == Qt.Key.Key_Space):
            self.retry_asked.emit()
        else:
            super().keyPressEvent(event)
