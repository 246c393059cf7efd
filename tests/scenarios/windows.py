"""The whole program on a real folder, as it starts for a person, under a clock that moves on by what the hands do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSize
from PySide6.QtWidgets import QApplication

from csp_desktop.app import AppEnvironment
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.gui.lock.idle_lock import IdleLock
from csp_desktop.gui.style.theme import Theme
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.starting import LocalMemory, Starting
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.vault.derivation import Cost

SIZE = QSize(1600, 900)


@dataclass
class MovingClock:
    """Aware UTC; a person's seconds pass when the hands say so."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def pass_time(self, seconds: float) -> None:
        """A person would have needed so long."""
        self.at += timedelta(seconds=seconds)


@dataclass
class QuickEnvironment(AppEnvironment):
    """The real vaults with a cheap derivation."""

    at: MovingClock
    away: timedelta = timedelta(0)  # how long nobody was at the computer

    def computer_clock(self) -> datetime:
        """The computer's own time, with the time nobody was there."""
        return super().computer_clock() + self.away

    def steady_clock(self) -> float:
        """The same count."""
        return super().steady_clock() + self.away.total_seconds()

    def clock(self, folder: Path) -> MovingClock:
        """The same for any folder."""
        return self.at

    def vaults(self, now: Clock) -> Partnerships:
        """Real files, quick to open."""
        return Partnerships(now, Cost.quick())


@dataclass
class Sitting:
    """The program started, and hands on its window."""

    starting: Starting
    hands: Hands

    @property
    def program(self) -> Program:
        return self.starting.program

    def nobody_for(self, minutes: float) -> None:
        """The computer stands there alone; the program looks at its clocks when that is due."""
        environment, watch = self.starting._environment, self.program.findChild(IdleLock)
        assert isinstance(environment, QuickEnvironment) and watch is not None
        environment.away += timedelta(minutes=minutes)
        watch.look()
        self.hands.settle()

    def unlock(self, name: str, passphrase: str) -> None:
        """Name and passphrase at the unlock screen, and Enter."""
        hands = self.hands
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        if (field := hands.look("Name")) is not None and hands.text_of(field) != name:
            hands.fill("Name", name)
        hands.fill("Passphrase", passphrase)
        hands.key("Return")
        hands.wait(lambda: not self.program.is_locked(), "the session")


@contextmanager
def sitting(
    folder: Path,
    base: Path,
    begin: datetime,
    size: QSize = SIZE,
    make_environment: Callable[[MovingClock], AppEnvironment] = QuickEnvironment,
) -> Iterator[Sitting]:
    """Start the program on a folder, and close its window at the end. `base` takes pictures and what is remembered."""
    clock, memory = set_up(base, begin)
    with shown(Starting(make_environment(clock), memory, folder), base, clock, size) as begun:
        yield begun


def set_up(base: Path, begin: datetime, theme: Theme | None = None) -> tuple[MovingClock, LocalMemory]:
    """The clock, and what the program remembers on this computer."""
    app = make_application(["csp-desktop"], theme)
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    return MovingClock(begin), LocalMemory(QSettings(str(base / "memory.ini"), QSettings.Format.IniFormat))


@contextmanager
def shown(starting: Starting, base: Path, clock: MovingClock, size: QSize) -> Iterator[Sitting]:
    """Its window, until the block ends."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = starting.program.window
    window.resize(size)
    window.show()
    hands = Hands(window, base, clock.pass_time)
    try:
        yield Sitting(starting, hands)
    finally:
        window.close()
        hands.settle()
        if starting.program._hide_keys is not None:
            app.removeEventFilter(starting.program._hide_keys)
        for thing in (window, starting.program, starting):
            thing.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
