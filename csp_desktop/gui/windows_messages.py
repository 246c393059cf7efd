"""What Windows sends to a window when the computer is about to sleep, or the session is locked or left."""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

POWER_BROADCAST, SESSION_CHANGE = 0x0218, 0x02B1
SUSPENDS = 4
LEAVES = (2, 4, 6, 7)  # console disconnected, remote session disconnected, signed out, locked


def means_away(message: int, word: int) -> bool:
    """Whether a message of Windows says so."""
    return (message == POWER_BROADCAST and word == SUSPENDS) or (message == SESSION_CHANGE and word in LEAVES)


class _Message(ctypes.Structure):
    """The head of Windows' MSG."""

    _fields_ = [("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("word", ctypes.c_size_t)]


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads what Windows sends; asks it to tell of the session too."""

    def __init__(self, tell: Callable[[], None], window: int) -> None:
        super().__init__()
        self._tell = tell
        _ask_for_session(window)
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Never swallows anything."""
        named = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(named) == b"windows_generic_MSG":
            said = _Message.from_address(int(message))
            if means_away(said.message, said.word):
                self._tell()
        return False, 0


def _ask_for_session(window: int) -> None:
    """Windows tells of locking only who has asked."""
    if sys.platform == "win32":
        this_session = 0
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, this_session)
