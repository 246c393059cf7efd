"""The field of one line, and the words under a field that could not be taken. Apart from the other fields, for the
unlock screen needs no more.

What is pasted or dropped stays in one line, whole, and no longer than can be worked with.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QValidator,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from csp_desktop.domain.common.text import in_one_line
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.painting import key_cap, key_cap_width, symbol
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.window.actions import FIND
from csp_desktop.gui.window.keys import is_escape

TOLD_FOR = 10_000  # ms
LINE_LIMIT = 1_000  # characters of one line
_TAKEN_AT_ONCE = 10_000_000  # characters looked at; Qt itself would cut at 32,767 and say nothing


class FieldTold(QLabel):
    """One a window. It goes when the field is left, and by itself after ten seconds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._field: QWidget | None = None
        set_role(self, "told")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str, field: QWidget) -> None:
        """Under the field, or above it where there is no room below."""
        if self._field is not field:
            if self._field is not None:
                self._field.removeEventFilter(self)
            self._field = field
            field.installEventFilter(self)
        self.setText(sentence)
        self.ensurePolished()
        window, px = field.window(), current().px
        wide = min(px(420), window.width() - px(16))
        self.resize(wide, self.heightForWidth(wide))
        at = field.mapTo(window, QPoint(0, field.height() + px(4)))
        if at.y() + self.height() > window.height():
            at = field.mapTo(window, QPoint(0, -self.height() - px(4)))
        self.move(max(px(8), min(at.x(), window.width() - wide - px(8))), max(0, at.y()))
        self.raise_()
        self.show()
        self._timer.start(TOLD_FOR)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(field, sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field is left: it goes."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return False


def tell_at(field: QWidget, sentence: str) -> None:
    """Say under a field why something was not put in; it is read out too."""
    window = field.window()
    told = window.findChild(FieldTold) or FieldTold(window)
    told.say(sentence, field)


def too_long(limit: int, would_be: int) -> str:
    """The sentence for what does not fit."""
    return f"There is room for {limit:,} characters here; this would make {would_be:,}. Nothing was put in."


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
        tell_at(self, too_long(self.limit, self.would_be))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


class SearchBox(LineEdit):
    """A line edit with a lens and, while empty, the key that comes here. Escape empties it first."""

    def __init__(self, parent: QWidget | None = None, *, hint: str = "Find or command", key: str = FIND.shown) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self._key = key
        self.set_hint(hint, key)

    def set_hint(self, hint: str, key: str = "") -> None:
        """What can be found, and the key that leads here."""
        self._key = key
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setAccessibleDescription(f"Key {key}" if key else "")
        self._make_room()

    def _make_room(self) -> None:
        theme = current()
        right = key_cap_width(theme, self._key) + theme.px(12) if self._key else theme.px(8)
        self.setTextMargins(theme.px(28), 0, right if not self.text() else theme.px(4), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field as styled, then lens and cap."""
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        symbol(painter, theme, "search", theme.px(9), self.height() / 2, 16, theme.tokens.ink3)
        if self._key and not self.text():
            wide = key_cap_width(theme, self._key)
            rect = QRectF(self.width() - wide - theme.px(8), self.height() / 2 - theme.px(9), wide, theme.px(18))
            key_cap(painter, theme, rect, self._key)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties; an empty box lets it go on to the page."""
        if is_escape(event) and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A new text size needs other margins."""
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()
        super().changeEvent(event)
