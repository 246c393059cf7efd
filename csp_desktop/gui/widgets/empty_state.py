"""What to do first, where there is nothing to show yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.gui import icons
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton


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
