"""Process start to the first window painted: the program's unlock window, beside a bare window of PySide6, and beside a
window with what any window that asks for something has: words, a field, a button, a style sheet and an icon of its own.

All are watched in the same way: a timer of the event loop that asks, whenever Qt has nothing else to do, whether the
window has been shown and painted.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QSettings

from csp_desktop.gui.window.starting import LocalMemory
from csp_desktop.sample.partnership import make_sample
from tests.benchmarks.pairs import Figures, Once, in_pairs

_WATCH = """
import os, sys, time

def watch(app):
    from PySide6.QtCore import QTimer

    def look():
        for window in app.topLevelWidgets():
            handle = window.windowHandle()
            if handle is not None and handle.isExposed():
                QTimer.singleShot(0, told)
                timer.stop()
    def told():
        sys.stdout.write(repr(time.perf_counter()))
        sys.stdout.flush()
        os._exit(0)
    timer = QTimer(app)
    timer.timeout.connect(look)
    timer.start(0)
"""
_SHOW = """
window.resize(1600, 900)
window.show()
watch(app)
app.exec()
"""
_BARE = f"""{_WATCH}
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(sys.argv[:1])
window = QWidget()
{_SHOW}"""
_ASKING = f"""{_WATCH}
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

app = QApplication(sys.argv[:1])
app.setStyleSheet("QLabel {{ font-size: 34px; font-weight: 700; }} QLineEdit {{ min-height: 32px; padding: 0 9px; }}")
window = QWidget()
column = QVBoxLayout(window)
heading, words, field, button = QLabel("Unlock"), QLabel("Your passphrase"), QLineEdit(), QPushButton("Unlock")
field.setEchoMode(QLineEdit.EchoMode.Password)
picture = QPixmap(48, 48)
picture.fill(Qt.GlobalColor.transparent)
painter = QPainter(picture)
painter.drawEllipse(2, 2, 44, 44)
painter.end()
window.setWindowIcon(picture)
for widget in (heading, words, field, button):
    column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
{_SHOW}"""
_OURS = f"""{_WATCH}
from csp_desktop import app
from csp_desktop.__main__ import main

run_window = app.run_window

def run_watched(folder):  # Qt is loaded in here, as without the watch
    from csp_desktop.gui.window import starting

    make_application = starting.make_application

    def make_watched(*given):
        made = make_application(*given)
        watch(made)
        return made

    starting.make_application = make_watched
    return run_window(folder)

app.run_window = run_watched
main()
"""
_IMPORTED = r"^import time: +(\d+) \| +\d+ \| +(csp_desktop[\w.]*)$"
SLOWEST = 12  # modules told


def measure(folder: Path, pairs: int) -> list[Figures]:
    """A row for each floor. The program starts as from its icon: with nothing said, on the folder used last."""
    sample = folder / "sample"
    users = make_sample(sample)["users"]
    kept = QSettings(str(folder / "csp-desktop" / "csp-desktop.ini"), QSettings.Format.IniFormat)
    LocalMemory(kept).remember(sample, users[0]["name"])
    kept.sync()
    ours = _start(folder, _OURS)
    what = "process start → unlock window painted, beside"
    return [
        in_pairs(f"{what} a bare window", ours, _start(folder, _BARE), pairs),
        in_pairs(f"{what} one with words, a field, a button", ours, _start(folder, _ASKING), pairs, goal=1.15),
    ]


def slowest_modules(folder: Path, runs: int) -> str:
    """Where a start of `measure`'s folder spends its time: our own modules loaded before the first paint, each without
    what it loads itself, the slowest first, the best of some runs."""
    best: dict[str, int] = {}
    for _ in range(runs):
        command = [sys.executable, "-X", "importtime", "-c", _OURS]
        done = subprocess.run(command, env=_environment(folder), capture_output=True, text=True, check=True)
        for own, module in re.findall(_IMPORTED, done.stderr, re.MULTILINE):
            best[module] = min(int(own), best.get(module, int(own)))
    slowest = sorted(best.items(), key=lambda pair: -pair[1])[:SLOWEST]
    told = ", ".join(f"{module.removeprefix('csp_desktop.')} {own / 1000:.1f}" for module, own in slowest)
    return f"Before the first paint: {len(best)} modules of ours, {sum(best.values()) / 1000:.0f} ms; slowest: {told}"


def _start(folder: Path, program: str) -> Once:
    """Start a process of its own; the seconds until it says that its window is painted."""
    command, environment = [sys.executable, "-c", program], _environment(folder)

    def once() -> float:
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return float(done.stdout) - began

    return once


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CONFIG_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
