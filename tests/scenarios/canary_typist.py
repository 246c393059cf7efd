"""An evening full of words that must never be read on a disk, in a process of its own with a home of its own.

Types them wherever one can type, locks and unlocks, copies, makes a bug with one in it, looks at the minutes; then
either closes the window or goes on typing in mid-word until it is killed.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from csp_desktop.gui.window.bug_log import write
from csp_desktop.gui.window.bug_report import install_excepthook
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import Sitting, sitting

CANARIES = (
    "Quillfeather",
    "Umbrecastle",
    "Vexleyborne",
    "Ottershrike",
    "Jaspermoor",
    "Wrenhollowe",
    "Fennimarsh",
    "Zealcroft",
    "Brackenthyme",
)
MINUTE, ACTION, SEARCH, COPIED, BUG, CLOSING, CASE, SETTING, LAST = CANARIES


def main(folder: Path, base: Path, ending: str) -> None:
    with sitting(folder, base, sample_clock()) as begun:
        hands = begun.hands
        install_excepthook(begun.program.tell_of_bug, write)
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
        in_the_walk(begun, hands)
        on_other_pages(begun, hands)
        hands.key("F12")
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.program.window.show_page("live", None)
        hands.key("F2")
        hands.write(f" {LAST[:6]}" if ending == "killed" else f" {LAST}")
        if ending == "killed":
            hands.wait(lambda: any(text.startswith("Saved ") for text in hands.texts()), "half a word saved")
            print("typing", flush=True)
            while True:
                hands.write(LAST)
        print("closing", flush=True)


def in_the_walk(begun: Sitting, hands: Hands) -> None:
    """Minute, copied words, an action, a search, a lock in the middle of it, and a bug."""
    hands.key("F2")
    hands.write(f"{MINUTE} rides by the canal. {COPIED}")
    hands.key("Ctrl+A", "Ctrl+C", "End")
    hands.key("F3")
    hands.write(f"Stefan: visit {ACTION} by 10 dec")
    hands.key("Return")
    hands.key("Ctrl+K")
    hands.write(SEARCH)
    hands.key("F12")
    begun.unlock(TAKER["name"], TAKER["passphrase"])
    hands.key("Esc")

    def break_down(name: str = BUG) -> None:
        raise ValueError(f"no such person: {name}")

    QTimer.singleShot(0, break_down)
    hands.settle()
    hands.settle()


def on_other_pages(begun: Sitting, hands: Hands) -> None:
    """A reason, a new case, a name in the settings, and the minutes looked at."""
    window = begun.program.window
    for stem, field, words in (
        ("closing", "reason_edit", CLOSING),
        ("cases", "search_edit", CASE),
        ("settings", "default_venue", SETTING),
    ):
        window.show_page(stem, "meeting" if stem == "settings" else window.argument())
        hands.settle()
        edit = window.findChild(QLineEdit, field)
        assert edit is not None
        edit.setFocus()
        hands.write(words)
    window.show_page("minutes", None)
    hands.settle()
    QApplication.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
