"""The plan of a case is written, worked and printed by the keyboard; nothing half typed is lost."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.documents.case_plan import print_case_plan
from csp_desktop.domain.cases.case_plan import PlanStepKind, PlanStepState
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.gui.cases.management_plan import ManagementPlanPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.cases import case_plans as service
from tests.support.held_meeting import partnership
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


class SavesTo(Ask):
    """Answers with one path."""

    def __init__(self, path):
        self.path = path

    def save_file(self, parent, title, kinds, suggested):
        return self.path


class Shown:
    """The page in a window, on a partnership in memory."""

    def __init__(self, qtbot, path=None, size="1366x768"):
        made: Any = partnership()
        self.session = replace(made, papers=replace(made.papers, print_case_plan=print_case_plan))
        with self.session.work.reading() as records:
            self.case = min(records.find(Case), key=lambda one: one.reference)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.went: list[Any] = []
        context = PageContext(self.session, Changes(), Tasks())
        self.page = ManagementPlanPage(context, SavesTo(path))
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.add_page("management_plan", self.page)
        for other in ("case", "actions"):
            self.window.add_page(other, Page(context))
        self.window.resize(SIZES[size])
        self.window.show()
        self.ui = self.page._ui

    def show(self):
        self.window.show_page("management_plan", self.case.id)
        QApplication.processEvents()

    def plan(self):
        return service.plan_of(self.session, self.case.id)

    def with_plan(self):
        service.save_plan(self.session, self.case.id, aim="Safe at home", close_when="two quiet months")
        return self

    def step(self, what, kind=PlanStepKind.SUPPORT, **said):
        return service.add_step(self.session, self.case.id, what=what, kind=kind, **said)


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


def say(qtbot, line, words):
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, ENTER)


def test_a_plan_is_saved_as_typed_and_an_aim_is_asked_for_first(qtbot, shown):
    shown.show()
    assert shown.ui.aim_edit.hasFocus() and not shown.ui.new_button.isVisible()
    say(qtbot, shown.ui.close_edit, "two quiet months")
    assert shown.plan().plan is None
    say(qtbot, shown.ui.aim_edit, "Safe at home")
    plan = shown.plan().plan
    assert (plan.aim, plan.close_when) == ("Safe at home", "two quiet months")
    shown.ui.agency_combo.setCurrentIndex(1)
    shown.ui.agency_combo.activated.emit(1)
    say(qtbot, shown.ui.review_field, "10 dec")
    assert shown.plan().lead == "CGL" or shown.plan().plan.agency_id
    assert shown.plan().plan.review_on == date(2026, 12, 10)
    shown.page.undo()
    assert shown.plan().plan.review_on is None


def test_an_aim_taken_away_is_refused_at_its_field(qtbot, shown):
    shown.with_plan().show()
    say(qtbot, shown.ui.aim_edit, " ")
    assert "Say what the plan is to achieve" in shown.ui.aim_error.text()
    assert shown.plan().plan.aim == "Safe at home"


def test_an_aim_half_typed_is_taken_as_it_stands_when_the_page_is_left(qtbot, shown):
    shown.show()
    shown.ui.aim_edit.setFocus()
    qtbot.keyClicks(shown.ui.aim_edit, "No more calls")
    shown.page.left()
    assert shown.plan().plan.aim == "No more calls"
    assert shown.ui.aim_edit.text() == "" and shown.ui.title_label.text() == ""


def test_a_step_is_added_by_key_and_undone(qtbot, shown):
    shown.with_plan().show()
    qtbot.keyClick(shown.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    shown.page._new()
    assert shown.ui.kind_combo.hasFocus()
    shown.ui.add_button.click()
    assert "Say what is to be done" in shown.ui.new_error.text() and shown.ui.new_edit.hasFocus()
    shown.ui.new_month_combo.setCurrentIndex(1)
    say(qtbot, shown.ui.new_edit, "Door chain and lights")
    (row,) = shown.plan().rows
    assert (row.step.what, row.step.kind) == ("Door chain and lights", PlanStepKind.SUPPORT)
    heading, entry = shown.ui.steps_view.entries()
    assert heading.heading and (entry.title, entry.pill) == ("Door chain and lights", "planned")
    assert shown.ui.steps_view.hasFocus()
    shown.page.undo()
    assert shown.plan().rows == ()


def test_a_step_half_typed_comes_back(qtbot, shown):
    shown.with_plan().show()
    shown.page._new()
    qtbot.keyClicks(shown.ui.new_edit, "Door chain")
    shown.page.left()
    shown.show()
    assert shown.ui.new_edit.text() == "Door chain" and shown.ui.new_page.isVisible()
    shown.page.go_back()
    shown.show()
    assert not shown.ui.new_page.isVisible()


def test_a_power_before_any_support_is_asked_about_and_after_it_says_what_was_tried(qtbot, shown):
    shown.with_plan().show()
    shown.page._new()
    shown.ui.kind_combo.setCurrentText("Legal power")
    shown.ui.kind_combo.activated.emit(3)
    assert shown.ui.why_frame.isVisible()
    say(qtbot, shown.ui.new_edit, "Keep visitors out")
    assert "Name the legal power" in shown.ui.power_error.text()
    say(qtbot, shown.ui.power_edit, "closure order")
    assert "No support has been tried yet" in shown.ui.why_error.text() and shown.ui.why_edit.hasFocus()
    say(qtbot, shown.ui.why_edit, "A child is at risk tonight")
    (row,) = shown.plan().rows
    assert row.step.why_first == "A child is at risk tonight"
    assert "A legal power comes first because" in shown.ui.facts_label.text()
    tried = shown.step("Mediation", PlanStepKind.RESTORATIVE)
    service.end_step(shown.session, tried.id, PlanStepState.DONE)
    shown.page.refresh()
    shown.page._new()
    shown.ui.kind_combo.setCurrentText("Legal power")
    shown.ui.kind_combo.activated.emit(3)
    assert not shown.ui.why_frame.isVisible() and shown.ui.power_hint.text() == "Tried before: Mediation."


def test_a_step_is_done_not_done_with_why_and_planned_again_by_key(qtbot, shown):
    shown.with_plan().step("Home visit")
    shown.show()
    shown.ui.steps_view.setFocus()
    qtbot.keyClick(shown.ui.steps_view, Qt.Key.Key_N)
    assert shown.ui.reason_edit.hasFocus()
    qtbot.keyClick(shown.ui.reason_edit, ENTER)
    assert "Say why it was not done" in shown.ui.reason_error.text()
    say(qtbot, shown.ui.reason_edit, "Moved away")
    assert shown.plan().rows[0].standing == "not done" and "Because: Moved away." in shown.ui.facts_label.text()
    shown.ui.again_button.click()
    qtbot.keyClick(shown.ui.steps_view, Qt.Key.Key_D)
    assert shown.plan().tried == "Home visit"
    assert shown.ui.tried_label.text() == "Support tried so far: Home visit."


def test_a_step_is_changed_as_typed_and_taken_out(qtbot, shown):
    shown.with_plan().step("Home visit")
    shown.show()
    qtbot.keyClick(shown.ui.steps_view, ENTER)
    assert shown.ui.what_edit.hasFocus()
    say(qtbot, shown.ui.what_edit, "Two home visits")
    shown.ui.month_combo.setCurrentIndex(2)
    shown.ui.month_combo.activated.emit(2)
    (row,) = shown.plan().rows
    assert row.step.what == "Two home visits" and row.step.month > shown.session.today
    shown.page.go_back()
    assert shown.ui.steps_view.hasFocus()
    shown.ui.remove_button.click()
    assert shown.plan().rows == ()


def test_a_step_becomes_an_action_of_whose_it_is(qtbot, shown):
    shown.with_plan().step("Home visit")
    shown.show()
    qtbot.keyClick(shown.ui.steps_view, Qt.Key.Key_A)
    assert "Choose whose step it is" in shown.ui.done_bar.text()
    shown.ui.owner_combo.setCurrentIndex(1)
    shown.ui.owner_combo.activated.emit(1)
    shown.ui.steps_view.setFocus()
    qtbot.keyClick(shown.ui.steps_view, Qt.Key.Key_A)
    with shown.session.work.reading() as records:
        assert records.find(Action, id=shown.plan().rows[0].step.action_id)
    assert shown.ui.actions_button.isVisible() and not shown.ui.change_frame.isVisible()
    shown.ui.actions_button.click()
    assert shown.went[-1] == ("actions", None)


def test_the_plan_is_printed_on_one_page(qtbot, tmp_path):
    path = tmp_path / "plan.pdf"
    shown = Shown(qtbot, path).with_plan()
    shown.step("Home visit")
    shown.show()
    shown.ui.print_button.click()
    content = path.read_bytes()
    assert content.startswith(b"%PDF-") and "Saved" in shown.ui.done_bar.text()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
def test_no_text_is_cut_and_every_control_has_a_name(qtbot, size, tokens):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme(tokens))
    shown = Shown(qtbot, size=size).with_plan()
    shown.step("Home visit")
    shown.step("Keep visitors out", PlanStepKind.LEGAL, power="closure order", why_first="Violence")
    shown.show()
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
