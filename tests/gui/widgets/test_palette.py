"""Ctrl+K's list while answers come late: typing never waits, and only the newest letters are answered."""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.palette import Palette, Show
from csp_desktop.gui.window.actions import Command
from csp_desktop.gui.window.finder import not_found
from csp_desktop.gui.window.tasks import LatestAnswer, Tasks


class Library:
    """A file that answers when it is let, and remembers what it was asked."""

    def __init__(self) -> None:
        self.open, self.asked = threading.Event(), list[str]()

    def find(self, text: str) -> list[Entry]:
        self.asked.append(text)
        self.open.wait()
        return [Entry(f"hit:{text}", f"Found {text}")]


class PageContext:
    """A window with a find box."""

    def __init__(self, qtbot: Any) -> None:
        self.window, self.tasks, self.library = QWidget(), Tasks(), Library()
        qtbot.addWidget(self.window)
        self.window.resize(800, 600)
        self.line = QLineEdit(self.window)
        self.palette = Palette(self.line, self.window, self._look)
        self.palette.set_commands([Command("lock", "Lock")])
        self.found: list[str] = []
        self.palette.found.connect(self.found.append)
        self.palette.ran.connect(self.found.append)
        self._latest = LatestAnswer(self.tasks, self.window)
        self.window.show()
        self.palette.open()

    def _look(self, text: str, show: Show) -> None:
        self._latest.ask(lambda: self.library.find(text), show, lambda error: show(not_found(error)))

    def titles(self) -> Sequence[str]:
        return [entry.title for entry in self.palette.entries.entries()]


@pytest.fixture
def desk(qtbot: Any) -> Iterator[PageContext]:
    made = PageContext(qtbot)
    yield made
    made.library.open.set()
    made.tasks.close()


def test_letters_typed_while_one_answer_is_awaited_are_looked_for_once_and_the_stale_answer_is_dropped(
    qtbot: Any, desk: PageContext
) -> None:
    seen: list[Sequence[str]] = []
    qtbot.keyClicks(desk.line, "detox")
    assert desk.line.text() == "detox"
    assert desk.titles() == ["Looking …"]
    desk.palette.entries.model().modelReset.connect(lambda: seen.append(desk.titles()))
    desk.library.open.set()
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    assert desk.library.asked == ["de", "detox"]
    assert seen == [["Found detox"]]


def test_enter_before_the_answer_takes_the_first_thing_found(qtbot: Any, desk: PageContext) -> None:
    qtbot.keyClicks(desk.line, "detox")
    qtbot.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.found == []
    desk.library.open.set()
    qtbot.waitUntil(lambda: desk.found == ["hit:detox"])
    assert desk.palette.isHidden()


def test_a_command_needs_no_answer(qtbot: Any, desk: PageContext) -> None:
    qtbot.keyClicks(desk.line, "lock")
    qtbot.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.found == ["lock"]


def test_what_was_found_stays_while_the_next_letter_is_looked_for(qtbot: Any, desk: PageContext) -> None:
    desk.library.open.set()
    qtbot.keyClicks(desk.line, "det")
    qtbot.waitUntil(lambda: desk.titles() == ["Found det"])
    desk.library.open.clear()
    qtbot.keyClicks(desk.line, "o")
    assert desk.titles() == ["Found det"]
    assert desk.palette.entries.current_key() == ""
    desk.library.open.set()
    qtbot.waitUntil(lambda: desk.titles() == ["Found deto"])


def test_escape_leaves_and_the_answer_is_told_to_nobody(qtbot: Any, desk: PageContext) -> None:
    qtbot.keyClicks(desk.line, "det")
    qtbot.keyClick(desk.line, Qt.Key.Key_Escape)
    desk.library.open.set()
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    assert desk.palette.isHidden()
    assert "Found det" not in desk.titles()


def test_a_file_that_cannot_be_read_says_so_in_the_list(qtbot: Any, desk: PageContext) -> None:
    def refuse(_: str) -> list[Entry]:
        raise Refused("The file is in use. Try again.")

    desk.library.find = refuse  # type: ignore[assignment, method-assign]
    qtbot.keyClicks(desk.line, "det")
    qtbot.waitUntil(lambda: desk.titles() == ["The file is in use. Try again."])


def test_a_page_that_is_gone_gets_no_answer(qtbot: Any) -> None:
    tasks, owner, let, told = Tasks(), QWidget(), threading.Event(), list[object]()
    LatestAnswer(tasks, owner).ask(let.wait, told.append, told.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    let.set()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert told == []
