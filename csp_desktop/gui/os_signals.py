"""What the operating system says of the screen and the computer: locked, about to sleep, given to another user.

Linux tells it on D-Bus (systemd-logind and the desktop's screen saver), Windows by messages to a window. On macOS there
is no way to hear it through Qt: there the clock tells of a sleep afterwards (see idle_lock), and the key of the lock is
the person's own. Where nothing can be heard nothing is waited for.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QWindow


class OsSignals(QObject):
    """`away` when the person can no longer be assumed to sit there. `start` after the first window stands."""

    away = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: object = None

    def start(self, window: QWindow | None) -> None:
        """Begin to listen; once."""
        if self._heard is not None:
            return
        if sys.platform == "linux":
            if _has_bus():
                from csp_desktop.gui.login_session import LoginSession

                self._heard = LoginSession(self.away.emit, self)
        elif sys.platform == "win32" and window is not None:
            from csp_desktop.gui.windows_messages import WindowsMessages

            self._heard = WindowsMessages(self.away.emit, int(window.winId()))


def _has_bus() -> bool:
    """Whether a bus is there; asked without one, D-Bus might start one of its own and wait."""
    run = os.environ.get("XDG_RUNTIME_DIR", "")
    named = any(os.environ.get(name) for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"))
    return named or bool(run and (Path(run) / "bus").exists()) or Path("/run/dbus/system_bus_socket").exists()
