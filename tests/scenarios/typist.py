"""A person at the meeting, in a process of its own: types minutes, goes on to the next case, and is killed some time.

Prints a line of JSON for each letter typed and for what the window shows: where it came back to, what it calls saved,
and when it goes on.
"""

import json
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.program import Program
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.windows import SIZE, sitting

LETTERS = "Neighbour heard the moped again at dusk; wardens log the times and the plate. "
BEFORE_GOING_ON = 220  # letters


def tell(word: str, hands: Hands) -> None:
    """One line, at once: the headline and the text in the field."""
    print(json.dumps([word, hands.window_headline(), hands.typed_text()]), flush=True)


def saved(hands: Hands) -> bool:
    """Whether the window says that all of it is on disk: with every letter typed it says otherwise again."""
    labels = [w.text() for w in hands.visible(SavedLabel) if isinstance(w, SavedLabel)]
    return any(text.startswith("Saved ") for text in labels)


def in_the_window(folder: Path, base: Path, mark: str) -> None:
    """The whole program: unlock, say where the meeting stands, and type until the end comes."""
    with sitting(folder, base, sample_clock()) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        type_until_the_end(begun.hands, mark)


def on_the_page(folder: Path, base: Path, mark: str) -> None:
    """The window without its unlock screen, which takes long to come up: the file is opened beside it."""
    make_application(["csp-desktop"])
    partnership, clock = opened(folder)
    program = Program(clock, partnership.close, lambda dark, scale: None)
    program.window.resize(SIZE)
    program.begin(partnership.session)
    program.window.show()
    type_until_the_end(Hands(program.window, base, lambda seconds: clock.pass_seconds(round(seconds))), mark)


def type_until_the_end(hands: Hands, mark: str) -> None:
    """Minutes of one case after another."""
    hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
    hands.wait(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit), "the minute")
    tell("found", hands)
    for stop in count():
        hands.key("Ctrl+End")
        hands.write(f"{mark}{stop} ")
        type_on(hands)
        tell("going", hands)
        hands.key("Alt+Left" if is_last(hands.window_headline()) else "Alt+Right")
        tell("at", hands)


def is_last(headline: str) -> bool:
    """'Case 46 of 46': what comes after is no case, so one goes back, and on again from there."""
    _, number, _, total = headline.split()
    return number == total


def type_on(hands: Hands) -> None:
    """Letter by letter, with the pauses in which the program saves."""
    for number in range(BEFORE_GOING_ON):
        hands.write(LETTERS[number % len(LETTERS)])
        tell("typed", hands)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 8)
        if saved(hands):
            tell("saved", hands)
