"""The group's window, in a process of its own, while the private meeting runs beside it. It knows no word of that.

Says a line of JSON at each stop (`Stop`) and goes on when told to by a line: the tests look into its memory meanwhile.
"""

import ctypes
import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QWidget

from csp_desktop.domain.common.aliases import unheard
from csp_desktop.gui.meeting.private_part import PrivatePartPage
from csp_desktop.gui.window.bug_log import write
from csp_desktop.gui.window.bug_report import install_excepthook
from csp_desktop.gui.window.private_handover import PrivateState
from csp_desktop.gui.window.tasks import LineReader
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import sample_clock
from csp_desktop.services.file.backups import back_up
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import Sitting, sitting

PR_SET_DUMPABLE = 4


class Stops:
    """Where it waits to be looked at."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._told = 0
        assert isinstance(sys.stdin, TextIOWrapper)
        self._reader = LineReader(sys.stdin.detach())
        self._reader.line.connect(self._hear)
        self._reader.start()

    def _hear(self, line: bytes) -> None:
        self._told += 1

    def at(self, word: str, **facts: Any) -> None:
        """Say where it is and what can be seen, and wait for the next word."""
        print(json.dumps({"at": word, "seen": everything_said(), **facts}), flush=True)
        before = self._told
        while self._told == before:
            self._hands._look_away()


def everything_said() -> list[str]:
    """Every text, title, tooltip and proposal of every window."""
    said = []
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget)):
            said += [widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
            said.append(str(widget.property("text") or ""))
            completers = widget.findChildren(QCompleter)
            said += [text for one in completers for text in _rows(one.completionModel())]
            if isinstance(widget, QComboBox):
                said += _rows(widget.model())
    return [text for text in said if text]


def _rows(model: QAbstractItemModel) -> list[str]:
    return [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]


def main(folder: Path, base: Path) -> None:
    with sitting(folder, base, sample_clock()) as begun:
        install_excepthook(begun.program.tell_of_bug, write)
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.hands.wait(lambda: begun.hands.on_page("live"), "the meeting that runs")
        if sys.platform == "linux" and os.geteuid() != 0:  # root reads any memory; others only where it is allowed
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
        _evening(begun, folder, base, Stops(begun.hands))


def _evening(begun: Sitting, folder: Path, base: Path, stops: Stops) -> None:
    program, crossing = begun.program, begun.program.crossing
    assert crossing is not None
    crossing._command = [sys.executable, "-m", "tests.scenarios.private_canaries", str(folder), str(base)]
    while crossing.state is not PrivateState.ENDED:
        _private_meeting(begun, base, stops)
    session = program._session
    assert session is not None
    (base / "stick").mkdir()
    back_up(session, unheard, base / "stick")
    for stem in ("home", "cases", "people", "minutes", "journal", "live"):
        program.window.show_page(stem)
        begun.hands.settle()
    stops.at("done")


def _private_meeting(begun: Sitting, base: Path, stops: Stops) -> None:
    """From its button to its end, whichever that is."""
    crossing = begun.program.crossing
    begun.program.window.show_page("private_part")
    page = begun.program.window.page()
    assert isinstance(page, PrivatePartPage) and crossing is not None
    page._ui.begin_button.click()
    begun.hands.wait(lambda: crossing._process is not None and crossing._process.processId() > 0, "its process")
    assert crossing._process is not None
    stops.at("begun", private=crossing._process.processId())
    while not (base / "open").exists() and crossing.state is PrivateState.RUNNING:
        begun.hands._look_away()
    stops.at("beside", departed=crossing.departed)
    while crossing.state is PrivateState.RUNNING:
        begun.hands._look_away()
    stops.at("after", state=crossing.state.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
