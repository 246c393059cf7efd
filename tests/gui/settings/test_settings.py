"""Settings: saved as each field is left, refused at the field, and the look applied at once."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt, QTime

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.people.bodies import body_name
from csp_desktop.domain.people.settings import AREAS
from csp_desktop.gui.lock import screen_capture
from csp_desktop.gui.settings.settings import SECTIONS, SettingsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, current
from csp_desktop.gui.window.context import Changes, Desk
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.people.settings import clauses, settings
from tests.support.fakes import fake_session
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls

WORDING = "I will keep in confidence everything I see, hear or read at this meeting."


class Shown:
    """The page in its window, and where it asked to go."""

    def __init__(self, qtbot, session, argument=None, size="1366x768"):
        self.session = session
        self.went: list[tuple[str, object]] = []
        with session.work.step("the clauses", undoable=False) as records:
            records.save(Clause("one", ClauseKind.MEMBER, 1, WORDING, date(2026, 10, 1)))
        self.page = SettingsPage(Desk(session, Changes(), Tasks()))
        self.ui = self.page._ui
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page("settings", self.page)
        self.page.navigate.disconnect()
        self.page.navigate.connect(lambda stem, value: self.went.append((stem, value)))
        self.window.resize(SIZES[size])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_page("settings", argument)

    def now(self):
        return settings(self.session)


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot, fake_session())


def write(qtbot, edit, text):
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_a_number_is_saved_at_once_and_says_when(qtbot, shown):
    shown.page._go_into("meeting")
    write(qtbot, shown.ui.circulate_field, "10")
    assert shown.now().circulate_days_before == 10
    assert shown.ui.saved_label.text() == "Saved 14:00:00"


def test_out_of_range_says_the_sentence_at_the_field_and_loses_nothing(qtbot, shown):
    shown.page._go_into("clocks")
    write(qtbot, shown.ui.review_field, "120")
    assert shown.ui.review_error.text() == "The first review falls between 1 and 90 days after a case is created."
    assert shown.ui.review_field.accessibleDescription() == shown.ui.review_error.text()
    assert (shown.ui.review_field.value(), shown.now().first_review_days) == (120, 14)
    shown.page.refresh()
    assert shown.ui.review_field.value() == 120
    write(qtbot, shown.ui.review_field, "21")
    assert (shown.ui.review_error.text(), shown.now().first_review_days) == ("", 21)


def test_how_long_an_assessment_holds_is_set_by_level(qtbot, shown):
    shown.page._go_into("clocks")
    write(qtbot, shown.ui.holds_high_field, "14")
    write(qtbot, shown.ui.holds_standard_field, "400")
    assert (shown.now().high_review_days, shown.now().standard_review_days) == (14, 56)
    assert shown.ui.holds_standard_error.text() == "An assessment holds for 1 to 365 days."


def test_one_month_is_no_months(shown):
    assert shown.ui.drop_field.text() == "1 month"
    shown.ui.drop_field.setValue(2)
    assert shown.ui.drop_field.text() == "2 months"


def test_when_it_locks_is_a_setting_and_never_is_none(qtbot, shown):
    shown.page._go_into("locking")
    write(qtbot, shown.ui.idle_field, "5")
    write(qtbot, shown.ui.idle_meeting_field, "90")
    assert (shown.now().lock_after_minutes, shown.now().lock_after_minutes_in_meeting) == (5, 90)
    write(qtbot, shown.ui.idle_field, "0")
    assert shown.ui.idle_error.text() == "The program locks after 1 to 60 minutes without a key."
    assert shown.now().lock_after_minutes == 5


def test_keeping_out_of_shared_screens_is_offered_only_where_the_system_can(qtbot, shown):
    shown.page._go_into("locking")
    assert shown.ui.capture_check.isEnabled() == screen_capture.IS_POSSIBLE
    assert shown.ui.capture_hint.text() == screen_capture.SENTENCE
    shown.ui.capture_check.setEnabled(True)
    shown.ui.capture_check.click()
    assert shown.now().hide_from_capture


def test_a_slot_that_ends_before_it_starts_is_refused(shown):
    shown.ui.starts_field.setTime(QTime(17, 0))
    assert "end after it starts" in shown.ui.slot_error.text()
    shown.ui.ends_field.setTime(QTime(18, 30))
    assert (shown.now().slot_starts, shown.now().slot_ends) == (time(17, 0), time(18, 30))


def test_the_agenda_s_minutes_are_kept_and_added_up(shown):
    assert shown.ui.items_sum.text() == "120 of 120 minutes: fits the slot."
    shown.ui.item_cases_field.setValue(90)
    assert dict(shown.now().agenda_minutes)[ItemKind.CASES.value] == 90
    assert shown.ui.items_sum.text() == "130 of 120 minutes: 10 more than the slot has."


def test_a_partnership_without_a_name_is_refused_and_escape_leads_out_of_the_field(qtbot, shown):
    write(qtbot, shown.ui.town_edit, " ")
    assert "need their names" in shown.ui.town_error.text()
    assert shown.now().town == "Watford"
    qtbot.keyClick(shown.ui.town_edit, Qt.Key.Key_Escape)
    assert shown.ui.sections_view.hasFocus()
    qtbot.keyClick(shown.ui.sections_view, Qt.Key.Key_Escape)
    assert shown.went == [("back", None)]


def test_an_area_called_something_else_takes_its_other_names_along(qtbot, shown):
    shown.page._go_into("areas")
    write(qtbot, shown.ui.areas_rows.fields()[3], "Youth violence")
    assert shown.now().areas[3] == "Youth violence"
    assert shown.now().area_aliases == (("Youth violence and VAWG", "Youth violence"),)


def test_an_area_twice_is_refused_and_stays_as_typed(qtbot, shown):
    shown.page._go_into("areas")
    write(qtbot, shown.ui.areas_rows.fields()[0], AREAS[1])
    assert "stands there twice" in shown.ui.areas_error.text()
    assert shown.ui.areas_rows.fields()[0].text() == AREAS[1]
    assert shown.now().areas == AREAS


def test_a_body_is_added_and_removed(qtbot, shown):
    rows = shown.ui.bodies_rows
    rows._add.click()
    name, when = rows.fields()[-2:]
    qtbot.keyClicks(name, "Health and Wellbeing Board")
    write(qtbot, when, "twice a year")
    assert shown.now().bodies[-1][:2] == ("Health and Wellbeing Board", "twice a year")
    rows._remove(rows._lines[0][0])
    assert shown.now().bodies[0][0] == "Responsible Authorities Group"


def test_the_group_is_renamed_and_never_removed(qtbot, shown):
    rows = shown.ui.bodies_rows
    number = [row[0] for row in rows.rows()].index("Community Protection Group")
    name = rows.fields()[2 * number]
    name.clear()
    write(qtbot, name, "Safer Watford Group")
    assert body_name(shown.now()) == "Safer Watford Group"
    rows._remove(rows._lines[number][0])
    assert "its row stays" in shown.ui.bodies_error.text()
    assert body_name(shown.now()) == "Safer Watford Group"


def test_a_new_wording_becomes_a_new_version_and_the_chair_confirms_it(qtbot, shown):
    shown.window.show_page("settings", "clauses")
    ui = shown.ui
    assert ui.clause_pill.text() == "Illustrative"
    ui.clause_edit.setPlainText(WORDING + " Always.")
    ui.clause_save_button.click()
    ui.clause_confirm_button.click()
    (row,) = clauses(shown.session)
    assert [(c.version, c.illustrative) for c in row.versions] == [(2, False), (1, True)]
    assert ui.clause_pill.text() == "Confirmed"
    assert shown.window.focusWidget() is ui.clause_combo  # the button is gone: to the next text
    ui.clause_version_combo.setCurrentIndex(1)
    assert (ui.clause_edit.toPlainText(), ui.clause_edit.isReadOnly()) == (WORDING, True)


def test_only_the_chair_confirms_anyone_else_is_told(qtbot):
    shown = Shown(qtbot, fake_session(roles=frozenset({Role.MINUTE_TAKER})), "clauses")
    shown.ui.clause_confirm_button.click()
    assert shown.ui.clause_error.text().startswith("Only the chair can do this.")
    assert clauses(shown.session)[0].versions[0].illustrative


def test_a_wording_half_typed_is_kept_when_the_page_is_left(qtbot, shown):
    shown.window.show_page("settings", "clauses")
    shown.ui.clause_edit.setPlainText("I will keep")
    shown.page.left()
    again = SettingsPage(Desk(shown.session, Changes(), Tasks()))
    qtbot.addWidget(again)
    again.entered("clauses")
    assert again._ui.clause_edit.toPlainText() == "I will keep"
    again._ui.clause_discard_button.click()
    assert again._ui.clause_edit.toPlainText() == WORDING
    assert shown.session.work.drafts() == []


def test_the_look_is_applied_at_once_and_comes_back_to_its_section(shown):
    shown.window.show_page("settings", "appearance")
    shown.ui.dark_radio.click()
    assert (shown.now().theme, current().tokens) == ("dark", DARK)
    shown.ui.size_150_button.click()
    assert (shown.now().text_size, current().scale) == (150, 1.5)
    assert shown.went == [("settings", "appearance")] * 2
    shown.ui.size_field.setValue(250)
    assert shown.ui.size_error.text() == "The text size is between 100 and 200 per cent."
    assert current().scale == 1.5
    shown.page._undo()
    assert current().scale == 1.0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_is_cut_and_all_is_named_in_every_section(qtbot, qapp, size, tokens):
    style.apply(qapp, Theme(tokens))
    shown = Shown(qtbot, fake_session(), size=size)
    for key, _, _ in SECTIONS:
        shown.window.show_page("settings", key)
        settle(shown.window, SIZES[size])
        assert (key, clipped_texts(shown.window), unnamed_controls(shown.window)) == (key, [], [])
