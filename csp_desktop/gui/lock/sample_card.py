"""Who can open the sample, with their passphrases. Apart from the unlock screen: a real file has none of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.lock.known_user import KnownUser
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton


class SampleCard(QFrame):
    """A button for each; `taken` gives whose was pressed."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sample_card")
        self.setProperty("role", "card")
        self.setMinimumWidth(420)
        self.setMaximumWidth(current().px(536))
        label = QLabel("This is the sample partnership, its people made up. Choose one:", self)
        label.setProperty("role", "label")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(6)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.setContentsMargins(40, 12, 40, 14)
        column.addWidget(label)
        column.addLayout(self._buttons)

    def set_users(self, users: Sequence[KnownUser]) -> None:
        """These and no others."""
        for old in self.findChildren(SecondaryButton):
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        for user in users:
            words = f"{user.name}, {user.role_words}: {user.passphrase}"
            button = SecondaryButton(self, text=words.replace("&", "&&"), icon="user-check")
            button.setObjectName(f"sample_{user.role}")
            button.clicked.connect(lambda _=False, who=user: self.taken.emit(who))
            self._buttons.addWidget(button)
