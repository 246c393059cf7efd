"""The field of one line, and the words under a field that could not be taken. Apart from the other fields, for the
unlock screen needs no more.

What is pasted or dropped stays in one line, whole, and no longer than can be worked with.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QPixmap,
    QValidator,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from csp_desktop.domain.common.text import in_one_line
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current

LINE_LIMIT = 1_000  # characters of one line
_TAKEN_AT_ONCE = 10_000_000  # characters looked at; Qt itself would cut at 32,767 and say nothing


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
        if sentence != self._sentence.text():
            from csp_desktop.gui.widgets.spoken import announce  # delays every start: loaded with the first sentence

            announce(self, sentence, urgent=True)
        self._sentence.setText(sentence)
        self._icon.setPixmap(icons.pixmap("circle-alert", theme.px(15), theme.tokens.high, self.devicePixelRatioF()))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if field is not None:
            field.setAccessibleDescription(sentence)
            field.setProperty("told_by", self if sentence else None)
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


class OneLine(QValidator):
    """Makes one line of what was put in, and refuses what is too long as a whole. Longer text that stands there already
    can be shortened."""

    def __init__(self, field: "LineEdit") -> None:
        super().__init__(field)
        self._field = field

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Asked by Qt at every change, with the caret's place in UTF-16 units."""
        line = self._field.cleaned(text)
        if len(line) > max(self._field.limit, self._field.length):
            self._field.would_be = len(line)
            return QValidator.State.Invalid, text, position
        behind = max(0, _units(text) - position)
        return QValidator.State.Acceptable, line, max(0, _units(line) - behind)


class LineEdit(QLineEdit):
    """In every form and page instead of `QLineEdit`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit, self.length, self.would_be = LINE_LIMIT, 0, 0
        super().setMaxLength(_TAKEN_AT_ONCE)
        self.setValidator(OneLine(self))
        self.textChanged.connect(self._measure)
        self.inputRejected.connect(self._tell)

    def setMaxLength(self, length: int) -> None:
        """Another limit; what is too long is refused with words, never cut."""
        self.limit = length

    def maxLength(self) -> int:
        """How many characters there is room for."""
        return self.limit

    def cleaned(self, text: str) -> str:
        """What stands in the field when this was put in."""
        return in_one_line(text)

    def _measure(self, text: str) -> None:
        self.length = len(text)

    def _tell(self) -> None:
        from csp_desktop.gui.widgets.field_told import tell_at, too_long

        tell_at(self, too_long(self.limit, self.would_be))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
