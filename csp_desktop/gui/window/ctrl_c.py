"""Ctrl+C in the terminal that a window was started from: it closes as by its own button, and what is typed is saved.

Apart, for it is loaded once the first window stands.
"""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

INTERRUPTED = 130  # how a shell counts a program that Ctrl+C ended


class CtrlC(QObject):
    """Python hears a signal only when it is at work next, and an open window may be long at rest: Qt is woken through a
    socket. The window is its parent."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._reads, self._writes = socket.socketpair()
        for end in (self._reads, self._writes):
            end.setblocking(False)
        self._woken = QSocketNotifier(self._reads.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._close)
        signal.set_wakeup_fd(self._writes.fileno())
        signal.signal(signal.SIGINT, lambda *_: None)

    def _close(self) -> None:
        if signal.SIGINT in self._reads.recv(64):
            self._window.close()
            QApplication.exit(INTERRUPTED)
