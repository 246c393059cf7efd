"""F12 hides everything and Ctrl+L locks, whatever has the keyboard: a page, a dialog, a menu, a list that dropped."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from csp_desktop.gui.window.actions import HIDE, LOCK
from csp_desktop.gui.window.keys import is_key

_WANTED = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class HideKeys(QObject):
    """An event filter on the application. The keys are taken before any window sees them."""

    hidden = Signal()
    lock_asked = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow both keys; act once, on the press."""
        if not isinstance(event, QKeyEvent):  # asked first: every event there is comes by, and its type costs more
            return False
        kind = event.type()
        if kind not in _WANTED:
            return False
        hides, locks = any(is_key(event, key) for key in HIDE.keys), LOCK.pressed(event)
        if not hides and not locks:
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            (self.hidden if hides else self.lock_asked).emit()
        return True
