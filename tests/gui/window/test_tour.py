"""The tour: by keyboard, not in anybody's way, left at any time, shown once, started again from Help."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csp_desktop.gui.widgets.tour import STEPS, TourBar
from csp_desktop.gui.window.finder import FloatingFind
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.registry import GROUP
from csp_desktop.gui.window.starting import LocalMemory, first_tour
from tests.gui.window.test_navigation_rail import begun
from tests.support.held_meeting import partnership
from tests.support.prepared_meeting import prepared_session
from tests.support.screens import clipped_texts

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def program(qtbot: Any) -> Program:
    made: Program = begun(qtbot, prepared_session())
    return made


def bar_of(program: Program) -> TourBar | None:
    return next((bar for bar in program.window.findChildren(TourBar) if not bar.isHidden()), None)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClick(held, key, modifier)
    QApplication.processEvents()


def start(program: Program) -> TourBar:
    program.start_tour()
    QApplication.processEvents()
    bar = bar_of(program)
    assert bar is not None
    return bar


def test_every_step_is_a_page_of_the_group_s_window() -> None:
    stems = {page.stem for page in GROUP.pages}
    assert {step.stem for step in STEPS} <= stems
    assert all(step.title and len(step.words) < 170 for step in STEPS)


def test_its_keys_lead_from_page_to_page_and_the_last_one_ends_it(program: Program) -> None:
    bar, seen = start(program), []
    page = program.window.page()
    held = QApplication.focusWidget()
    assert page is not None and held is not None and (held is page or page.isAncestorOf(held))
    assert bar.back_button.isHidden()
    for number in range(1, 5):
        seen.append(program.window.page_name())
        assert f"Tour {number} of {len(STEPS)}" in bar.accessibleName() and clipped_texts(bar) == []
        press(Qt.Key.Key_Right, ALT)
    assert seen == [step.stem for step in STEPS[:4]]
    press(Qt.Key.Key_Left, ALT)
    assert program.window.page_name() == STEPS[3].stem
    bar.show_step(len(STEPS) - 1)
    assert bar.next_button.text() == "Finish"


def test_the_keys_of_the_page_act_while_a_button_of_it_has_the_focus(program: Program) -> None:
    bar = start(program)
    bar.next_button.setFocus()
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    page = program.window.page()
    assert page is not None
    line = page.findChild(FloatingFind)
    assert line is not None and line.line.hasFocus()


def test_find_anything_finds_it(program: Program) -> None:
    program.window.show_page("home")
    page = program.window.page()
    assert page is not None
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, "tour")
    press(Qt.Key.Key_Return)
    assert bar_of(program) is not None


def test_escape_leaves_it_wherever_the_caret_is_and_the_page_stays(program: Program) -> None:
    start(program)
    press(Qt.Key.Key_Right, ALT)
    page = program.window.page()
    assert page is not None and program.window.page_name() == "prepare"
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert bar_of(program) is None and program.window.page_name() == "prepare"
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert program.window.page_name() == "home", "then Escape is the page's again"


def test_it_covers_nothing_and_the_page_can_be_used(program: Program) -> None:
    bar = start(program)
    pages = program.window.pages
    below = bar.mapTo(program.window, bar.rect().topLeft()).y()
    assert below >= pages.mapTo(program.window, pages.rect().bottomLeft()).y()
    program.window.show_page("people", None)
    assert bar_of(program) is bar


def test_help_starts_it_again_and_a_running_meeting_has_none(program: Program, qtbot: Any) -> None:
    program.window.show_page("help", None)
    page: Any = program.window.page()
    page._ui.tour_button.click()
    assert bar_of(program) is not None and program.window.page_name() == "home"
    other: Program = begun(qtbot, partnership(4))
    other.start_tour()
    assert bar_of(other) is None
    other.window.show_page("help", None)
    shown: Any = other.window.page()
    assert shown._ui.tour_button.isHidden()


def test_a_lock_ends_it(program: Program) -> None:
    start(program)
    program.lock()
    assert bar_of(program) is None


class _Starting:
    """What `first_tour` asks of a start."""

    def __init__(self, sample: bool) -> None:
        self.sample, self.tours, self.program = sample, 0, self

    def is_sample(self) -> bool:
        return self.sample

    def start_tour(self) -> None:
        self.tours += 1


def test_it_is_shown_once_and_on_the_sample_only(tmp_path: Path) -> None:
    memory = LocalMemory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat))
    own, sample = _Starting(sample=False), _Starting(sample=True)
    first_tour(own, memory)  # type: ignore[arg-type]
    first_tour(sample, memory)  # type: ignore[arg-type]
    first_tour(sample, memory)  # type: ignore[arg-type]
    assert (own.tours, sample.tours) == (0, 1)
