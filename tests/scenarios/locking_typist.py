"""Somebody who has sixty phrases on the screen, types some of them, and locks: in a process of its own.

The process is told what to type in reversed letters, so that it holds no phrase but through the program. It stops while
it is open and again when it is locked, and the test looks into its memory.
"""

import ctypes
import json
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QScrollBar

from csp_desktop.bootstrap.process import guard_memory
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import sample_clock
from csp_desktop.saving import own_files_only
from tests.scenarios.beside_private import PR_SET_DUMPABLE, Stops
from tests.scenarios.windows import Sitting, sitting


def main(folder: Path, base: Path, name: str, told: Path) -> None:
    own_files_only()
    guard_memory()
    secret, *typed = json.loads(told.read_text("utf-8"))
    with sitting(folder, base, sample_clock()) as begun:
        unlock(begun, name, secret)
        if sys.platform == "linux" and os.geteuid() != 0:  # root reads any memory; others only where it is allowed
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
        stops = Stops(begun.hands)
        begun.hands.wait(lambda: begun.hands.on_page("live"), "the meeting that runs")
        everywhere(begun, typed)
        stops.at("open")
        begun.hands.key("F12")
        begun.hands.settle()
        stops.at("locked")


def unlock(begun: Sitting, name: str, secret: str) -> None:
    """Letter by letter, as a person."""
    hands = begun.hands
    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
    field = hands.look("Name")
    if field is not None and hands.text_of(field) != name:
        hands.fill("Name", name)
    passphrase = hands.find("Passphrase")
    passphrase.setFocus()
    for letter in reversed(secret):
        hands.write(letter)
    hands.key("Return")
    hands.wait(lambda: not begun.program.is_locked(), "the session")


def everywhere(begun: Sitting, typed: list[str]) -> None:
    """Every page, and something typed wherever one can type."""
    hands, window = begun.hands, begun.program.window
    note, action, search, case_search, venue, last = typed
    hands.key("F2")
    write(hands, note)
    hands.key("Ctrl+A", "Ctrl+C", "End", "F3")
    write(hands, action)
    hands.key("Return")
    hands.key("Ctrl+K")
    write(hands, search)
    hands.key("Esc")
    for stem, field, words in (("cases", "search_edit", case_search), ("settings", "default_venue", venue)):
        window.show_page(stem, "meeting" if stem == "settings" else None)
        hands.settle()
        edit = window.findChild(QLineEdit, field)
        assert edit is not None
        edit.setFocus()
        write(hands, words)
        edit.clear()
    for stem in ("home", "prepare", "cases", "actions", "journal", "people", "closing", "minutes", "live"):
        window.show_page(stem)
        hands.settle()
        hands.wait(lambda: not begun.program.tasks.busy(), "what the page asked for")
        for bar in window.findChildren(QScrollBar):
            for share in range(5):
                bar.setValue(bar.maximum() * share // 4)
                QApplication.processEvents()
    hands.key("F2")
    write(hands, last)


def write(hands: Hands, reversed_words: str) -> None:
    """The words as they should stand, letter by letter."""
    for letter in reversed(reversed_words):
        hands.write(letter)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
