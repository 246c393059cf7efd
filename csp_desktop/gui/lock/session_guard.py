"""Stands by an open session: locks it when nobody is there, keeps it out of pictures, empties our clipboard after it.

Made at the first unlock, so that nothing of it is loaded before the first window stands.

What is copied here is marked as not for clipboard histories and the cloud, and gone when the program locks.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)
from PySide6.QtGui import QClipboard, QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.idle_lock import LockAfter
from csp_desktop.gui.lock.idle_lock import Clocks, IdleLock
from csp_desktop.gui.lock.screen_capture import keep_out
from csp_desktop.gui.widgets.lock_warning import LockWarning
from csp_desktop.services.file.idle_timeout import open_for
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
MARKS = (
    {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\0",
        _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
        _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    }
    if sys.platform == "win32"
    else {"application/x-nspasteboard-concealed-type": b"", "org.nspasteboard.ConcealedType": b""}
    if sys.platform == "darwin"
    else {"x-kde-passwordManagerHint": b"secret"}
)
NO_DESKTOP = ("offscreen", "minimal")  # there the clipboard is the program's alone, and no history looks at it
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class OwnClipboard(QObject):
    """Follows the clipboard while the program runs. What comes from other programs is left alone."""

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = app.clipboard()
        self._clipboard.dataChanged.connect(self._mark)

    def clear(self) -> None:
        """Take back what lies there if it is ours, and what is selected."""
        for mode in MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() in NO_DESKTOP:
            return mode is QClipboard.Mode.Clipboard
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def _mark(self) -> None:
        """Fields copy without the marks; the same text is put there again with them."""
        if QGuiApplication.platformName() in NO_DESKTOP or not self._is_ours(QClipboard.Mode.Clipboard):
            return
        held: QMimeData | None = self._clipboard.mimeData()  # none when it was emptied
        if held is not None and held.hasText() and not is_marked(held):
            self._clipboard.setMimeData(marked(held.text()))


def marked(text: str) -> QMimeData:
    """The text as it is put on the clipboard."""
    content = QMimeData()
    content.setText(text)
    for mark, value in MARKS.items():
        content.setData(mark, value)
    return content


def is_marked(content: QMimeData) -> bool:
    """Whether every program that looks for a mark finds its own."""
    return all(content.hasFormat(mark) for mark in MARKS)


class Guard(QObject):
    """`lock_asked` when the program must lock without anybody's key."""

    lock_asked = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        window: QWidget,
        clocks: Clocks,
        parent: QObject,
        *,
        lock_after: Callable[[Session | None], LockAfter],
        keeps_out: bool,
    ) -> None:
        """`lock_after` reads the settings, without a session the usual ones; `keeps_out` keeps the window out of
        pictures whatever they say."""
        super().__init__(parent)
        self._window, self._lock_after, self._keeps_out = window, lock_after, keeps_out
        self._session: Session | None = None
        self._warning = LockWarning(window)
        self._clipboard = OwnClipboard(app, self)
        self._idle = IdleLock(app, clocks, self._open_for, self)
        self._idle.warned.connect(self._warning.count)
        self._idle.back.connect(self._warning.hide)
        self._idle.due.connect(self.lock_asked)
        self._os_signals = OsSignals(self)
        self._os_signals.away.connect(self.lock_asked)

    def stand_by(self, session: Session) -> None:
        """A session is open."""
        self._session = session
        self.follow_settings()
        self._idle.start()
        self._os_signals.start(self._window.windowHandle())

    def follow_settings(self) -> None:
        """They may have changed."""
        if self._session is not None:
            keep_out(self._window, self._keeps_out or settings(self._session).hide_from_capture)

    def step_back(self) -> None:
        """The session ends."""
        self._session = None
        self._idle.stop()
        self._clipboard.clear()

    def _open_for(self) -> timedelta:
        """By the settings; a file that cannot be asked gives nobody more time than usual."""
        try:
            session = self._session
            return open_for(session, self._lock_after(session)) if session is not None else timedelta(0)
        except Refused:
            return timedelta(minutes=self._lock_after(None).usual)


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
