"""What a screen reader hears and sees of a program: AT-SPI on buses of this test's own, in plain messages."""

import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.support.desktop import Desktop
from tests.support.patience import SECONDS

SERVICE = "/usr/share/dbus-1/services/org.a11y.Bus.service"
ACCESSIBLE = "org.a11y.atspi.Accessible"
EVENTS = ("object:announcement", "object:state-changed")
FOCUSED, SHOWING, DESCRIBED_BY = 12, 25, 18  # the numbers of two states and a relation


@dataclass(frozen=True)
class Thing:
    """One object as it is told: its address, what it is, its words, whether it has the focus and is seen, its level."""

    address: tuple[str, str]
    role: str
    name: str
    description: str
    focused: bool
    showing: bool
    level: str
    children: tuple[tuple[str, str], ...]


class ScreenReader:
    """Hears announcements in `said`, and asks the program for anything else."""

    def __init__(self, session: DBusConnection, bus: DBusConnection) -> None:
        self._bus, self._session = bus, session
        self.said: list[str] = []
        self._at: tuple[str, str] | None = None
        status = Properties(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status"))
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            self._session.send_and_get_reply(status.set(name, "b", True), timeout=SECONDS)
        registry = "org.a11y.atspi.Registry"
        for event in EVENTS:
            self._ask((registry, "/org/a11y/atspi/registry"), "RegisterEvent", "sass", event, [], "", on=registry)
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=SECONDS)
        self._told: deque[Any] = deque()
        self._bus.filter(rule, queue=self._told)

    def _ask(self, of: tuple[str, str], what: str, kinds: str = "", *given: Any, on: str = ACCESSIBLE) -> Any:
        return self._answer(new_method_call(DBusAddress(of[1], of[0], on), what, kinds or None, given))[0:1]

    def _words(self, of: tuple[str, str], name: str) -> str:
        return str(self._answer(Properties(DBusAddress(of[1], of[0], ACCESSIBLE)).get(name))[0][1])

    def _answer(self, message: Message) -> Any:
        answer = self._bus.send_and_get_reply(message, timeout=SECONDS)
        if answer.header.message_type is MessageType.error:
            raise LookupError(answer.body)
        return answer.body

    def thing(self, address: tuple[str, str]) -> Thing:
        """An object by its address. Raises LookupError where it is gone."""
        (states,) = self._ask(address, "GetState")
        return Thing(
            address,
            self._ask(address, "GetRoleName")[0],
            self._words(address, "Name"),
            self._words(address, "Description"),
            bool(states[0] >> FOCUSED & 1),
            bool(states[0] >> SHOWING & 1),
            self._ask(address, "GetAttributes")[0].get("level", ""),
            tuple(self._ask(address, "GetChildren")[0]),
        )

    def everything(self) -> list[Thing]:
        """All that is seen of the program, in reading order."""
        root, found = self.thing(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")), list[Thing]()
        waits = list(root.children)
        while waits:
            with suppress(LookupError):  # gone since it was named
                thing = self.thing(waits.pop(0))
                if thing.showing:
                    found.append(thing)
                    waits = [*thing.children, *waits]
        return found

    def described_by(self, thing: Thing) -> list[str]:
        """The words that a thing is described by."""
        related = self._ask(thing.address, "GetRelationSet")[0]
        return [self._words(each, "Name") for kind, told in related if kind == DESCRIBED_BY for each in told]

    def at(self) -> Thing | None:
        """Where the keyboard is, as it was told last."""
        try:
            return self.thing(self._at) if self._at is not None else None
        except LookupError:
            return None

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Listen until it holds."""
        while not holds():
            try:
                message = self._bus.recv_until_filtered(self._told, timeout=SECONDS)
            except TimeoutError:
                raise AssertionError(f"waited in vain for {what}; at {self.at()}, heard {self.said[-9:]}") from None
            fields = {getattr(key, "name", str(key)): value for key, value in message.header.fields.items()}
            self._hear(fields["member"], (fields["sender"], fields["path"]), message.body)

    def _hear(self, member: str, sender: tuple[str, str], body: Any) -> None:
        if member == "Announcement":
            self.said.append(body[3][1])
        elif member == "StateChanged" and body[0] == "focused":
            self._at = sender if body[1] else None if self._at == sender else self._at

    def until_at(self, name: str | tuple[str, ...]) -> Thing:
        """Until the keyboard is at something whose name begins so."""
        self.until(lambda: (at := self.at()) is not None and at.name.startswith(name), f"the focus at {name}")
        found = self.at()
        assert found is not None
        return found

    def until_said(self, words: str) -> None:
        """Until something was announced that has these words; what was said before counts no more."""
        self.until(lambda: any(words in said for said in self.said), f"“{words}”")
        self.said.clear()


@contextmanager
def screen_reader(on: Desktop) -> Iterator[ScreenReader]:
    """Listens on this desktop; a program started there later speaks to it."""
    assert shutil.which("dbus-daemon") and Path(SERVICE).exists(), "apt-get install dbus at-spi2-core"
    with ExitStack() as ends:
        words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        daemon = subprocess.Popen(words, env=on.environment, **pipes)  # type: ignore[call-overload]
        ends.callback(daemon.stdout.close)
        ends.callback(daemon.wait)
        ends.callback(daemon.terminate)
        on.environment["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().strip()
        session = ends.enter_context(open_dbus_connection(on.environment["DBUS_SESSION_BUS_ADDRESS"]))
        asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        bus = ends.enter_context(open_dbus_connection(session.send_and_get_reply(asked, timeout=SECONDS).body[0]))
        yield ScreenReader(session, bus)
