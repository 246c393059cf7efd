"""What just happened, in place, with a way back: no dialog interrupts a meeting. And the bar over every page
for what is true of the whole file.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import UNDO

SHOWN_FOR = 10_000
_URGENT = (Tone.MEDIUM, Tone.HIGH)
_ICONS = {Tone.LOW: "circle-check", Tone.MEDIUM: "circle-alert", Tone.HIGH: "circle-alert"}


class InlineBar(QFrame):
    """Shown by `say`, gone after ten seconds (or when told, with `stay`). `undo_asked` from its button."""

    undo_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._words, self._more = QLabel(self), QLabel(self), ElidedLabel(self)
        set_role(self._words, "strong")
        set_role(self._more, "second")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._button = SecondaryButton(self, text="Undo", icon="undo-2", key=UNDO.shown, height=32)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # as wide as its words
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where one works
        self._button.clicked.connect(self.undo_asked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        px = current().px
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(px(14), px(7), px(8), px(7))
        layout.setSpacing(px(10))
        layout.addWidget(self._icon)
        layout.addWidget(self._words)
        layout.addWidget(self._more, 1)
        layout.addWidget(self._button)
        self.hide()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow column the words take the lines they need, and the way back stands under them."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._layout.setAlignment(self._button, Qt.AlignmentFlag.AlignRight if narrow else Qt.AlignmentFlag(0))
        self._words.setWordWrap(narrow)
        self._icon.setVisible(not narrow)

    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def say(self, text: str, more: str = "", *, tone: Tone = Tone.LOW, undo: str = "Undo", stay: bool = False) -> None:
        """Show a sentence; `undo` is the button's word, empty for none; `stay` until dismissed."""
        theme = current()
        self._words.setText(text)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._layout.setStretchFactor(self._words, 0 if more else 1)  # beside its icon either way
        name = _ICONS.get(tone, "info")
        self._icon.setPixmap(icons.pixmap(name, theme.px(18), theme.tokens.tone(tone)[0], self.devicePixelRatioF()))
        self._button.setText(undo)
        self._button.setVisible(bool(undo))
        set_role(self, f"bar-{tone.value}")
        self.setAccessibleName(", ".join(part for part in (text, more) if part))
        self.show()
        way_back = f"{undo}: {UNDO.shown}" if undo else ""
        announce(self, ". ".join(part.rstrip(".") for part in (text, more, way_back) if part), urgent=tone in _URGENT)
        self._timer.stop()
        if not stay:
            self._timer.start(SHOWN_FOR)

    def dismiss(self) -> None:
        """Take it away."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()


class NoticeBar(QFrame):
    """`asked` from its button. Hidden until it says something."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._words, self._more = QLabel(self), QLabel(self), QLabel(self)
        set_role(self._words, "strong")
        set_role(self._more, "second")
        column = QVBoxLayout()
        column.setSpacing(current().px(2))
        for label in (self._words, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        self._button = SecondaryButton(self, height=36)
        self._button.clicked.connect(self.asked)
        px = current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(12))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def text(self) -> str:
        """What it says now; empty while it says nothing."""
        return "" if self.isHidden() else " ".join(part for part in (self._words.text(), self._more.text()) if part)

    def say(self, words: str, more: str = "", *, tone: Tone = Tone.HIGH, button: str = "") -> None:
        """Show it until `dismiss`; `button` is the button's word, empty for none."""
        theme = current()
        self._words.setText(words)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        pixmap = icons.pixmap("circle-alert", theme.px(20), theme.tokens.tone(tone)[0], self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        set_role(self, f"bar-{tone.value}")
        self.setAccessibleName(" ".join(part for part in (words, more) if part))
        self.show()
        announce(self, self.accessibleName(), urgent=tone in _URGENT)

    def set_busy(self, busy: bool) -> None:
        """What the button asked for is under way."""
        self._button.setEnabled(not busy)

    def dismiss(self) -> None:
        """It is no longer true."""
        self._words.clear()
        self._more.clear()
        self.hide()
