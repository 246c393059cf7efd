"""A stand-in for systemd-logind on a private bus: one login, and whoever commands it on standard input.

Each line is a command; "ready" and what the program asked for are printed.
"""

import os
import sys
from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

ROOT = "/org/freedesktop/login1"
LOGIN = f"{ROOT}/session/_37"


class Logind(QDBusVirtualObject):
    """Answers the four questions it is asked, and tells what it is told to."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus
        self._properties: dict[str, object] = {"Id": "7", "Active": True, "LockedHint": False}

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        name, asked = message.member(), message.arguments()
        if name == "Get" and message.path() in (f"{ROOT}/session/auto", LOGIN):
            answer: object = QDBusVariant(self._properties[asked[1]])
        elif name == "GetSession" and asked == ["7"]:
            answer = QDBusObjectPath(LOGIN)
        elif name == "Inhibit":
            reading, writing = os.pipe()
            answer = QDBusUnixFileDescriptor(writing)
            os.close(writing)
            Thread(target=tell_when_let_go, args=(reading,), daemon=True).start()
        else:
            return False
        print(f"asked {name}", flush=True)
        return connection.send(message.createReply(answer))

    def obey(self, command: str) -> None:
        """lock, sleep, wake, saver, background, hint, or other: another login is locked."""
        if command in ("sleep", "wake"):
            self._tell(ROOT, "org.freedesktop.login1.Manager", "PrepareForSleep", command == "sleep")
        elif command in ("lock", "other"):
            path = LOGIN if command == "lock" else f"{ROOT}/session/_38"
            self._tell(path, "org.freedesktop.login1.Session", "Lock")
        elif command in ("saver", "saver_off"):
            path = "/org/gnome/ScreenSaver"
            self._tell(path, "org.gnome.ScreenSaver", "ActiveChanged", command == "saver")
        else:
            name, value = {"background": ("Active", False), "hint": ("LockedHint", True), "front": ("Active", True)}[
                command
            ]
            self._properties[name] = value
            self._tell(LOGIN, "org.freedesktop.DBus.Properties", "PropertiesChanged", "org.freedesktop.login1.Session")

    def _tell(self, path: str, interface: str, name: str, *words: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(words))
        self._bus.send(signal)


class Commands(QObject):
    """Lines from standard input, in the thread of the bus."""

    come = Signal(str)

    def read(self) -> None:
        for line in sys.stdin:
            self.come.emit(line.strip())


def tell_when_let_go(reading: int) -> None:
    """The delay of a sleep ends when its holder closes it."""
    os.read(reading, 1)
    os.close(reading)
    print("let go", flush=True)


def main() -> None:
    app = QCoreApplication([])
    bus = QDBusConnection.sessionBus()
    logind, commands = Logind(bus), Commands()
    assert bus.registerVirtualObject(ROOT, logind, QDBusConnection.VirtualObjectRegisterOption.SubPath)
    assert bus.registerService("org.freedesktop.login1")
    commands.come.connect(logind.obey)
    Thread(target=commands.read, daemon=True).start()
    print("ready", flush=True)
    app.exec()


if __name__ == "__main__":
    main()
