"""Process start to the first window painted: the program's unlock window, beside a bare window of PySide6.

Both are watched in the same way: a timer of the event loop that asks, whenever Qt has nothing else to do, whether the
window has been shown and painted.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from csp_desktop.sample import make_sample
from tests.benchmarks.pairs import Figures, Once, in_pairs

_WATCH = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

def watch(app):
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
_BARE = (
    _WATCH
    + """
from PySide6.QtWidgets import QWidget

app = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1600, 900)
window.show()
watch(app)
app.exec()
"""
)
_OURS = (
    _WATCH
    + """
from csp_desktop.cli import main

watch(QApplication(sys.argv[:1]))
main(["--folder", sys.argv[1]])
"""
)


def measure(folder: Path, pairs: int) -> list[Figures]:
    """One row."""
    sample = folder / "sample"
    make_sample(sample)
    ours, floor = _start(folder, _OURS, str(sample)), _start(folder, _BARE)
    return [in_pairs("process start → unlock window painted", ours, floor, pairs, goal=1.3)]


def _start(folder: Path, program: str, *arguments: str) -> Once:
    """Start a process of its own; the seconds until it says that its window is painted."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", program, *arguments]

    def once() -> float:
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return float(done.stdout) - began

    return once
