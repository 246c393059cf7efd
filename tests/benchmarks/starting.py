"""Process start to the first window painted: the program's unlock window, beside a bare window of PySide6, and beside a
window with what any window that asks for something has: words, a field, a button, a style sheet and an icon of its own.

All are watched in the same way: a timer of the event loop that asks, whenever Qt has nothing else to do, whether the
window has been shown and painted.
"""

import os
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
from PySide6.QtCore import QTimer

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
from csp_desktop.gui.window import starting

made = starting.make_application

def watched(*given):
    app = made(*given)
    watch(app)
    return app

starting.make_application = watched
from csp_desktop.__main__ import main
main()
"""


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
        in_pairs(f"{what} a bare window", ours, _start(folder, _BARE), pairs, goal=1.3),
        in_pairs(f"{what} one with words, a field, a button", ours, _start(folder, _ASKING), pairs),
    ]


def _start(folder: Path, program: str) -> Once:
    """Start a process of its own; the seconds until it says that its window is painted."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", program]

    def once() -> float:
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return float(done.stdout) - began

    return once
