"""Hands whose keys go by the X server, as a keyboard's do, each told how long the window took to be done with it."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.rehearsal.hands import Hands

NAMES = {"Del": "Delete", "Esc": "Escape", "PgDown": "Next", "PgUp": "Prior", "Backspace": "BackSpace"}
NAMED = ("Return", "Tab", "Down", "Up", "Left", "Right", "Home", "End", *(f"F{number}" for number in range(1, 13)))
NAMES |= {name: name for name in NAMED}
MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)


@dataclass
class Beats:
    """What the robot did in one step of the meeting: chords, letters of them, clicks, and seconds behind each key."""

    keys: int = 0
    chords: int = 0
    clicks: int = 0
    seconds: float = 0.0
    behind: list[float] = field(default_factory=list)

    def add(self, other: "Beats") -> None:
        """All of the other's, too."""
        self.keys += other.keys
        self.chords += other.chords
        self.clicks += other.clicks
        self.seconds += other.seconds
        self.behind += other.behind


class _Arrivals(QObject):
    """Counts the keys the X server gave to a window of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once for each key that comes from outside. It is its release that comes in every case: of what a shortcut
        takes the window sees no press."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and isinstance(watched, QWindow):
            self.count += event.spontaneous() and event.key() not in MODIFIERS
        return False


class KeyboardHands(Hands):
    """The same hands; what they press and write goes to whichever window has the keyboard."""

    def __init__(self, window: QWidget, out: Path, **clock: Callable[..., None]) -> None:
        super().__init__(window, out, **clock)
        self._robot = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True, bufsize=1)
        self._arrivals = _Arrivals()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self._arrivals)
        self.beats = Beats()

    @contextmanager
    def step(self) -> Iterator[Beats]:
        """What is pressed until the block ends is counted in these, and in those of a block around it."""
        around, within = self.beats, Beats()
        self.beats = within
        begin = perf_counter()
        try:
            yield within
        finally:
            within.seconds = perf_counter() - begin
            around.add(within)
            self.beats = around

    def key(self, *chords: str) -> None:
        """One after another, each when the window is done with the one before."""
        for chord in chords:
            self.pass_time(1.5)
            self._press("+".join(_keysym(part) for part in chord.split("+")))
            self.beats.chords += 1

    def write(self, text: str) -> None:
        """Letter by letter. What stands on no key of the layout is put in as an input method does."""
        for letter in text:
            if letter.isascii():
                self.pass_time(0.4)
                self._press(_character(letter))
            else:
                super().write(letter)

    def click(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Counted: a hand that leaves the keys."""
        self.beats.clicks += 1
        return super().click(name, kind)

    def end(self) -> None:
        """No more keys."""
        assert self._robot.stdin is not None
        self._robot.stdin.close()
        self._robot.wait()

    def _press(self, key: str) -> None:
        assert self._robot.stdin is not None
        expected, begin = self._arrivals.count + 1, perf_counter()
        self._robot.stdin.write(f"key --delay 0 {key}\n")
        self._robot.stdin.flush()
        self.wait(lambda: self._arrivals.count >= expected, f"the key {key} in {_front()}")
        self._until_painted()
        self.beats.keys += 1
        self.beats.behind.append(perf_counter() - begin)

    def _until_painted(self) -> None:
        """What the key set off is done, and the window shows it: a timer of nothing comes after all that waits."""
        done: list[bool] = []
        QTimer.singleShot(0, lambda: done.append(True))
        while not done:
            self.settle()

    def _look_away(self, moment_ms: float = 0) -> None:
        """Until anything happens: its own keys must not wait for a rest of the eyes."""
        QTimer.singleShot(5, lambda: None)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _keysym(part: str) -> str:
    """As X names what Qt names in a chord."""
    return _character(part.lower()) if len(part) == 1 else NAMES.get(part, part.lower())


def _character(letter: str) -> str:
    return letter if letter.isalnum() else f"U{ord(letter):04X}"


def _front() -> Any:
    window = QGuiApplication.focusWindow()
    return window.title() if window is not None else "no window of ours"
