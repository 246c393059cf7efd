"""Prepare: the meeting saved at once, the walk reordered by drag and by keyboard, what fits and what is missing."""

from datetime import date, time

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit

from csp_desktop.domain.meeting import Meeting
from csp_desktop.gui import style
from csp_desktop.gui.changes import Changes
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.main_window import MainWindow
from csp_desktop.gui.pages.prepare import PreparePage
from csp_desktop.gui.tasks import Tasks
from csp_desktop.gui.theme import DARK, LIGHT, Theme, Tone
from csp_desktop.gui.widgets.agenda_delegate import grip_rect, minutes_rect
from csp_desktop.gui.widgets.agenda_row import RowKind
from csp_desktop.services.preparing import next_meeting
from tests.support.prepared_meeting import prepared_session
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls


class Shown:
    """The page in its window, and where it asked to go."""

    def __init__(self, qtbot, session, size="1600x900"):
        self.session = session
        self.page = PreparePage(Desk(session, Changes(), Tasks()))
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page("prepare", self.page)
        self.page.navigate.disconnect()
        self.went: list[tuple[str, object]] = []
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.show_page("prepare")
        settle(self.window, SIZES[size])
        self.ui = self.page._ui
        self.view = self.ui.agenda_view

    def cases(self):
        return [row for row in self.view.rows() if row.kind is RowKind.CASE]

    def meeting(self):
        return next_meeting(self.session)

    def area(self, key):
        at = [row.key for row in self.view.rows()].index(key)
        return self.view.visualRect(self.view.model().index(at, 0)).toRectF()


@pytest.fixture
def prepare(qtbot):
    return Shown(qtbot, prepared_session())


@pytest.fixture
def planning(qtbot):
    return Shown(qtbot, prepared_session(planned=False))


def test_without_a_meeting_the_proposed_one_is_planned_by_one_button(planning):
    assert planning.ui.date_field.date() == QDate(2026, 11, 26)
    assert planning.ui.next_button.words() == "Plan this meeting"
    assert not planning.ui.agenda_card.isVisible()
    planning.ui.next_button.click()
    assert planning.meeting().on == date(2026, 11, 26)
    assert len(planning.cases()) == 46
    assert planning.ui.next_button.words() == "Open sign-in"


def test_where_nothing_presses_a_rating_that_may_no_longer_hold_is_the_reason(prepare):
    old = next(row for row in prepare.cases() if row.title.startswith("Liverpool Road: leaflets"))
    assert (old.reason, old.reason_tone) == ("Assessed 203 days ago, it holds for 28", Tone.MEDIUM)
    assert "High, open since" in old.spoken()
    pressing = prepare.cases()[0]
    assert pressing.reason_tone is Tone.HIGH and "it holds for" in pressing.spoken()


def test_a_day_that_has_passed_is_refused_in_its_place(planning):
    planning.ui.date_field.setDate(QDate(2026, 11, 2))
    planning.ui.next_button.click()
    assert "has passed" in planning.ui.date_error.text()
    assert planning.meeting() is None


def test_a_field_is_saved_at_once_and_refused_in_its_place(prepare, qtbot):
    prepare.ui.date_field.setDate(QDate(2026, 12, 3))
    assert prepare.meeting().on == date(2026, 12, 3)
    prepare.ui.date_field.setDate(QDate(2026, 11, 2))
    assert "has passed" in prepare.ui.date_error.text()
    assert prepare.meeting().on == date(2026, 12, 3)


@pytest.mark.parametrize(("typed", "sentence"), [("2pm", "Write the time as 14:00"), ("13:00", "end after it starts")])
def test_a_time_that_cannot_be_is_refused_with_a_sentence(prepare, qtbot, typed, sentence):
    write(qtbot, prepare.ui.ends_field, typed)
    assert sentence in prepare.ui.ends_error.text()
    assert prepare.meeting().ends == time(16)
    write(qtbot, prepare.ui.ends_field, "1630")
    assert prepare.ui.ends_error.text() == ""
    assert prepare.meeting().ends == time(16, 30)
    assert prepare.ui.time_caption.text() == "slot 14:00 to 16:30"


def write(qtbot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_venue_is_a_draft_while_it_is_typed_and_one_step_after(prepare, qtbot):
    field = prepare.ui.venue_field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Library")
    work, meeting = prepare.session.work, prepare.meeting()
    qtbot.waitUntil(lambda: work.draft(Meeting, meeting.id, "venue") is not None)
    assert prepare.meeting().venue == "Town Hall, Committee Room 2"
    prepare.page.left()
    assert prepare.meeting().venue == "Library"
    assert work.draft(Meeting, meeting.id, "venue") is None


def test_space_puts_a_person_on_and_off_the_list(prepare, qtbot):
    view = prepare.ui.expected_view
    view.setFocus()
    view.set_current("priya")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert prepare.ui.expected_caption.text() == "9 of 9"
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert prepare.ui.expected_caption.text() == "8 of 9"


def test_alt_arrows_move_a_case_and_undo_takes_it_back(prepare, qtbot):
    first, second = prepare.cases()[:2]
    prepare.view.set_current(first.key)
    qtbot.keyClick(prepare.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [c.key for c in prepare.cases()[:2]] == [second.key, first.key]
    assert prepare.view.row().key == first.key
    qtbot.keyClick(prepare.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [c.key for c in prepare.cases()[:2]] == [first.key, second.key]


def test_a_case_is_dragged_to_its_place_by_its_grip(prepare, qtbot):
    first, _, third = prepare.cases()[:3]
    begin = grip_rect(prepare.area(first.key)).center().toPoint()
    end = QPoint(begin.x(), int(prepare.area(third.key).bottom()) - 4)
    port = prepare.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(port, end)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    assert [c.key for c in prepare.cases()].index(first.key) == 2
    assert not prepare.ui.promise_button.isChecked()


def test_minus_and_plus_change_the_minutes_by_key_and_by_mouse(prepare, qtbot):
    case = prepare.cases()[0]
    prepare.view.set_current(case.key)
    qtbot.keyClick(prepare.view, Qt.Key.Key_Plus)
    assert prepare.cases()[0].minutes == case.minutes + 1
    rect = minutes_rect(prepare.area(case.key))
    left = QPoint(int(rect.left()) + 6, int(rect.center().y()))
    qtbot.mouseClick(prepare.view.viewport(), Qt.MouseButton.LeftButton, pos=left)
    qtbot.keyClick(prepare.view, Qt.Key.Key_Minus)
    assert prepare.cases()[0].minutes == case.minutes - 1


def test_more_than_the_most_is_refused_in_place(prepare, qtbot):
    prepare.view.set_current(prepare.cases()[0].key)
    for _ in range(20):
        qtbot.keyClick(prepare.view, Qt.Key.Key_Plus)
    assert prepare.cases()[0].minutes == 15
    assert "between 1 and 15" in prepare.ui.said_bar.text()


def test_r_confirms_the_room_title_and_f2_writes_another(prepare, qtbot):
    case = prepare.cases()[0]
    prepare.view.setFocus()
    prepare.view.set_current(case.key)
    qtbot.keyClick(prepare.view, Qt.Key.Key_R)
    assert prepare.cases()[0].confirmed
    qtbot.keyClick(prepare.view, Qt.Key.Key_F2)
    editor = prepare.view.findChild(QLineEdit, "room_title_edit")
    qtbot.keyClicks(editor, "A quiet street")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: prepare.cases()[0].room_title == "A quiet street")


def test_d_proposes_to_defer_and_takes_it_back(prepare, qtbot):
    prepare.view.set_current(prepare.cases()[-1].key)
    qtbot.keyClick(prepare.view, Qt.Key.Key_D)
    assert prepare.cases()[-1].deferred
    qtbot.keyClick(prepare.view, Qt.Key.Key_D)
    assert not prepare.cases()[-1].deferred


def test_the_cases_that_do_not_fit_are_proposed_to_defer_at_once(prepare):
    assert prepare.ui.spare_label.text() == "min over"
    assert prepare.ui.defer_all_button.words() == "Propose to defer 23"
    prepare.ui.defer_all_button.click()
    assert sum(case.deferred for case in prepare.cases()) == 23
    assert prepare.ui.spare_label.text() == "min to spare"
    assert not prepare.ui.defer_all_button.isVisible()
    assert "23 are proposed to defer" in prepare.ui.fit_label.text()


def test_cases_are_ordered_by_rating_and_back(prepare):
    prepare.ui.rating_button.click()
    ratings = [int(case.rating) for case in prepare.cases() if case.rating.isdigit()]
    assert ratings == sorted(ratings, reverse=True)
    assert prepare.ui.rating_button.isChecked() and not prepare.ui.promise_button.isChecked()
    prepare.ui.promise_button.click()
    assert prepare.ui.promise_button.isChecked()


def test_each_failing_check_has_its_fix(prepare):
    prepare.ui.checks.fixed.emit("TITLES")
    assert all(case.confirmed for case in prepare.cases())
    prepare.ui.checks.fixed.emit("CLAUSES")
    prepare.ui.checks.fixed.emit("CASES")
    assert prepare.went == [("settings", "clauses"), ("import_cases", None)]
    failing = [line.key for line in prepare.ui.checks.lines() if not line.passed]
    assert failing == ["CLAUSES"]


def test_the_primary_button_opens_sign_in_of_this_meeting(prepare):
    prepare.ui.next_button.click()
    assert prepare.went == [("sign_in", prepare.meeting().id)]


def test_enter_opens_the_case(prepare, qtbot):
    prepare.view.set_current(prepare.cases()[0].key)
    qtbot.keyClick(prepare.view, Qt.Key.Key_Return)
    assert prepare.went[0][0] == "case"


def test_the_agenda_is_a_sound_model(prepare, qtbot):
    tester = QAbstractItemModelTester(prepare.view.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    prepare.ui.rating_button.click()
    prepare.page.refresh()
    assert tester.model() is prepare.view.model()


@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(DARK), Theme(LIGHT, 1.5), Theme(LIGHT, 2.0)], ids=str)
@pytest.mark.parametrize("planned", [True, False])
def test_nothing_is_cut_and_everything_has_a_name(qtbot, qapp, planned, theme, size):
    style.apply(qapp, theme)
    try:
        prepare = Shown(qtbot, prepared_session(planned=planned), size)
        prepare.window.grab()
        assert clipped_texts(prepare.window) == []
        assert unnamed_controls(prepare.window) == []
    finally:
        style.apply(qapp, Theme())
