"""The field a passphrase is typed in: dots, shown only while held, and a word when Caps Lock seems to be on."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.keys import held, is_key

SHOW = Action("show the passphrase while it is held", ("F8",), strip="show passphrase")
PASTE = Action("paste", ("Ctrl+V",), strip="paste allowed")


class PassphraseField(LineEdit):
    """Shown in clear while the eye, or F8, is held down. Pasting is allowed. No toolkit tells the state of Caps Lock,
    so it is known from what comes of a letter: a capital without Shift, or the other way round."""

    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._caps_lock: bool | None = None
        self._eye = QToolButton(self)
        self._eye.setObjectName("show_button")
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.setAutoRaise(True)
        self._eye.setCursor(Qt.CursorShape.PointingHandCursor)
        self._eye.setAccessibleName("Hold to show the passphrase")
        self._eye.setToolTip(f"Hold to show the passphrase ({SHOW.shown})")
        self._eye.pressed.connect(lambda: self._show(True))
        self._eye.released.connect(lambda: self._show(False))
        self._dress()

    def caps_lock(self) -> bool:
        """Whether Caps Lock is known to be on."""
        return bool(self._caps_lock)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _dress(self) -> None:
        theme = current()
        self._eye.setIcon(icons.icon("eye", theme.tokens.ink2, theme.px(18)))
        self._eye.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._eye.setFixedSize(theme.px(32), theme.px(32))
        self.setTextMargins(0, 0, theme.px(34), 0)
        self._place()

    def _place(self) -> None:
        self._eye.move(self.width() - self._eye.width() - current().px(6), (self.height() - self._eye.height()) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stays at the right."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """A new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

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
