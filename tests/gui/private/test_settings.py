"""The private meeting's settings do what the group's do: saved as each field is left, refused at the field."""

import json
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.private.settings import FIELDS
from csp_desktop.gui.private.settings import SHARED, PrivateSettingsPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, current, private
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.people.settings import settings
from csp_desktop.services.private.settings import private_settings
from tests.support.private_session import DAY, LEAD, MATRIX, private_session
from tests.support.screens import SIZES, clipped_texts, settle, shared_mnemonics, sideways, unnamed_controls
from tests.support.settings_pages import Shown, write


class Answers(Ask):
    """Answers every question with one path."""

    def __init__(self, path):
        self.path = path

    def open_file(self, parent, title, kinds, start=None):
        return self.path


def show(qtbot, session, section=None, size="1366x768", path=None):
    made = partial(PrivateSettingsPage, ask=Answers(path))
    return Shown(qtbot, made, session, section, size)


@pytest.fixture
def session():
    return private_session()


def test_a_number_is_saved_and_a_refused_one_says_why_at_its_field(qtbot, session):
    shown = show(qtbot, session, "people")
    shown.field("new_within_days").setValue(40)
    assert private_settings(session).new_within_days == 40
    shown.field("returning_after_days").setValue(30)
    assert "more days than" in shown.refusal("returning_after_days")
    assert private_settings(session).returning_after_days == 180


def test_the_circulation_list_is_picked_from_the_register_by_space(qtbot, session):
    shown = show(qtbot, session, "minutes")
    view = shown.field("circulation")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert private_settings(session).circulation == (view.current_key(),)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert private_settings(session).circulation == ()


def test_the_lead_confirms_the_text_people_sign(qtbot, session):
    with session.work.step("wording") as records:
        records.save(Clause("private-2", ClauseKind.PRIVATE, 2, "This part is private, and stays so.", DAY))
    texts = show(qtbot, session, "clauses").page.panels["clauses"]
    assert "New Hope's lead confirms" in texts.caption.text()
    qtbot.mouseClick(texts.confirm_button, Qt.MouseButton.LeftButton)
    assert texts.caption.text().startswith(f"Confirmed by {LEAD}")


def test_another_matrix_is_loaded_and_a_broken_one_changes_nothing(qtbot, session, tmp_path):
    path = tmp_path / "matrix.json"
    path.write_text("{", encoding="utf-8")
    panel = show(qtbot, session, "matrix", path=path).page.panels["matrix"]
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.error.text()
    other = json.loads(MATRIX) | {"name": "Agreed matrix", "version": "2", "illustrative": False}
    path.write_text(json.dumps(other), encoding="utf-8")
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert not panel.error.text()
    assert panel.title.text() == "Agreed matrix, version 2"
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert "already in force" in panel.error.text()


def test_the_look_is_the_private_windows_own_and_stays_plum(qtbot, qapp, session):
    style.apply(qapp, Theme(private(LIGHT)))
    shown = show(qtbot, session, "appearance")
    qtbot.mouseClick(shown.field("theme").findChildren(QRadioButton)[1], Qt.MouseButton.LeftButton)
    assert current().tokens == private(DARK)
    assert shown.went == [("private_settings", "appearance")]


def test_every_field_of_its_sections_stands_on_the_page(qtbot, session):
    page = show(qtbot, session).page
    assert sorted(page.rows) == sorted(field.name for field in (*FIELDS, *SHARED) if field.section != "home")


def test_a_support_need_is_called_something_else(qtbot, session):
    shown = show(qtbot, session, "people")
    write(qtbot, shown.named("Support need 1"), "Bodily health")
    assert private_settings(session).needs[:2] == ("Bodily health", "Mental health")


def test_a_need_twice_is_refused_at_its_list_and_stays_as_typed(qtbot, session):
    shown = show(qtbot, session, "people")
    write(qtbot, shown.named("Support need 1"), "Mental health")
    assert shown.sentences() == ["Mental health is listed twice. Rename or remove one of them."]
    assert shown.named("Support need 1").text() == "Mental health"
    assert private_settings(session).needs[0] == "Physical health"


@pytest.mark.parametrize(
    ("section", "name", "number", "sentence"),
    [
        ("people", "New", "400", "Give from 1 to 365 days for “new”."),
        ("people", "Long-term", "15", "Give from 2 to 12 months for “long-term”."),
        ("people", "Returning", "0", "Give from 14 to 730 days for “returning”."),
        ("session", "Minutes for a person", "150", "Give from 1 to 60 minutes for a person."),
        ("minutes", "Days until they are circulated", "30", "Give from 1 to 20 working days."),
        ("locking", "While you prepare", "90", "Give from 1 to 30 minutes without use while you prepare."),
        ("appearance", "Text size", "450", "Give a text size from 100 to 200 per cent."),
    ],
)
def test_a_number_out_of_range_is_never_swallowed_but_says_its_sentence(
    qtbot, session, section, name, number, sentence
):
    shown = show(qtbot, session, section)
    before = private_settings(session), settings(session)
    write(qtbot, shown.named(name), number)
    assert shown.sentences() == [sentence]
    assert shown.named(name).value() == int(number)
    assert (private_settings(session), settings(session)) == before


def test_one_is_not_several(qtbot, session):
    shown = show(qtbot, session, "session")
    write(qtbot, shown.named("People proposed for the sub-agenda"), "1")
    assert shown.named("People proposed for the sub-agenda").text() == "1 person"
    shown.enter("minutes")
    write(qtbot, shown.named("Days until they are circulated"), "1")
    assert shown.named("Days until they are circulated").text() == "1 working day"


def test_what_was_refused_goes_in_once_the_other_number_makes_it_right(qtbot, session):
    shown = show(qtbot, session, "people")
    write(qtbot, shown.named("New"), "200")
    assert "more days than" in shown.sentences()[0]
    write(qtbot, shown.named("Returning"), "300")
    now = private_settings(session)
    assert (now.new_within_days, now.returning_after_days, shown.sentences()) == (200, 300, [])


@pytest.mark.parametrize(
    ("section", "name", "field"),
    [
        ("minutes", "Handling marking", "marking"),
        ("disclosure", "Purpose on every disclosure line", "disclosure_purpose"),
        ("disclosure", "Lawful basis on every disclosure line", "disclosure_basis"),
    ],
)
def test_what_nobody_can_see_does_not_come_onto_papers(qtbot, session, section, name, field):
    shown = show(qtbot, session, section)
    before = private_settings(session), settings(session)
    shown.named(name).setText("OFFICIAL\u200b")
    qtbot.keyClick(shown.named(name), Qt.Key.Key_Return)
    assert "a zero-width space after “OFFICIAL”" in shown.sentences()[0]
    shown.named(name).setText("Official  and\tmore ")
    qtbot.keyClick(shown.named(name), Qt.Key.Key_Return)
    after = private_settings(session), settings(session)
    assert [getattr(record, field) for record in after if hasattr(record, field)] == ["Official and more"]
    assert sum(record != was for record, was in zip(after, before, strict=True)) == 1


def test_a_refused_circulation_says_why_at_the_list(qtbot):
    session = replace(private_session(), roles=frozenset({Role.ADMINISTRATOR}))
    shown = show(qtbot, session, "minutes")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(shown.named("Circulation list"), key)
    assert shown.sentences()[0].startswith("Only the New Hope lead or the New Hope deputy can do this.")
    assert shown.named("Circulation list").accessibleDescription() == shown.sentences()[0]


def test_undo_tells_the_pages_that_show_people_too(qtbot, session):
    with session.work.step("a member renamed") as records:
        member = records.find(Member)[0]
        records.save(replace(member, name="Somebody Else"))
    shown = show(qtbot, session, "people")
    shown.named("Sections of the settings").setFocus()
    qtbot.keyClick(shown.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown.told and {"settings", "people"} <= shown.told[-1]


def test_a_screen_reader_hears_what_each_size_and_list_is_for(qtbot, session):
    shown = show(qtbot, session, "appearance")
    assert shown.named("Text size 150 per cent").text() == "150 %"
    shown.enter("people")
    assert "Support needs" in [child.accessibleName() for child in shown.page.findChildren(QWidget)]


@pytest.mark.parametrize(
    ("tokens", "size", "scale"),
    [*((tokens, size, 1.0) for tokens in (LIGHT, DARK) for size in SIZES), (LIGHT, "1366x768", 1.5)],
    ids=lambda value: getattr(value, "name", value),
)
def test_nothing_is_cut_and_all_is_named_in_every_section(qtbot, qapp, session, size, tokens, scale):
    style.apply(qapp, Theme(private(tokens), scale))
    shown = show(qtbot, session, size=size)
    for section in PrivateSettingsPage.SECTIONS:
        shown.enter(section.key)
        settle(shown.window, SIZES[size])
        page = shown.page
        found = clipped_texts(page), sideways(page), unnamed_controls(page), shared_mnemonics(page)
        assert (section.key, *found) == (section.key, [], [], [], [])
