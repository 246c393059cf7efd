"""Surfaces: a card with its title, what to do first where there is nothing yet, and a place to drop a file on."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.widgets.labels import ElidedLabel


class Card(QFrame):
    """`body` is a vertical layout to fill; `head` a row one can add things to (a SavedLabel)."""

    def __init__(self, parent: QWidget | None = None, *, title: str = "", caption: str = "") -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title_label, self.caption_label = QLabel(self), ElidedLabel(self)
        set_role(self.title_label, "label")
        self.caption_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head, self.body = QHBoxLayout(), QVBoxLayout()
        self.head.addWidget(self.title_label)
        self.head.addWidget(self.caption_label, 1)
        px = current().px
        self.title_label.setMinimumHeight(px(20))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(12), px(16), px(14))
        whole.setSpacing(px(8))
        whole.addLayout(self.head)
        whole.addLayout(self.body, 1)
        self.body.setSpacing(px(8))
        self.set_title(title, caption)

    def set_title(self, title: str, caption: str = "", tone: Tone | None = None) -> None:
        """Title, and what stands at its right ("Matrix scored 24 Nov"; with a tone it is bold)."""
        self.title_label.setText(title)
        self.caption_label.setText(caption)
        roles = {None: "caption", Tone.HIGH: "high", Tone.MEDIUM: "medium", Tone.LOW: "low", Tone.ACCENT: "accent"}
        set_role(self.caption_label, roles.get(tone, "strong"))
        self.title_label.setVisible(bool(title))
        self.caption_label.setVisible(bool(caption))
        self.setAccessibleName(", ".join(part for part in (title, caption) if part))

    def set_edges(self, left: int, top: int, right: int, bottom: int) -> None:
        """Less air around what it holds than a card usually has."""
        whole, px = self.layout(), current().px
        if whole is not None:
            whole.setContentsMargins(px(left), px(top), px(right), px(bottom))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or layout at the end of the body."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


class EmptyState(QWidget):
    """Icon, a title, a sentence, and at most one button."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._title, self._text = QLabel(self), QLabel(self), QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        set_role(self._title, "heading")
        set_role(self._text, "second")
        self._button = PrimaryButton(self, height=44)
        self._button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setSpacing(current().px(10))
        layout.addStretch(1)
        layout.addWidget(self._icon)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addSpacing(current().px(6))
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_content("", "")

    def set_content(self, title: str, text: str, button: str = "", icon: str = "info", key: str = "") -> None:
        """What to do first; without a button's word there is no button."""
        theme = current()
        self._title.setText(title)
        self._text.setText(text)
        self._icon.setPixmap(icons.pixmap(icon, theme.px(34), theme.tokens.accent, self.devicePixelRatioF()))
        self._button.setText(button)
        self._button.set_key(key)
        self._button.setVisible(bool(button))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def focus_button(self) -> bool:
        """The focus on what is to be done first; False where there is no button."""
        shown = not self._button.isHidden()
        if shown:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        return shown


class DropArea(QFrame):
    """`dropped` gives the file. Takes one local file at a time."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        set_role(self, "card")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may come in."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            set_role(self, "chosen")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away again."""
        set_role(self, "card")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        set_role(self, "card")
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))
