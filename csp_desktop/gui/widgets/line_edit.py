"""The field of one line: what is pasted or dropped stays in one line, whole, and no longer than can be worked with."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from csp_desktop.domain.text import in_one_line
from csp_desktop.gui.widgets.field_told import tell_at, too_long

LIMIT = 1_000  # characters of one line
_TAKEN_AT_ONCE = 10_000_000  # characters looked at; Qt itself would cut at 32,767 and say nothing


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
        self.limit, self.length, self.would_be = LIMIT, 0, 0
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
        tell_at(self, too_long(self.limit, self.would_be))


class EditableCombo(QComboBox):
    """A choice that can also be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setLineEdit(LineEdit(self))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
