"""A professionals' meeting is called from its case by the keyboard, opened, reported back; nothing typed is lost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.meeting.professionals import Ground
from csp_desktop.gui.meeting.professionals_calls import ProfessionalsCallsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.meeting import closing, professionals, running_meeting, sign_in
from tests.support.prepared_meeting import prepared_session
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier
MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


class Shown:
    """The page in a window, on a partnership in memory."""

    def __init__(self, qtbot, size="1366x768"):
        self.session: Any = prepared_session(MONDAY)
        with self.session.work.reading() as records:
            self.case = min(records.find(Case), key=lambda one: one.reference)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.went: list[Any] = []
        context = PageContext(self.session, Changes(), Tasks())
        self.page = ProfessionalsCallsPage(context)
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.add_page("professionals_calls", self.page)
        for stem in ("case", "sign_in", "minutes", "live"):
            self.window.add_page(stem, Page(context))
        self.window.resize(SIZES[size])
        self.window.show()
        self.ui = self.page._ui

    def show(self, case_id=None):
        self.window.show_page("professionals_calls", case_id)
        QApplication.processEvents()

    @property
    def row(self):
        return professionals.called_for(self.session, self.case.id)[0]


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


def call(qtbot, shown):
    """The keys of a call: the ground, the lead, what happened, two people, and Ctrl+Enter."""
    ui = shown.ui
    shown.show(shown.case.id)

    qtbot.keyClicks(ui.ground_combo, "V")
    ui.lead_combo.setCurrentIndex(ui.lead_combo.findData("dan"))
    qtbot.keyClicks(ui.why_edit, "Threats at the weekend")
    for name in ("stef", "ewa"):
        qtbot.keyClicks(ui.find_edit, name)
        qtbot.keyClick(ui.find_edit, ENTER)
    qtbot.keyClick(shown.page, ENTER, CONTROL)


def hold(shown):
    session, meeting_id = shown.session, shown.row.meeting.id
    sign_in.open_sign_in(session, meeting_id)
    for row in sign_in.desk_rows(session, meeting_id).expected:
        sign_in.sign(session, meeting_id, row.member_id, typed_name=row.name)
    running_meeting.start(session, meeting_id)
    closing.close_meeting(session, meeting_id)


def test_called_from_the_case_by_a_few_keys(qtbot, shown):
    shown.show(shown.case.id)
    assert shown.ui.ground_combo.hasFocus()
    call(qtbot, shown)
    called = shown.row.called
    assert (called.ground, called.lead_id, called.why) == (Ground.VICTIM, "dan", "Threats at the weekend")
    assert {"PS Dan Holt", "Ștefan Ionescu", "Ewa Łukasik"} <= set(shown.row.people)
    assert shown.ui.standing_label.text() == "Called for Mon 23 Nov, 09:15"
    assert shown.ui.open_button.hasFocus()
    qtbot.keyClick(shown.page, ENTER, CONTROL)
    assert shown.went[-1] == ("sign_in", shown.row.meeting.id)


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(qtbot, shown):
    ui = shown.ui
    shown.show(shown.case.id)
    qtbot.keyClicks(ui.why_edit, "Threats")
    ui.starts_edit.setText("soon")
    qtbot.keyClick(ui.why_edit, ENTER)
    assert "Type the time as 14:00" in ui.starts_error.text()
    ui.starts_edit.setText("14.30")
    ui.day_field.setText("the day after")
    qtbot.keyClick(shown.page, ENTER, CONTROL)
    assert ui.day_error.text() and professionals.called_for(shown.session, shown.case.id) == ()
    ui.day_field.setText("today")
    qtbot.keyClick(shown.page, ENTER, CONTROL)
    assert "Choose why the meeting is called" in ui.ground_error.text()
    assert ui.why_edit.text() == "Threats"


def test_a_person_is_asked_and_not_asked_by_space(qtbot, shown):
    shown.show(shown.case.id)
    view = shown.ui.people_view
    view.setFocus()
    view.set_current("ravi")
    before = shown.ui.people_caption.text()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert int(shown.ui.people_caption.text()) == int(before) + 1
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert shown.ui.people_caption.text() == before


def test_called_off_and_undone(qtbot, shown):
    call(qtbot, shown)
    shown.ui.off_button.click()
    assert professionals.called_for(shown.session, shown.case.id) == ()
    assert shown.ui.ground_combo.isVisible()
    shown.page.undo()
    assert shown.row.called.ground is Ground.VICTIM


def test_after_it_was_held_the_lead_reports_and_another_can_be_called(qtbot, shown):
    call(qtbot, shown)
    hold(shown)
    shown.show(shown.case.id)
    ui = shown.ui
    assert ui.standing_label.text() == "Report due in 3 days" and ui.open_button.text() == "&Minutes"
    ui.report_edit.setFocus()
    qtbot.keyClicks(ui.report_edit, "She moved to")
    shown.show(None)
    shown.show(shown.case.id)
    assert ui.report_edit.toPlainText() == "She moved to"
    ui.report_edit.setFocus()
    ui.report_edit.setPlainText("She moved to safe housing.")
    qtbot.keyClick(ui.report_edit, ENTER, CONTROL)
    assert shown.row.called.report == "She moved to safe housing."
    assert not ui.report_frame.isVisible() and "safe housing" in ui.facts_label.text()
    ui.another_button.click()
    assert ui.ground_combo.hasFocus() and "PS Dan Holt" in ui.earlier_label.text()
    qtbot.keyClick(shown.page, Qt.Key.Key_Escape)
    assert ui.standing_label.isVisible()


def test_all_of_them_are_listed_and_lead_to_their_case(qtbot, shown):
    shown.show()
    assert shown.ui.empty_state.isVisible()
    call(qtbot, shown)
    shown.show()
    (entry,) = shown.ui.calls_view.entries()
    assert shown.case.reference in entry.title and entry.pill.startswith("Called for")
    qtbot.keyClick(shown.ui.calls_view, ENTER)
    assert shown.went[-1] == ("professionals_calls", shown.case.id)


def test_what_is_chosen_is_there_again_after_a_lock(qtbot, shown):
    shown.show(shown.case.id)
    ui = shown.ui
    ui.ground_combo.setCurrentIndex(2)
    ui.venue_edit.setText("Room 4")
    shown.page._toggle("ravi")
    half = shown.page.half()
    shown.page.left()
    shown.show(shown.case.id)
    assert ui.ground_combo.currentIndex() == 0
    shown.page.resume(half)
    assert (ui.ground_combo.currentIndex(), ui.venue_edit.text()) == (2, "Room 4")
    assert "ravi" in shown.page._asked


def test_nothing_of_a_case_stays_behind_another_page(qtbot, shown):
    call(qtbot, shown)
    hold(shown)
    shown.show(shown.case.id)
    shown.page.left()
    ui = shown.ui
    texts = (ui.standing_label.text(), ui.facts_label.text(), ui.report_edit.toPlainText(), ui.title_label.text())
    assert texts == ("", "", "", "") and ui.people_view.entries() == ()
    assert shown.row.meeting.state is MeetingState.CLOSED


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
def test_no_text_is_cut_and_every_control_has_a_name(qtbot, size, tokens):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme(tokens))
    shown = Shown(qtbot, size=size)
    shown.show(shown.case.id)
    assert_whole(shown, size)
    call(qtbot, shown)
    assert_whole(shown, size)


def assert_whole(shown, size):
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
