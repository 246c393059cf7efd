"""What is true of the whole file and must not be overlooked: a bar over every page, until it is no longer true."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui import icons
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.buttons import SecondaryButton


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

    def set_busy(self, busy: bool) -> None:
        """What the button asked for is under way."""
        self._button.setEnabled(not busy)

    def dismiss(self) -> None:
        """It is no longer true."""
        self._words.clear()
        self._more.clear()
        self.hide()
