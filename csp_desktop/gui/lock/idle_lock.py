"""Locks when nobody has touched keys or mouse for long enough, whatever is open: a page, a dialog, a menu.

Two clocks are read: the one on the wall, which goes on while the computer sleeps, and one that nobody can set. What is
pressed first after a sleep meets the lock and is swallowed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.file.idle_lock import Idle, is_warned, until_lock

LOOKED_AT = 5000  # ms between looks at the clocks
COUNTED = 500  # ms while the warning counts down
ASKED_AFTER = timedelta(seconds=20)  # nobody is away before; the limit need not be asked for

_HELD = {
    QEvent.Type.ShortcutOverride,
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
_TOUCHES = _HELD | {QEvent.Type.Wheel, QEvent.Type.InputMethod}
_RELEASED = {
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.TouchEnd,
    QEvent.Type.TabletRelease,
}


@dataclass(frozen=True)
class Clocks:
    """The computer's own, whatever clock a partnership lives by."""

    wall: Clock
    steady: Callable[[], float]  # seconds


class IdleLock(QObject):
    """An event filter on the application and a timer. `limit` is asked when somebody may be away."""

    due = Signal()
    warned = Signal(int)  # seconds left
    back = Signal()  # somebody came back while warned

    def __init__(
        self, app: QGuiApplication, clocks: Clocks, limit: Callable[[], timedelta], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clocks, self._limit = clocks, limit
        self._wall, self._steady = clocks.wall(), clocks.steady()
        self._mouse = QPointF()
        self._is_on = self._is_warning = self._came_too_late = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        app.installEventFilter(self)

    def start(self) -> None:
        """Somebody unlocked."""
        self._is_on, self._came_too_late = True, False
        self._touch()
        self._timer.start(LOOKED_AT)

    def stop(self) -> None:
        """Locked: nobody is waited for."""
        self._is_on = False
        self._timer.stop()
        self._calm()

    def look(self) -> bool:
        """Warn or lock if it is time; whether it locked."""
        if not self._is_on:
            return False
        idle = self._idle()
        if idle.longest < ASKED_AFTER and not idle.clock_was_changed:
            return False
        limit = self._limit()
        left = until_lock(idle, limit)
        if left <= timedelta(0):
            self.stop()
            self.due.emit()
            return True
        if is_warned(left, limit):
            self._is_warning = True
            self._timer.start(COUNTED)
            self.warned.emit(int(left.total_seconds() + 0.999))
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is here; unless they come too late: then the rest of that key or click is swallowed too."""
        if self._came_too_late:
            self._came_too_late = event.type() not in _RELEASED
            return event.type() in _TOUCHES or not self._came_too_late
        if not self._is_on or not self._is_touch(event):
            return False
        if self.look():
            self._came_too_late = event.type() in _HELD
            return True
        self._touch()
        return False

    def _is_touch(self, event: QEvent) -> bool:
        """A window that appears under a resting mouse sends a move too: only one to another place counts."""
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            moved = event.globalPosition() != self._mouse
            self._mouse = event.globalPosition()
            return moved
        return event.type() in _TOUCHES

    def _idle(self) -> Idle:
        steady = timedelta(seconds=self._clocks.steady() - self._steady)
        return Idle(self._clocks.wall() - self._wall, steady)

    def _touch(self) -> None:
        self._wall, self._steady = self._clocks.wall(), self._clocks.steady()
        self._calm()

    def _calm(self) -> None:
        if self._is_warning:
            self._is_warning = False
            if self._is_on:
                self._timer.start(LOOKED_AT)
            self.back.emit()
