"""Escape leads back to where one came from, and to the meeting while one runs: the whole program on the sample."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from csp_desktop.gui.cases.cases import CasesPage
from csp_desktop.gui.meeting.prepare import PreparePage
from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import Sitting, sitting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def here(opened: Sitting) -> str:
    return opened.program.window.page_name()


def test_from_prepare_a_case_and_the_keys_lead_back_to_the_line_one_came_from(opened: Sitting) -> None:
    hands = opened.hands
    opened.program.window.show_page("prepare")
    page = opened.program.window.page()
    assert isinstance(page, PreparePage)
    view = page._ui.agenda_view
    hands.key("Down", "Down")
    line = view.row().key
    hands.key("Return")
    assert here(opened) == "case"
    hands.key("F1", "Esc")
    assert here(opened) == "case"
    hands.key("Esc")
    assert (here(opened), view.row().key, view.hasFocus()) == ("prepare", line, True)
    hands.key("F1", "Esc")
    assert (here(opened), view.row().key, view.hasFocus()) == ("prepare", line, True)
    hands.key("Esc")
    assert here(opened) == "home"


def test_enter_in_the_room_title_gives_it_and_nothing_else(opened: Sitting) -> None:
    hands = opened.hands
    opened.program.window.show_page("prepare")
    page = opened.program.window.page()
    assert isinstance(page, PreparePage)
    view = page._ui.agenda_view
    line = view.row().key
    hands.key("F2")
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    hands.write("Chalk Hill, west side")
    hands.key("Return")
    assert (here(opened), view.row().key, view.row().room_title) == ("prepare", line, "Chalk Hill, west side")
    assert view.hasFocus() and view.row().confirmed


def test_the_list_of_cases_comes_back_as_it_was_left(opened: Sitting) -> None:
    hands, window = opened.hands, opened.program.window
    window.show_page("cases", "broken")
    page = window.page()
    assert isinstance(page, CasesPage)
    all_chip = page._buttons["all"]
    all_chip.click()
    hands.key("Down", "Down", "Down")
    table = page.findChild(QTableView)
    assert table is not None
    row = table.currentIndex().row()
    assert row == 3
    hands.key("Return")
    assert here(opened) == "case"
    hands.key("Esc")
    assert (here(opened), all_chip.isChecked(), table.currentIndex().row()) == ("cases", True, 3)
    assert table.hasFocus()


def test_a_page_come_to_again_cuts_the_way_short(opened: Sitting) -> None:
    window = opened.program.window
    for stem in ("cases", "import_cases", "cases", "settings"):
        window.show_page(stem)
    opened.hands.key("Esc")
    assert here(opened) == "cases"
    opened.hands.key("Esc")
    assert here(opened) == "home"
    opened.hands.key("Esc")
    assert here(opened) == "home"


def test_the_way_outlives_a_lock(opened: Sitting, passphrase_of: Callable[[str], str]) -> None:
    opened.program.window.show_page("prepare")
    opened.program.window.show_page("people")
    opened.hands.key("Ctrl+L")
    opened.unlock(TAKER["name"], passphrase_of("minute-taker"))
    assert here(opened) == "people"
    opened.program.window.show_page("back")
    assert here(opened) == "prepare"


def test_during_a_meeting_escape_leads_to_it_from_wherever_one_went(
    sample: Path, november: str, tmp_path: Path, passphrase_of: Callable[[str], str]
) -> None:
    with sitting(sample, tmp_path, sample_clock()) as begun:
        begun.unlock(TAKER["name"], passphrase_of("minute-taker"))
        for stem in ("home", "cases", "prepare", "help"):
            begun.program.window.show_page(stem)
        begun.hands.key("Esc")
        assert here(begun) == "live"
        begun.program.window.show_page("home")
        begun.hands.key("Esc")
        assert here(begun) == "live"
