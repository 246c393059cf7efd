"""Everything a departing person owns is named and handed on in one step by the keyboard."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.gui.people.owned_things import OwnedThingsPage
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.people import handing_on as service
from csp_desktop.services.people.people import retire
from tests.support.held_meeting import partnership
from tests.support.screens import SIZES, settle, unnamed_controls

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


class Shown:
    """The page in a window, on a partnership in memory."""

    def __init__(self, qtbot: Any) -> None:
        self.session: Any = partnership()
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        context = PageContext(self.session, Changes(), Tasks())
        self.page = OwnedThingsPage(context)
        self.window.add_page("owned_things", self.page)
        self.window.add_page("home", Page(context))
        self.window.resize(SIZES["1366x768"])
        self.window.show()
        self.ui = self.page._ui

    def show(self, who: str | None = "dan") -> None:
        self.window.show_page("owned_things", who)
        QApplication.processEvents()

    def owned(self, who: str) -> int:
        return len(service.owned(self.session, who).things)


@pytest.fixture
def shown(qtbot: Any) -> Shown:
    return Shown(qtbot)


def test_everything_is_handed_on_in_one_step_by_keyboard_and_undo_takes_it_back(qtbot: Any, shown: Shown) -> None:
    shown.show()
    before = shown.owned("dan")
    assert shown.ui.to_combo.hasFocus() and shown.ui.hand_button.text() == f"&Hand on all {before}"
    qtbot.keyClicks(shown.ui.to_combo, "Hana")
    qtbot.keyClick(shown.ui.to_combo, ENTER, CTRL)
    assert shown.owned("dan") == 0 and shown.owned("hana") >= before
    assert shown.ui.done_bar.text() == "Handed on"
    assert shown.ui.empty_state.isVisible()
    qtbot.keyClick(shown.page, Qt.Key.Key_Z, CTRL)
    assert shown.owned("dan") == before and shown.ui.things_view.isVisible()


def test_the_selected_rows_go_to_somebody_else(qtbot: Any, shown: Shown) -> None:
    shown.show()
    before, view = shown.owned("dan"), shown.ui.things_view
    view.setFocus()
    qtbot.keyClick(view, DOWN)
    qtbot.keyClick(view, SPACE)
    qtbot.keyClick(view, DOWN)
    qtbot.keyClick(view, SPACE)
    assert shown.ui.hand_button.text() == "&Hand on 2 selected"
    qtbot.keyClick(view, ENTER)
    qtbot.keyClicks(shown.ui.to_combo, "Tom")
    qtbot.keyClick(shown.ui.to_combo, ENTER, CTRL)
    assert shown.owned("dan") == before - 2
    assert shown.ui.hand_button.text() == f"&Hand on all {before - 2}"


def test_without_somebody_chosen_it_says_so_at_the_field(qtbot: Any, shown: Shown) -> None:
    shown.show()
    qtbot.keyClick(shown.ui.to_combo, ENTER, CTRL)
    assert shown.ui.to_error.text() == "Choose who takes it on." and shown.owned("dan")


def test_the_things_stand_under_their_kinds_and_say_what_is_overdue(shown: Shown) -> None:
    with shown.session.work.step("with") as records:
        mine = records.find(Action, officer_id="aisha", state=ActionState.OPEN)[0]
        records.save(replace(mine, with_ids=("dan",)))
    shown.show()
    headings = [one.title for one in shown.ui.things_view.entries() if one.heading]
    assert headings == ["Actions", "Actions with others", "Cases"]
    assert "overdue" in shown.ui.count_label.text()
    assert any("overdue" in one.pill for one in shown.ui.things_view.entries())


def test_whoever_left_and_still_owns_something_stands_first(shown: Shown) -> None:
    retire(shown.session, "dan")
    shown.show(None)
    assert shown.ui.title_label.text() == "What PS Dan Holt owns"
    assert shown.ui.owner_combo.itemText(0) == "PS Dan Holt (has left)"
    assert shown.ui.left_label.text() == "PS Dan Holt has left the group."


def test_escape_leaves_the_selection_first(qtbot: Any, shown: Shown) -> None:
    shown.window.show_page("home")
    shown.show()
    view = shown.ui.things_view
    view.setFocus()
    qtbot.keyClick(view, DOWN)
    qtbot.keyClick(view, SPACE)
    shown.page.go_back()
    assert shown.ui.hand_button.text().startswith("&Hand on all")


def test_nothing_of_a_case_stays_behind_another_page(shown: Shown) -> None:
    shown.show()
    shown.window.show_page("home")
    assert shown.ui.things_view.entries() == ()


def test_everything_on_it_has_a_name(shown: Shown) -> None:
    shown.show()
    settle(shown.window, SIZES["1366x768"])
    assert unnamed_controls(shown.page) == []
    with shown.session.work.reading() as records:
        assert records.get(Member, "dan").active
