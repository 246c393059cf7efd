"""A desktop of its own for a program in a real window: an X server, a window manager, monitors that come and go, and
keys as a keyboard gives them.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool", "xrandr")
LAPTOP, PROJECTOR, TWIN = "laptop", "projector", "twin"  # the twin repeats what the laptop shows
PLACES = {LAPTOP: "1366/361x768/203+0+0", PROJECTOR: "1920/508x1080/286+1366+0", TWIN: "1366/508x768/286+0+0"}
LONGEST = 300  # seconds until something that will never happen fails the test


@dataclass
class Desktop:
    """Of a laptop, and a projector beside it or one that repeats it."""

    environment: dict[str, str]

    def plug_in(self, name: str) -> None:
        """The monitor is there."""
        self._run("xrandr", "--setmonitor", name, PLACES[name], "screen" if name == LAPTOP else "none")

    def unplug(self, name: str) -> None:
        """The cable is pulled."""
        self._run("xrandr", "--delmonitor", name)

    def press(self, *chords: str) -> None:
        """Keys, to whichever window has the keyboard."""
        self._run("xdotool", "key", "--clearmodifiers", *chords)

    def write(self, text: str) -> None:
        """Text, in the same way."""
        self._run("xdotool", "type", "--delay", "20", text)

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=LONGEST)


@contextmanager
def desktop() -> Iterator[Desktop]:
    """With the laptop's screen alone, and openbox to manage windows."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    assert not missing, "apt-get install xvfb openbox xdotool x11-xserver-utils"
    with ExitStack() as ends:
        base = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="desktop-")))
        reads, writes = os.pipe()
        server = ("Xvfb", "-screen", "0", "3286x1080x24", "-noreset", "-nolisten", "tcp", "-displayfd", str(writes))
        ends.enter_context(_running(server, dict(os.environ), writes))
        os.close(writes)
        with open(reads, "rb") as pipe:
            shown = pipe.readline().decode().strip()
        foreign = ("XDG_", "QT_", "WAYLAND_", "DISPLAY", "XAUTHORITY", "DBUS_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        environment |= {"DISPLAY": f":{shown}", "HOME": str(base), "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        made = Desktop(environment)
        made.plug_in(LAPTOP)
        up = base / "up"
        os.mkfifo(up)
        ends.enter_context(_running(("openbox", "--startup", f"sh -c 'echo up > {up}'"), environment))
        assert up.read_text() == "up\n", "the window manager manages"
        yield made


@contextmanager
def _running(command: tuple[str, ...], environment: dict[str, str], *handed: int) -> Iterator[None]:
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, pass_fds=handed, stdout=nowhere, stderr=nowhere)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@dataclass
class Shown:
    """A program on a desktop that says what it shows, a line of JSON whenever that is another."""

    process: subprocess.Popen[bytes]
    now: dict[str, Any] = field(default_factory=dict)
    _rest: bytes = b""

    def ask(self, word: str) -> None:
        """Have it do something no key does."""
        assert self.process.stdin is not None
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def until(self, condition: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        """What it shows once the condition holds."""
        while not (self.now and condition(self.now)):
            self.now = json.loads(self._line(what))
        return self.now

    def _line(self, what: str) -> bytes:
        assert self.process.stdout is not None
        reads = self.process.stdout.fileno()
        while b"\n" not in self._rest:
            ready, _, _ = select.select([reads], [], [], LONGEST)
            more = os.read(reads, 65536) if ready else b""
            assert more, f"waited in vain for {what}: {self.now}"
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line


@contextmanager
def shown(on: Desktop, module: str, *words: object) -> Iterator[Shown]:
    """A module of the tests as a program on this desktop; it ends when its standard input does."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", module, *map(str, words)]
    process = subprocess.Popen(command, env=on.environment, cwd=ROOT, stdin=pipe, stdout=pipe)
    try:
        yield Shown(process)
    finally:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        process.wait(LONGEST)
        process.stdout.close()
