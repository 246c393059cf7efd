"""The group's window in a live meeting on a real desktop; says what it shows whenever that is another."""

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.window.bug_notice import BugNotice
from csp_desktop.gui.window.starting import watch_for_bugs
from csp_desktop.gui.window.tasks import LineReader
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import Sitting, sitting


def main(folder: Path, base: Path) -> None:
    with sitting(folder, base, sample_clock()) as begun:
        watch_for_bugs(begun.program)
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.hands.wait(lambda: begun.hands.on_page("live"), "the meeting that runs")
        assert isinstance(sys.stdin, TextIOWrapper)
        reader = LineReader(sys.stdin.detach())
        ended: list[bool] = []
        reader.ended.connect(lambda: ended.append(True))
        reader.line.connect(lambda word: _do(begun, word.decode().strip()))
        reader.start()
        said = ""
        while not ended:
            now = json.dumps(_seen(begun))
            if now != said:
                said = now
                print(now, flush=True)
            begun.hands._look_away()


def _do(begun: Sitting, word: str) -> None:
    if word == "bug":
        begun.program.tell_of_bug("KeyError in\n  csp_desktop/gui/meeting/live.py:1 _show")


def _seen(begun: Sitting) -> dict[str, Any]:
    page = begun.program.window.page()
    assert isinstance(page, LivePage)
    room, mirror = page.room.window, page.room._mirror
    place = room.windowHandle().frameGeometry() if room.windowHandle() is not None else room.geometry()  # asked anew
    active = QApplication.activeWindow()
    return {
        "screens": [screen.name() for screen in QGuiApplication.screens()],
        "active": "" if active is None else type(active).__name__,
        "note": page._stop_view().note.toPlainText(),
        "caret in note": page._stop_view().note.hasFocus(),
        "room": room.isVisible() and room.windowHandle() is not None and room.windowHandle().isExposed(),
        "room on": room.screen().name() if room.isVisible() else "",
        "room at": [place.x(), place.y(), place.width(), place.height()] if room.isVisible() else [],
        "mirror": mirror.isVisible(),
        "seen": room.view.row().title if room.isVisible() else mirror.row().title if mirror.isVisible() else "",
        "told": page.messages.text(),
        "notices": len([w for w in QApplication.topLevelWidgets() if isinstance(w, BugNotice) and w.isVisible()]),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
