"""The field a passphrase is typed in: dots, shown only while held, and a word when Caps Lock seems to be on."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.painting import box
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.keys import held, is_key

SHOW = Action("show the passphrase while held down", ("F8",), strip="show passphrase")
PASTE = Action("paste", ("Ctrl+V",), strip="paste allowed")


class Eye(QPushButton):
    """Drawn in the field, at its right; tinted under the mouse."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setObjectName("show_button")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Hold to show the passphrase")
        self.setToolTip(f"Hold to show the passphrase ({SHOW.shown})")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The eye in its middle."""
        theme, painter = current(), QPainter(self)
        if self.isDown() or self.underMouse():
            box(painter, QRectF(self.rect()), theme.px(6), theme.tokens.tint)
        size = theme.px(18)
        middle = QRectF(self.width() // 2 - size // 2, self.height() // 2 - size // 2, size, size)
        icons.draw(painter, "eye", middle, theme.tokens.ink2)
        painter.end()


class PassphraseField(LineEdit):
    """Shown in clear while the eye, or F8, is held down. Pasting is allowed. No toolkit tells the state of Caps Lock,
    so it is known from what comes of a letter: a capital without Shift, or the other way round."""

    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._caps_lock: bool | None = None
        self._eye = Eye(self)
        self._eye.pressed.connect(lambda: self._show(True))
        self._eye.released.connect(lambda: self._show(False))
        self._place()

    def caps_lock(self) -> bool:
        """Whether Caps Lock is known to be on."""
        return bool(self._caps_lock)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _place(self) -> None:
        px = current().px
        self.setTextMargins(0, 0, px(34), 0)
        self._eye.setGeometry(self.width() - px(32) - px(6), (self.height() - px(32)) // 2, px(32), px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stays at the right; another text size makes the field higher."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 shows while held; letters tell of Caps Lock."""
        if SHOW.pressed(event):
            self._show(True)
            return
        if is_key(event, "CapsLock") and self._caps_lock is not None:
            self._know(not self._caps_lock)
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(held(event) & Qt.KeyboardModifier.ShiftModifier)
            self._know(letter.isupper() != shifted)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Dots again."""
        if SHOW.pressed(event) and not event.isAutoRepeat():
            self._show(False)
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Never left in clear."""
        self._show(False)
        super().focusOutEvent(event)

    def _know(self, on: bool) -> None:
        changed = on != bool(self._caps_lock)
        self._caps_lock = on
        if changed:
            self.caps_lock_changed.emit(on)
