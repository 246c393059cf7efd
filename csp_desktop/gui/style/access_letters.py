"""Access letters, which Alt presses something with, are underlined while Alt is held and only then."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPalette, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QProxyStyle, QWidget

_SHOW, _HIDE = int(Qt.TextFlag.TextShowMnemonic), int(Qt.TextFlag.TextHideMnemonic)
_AFTER_PAINT = 250  # milliseconds
_held = False


def alt_is_held() -> bool:
    """Whether the letters are to be seen now."""
    return _held


class AccessLetterStyle(QProxyStyle):
    """Fusion, whose labels, buttons and ticks keep their letters to themselves until Alt is held."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawItemText(
        self,
        painter: QPainter,
        rect: QRect,
        flags: int,
        pal: QPalette | Qt.GlobalColor | QColor,
        enabled: bool,
        text: str,
        textRole: QPalette.ColorRole = QPalette.ColorRole.NoRole,
    ) -> None:
        """The words without the mark, or with their letter underlined."""
        if flags & _SHOW and not _held:
            flags = flags & ~_SHOW | _HIDE
        super().drawItemText(painter, rect, flags, pal, enabled, text, textRole)


class AltKey(QObject):
    """Follows Alt in whichever window has the keyboard; what has a letter to be seen is drawn again."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._app = app
        self.watched: QWindow | None = None  # the window whose keys it follows
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_PAINT)
        self._soon.timeout.connect(self._begin)
        app.focusWindowChanged.connect(self._watch)

    def _watch(self, window: QWindow | None) -> None:
        """Alt let go of in another window is not told to this one."""
        self._show(False)
        if self.watched is None:  # a filter delays the first paint, for which PySide makes every kind of event
            self._soon.start()
        elif window is not None:
            self._follow(window)

    def _begin(self) -> None:
        window = self._app.focusWindow()
        if isinstance(window, QWindow):
            self._follow(window)

    def _follow(self, window: QWindow) -> None:
        self.watched = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes nothing from anybody."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            self._show(event.type() == QEvent.Type.KeyPress)
        return False

    def _show(self, held: bool) -> None:
        global _held
        if held == _held:
            return
        _held = held
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                _draw_again(window)


def _draw_again(window: QWidget) -> None:
    lettered: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    for child in lettered:
        if child.isVisible() and "&" in child.text():
            child.update()
