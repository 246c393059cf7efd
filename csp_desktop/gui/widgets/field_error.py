"""Why a field cannot be taken as it is, directly under the field."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from csp_desktop.gui import icons
from csp_desktop.gui.theme import current


class FieldError(QWidget):
    """Hidden while there is nothing wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._sentence = QLabel(self), QLabel(self)
        self._sentence.setProperty("role", "error")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._sentence, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.clear()

    def text(self) -> str:
        """The sentence shown, empty when all is well."""
        return self._sentence.text()

    def set_error(self, sentence: str, field: QWidget | None = None) -> None:
        """Show why, and tell a screen reader at the field itself; an empty sentence clears."""
        theme = current()
        self._sentence.setText(sentence)
        self._icon.setPixmap(icons.pixmap("circle-alert", theme.px(15), theme.tokens.high, self.devicePixelRatioF()))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if field is not None:
            field.setAccessibleDescription(sentence)
            state = "error" if sentence else ""
            if (field.property("state") or "") != state:
                field.setProperty("state", state)
                field.style().unpolish(field)
                field.style().polish(field)

    def clear(self, field: QWidget | None = None) -> None:
        """All is well again."""
        self.set_error("", field)
        self._icon.setPixmap(QPixmap())

    def minimumSizeHint(self) -> QSize:
        """A sentence wraps."""
        return QSize(0, super().minimumSizeHint().height())
