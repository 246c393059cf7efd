"""What the operating system says of screen and computer: apart, for each system says it in a way of its own.

They are locked, about to sleep, or given to another user. Linux tells it on D-Bus (systemd-logind and the desktop's
screen saver), Windows by messages to a window. On macOS there is no way to hear it through Qt: there the clock tells of
a sleep afterwards (see idle_lock), and the key of the lock is the person's own. Every question is asked without waiting
for its answer; where nothing can be heard nothing is waited for. While the program is open logind is asked to delay a
sleep for the moment that locking takes.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)
from PySide6.QtGui import QWindow

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


LOGIND, ROOT = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIND}.Manager", f"{LOGIND}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
AWAY_WHEN = {"Active": False, "LockedHint": True}  # properties of a login: another user is shown; the screen is locked


class LoginSession(QObject):
    """Tells when the person's login is locked, put into the background, or about to sleep."""

    def __init__(self, tell: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._login = ""
        self._known: dict[str, object] = {}
        self._delay = QDBusUnixFileDescriptor()
        self._asked: set[QDBusPendingCallWatcher] = set()
        self._system, self._desktop = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if self._desktop.isConnected():
            for saver in SAVERS:
                self._desktop.connect("", "", saver, "ActiveChanged", self, _slot("saver_changed(bool)"))
        if self._system.isConnected():
            self._system.connect(LOGIND, ROOT, MANAGER, "PrepareForSleep", self, _slot("sleep_prepared(bool)"))
            self._find_login()
            self._delay_sleep()

    def let_sleep(self) -> None:
        """Locked: the computer may sleep."""
        self._delay = QDBusUnixFileDescriptor()

    @Slot(bool)
    def saver_changed(self, shown: bool) -> None:
        """The screen saver came or went."""
        if shown:
            self._tell()

    @Slot(bool)
    def sleep_prepared(self, falls_asleep: bool) -> None:
        """About to sleep, or awake again."""
        if falls_asleep:
            self._tell()
            self.let_sleep()
        else:
            self._delay_sleep()

    @Slot()
    def login_locked(self) -> None:
        """`loginctl lock-session`, or the desktop's own key."""
        self._tell()

    @Slot(QDBusMessage)
    def login_changed(self, message: QDBusMessage) -> None:
        """Something of the login changed; which value it has now is asked."""
        self._ask_properties()

    def _ask_properties(self) -> None:
        for name in AWAY_WHEN:
            get = QDBusMessage.createMethodCall(LOGIND, self._login, PROPERTIES, "Get")
            get.setArguments([SESSION, name])
            self._ask(get, partial(self._take_property, name))

    def _take_property(self, name: str, answer: object) -> None:
        """Only a change tells something: some remote logins are never called active."""
        value, away = _plain(answer), AWAY_WHEN[name]
        before = self._known.setdefault(name, value)
        self._known[name] = value
        if value is away and before is not away:
            self._tell()

    def _find_login(self) -> None:
        """logind names the login of whoever asks; only under that name does it tell of changes."""
        name = QDBusMessage.createMethodCall(LOGIND, f"{ROOT}/session/auto", PROPERTIES, "Get")
        name.setArguments([SESSION, "Id"])
        self._ask(name, self._take_name)

    def _take_name(self, answer: object) -> None:
        find = QDBusMessage.createMethodCall(LOGIND, ROOT, MANAGER, "GetSession")
        find.setArguments([_plain(answer)])
        self._ask(find, self._take_login)

    def _take_login(self, answer: object) -> None:
        self._login = answer.path() if isinstance(answer, QDBusObjectPath) else str(answer)
        self._system.connect(LOGIND, self._login, SESSION, "Lock", self, _slot("login_locked()"))
        changed = _slot("login_changed(QDBusMessage)")
        self._system.connect(LOGIND, self._login, PROPERTIES, "PropertiesChanged", self, changed)
        self._ask_properties()

    def _delay_sleep(self) -> None:
        delay = QDBusMessage.createMethodCall(LOGIND, ROOT, MANAGER, "Inhibit")
        delay.setArguments(["sleep", "CSP Desktop", "The partnership's file is being locked", "delay"])
        self._ask(delay, self._take_delay)

    def _take_delay(self, answer: object) -> None:
        if isinstance(answer, QDBusUnixFileDescriptor):
            self._delay = answer

    def _ask(self, question: QDBusMessage, take: Callable[[object], None]) -> None:
        """Send a question; a refusal or silence means there is nothing to hear."""
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(question), self)

        def answered() -> None:
            reply = watcher.reply()
            self._asked.discard(watcher)
            watcher.deleteLater()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                take(reply.arguments()[0])

        self._asked.add(watcher)
        watcher.finished.connect(answered)


def _slot(words: str) -> bytes:
    """Declared as bytes by the library, which then takes nothing but text."""
    return cast(bytes, SLOT(words))


def _plain(answer: object) -> object:
    """A property's value comes wrapped."""
    return answer.variant() if isinstance(answer, QDBusVariant) else answer


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
                self._heard = LoginSession(self.away.emit, self)
        elif sys.platform == "win32" and window is not None:
            self._heard = WindowsMessages(self.away.emit, int(window.winId()))


def _has_bus() -> bool:
    """Whether a bus is there; asked without one, D-Bus might start one of its own and wait."""
    run = os.environ.get("XDG_RUNTIME_DIR", "")
    named = any(os.environ.get(name) for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"))
    return named or bool(run and (Path(run) / "bus").exists()) or Path("/run/dbus/system_bus_socket").exists()
