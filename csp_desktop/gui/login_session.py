"""Listens on D-Bus: to systemd-logind about this login and about sleep, and to the desktop's screen saver.

Every question is asked without waiting for its answer. While the program is open logind is asked to delay a sleep for
the moment that locking takes.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

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
