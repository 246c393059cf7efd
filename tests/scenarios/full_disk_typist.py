"""A person at the meeting whose disk is full: in a process of its own, since a limit on files holds for all of one.

Prints a line of JSON for what the window shows: while it cannot save, and after there is room again.
"""

import json
import resource
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import sitting

BEFORE, WHILE_FULL = "Gate is welded and holds.", " Riders come by the canal." * 200


def main(folder: Path, base: Path) -> None:
    with sitting(folder, base, sample_clock()) as begun:
        hands = begun.hands
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
        hands.key("F2")
        hands.write(BEFORE)
        hands.wait(lambda: label(hands).startswith("Saved "), "the first words saved")
        (log,) = folder.rglob("*.db-wal")
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 100, hard))
        note = QApplication.focusWidget()
        assert isinstance(note, QPlainTextEdit)
        note.insertPlainText(WHILE_FULL)
        hands.wait(lambda: label(hands).startswith("Not saved "), "the failure")
        hands.write(" And on.")
        tell("full", hands)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        hands.wait(lambda: label(hands).startswith("Saved "), "all saved once there is room")
        tell("room", hands)


def label(hands: Hands) -> str:
    return next((w.text() for w in hands.visible(SavedLabel) if isinstance(w, SavedLabel)), "")


def tell(word: str, hands: Hands) -> None:
    print(json.dumps([word, label(hands), hands.typed_text()]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
