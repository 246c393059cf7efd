"""A sign that something wants a look: an icon and plain words, never a colour alone. Hidden while there is none."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from csp_desktop.gui import icons
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current


class SignLine(QWidget):
    """One paragraph beside its icon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._words = QLabel(self), QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
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
