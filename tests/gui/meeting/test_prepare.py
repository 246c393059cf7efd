"""Prepare: the meeting saved at once, the walk reordered by drag and by keyboard, what fits and what is missing."""

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.clocks import case_clocks
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.gui.meeting.prepare import PreparePage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, Tone
from csp_desktop.gui.widgets.agenda_list import grip_rect, minutes_rect
from csp_desktop.gui.widgets.agenda_row import RowKind
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.cases import cases
from csp_desktop.services.meeting.agenda import next_meeting, preparation
from csp_desktop.services.session import Remembered
from tests.support.prepared_meeting import people_session, prepared_session, put_off_twice
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls


class Shown:
    """The page in its window, and where it asked to go."""

    def __init__(self, qtbot, session, size="1600x900"):
        self.session = session
        self.page = PreparePage(PageContext(session, Changes(), Tasks()))
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

    def be_active(self, qtbot):
        """Shown as a window is, so that its keys act."""
        self.window.hide()
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

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


def test_the_clocks_of_each_case_are_worked_out_once_to_order_and_to_show(qtbot, monkeypatch):
    session = prepared_session()
    seen: list[str] = []

    def noted(case, *rest):
        seen.append(case.id)
        return case_clocks(case, *rest)

    monkeypatch.setattr(cases, "case_clocks", noted)
    shown = Shown(qtbot, replace(session, remembered=Remembered()))
    meeting = next_meeting(session)
    assert meeting is not None
    with session.work.reading() as records:
        count = len(records.find(Case, status=cases.OPEN))
    assert len(seen) == len(set(seen)) == count
    shown.page.refresh()
    assert len(seen) == count, "nothing they follow from has changed"


def test_the_clocks_of_a_case_that_changed_are_worked_out_again(qtbot, monkeypatch):
    session = prepared_session()
    shown, seen = Shown(qtbot, session), []

    def noted(case, *rest):
        seen.append(case.id)
        return case_clocks(case, *rest)

    monkeypatch.setattr(cases, "case_clocks", noted)
    with session.work.step("assessed again") as records:
        case = records.find(Case, status=cases.OPEN)[0]
        records.save(replace(case, assessed_on=session.today))
    shown.page.refresh()
    assert seen == [case.id]


def test_the_agenda_opens_with_its_first_item_in_view(qtbot):
    """Come to from another page: the list has its height only after it stands on a case."""
    window, session = MainWindow(), prepared_session()
    qtbot.addWidget(window)
    desk = PageContext(session, Changes(), Tasks())
    page = PreparePage(desk)
    window.add_page("home", Page(desk))
    window.add_page("prepare", page)
    window.show_page("home")
    settle(window, SIZES["1366x768"])
    window.show_page("prepare")
    settle(window, SIZES["1366x768"])
    assert page._ui.agenda_view.row().kind is RowKind.CASE
    assert page._ui.agenda_view.verticalScrollBar().value() == 0


def test_without_a_meeting_the_proposed_one_is_planned_by_one_button(planning):
    assert planning.ui.date_field.text() == "Thu 26 Nov 2026"
    assert planning.ui.next_button.words() == "Plan this meeting"
    assert not planning.ui.agenda_card.isVisible()
    planning.ui.next_button.click()
    assert planning.meeting().on == date(2026, 11, 26)
    assert len(planning.cases()) == 46
    assert planning.ui.next_button.words() == "Open sign-in"


def test_where_nothing_presses_a_rating_that_may_no_longer_hold_is_the_reason(prepare):
    old = next(row for row in prepare.cases() if row.title.startswith("Liverpool Road: leaflets"))
    assert (old.reason, old.reason_tone) == ("Assessment out of date (203 days; limit 28)", Tone.MEDIUM)
    assert "High, open since" in old.spoken()
    pressing = prepare.cases()[0]
    assert pressing.reason_tone is Tone.HIGH and "out of date" in pressing.spoken()


def test_a_day_that_has_passed_is_refused_in_its_place(planning, qtbot):
    write(qtbot, planning.ui.date_field, "2 nov 2026")
    planning.ui.next_button.click()
    assert "is in the past" in planning.ui.date_error.text()
    assert planning.meeting() is None


def test_a_field_is_saved_at_once_and_refused_in_its_place(prepare, qtbot):
    write(qtbot, prepare.ui.date_field, "3 dec")
    assert prepare.meeting().on == date(2026, 12, 3)
    assert prepare.ui.date_field.text() == "Thu 3 Dec 2026"
    write(qtbot, prepare.ui.date_field, "2 nov 2026")
    assert "is in the past" in prepare.ui.date_error.text()
    assert prepare.meeting().on == date(2026, 12, 3)


@pytest.mark.parametrize("typed", ["3 dec", "3/12/2026", "thu 3 dec 2026", "3rd december", "thu next week"])
def test_the_day_is_read_as_the_days_of_actions_are(prepare, qtbot, typed):
    write(qtbot, prepare.ui.date_field, typed)
    assert (prepare.meeting().on, prepare.ui.date_error.text()) == (date(2026, 12, 3), "")


def test_what_is_no_day_says_how_a_day_is_written_and_is_kept(prepare, qtbot):
    write(qtbot, prepare.ui.date_field, "some day")
    assert prepare.ui.date_error.text() == "Type the date as 26 nov, 26/11/2026 or fri."
    assert (prepare.ui.date_field.text(), prepare.meeting().on) == ("some day", date(2026, 11, 26))
    write(qtbot, prepare.ui.date_field, "27 nov")
    assert prepare.ui.date_error.text() == ""


def test_arrows_move_the_day_and_the_page_keys_the_week(prepare, qtbot):
    field = prepare.ui.date_field
    field.setFocus()
    for key, on in (
        (Qt.Key.Key_Up, date(2026, 11, 27)),
        (Qt.Key.Key_PageUp, date(2026, 12, 4)),
        (Qt.Key.Key_Down, date(2026, 12, 3)),
        (Qt.Key.Key_PageDown, date(2026, 11, 26)),
    ):
        qtbot.keyClick(field, key)
        assert field.day() == on
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: prepare.meeting().on == date(2026, 11, 27))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_calendar_opens_by_key_and_gives_its_day(prepare, qtbot):
    field = prepare.ui.date_field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 26)
    calendar.clicked.emit(QDate(2026, 12, 1))
    qtbot.waitUntil(lambda: prepare.meeting().on == date(2026, 12, 1))


def test_one_person_alone_is_proposed_as_the_chair_only_and_the_page_says_so(qtbot):
    session = people_session()
    with session.work.step("alone") as records:
        for member in records.find(Member):
            if member.id != "hannah":
                records.save(replace(member, active=False))
        roles = tuple(role.value for role in Role)
        records.save(replace(records.get(Member, "hannah"), roles=roles))
    shown = Shown(qtbot, session)
    ui = shown.ui
    assert (ui.chair_field.currentData(), ui.taker_field.currentData()) == ("hannah", "")
    assert ui.roles_sign.text() == "Nobody else has the role of minute-taker: choose who it is."
    ui.taker_field.setCurrentIndex(ui.taker_field.findData("hannah"))
    ui.taker_field.activated.emit(ui.taker_field.currentIndex())
    assert ui.roles_sign.isHidden()


@pytest.mark.parametrize(("typed", "sentence"), [("2pm", "Type the time as 14:00"), ("13:00", "end after it starts")])
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


@pytest.fixture
def waited(qtbot):
    """The last case was put off at both meetings before."""
    session = prepared_session()
    meeting = next_meeting(session)
    assert meeting is not None
    case_id = preparation(session, meeting.id).turns[-1].case.id
    put_off_twice(session, case_id)
    return Shown(qtbot, session)


def _stand_on_it(waited):
    row = next(row for row in waited.cases() if "eferred twice" in row.reason)
    waited.view.set_current(row.key)
    waited.view.setFocus()
    return row.key


def test_a_case_deferred_twice_asks_for_a_reason_by_key_before_it_is_suggested_again(waited, qtbot):
    key, panel = _stand_on_it(waited), waited.page.case_place
    qtbot.keyClick(waited.view, Qt.Key.Key_D)
    assert panel.isVisible() and "deferred twice" in panel.title_label.text()
    qtbot.keyClick(panel.reason_edit, Qt.Key.Key_Return)
    assert "Say why it should be deferred again" in panel.reason_error.text()
    qtbot.keyClicks(panel.reason_edit, "officer away")
    qtbot.keyClick(panel.reason_edit, Qt.Key.Key_Return)
    row = next(row for row in waited.cases() if row.key == key)
    assert row.deferred and row.reason == "Deferred again: officer away" and not panel.isVisible()
    qtbot.keyClick(waited.view, Qt.Key.Key_D)
    assert not next(row for row in waited.cases() if row.key == key).deferred


def test_escape_leaves_the_case_as_it_was(waited, qtbot):
    key, panel = _stand_on_it(waited), waited.page.case_place
    qtbot.keyClick(waited.view, Qt.Key.Key_D)
    qtbot.keyClick(panel.reason_edit, Qt.Key.Key_Escape)
    assert not panel.isVisible() and not next(row for row in waited.cases() if row.key == key).deferred


def test_w_says_why_a_case_stands_where_it_stands_with_its_arithmetic(waited, qtbot):
    _stand_on_it(waited)
    panel = waited.page.case_place
    qtbot.keyClick(waited.view, Qt.Key.Key_W)
    assert panel.title_label.text().startswith("Place ") and " of 46: " in panel.title_label.text()
    assert "after creation on" in panel.sums_label.text() and "Deferred twice" in panel.sums_label.text()
    assert panel.reason_edit.isHidden()
    qtbot.keyClick(waited.view, Qt.Key.Key_W)
    assert not panel.isVisible()


def test_the_cases_that_do_not_fit_are_proposed_to_defer_at_once(prepare):
    assert prepare.ui.spare_label.text() == "min over"
    assert prepare.ui.defer_all_button.words() == "Suggest deferring 23"
    prepare.ui.defer_all_button.click()
    assert sum(case.deferred for case in prepare.cases()) == 23
    assert prepare.ui.spare_label.text() == "min to spare"
    assert not prepare.ui.defer_all_button.isVisible()
    assert "23 are suggested for deferral" in prepare.ui.fit_label.text()


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
    assert failing == ["updates", "CLAUSES", "papers"]


def on_the_day(prepare):
    """The day of the meeting has come."""
    prepare.session.now.advance(days=(prepare.meeting().on - prepare.session.today).days)


def test_the_primary_button_opens_sign_in_of_this_meeting(prepare):
    on_the_day(prepare)
    prepare.ui.next_button.click()
    assert prepare.went == [("sign_in", prepare.meeting().id)]


def test_on_another_day_the_sign_in_is_asked_for_twice(prepare):
    planned = prepare.meeting()
    on_the_day(prepare)
    prepare.session.now.advance(days=-7)
    prepare.ui.next_button.click()
    assert prepare.went == []
    assert prepare.ui.said_bar.text().startswith("Not today: the meeting is on Thu 26 Nov, in 7 days")
    prepare.ui.next_button.click()
    assert prepare.went == [("sign_in", planned.id)]


def test_control_enter_opens_the_sign_in_and_says_so(prepare, qtbot):
    prepare.be_active(qtbot)
    on_the_day(prepare)
    assert prepare.ui.next_button.accessibleDescription() == "Key Ctrl Enter"
    assert dict(prepare.page.keys())["Ctrl Enter"] == "open sign-in"
    prepare.view.setFocus()
    qtbot.keyClick(prepare.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert prepare.went == [("sign_in", prepare.meeting().id)]


def test_control_enter_plans_the_meeting_with_what_is_half_typed(planning, qtbot):
    planning.be_active(qtbot)
    assert dict(planning.page.keys())["Ctrl Enter"] == "plan this meeting"
    venue = planning.ui.venue_field
    venue.setFocus()
    venue.selectAll()
    qtbot.keyClicks(venue, "Town Hall, room 4")
    qtbot.keyClick(venue, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert planning.meeting().venue == "Town Hall, room 4"


def test_where_one_column_is_seen_the_strip_names_the_others_and_then_that_columns_keys(qtbot):
    folded = Shown(qtbot, prepared_session(), "640x360")
    ways = {"F4": "meeting, people", "F3": "time, checks"}
    assert ways.items() <= dict(folded.window.strip.shown_keys()).items()
    folded.ui.columns.go(Column.SIDE)
    there = dict(folded.window.strip.shown_keys())
    assert {"Ctrl Enter": "open sign-in", "F4": "meeting, people", "Esc": "agenda"}.items() <= there.items()
    assert not {"R", "F2", "D"} & there.keys()
    folded.ui.columns.go(Column.WORK)
    settle(folded.window, SIZES["1366x768"])
    assert not ways.keys() & dict(folded.window.strip.shown_keys()).keys()


def test_confirming_all_titles_leaves_the_focus_in_the_agenda(prepare, qtbot):
    button = prepare.page.findChild(QWidget, "fix_TITLES")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle(prepare.window, SIZES["1600x900"])
    assert all(case.confirmed for case in prepare.cases()) and prepare.window.focusWidget() is prepare.view


def test_a_room_title_is_never_cut_and_its_field_leaves_the_case_in_sight(qtbot):
    shown = Shown(qtbot, prepared_session(), "1366x768")
    same = next(row for row in shown.cases() if row.room_title == row.title)
    shown.page._give_title(same.key, "A room title so long that beside the reason it has no place")
    assert shown.area(same.key).height() == 70
    other = next(row for row in shown.cases() if row.key != same.key and row.room_title == row.title)
    assert shown.area(other.key).height() == 50
    shown.view.set_current(same.key)
    shown.view.edit_title()
    editor = shown.view.findChild(QLineEdit, "room_title_edit")
    assert editor is not None and editor.geometry().top() >= shown.area(same.key).top() + 24


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


def stand_on(prepare, title):
    key = next(row.key for row in prepare.view.rows() if row.title == title)
    prepare.view.set_current(key)
    return key


def titles(prepare):
    return [row.title for row in prepare.view.rows() if row.kind is RowKind.ITEM]


def test_an_own_item_is_added_named_and_given_its_presenter_by_keyboard_alone(prepare, qtbot):
    prepare.be_active(qtbot)
    stand_on(prepare, "Apologies")
    prepare.view.setFocus()
    qtbot.keyClick(prepare.view, Qt.Key.Key_N)
    panel = prepare.page.own_panel
    assert prepare.window.focusWidget() is panel.title_edit and panel.title_edit.selectedText() == "Added item"
    qtbot.keyClicks(panel.title_edit, "Cooking fires in flats")
    qtbot.keyClick(panel.title_edit, Qt.Key.Key_Return)
    assert prepare.window.focusWidget() is panel.who_edit
    assert not panel.visitor_check.isEnabled()
    qtbot.keyClicks(panel.who_edit, "Dawn Whitlock")
    qtbot.keyClick(panel.who_edit, Qt.Key.Key_Return)
    qtbot.keyClick(panel.visitor_check, Qt.Key.Key_Space)
    assert titles(prepare)[2] == "Cooking fires in flats"
    row = prepare.view.row()
    assert (row.detail, row.badge) == ("Dawn Whitlock, visitor", "Added item")
    assert panel.clause_words.text().startswith("A visitor hears the clause read out")


def test_an_own_item_goes_by_a_key_and_a_standard_one_says_why_it_stays(prepare, qtbot):
    prepare.be_active(qtbot)
    prepare.page._add_own()
    prepare.view.setFocus()
    qtbot.keyClick(prepare.view, Qt.Key.Key_Delete)
    assert "Added item" not in titles(prepare) and not prepare.page.own_panel.isVisible()
    stand_on(prepare, "Declarations of interest")
    qtbot.keyClick(prepare.view, Qt.Key.Key_Delete)
    assert "Declarations of interest" in titles(prepare)
    assert "is a standard item and cannot be removed" in prepare.ui.said_bar.text()


def test_a_title_is_written_in_its_line_and_an_empty_one_refused(prepare, qtbot):
    prepare.be_active(qtbot)
    stand_on(prepare, "Answers from the boards")
    prepare.view.setFocus()
    qtbot.keyClick(prepare.view, Qt.Key.Key_F2)
    editor = prepare.view.findChild(QLineEdit, "item_title_edit")
    assert editor is not None and editor.text() == "Answers from the boards"
    qtbot.keyClicks(editor, "From One Watford")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "From One Watford" in titles(prepare)
    prepare.page._give_item_title(stand_on(prepare, "From One Watford"), "  ")
    assert "From One Watford" in titles(prepare) and "needs a title" in prepare.ui.said_bar.text()


def test_the_agenda_is_kept_as_a_template_by_a_key(prepare, qtbot):
    prepare.be_active(qtbot)
    prepare.view.setFocus()
    qtbot.keyClick(prepare.view, Qt.Key.Key_T)
    assert prepare.page._prepared.from_template
    assert prepare.ui.said_bar.text().startswith("Saved as your template")


def test_an_own_item_half_typed_is_there_again(qtbot):
    session = prepared_session()
    shown = Shown(qtbot, session)
    shown.page._add_own()
    panel = shown.page.own_panel
    panel.who_edit.setText("Dawn Whi")
    panel._who._keep()
    again = Shown(qtbot, session)
    stand_on(again, "Added item")
    assert again.page.own_panel.who_edit.text() == "Dawn Whi"


@pytest.mark.parametrize("size", ["1366x768", "640x360"])
def test_the_panel_of_an_own_item_cuts_nothing(qtbot, size):
    prepare = Shown(qtbot, prepared_session(), size)
    prepare.page._add_own()
    settle(prepare.window, SIZES[size])
    assert clipped_texts(prepare.window) == [] and unnamed_controls(prepare.window) == []


def test_who_is_missing_is_said_and_who_comes_instead_is_picked_by_keyboard(qtbot):
    session = prepared_session()
    with session.work.step("CMHT", undoable=False) as records:
        records.save(Agency("cmht", "Community Mental Health Team", "CMHT", AgencyKind.HEALTH))
    prepare = Shown(qtbot, session)
    prepare.be_active(qtbot)
    fix = prepare.page.findChild(QWidget, "fix_gap-cmht")
    assert prepare.ui.checks.lines()[0].words == "CMHT not coming: 19 cases with mental health"
    assert fix is not None
    fix.setFocus()
    qtbot.keyClick(fix, Qt.Key.Key_Return)
    picker = prepare.page.stand_in
    assert prepare.window.focusWidget() is picker.find_edit and not prepare.ui.checks.isVisible()
    qtbot.keyClicks(picker.find_edit, "priya")
    qtbot.keyClick(picker.find_edit, Qt.Key.Key_Return)
    line = next(line for line in prepare.ui.checks.lines() if line.key == "gap-cmht")
    assert (line.words, line.passed) == ("Dr Priya Raman comes for CMHT", True)
    assert prepare.ui.checks.isVisible() and prepare.window.focusWidget() is prepare.view


def test_escape_leaves_the_question_open(qtbot):
    session = prepared_session()
    with session.work.step("CMHT", undoable=False) as records:
        records.save(Agency("cmht", "Community Mental Health Team", "CMHT", AgencyKind.HEALTH))
    prepare = Shown(qtbot, session)
    prepare.page._fix("gap-cmht")
    qtbot.keyClick(prepare.page.stand_in.find_edit, Qt.Key.Key_Escape)
    assert prepare.ui.checks.isVisible() and not prepare.ui.checks.lines()[0].passed


def test_apologies_are_noted_by_a_key_on_the_list(prepare, qtbot):
    prepare.be_active(qtbot)
    prepare.ui.expected_view.set_current("ewa")
    prepare.ui.expected_view.setFocus()
    qtbot.keyClick(prepare.ui.expected_view, Qt.Key.Key_A)
    ewa = next(entry for entry in prepare.ui.expected_view.entries() if entry.key == "ewa")
    assert ewa.pill == "Apologies" and "Apologies of Ewa Łukasik" in prepare.ui.said_bar.text()
    qtbot.keyClick(prepare.ui.expected_view, Qt.Key.Key_A)
    assert not next(entry for entry in prepare.ui.expected_view.entries() if entry.key == "ewa").pill
