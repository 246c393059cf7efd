"""Settings: saved as each field is left, refused at the field, and the look applied at once."""

import json
from dataclasses import replace
from datetime import date, time
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QRadioButton

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.people.bodies import body_name
from csp_desktop.domain.people.settings import AREAS, FIELDS
from csp_desktop.gui.lock import screen_capture
from csp_desktop.gui.settings.settings import SettingsPage
from csp_desktop.gui.settings_base.clauses import ClausesPanel
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, current
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases.matrices import kept_matrices
from csp_desktop.services.people.settings import change_settings, clauses, settings
from tests.support.fakes import fake_session
from tests.support.screens import SIZES, clipped_texts, settle, shared_mnemonics, sideways, unnamed_controls
from tests.support.settings_pages import Shown, write

WORDING = "I will keep in confidence everything I see, hear or read at this meeting."


def show(qtbot, session, section=None, size="1366x768"):
    with session.work.step("the clauses", undoable=False, of_held=True) as records:
        records.save(Clause("one", ClauseKind.MEMBER, 1, WORDING, date(2026, 10, 1)))
    return Shown(qtbot, SettingsPage, session, section, size)


@pytest.fixture
def shown(qtbot):
    return show(qtbot, fake_session())


def test_a_number_is_saved_at_once_and_says_when(qtbot, shown):
    shown.page._go_into("meeting")
    write(qtbot, shown.field("circulate_days_before"), "10")
    assert settings(shown.session).circulate_days_before == 10
    assert shown.ui.saved_label.text() == "Saved 14:00:00"


def test_out_of_range_says_the_sentence_at_the_field_and_loses_nothing(qtbot, shown):
    shown.page._go_into("clocks")
    write(qtbot, shown.field("first_review_days"), "120")
    assert shown.refusal("first_review_days") == "Give from 1 to 90 days for the first review."
    assert shown.field("first_review_days").accessibleDescription() == shown.refusal("first_review_days")
    assert (shown.field("first_review_days").value(), settings(shown.session).first_review_days) == (120, 14)
    shown.page.refresh()
    assert shown.field("first_review_days").value() == 120
    write(qtbot, shown.field("first_review_days"), "21")
    assert (shown.refusal("first_review_days"), settings(shown.session).first_review_days) == ("", 21)


def test_how_long_an_assessment_holds_is_set_by_level(qtbot, shown):
    shown.page._go_into("clocks")
    write(qtbot, shown.field("high_review_days"), "14")
    write(qtbot, shown.field("standard_review_days"), "400")
    assert (settings(shown.session).high_review_days, settings(shown.session).standard_review_days) == (14, 56)
    assert shown.refusal("standard_review_days") == "Give from 1 to 365 days as the limit for assessments."


def test_one_month_is_no_months(shown):
    assert shown.field("risk_drop_months").text() == "1 month"
    shown.field("risk_drop_months").setValue(2)
    assert shown.field("risk_drop_months").text() == "2 months"


def test_when_it_locks_is_a_setting_and_never_is_none(qtbot, shown):
    shown.page._go_into("locking")
    write(qtbot, shown.field("lock_after_minutes"), "5")
    write(qtbot, shown.field("lock_after_minutes_in_meeting"), "90")
    assert (settings(shown.session).lock_after_minutes, settings(shown.session).lock_after_minutes_in_meeting) == (
        5,
        90,
    )
    write(qtbot, shown.field("lock_after_minutes"), "0")
    assert shown.refusal("lock_after_minutes") == "Give from 1 to 60 minutes without use before the program locks."
    assert settings(shown.session).lock_after_minutes == 5


def test_keeping_out_of_shared_screens_is_offered_only_where_the_system_can(qtbot, shown):
    shown.page._go_into("locking")
    assert shown.field("hide_from_capture").isEnabled() == screen_capture.IS_POSSIBLE
    assert shown.says(screen_capture.SENTENCE)
    shown.field("hide_from_capture").setEnabled(True)
    shown.field("hide_from_capture").click()
    assert settings(shown.session).hide_from_capture


def test_a_slot_that_ends_before_it_starts_is_refused(shown):
    shown.field("slot_starts").setTime(QTime(17, 0))
    assert "end after it starts" in shown.refusal("slot_starts")
    shown.field("slot_ends").setTime(QTime(18, 30))
    assert (settings(shown.session).slot_starts, settings(shown.session).slot_ends) == (time(17, 0), time(18, 30))


def test_the_agenda_s_minutes_are_kept_and_added_up(shown):
    shown.enter("meeting")
    assert shown.says("120 of 120 minutes: fits the time available.")
    shown.named("Minutes for Open Safety Net cases").setValue(90)
    assert dict(settings(shown.session).agenda_minutes)[ItemKind.CASES.value] == 90
    assert shown.says("130 of 120 minutes: 10 more than the time available.")


def test_a_partnership_without_a_name_is_refused_and_escape_leads_out_of_the_field(qtbot, shown):
    write(qtbot, shown.field("town"), " ")
    assert "its town a name" in shown.refusal("town")
    assert settings(shown.session).town == "Watford"
    qtbot.keyClick(shown.field("town"), Qt.Key.Key_Escape)
    assert shown.ui.sections_view.hasFocus()
    qtbot.keyClick(shown.ui.sections_view, Qt.Key.Key_Escape)
    assert shown.went == [("back", None)]


def test_an_area_called_something_else_takes_its_other_names_along(qtbot, shown):
    shown.page._go_into("areas")
    write(qtbot, shown.field("areas").fields()[3], "Youth violence")
    assert settings(shown.session).areas[3] == "Youth violence"
    assert settings(shown.session).area_aliases == (("Youth violence and VAWG", "Youth violence"),)


def test_an_area_twice_is_refused_and_stays_as_typed(qtbot, shown):
    shown.page._go_into("areas")
    write(qtbot, shown.field("areas").fields()[0], AREAS[1])
    assert "is listed twice" in shown.refusal("areas")
    assert shown.field("areas").fields()[0].text() == AREAS[1]
    assert settings(shown.session).areas == AREAS


def test_a_body_is_added_and_removed(qtbot, shown):
    rows = shown.field("bodies")
    rows._add.click()
    name, when = rows.fields()[-2:]
    qtbot.keyClicks(name, "Health and Wellbeing Board")
    write(qtbot, when, "twice a year")
    assert settings(shown.session).bodies[-1][:2] == ("Health and Wellbeing Board", "twice a year")
    rows._remove(rows._lines[0][0])
    assert settings(shown.session).bodies[0][0] == "Responsible Authorities Group"


def test_tab_goes_through_a_list_as_it_stands(qtbot, shown):
    shown.enter("areas")
    rows = shown.field("areas")
    names: list[str] = []
    rows._add.click()
    qtbot.waitUntil(rows.fields()[-1].isVisible)
    rows.fields()[0].setFocus()
    while not names or names[-1] != "Name in the export 1":
        names.append(shown.window.focusWidget().accessibleName())
        qtbot.keyClick(shown.window.focusWidget(), Qt.Key.Key_Tab)
    assert [name for name in names if not name.startswith("Remove")] == [
        *(f"Area of work {number}" for number in range(1, len(AREAS) + 2)),
        "Add an area",
        "Name in the export 1",
    ]


def test_undo_in_a_line_of_a_list_takes_back_its_text_and_then_the_last_step(qtbot, shown):
    shown.enter("areas")
    write(qtbot, shown.field("areas").fields()[0], "Noise")
    assert settings(shown.session).areas[0] == "Noise"
    line = shown.field("areas").fields()[1]
    line.setFocus()
    qtbot.keyClicks(line, "!")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (line.text(), settings(shown.session).areas[0]) == (AREAS[1], "Noise")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert settings(shown.session).areas == AREAS


def test_a_number_half_typed_stays_when_something_else_changes(qtbot, shown):
    shown.enter("clocks")
    number = shown.field("first_review_days")
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "2")
    change_settings(shown.session, monitoring_months=3)
    shown.page.refresh()
    assert (number.cleanText(), shown.field("monitoring_months").value()) == ("2", 3)
    qtbot.keyClick(number, Qt.Key.Key_1)
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert settings(shown.session).first_review_days == 21


def test_the_group_is_renamed_and_never_removed(qtbot, shown):
    rows = shown.field("bodies")
    number = [row[0] for row in rows.rows()].index("Community Protection Group")
    name = rows.fields()[2 * number]
    name.clear()
    write(qtbot, name, "Safer Watford Group")
    assert body_name(settings(shown.session)) == "Safer Watford Group"
    rows._remove(rows._lines[number][0])
    assert "its row cannot be removed" in shown.refusal("bodies")
    assert body_name(settings(shown.session)) == "Safer Watford Group"


def test_a_new_wording_becomes_a_new_version_and_the_chair_confirms_it(qtbot, shown):
    shown.enter("clauses")
    texts = shown.page.panels["clauses"]
    assert texts.pill.text() == "Example"
    texts.edit.setPlainText(WORDING + " Always.")
    texts.save_button.click()
    texts.confirm_button.click()
    (row,) = clauses(shown.session)
    assert [(c.version, c.illustrative) for c in row.versions] == [(2, False), (1, True)]
    assert texts.pill.text() == "Confirmed"
    assert shown.window.focusWidget() is texts.kind_combo  # the button is gone: to the next text
    texts.version_combo.setCurrentIndex(1)
    assert (texts.edit.toPlainText(), texts.edit.isReadOnly()) == (WORDING, True)


def test_only_the_chair_confirms_anyone_else_is_told(qtbot):
    shown = show(qtbot, fake_session(roles=frozenset({Role.MINUTE_TAKER})), "clauses")
    shown.page.panels["clauses"].confirm_button.click()
    assert shown.page.panels["clauses"].error.text().startswith("Only the chair can do this.")
    assert clauses(shown.session)[0].versions[0].illustrative


def test_a_wording_half_typed_is_kept_when_the_page_is_left(qtbot, shown):
    shown.enter("clauses")
    shown.page.panels["clauses"].edit.setPlainText("I will keep")
    shown.page.left()
    page = SettingsPage(PageContext(shown.session, Changes(), Tasks()))
    qtbot.addWidget(page)
    page.entered("clauses")
    again = page.panels["clauses"]
    assert isinstance(again, ClausesPanel)
    assert again.edit.toPlainText() == "I will keep"
    again.discard_button.click()
    assert again.edit.toPlainText() == WORDING
    assert shown.session.work.drafts() == []


def test_the_look_is_applied_at_once_and_comes_back_to_its_section(shown):
    shown.enter("appearance")
    shown.field("theme").findChildren(QRadioButton)[1].click()
    assert (settings(shown.session).theme, current().tokens) == ("dark", DARK)
    shown.named("Text size 150 per cent").click()
    assert (settings(shown.session).text_size, current().scale) == (150, 1.5)
    assert shown.went == [("settings", "appearance")] * 2
    shown.field("text_size").setValue(250)
    assert shown.refusal("text_size") == "Give a text size from 100 to 200 per cent."
    assert current().scale == 1.5
    shown.page.undo()
    assert current().scale == 1.0


@pytest.mark.parametrize(
    ("tokens", "size", "scale"),
    [*((tokens, size, 1.0) for tokens in (LIGHT, DARK) for size in SIZES), (LIGHT, "1366x768", 1.5)],
    ids=lambda value: getattr(value, "name", value),
)
def test_nothing_is_cut_and_all_is_named_in_every_section(qtbot, qapp, size, tokens, scale):
    style.apply(qapp, Theme(tokens, scale))
    shown = show(qtbot, fake_session(), size=size)
    for section in SettingsPage.SECTIONS:
        shown.enter(section.key)
        settle(shown.window, SIZES[size])
        page = shown.page
        found = clipped_texts(page), sideways(page), unnamed_controls(page), shared_mnemonics(page)
        assert (section.key, *found) == (section.key, [], [], [], [])


def test_every_field_of_its_sections_stands_on_the_page_and_the_sections_hold_every_field(shown):
    assert list(shown.page.rows) == [field.name for field in FIELDS if field.section != "retention"]


class Answers(Ask):
    """The file a person chooses."""

    def __init__(self, path):
        self.path = path

    def open_file(self, parent, title, kinds, start=None):
        return self.path


def test_another_matrix_for_cases_is_loaded_and_a_mistake_is_named_with_its_line(qtbot, tmp_path):
    session = fake_session()
    session = replace(session, papers=replace(session.papers, shipped_matrix=shipped_case_matrix))
    path = tmp_path / "matrix.json"
    said = json.loads(shipped_case_matrix())
    path.write_text(json.dumps(said, indent=1).replace('"points": 1', '"points": "one"', 1), encoding="utf-8")
    panel = Shown(qtbot, partial(SettingsPage, ask=Answers(path)), session, "matrix").page.panels["matrix"]
    assert panel.pill.text() == "Example" and panel.view.entries()[0].subtitle.endswith("came with the program")
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert "(line " in panel.error.text() and kept_matrices(session)[0].file.version == said["version"]
    path.write_text(json.dumps(said | {"name": "Agreed matrix", "version": "2", "illustrative": False}), "utf-8")
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert not panel.error.text() and panel.title.text() == "Agreed matrix, version 2"
    assert not clipped_texts(panel)
