"""Labels that say more than text: a title as large as fits, a text that may be cut but never silently, what is on disk,
and a sign of icon and words.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.painting import Ink, Painted, box, symbol, width_of
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import BOLD, SEMIBOLD, current
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import PRESS
from csp_desktop.gui.window.keys import is_enter

LOW_WINDOW = 640  # of the design's px: below it there is no height for two lines of the largest title


def text_label(text: str, role: str, *, buddy: QWidget | None = None, wraps: bool = True) -> QLabel:
    """Plain words in one of the style's roles; with a `buddy` the letter after an & leads there."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    set_role(label, role)
    if buddy is not None:
        label.setBuddy(buddy)
    return label


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
        set_role(self, "title" if self._lines(34) <= 1 else "title-small")

    def _lines(self, size: int) -> int:
        """How many it takes in this size."""
        metrics = QFontMetricsF(current().font(size, BOLD))
        words = QRectF(0, 0, max(1, self.width()), 10_000)
        wrapped = metrics.boundingRect(words, int(Qt.TextFlag.TextWordWrap), self.text())
        return round(wrapped.height() / metrics.height()) if wrapped.width() <= self.width() else 3


class ChairTitle(TitleLabel):
    """36 px in up to two lines, for whoever glances at it from the head of the table."""

    def _choose(self) -> None:
        low = self.window().height() < current().px(LOW_WINDOW)
        set_role(self, "title-small" if low or self._lines(36) > 2 else "title-large")


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

    @property
    def failed(self) -> bool:
        """Whether what was typed last is not saved."""
        return self._failed

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
        if failed and not self._failed:
            announce(self, f"{text}. {_RETRY}: {PRESS.shown}", urgent=True)  # once, not with every second
        self._text, self._failed = text, failed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if failed else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if failed else Qt.CursorShape.ArrowCursor)
        self.describe(text, f"Press {PRESS.shown}: {_RETRY.lower()}" if failed else "")
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
        if self._failed and (is_enter(event) or PRESS.pressed(event)):
            self.retry_asked.emit()
        else:
            super().keyPressEvent(event)


class SignLine(QWidget):
    """One paragraph beside its icon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._words = QLabel(self), QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        set_role(self._words, "sign")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(current().px(6))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def set_words(self, words: str) -> None:
        """Show these, or nothing."""
        theme = current()
        if words != self._words.text():
            self._words.setText(words)
            self.setAccessibleName(words)
        mark = icons.pixmap("triangle-alert", theme.px(14), theme.tokens.medium, self.devicePixelRatioF())
        self._icon.setPixmap(mark)
        self.setVisible(bool(words))

    def minimumSizeHint(self) -> QSize:
        """The words wrap."""
        return QSize(0, super().minimumSizeHint().height())
