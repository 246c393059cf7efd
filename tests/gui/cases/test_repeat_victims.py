"""The list of repeat victims by the keyboard: told with one key, corrected beside it, on to the case."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.users import Role
from csp_desktop.gui.cases.cases import CasesPage
from csp_desktop.gui.cases.repeat_victims import RepeatVictimsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.cases.case_entry import mark_repeat_victim
from csp_desktop.services.cases.repeat_victims import repeat_victims
from tests.support.held_meeting import partnership
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls


class Shown:
    """The page in a window, on a partnership in memory."""

    def __init__(self, qtbot: Any, size: str = "1366x768", **session: Any) -> None:
        self.session = partnership(**session)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.went: list[Any] = []
        context = PageContext(self.session, Changes(), Tasks())
        self.page = RepeatVictimsPage(context)
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.add_page("repeat_victims", self.page)
        self.window.add_page("case", Page(context))
        self.window.resize(SIZES[size])
        self.window.show()
        self.ui = self.page._ui

    def flag(self, *case_ids: str) -> None:
        for case_id in case_ids:
            mark_repeat_victim(self.session, case_id, True)

    def show(self, argument: object = None) -> None:
        self.window.show_page("repeat_victims", argument)
        QApplication.processEvents()

    def case(self, case_id: str) -> Case:
        with self.session.work.reading() as records:
            case: Case = records.get(Case, case_id)
        return case


@pytest.fixture
def shown(qtbot):
    made = Shown(qtbot)
    made.flag("case-3", "case-4", "case-5")
    return made


def test_one_key_notes_that_the_victim_was_told_and_goes_on_to_the_next(qtbot, shown):
    shown.show()
    ids = [row.case.id for row in repeat_victims(shown.session)]
    assert shown.ui.victims_view.hasFocus() and "3 not told" in shown.ui.count_label.text()
    qtbot.keyClick(shown.ui.victims_view, Qt.Key.Key_T)
    told = shown.case(ids[0])
    assert (told.review_told_on, told.review_told_by) == (shown.session.today, "Hana Price")
    assert shown.ui.victims_view.current_key() == ids[1] and "2 not told" in shown.ui.count_label.text()
    shown.page.undo()
    assert shown.case(ids[0]).review_told_on is None and "3 not told" in shown.ui.count_label.text()


def test_of_one_told_already_the_day_and_by_whom_are_corrected_beside_it(qtbot, shown):
    shown.show()
    first = shown.page._shown_id
    qtbot.keyClick(shown.ui.victims_view, Qt.Key.Key_T)
    shown.show(first)
    qtbot.keyClick(shown.ui.victims_view, Qt.Key.Key_T)
    right = shown.ui.review_right
    assert right.day_edit.hasFocus()
    yesterday = shown.session.today - timedelta(days=1)
    right.day_edit.set_day(yesterday)
    right.day_edit.given.emit(yesterday)
    right.by_edit.setFocus()
    right.by_edit.setText("Ruth Coyle")
    right.by_edit.editingFinished.emit()
    assert (shown.case(first).review_told_on, shown.case(first).review_told_by) == (yesterday, "Ruth Coyle")
    shown.page.go_back()
    assert shown.ui.victims_view.hasFocus() and shown.went == []


def test_enter_leads_to_the_case_and_nothing_of_it_stays_behind(qtbot, shown):
    shown.show("case-4")
    qtbot.keyClick(shown.ui.victims_view, Qt.Key.Key_Return)
    assert shown.went[-1] == ("case", "case-4")
    shown.page.left()
    assert shown.ui.victims_view.entries() == () and shown.ui.case_label.text() == shown.ui.next_label.text() == ""


def test_an_empty_list_says_where_a_case_is_marked(qtbot):
    shown = Shown(qtbot)
    shown.show()
    assert shown.ui.empty_state.isVisible() and not shown.ui.list_frame.isVisible()
    assert shown.ui.count_label.text() == "0 open cases"


def test_with_many_the_one_in_hand_stays_when_something_changes(qtbot):
    shown = Shown(qtbot, cases=60)
    shown.flag(*(f"case-{number}" for number in range(1, 61)))
    shown.show("case-40")
    shown.page.refresh()
    assert len(repeat_victims(shown.session)) > 50 and shown.ui.victims_view.current_key() == "case-40"


def test_who_does_not_work_with_cases_reads_and_notes_nothing(qtbot):
    shown = Shown(qtbot, roles=frozenset({Role.CHAIR}))
    shown.flag("case-3")
    shown.page._session = shown.session.__class__(**{**vars(shown.session), "roles": frozenset({Role.ADMINISTRATOR})})
    shown.show()
    qtbot.keyClick(shown.ui.victims_view, Qt.Key.Key_T)
    assert shown.case("case-3").review_told_on is None and not shown.ui.review_right.isEnabled()


def test_v_leads_there_from_the_list_of_cases_and_the_filter_offers_it(qtbot, shown):
    context = PageContext(shown.session, Changes(), Tasks())
    page = CasesPage(context)
    page.navigate.connect(lambda stem, argument: shown.went.append((stem, argument)))
    shown.window.add_page("cases", page)
    action = next(one for one in page.ACTIONS if one.keys == ("V",))
    page.act(action)
    assert shown.went[-1] == ("repeat_victims", None) and action.on == "cases_view"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
def test_no_text_is_cut_and_every_control_has_a_name(qtbot, size, tokens):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme(tokens))
    shown = Shown(qtbot, size=size)
    shown.flag("case-3", "case-4")
    shown.show()
    qtbot.keyClick(shown.ui.victims_view, Qt.Key.Key_T)
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
