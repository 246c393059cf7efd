"""The page of emerging issues: entered, found, left out once, closed, made a case or an action, by keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote, IssueState
from csp_desktop.gui.meeting.issue_list import area_words, columns_in, spoken
from csp_desktop.gui.meeting.issues import IssuesPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, current
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.services.meeting import issues as service
from tests.support.pages import Shown, desk_of
from tests.support.prepared_meeting import NOVEMBER, prepared_session
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls

TITLES = ("Mopeds in the park", "Knives sold in a shop", "Pop-up parties")
AREAS = ("Community wellbeing", "Acquisitive crime", "Adults with complex needs")


@pytest.fixture
def issues(qtbot):
    return show(qtbot)


def show(qtbot, size=(1366, 768), count=3):
    session = prepared_session()
    for number, title in enumerate(TITLES[:count]):
        made = service.new_issue(session, title)
        owner = "aisha" if number < 2 else ""
        first = date(2026, 9, 1 + number) if number else date(2026, 11, 20)
        service.change_issue(session, made.id, area=AREAS[number], ward="Central", owner_id=owner, first_seen=first)
        with session.work.step("heard", undoable=False) as records:
            for month in range(3 if number == 0 else 0):
                records.save(IssueNote(f"{month}", made.id, f"m{month}", date(2026, 8 + month, 20), "Heard.", "x"))
    desk = desk_of(session)
    return Shown(qtbot, IssuesPage(desk), desk, None, QSize(*size))


def view(issues):
    return issues.page._ui.issues_view


def titles(issues):
    return [row.issue.title for row in view(issues).rows()]


def stored(issues, title):
    with issues.desk.session.work.reading() as records:
        return next(i for i in records.find(EmergingIssue) if i.title == title)


def key(issues, qtbot, pressed, widget=None):
    qtbot.keyClick(widget or view(issues), pressed)


def type_into(qtbot, field, text):
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_the_most_discussed_stands_first_with_its_words_said_whole(issues):
    assert titles(issues) == ["Mopeds in the park", "Knives sold in a shop", "Pop-up parties"]
    said = spoken(view(issues).rows()[0])
    assert "discussed: 3 times" in said and "PC Aisha Rahman" in said
    assert issues.page.bar_state().headline == "3 open, 1 discussed three times or more"
    assert "no owner" in spoken(view(issues).rows()[2])


def test_a_new_issue_is_entered_by_keyboard_and_every_field_saved_as_it_is_left(issues, qtbot):
    key(issues, qtbot, Qt.Key.Key_N)
    ui = issues.page._ui
    assert issues.window.focusWidget() is ui.title_edit and ui.title_edit.selectedText() == "New issue"
    type_into(qtbot, ui.title_edit, "Street drinking")
    qtbot.keyClick(ui.title_edit, Qt.Key.Key_Tab)
    ui.words_edit.setFocus()
    qtbot.keyClicks(ui.words_edit, "Every Friday, ten to twelve people.")
    ui.place_edit.setFocus()
    qtbot.keyClicks(ui.place_edit, "Market Street")
    ui.by_field.setFocus()
    type_into(qtbot, ui.by_field, "11 dec 2026")
    key(issues, qtbot, Qt.Key.Key_Return, ui.by_field)
    key(issues, qtbot, Qt.Key.Key_Escape, ui.by_field)
    made = stored(issues, "Street drinking")
    assert (made.words, made.place, made.next_by) == (
        "Every Friday, ten to twelve people.",
        "Market Street",
        date(2026, 12, 11),
    )
    assert issues.window.focusWidget() is view(issues) and ui.side_stack.currentWidget() is ui.issue_page


def test_what_cannot_be_kept_is_said_at_its_field_and_stays_typed(issues, qtbot):
    key(issues, qtbot, Qt.Key.Key_Return)
    ui = issues.page._ui
    type_into(qtbot, ui.title_edit, " ")
    qtbot.keyClick(ui.title_edit, Qt.Key.Key_Tab)
    assert ui.title_error.text().startswith("Say in a few words")
    type_into(qtbot, ui.seen_field, "30 nov 2026")
    key(issues, qtbot, Qt.Key.Key_Return, ui.seen_field)
    assert "date first seen cannot be in the future" in ui.seen_error.text()
    assert stored(issues, "Mopeds in the park").first_seen == date(2026, 11, 20)


def test_space_leaves_it_out_once_and_puts_it_back(issues, qtbot):
    key(issues, qtbot, Qt.Key.Key_Space)
    assert stored(issues, "Mopeds in the park").left_out_of_id and "left out once" in spoken(view(issues).rows()[0])
    assert issues.page._ui.agenda_button.words() == "Put on Thu 26 Nov"
    key(issues, qtbot, Qt.Key.Key_O)
    assert stored(issues, "Mopeds in the park").left_out_of_id
    key(issues, qtbot, Qt.Key.Key_Space)
    assert not stored(issues, "Mopeds in the park").left_out_of_id
    key(issues, qtbot, Qt.Key.Key_O)
    assert stored(issues, "Mopeds in the park").left_out_of_id


def test_x_closes_it_with_a_reason_and_x_opens_it_again(issues, qtbot):
    ui = issues.page._ui
    key(issues, qtbot, Qt.Key.Key_X)
    assert issues.window.focusWidget() is ui.ask_edit
    key(issues, qtbot, Qt.Key.Key_Return, ui.ask_edit)
    assert "Say why it is closed" in ui.ask_error.text()
    qtbot.keyClicks(ui.ask_edit, "The gate is built")
    key(issues, qtbot, Qt.Key.Key_Return, ui.ask_edit)
    assert titles(issues) == ["Knives sold in a shop", "Pop-up parties"]
    assert "Closed: Mopeds in the park" in ui.done_bar.text()
    issues.page._narrow("closed")
    assert titles(issues) == ["Mopeds in the park"] and "The gate is built" in ui.belongs_label.text()
    key(issues, qtbot, Qt.Key.Key_X)
    assert stored(issues, "Mopeds in the park").state is IssueState.OPEN


def test_c_makes_a_case_of_it(issues, qtbot):
    ui = issues.page._ui
    key(issues, qtbot, Qt.Key.Key_C)
    qtbot.keyClicks(ui.ask_edit, "lc")
    key(issues, qtbot, Qt.Key.Key_Return, ui.ask_edit)
    with issues.desk.session.work.reading() as records:
        (case,) = records.find(Case, reference="")
    assert (case.summary, case.initials) == ("Mopeds in the park", "LC")
    assert ui.belongs_label.text() == "Owner: awaiting its reference, LC." and not ui.case_button.isEnabled()


def test_a_makes_an_action_of_it_for_its_owner_due_at_the_next_meeting(issues, qtbot):
    ui = issues.page._ui
    key(issues, qtbot, Qt.Key.Key_A)
    assert ui.ask_combo.currentText().startswith("PC Aisha Rahman")
    qtbot.keyClicks(ui.ask_edit, "Cost the gate")
    ui.ask_day.setFocus()
    qtbot.keyClicks(ui.ask_day, "whenever")
    key(issues, qtbot, Qt.Key.Key_Return, ui.ask_day)
    assert ui.ask_error.text().startswith("Type the date as")
    ui.ask_day.clear()
    key(issues, qtbot, Qt.Key.Key_Return, ui.ask_edit)
    with issues.desk.session.work.reading() as records:
        (action,) = [a for a in records.find(Action) if a.what == "Cost the gate"]
    assert (action.officer_id, action.due) == ("aisha", NOVEMBER)
    assert ui.step_label.text() == "Next: Cost the gate, by Thu 26 Nov (action)"


def test_on_a_small_screen_the_question_stands_where_it_was_asked(qtbot):
    small = show(qtbot, size=(640, 360))
    ui = small.page._ui
    for asked in (lambda: key(small, qtbot, Qt.Key.Key_A), ui.action_button.click):
        asked()
        assert ui.ask_frame.isVisible()


def test_w_adds_what_was_seen_between_meetings(issues, qtbot):
    ui = issues.page._ui
    key(issues, qtbot, Qt.Key.Key_W)
    qtbot.keyClicks(ui.ask_edit, "9 calls in 7 days.")
    key(issues, qtbot, Qt.Key.Key_Return, ui.ask_edit)
    assert ui.said_view.entries()[0].title == "9 calls in 7 days."
    assert ui.times_label.text() == "3 times at the CPG"


def test_escape_leaves_the_question_and_nothing_behind(issues, qtbot):
    ui = issues.page._ui
    key(issues, qtbot, Qt.Key.Key_X)
    qtbot.keyClicks(ui.ask_edit, "Quiet")
    key(issues, qtbot, Qt.Key.Key_Escape, ui.ask_edit)
    assert not ui.ask_frame.isVisible() and issues.window.focusWidget() is view(issues)
    assert stored(issues, "Mopeds in the park").state is IssueState.OPEN and issues.went == []


def test_the_list_is_narrowed_and_searched(issues, qtbot):
    ui = issues.page._ui
    counts = {entry.key: entry.caption for entry in ui.show_view.entries() if entry.key}
    assert (counts["open"], counts["often"], counts["unowned"], counts["new"]) == ("3", "1", "1", "1")
    issues.page._narrow("unowned")
    assert titles(issues) == ["Pop-up parties"]
    issues.page._narrow("area:Acquisitive crime")
    assert titles(issues) == ["Knives sold in a shop"]
    issues.page._narrow("open")
    ui.find_edit.setText("rahman knives")
    assert titles(issues) == ["Knives sold in a shop"]


def test_undo_takes_back_the_last_step(issues, qtbot):
    key(issues, qtbot, Qt.Key.Key_Space)
    qtbot.keyClick(view(issues), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not stored(issues, "Mopeds in the park").left_out_of_id
    assert "Undone: issue left out once." in issues.page._ui.done_bar.text()


def test_one_entered_by_mistake_is_removed_and_one_talked_about_says_why_it_stays(issues, qtbot):
    ui = issues.page._ui
    key(issues, qtbot, Qt.Key.Key_Return)
    ui.remove_button.click()
    assert "Close it with a reason" in ui.done_bar.text() and len(titles(issues)) == 3
    view(issues).set_current(stored(issues, "Pop-up parties").id)
    key(issues, qtbot, Qt.Key.Key_Return)
    ui.remove_button.click()
    assert titles(issues) == ["Mopeds in the park", "Knives sold in a shop"]


def test_without_any_issue_the_page_says_what_it_is_for(qtbot):
    empty = show(qtbot, count=0)
    assert empty.page._ui.empty_state.isVisible() and not empty.page._ui.list_frame.isVisible()
    assert empty.page.bar_state().headline == "No open issues"


def test_columns_go_where_there_is_no_room_for_them():
    names = [[name for name, _, _ in columns_in(current(), wide)] for wide in (900, 720, 540, 400)]
    assert names[0] == ["Issue", "First seen", "Discussed", "Owner", "Next step"]
    assert names[1] == ["Issue", "Discussed", "Owner", "Next step"]
    assert names[2:] == [["Issue", "Next step"], ["Issue"]]
    assert area_words("Youth violence and violence against women and girls") == "Youth violence and VAWG"


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (640, 360)], ids=str)
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(DARK, 1.5)], ids=["light", "dark, large"])
@pytest.mark.parametrize("act", ["", "_edit", "_ask_action"])
def test_nothing_is_cut_and_everything_has_a_name(qtbot, qapp, theme, size, act):
    style.apply(qapp, theme)
    try:
        issues = show(qtbot, size)
        if act:
            getattr(issues.page, act)()
        settle(issues.window, QSize(*size))
        assert clipped_texts(issues.window) == []
        assert unnamed_controls(issues.page) == [] and shared_mnemonics(issues.page) == []
    finally:
        style.apply(qapp, Theme())


def test_the_main_button_adds_an_issue_and_leaving_one_out_is_a_choice_beside_it(issues):
    ui = issues.page._ui
    assert isinstance(ui.new_button, PrimaryButton) and not isinstance(ui.agenda_button, PrimaryButton)
