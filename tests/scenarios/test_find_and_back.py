"""Ctrl+K left without a choice gives the caret back; during a meeting it finds every page, and Escape the meeting."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.gui.help.help import HelpPage
from csp_desktop.gui.meeting.prepare import PreparePage
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.sample.clock import sample_clock
from csp_desktop.services.meeting import agenda
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import Sitting, sitting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def meeting(sample: Path, november: str, tmp_path: Path, passphrase_of: Callable[[str], str]) -> Iterator[Sitting]:
    with sitting(sample, tmp_path, sample_clock()) as begun:
        begun.unlock(TAKER["name"], passphrase_of("minute-taker"))
        yield begun


def found(begun: Sitting) -> list[str]:
    """What the list under the find box offers; the answer has come."""
    page = begun.program.window.page()
    assert page is not None
    palette = page.findChild(Palette)
    assert palette is not None
    begun.hands.wait(lambda: not palette._looking, "the answer")
    return [entry.title for entry in palette.entries.entries()]


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(640, 360)])
def test_the_caret_returns_to_the_minute(meeting: Sitting, size: QSize) -> None:
    hands = meeting.hands
    meeting.program.window.resize(size)
    hands.settle()
    hands.key("F2")
    note = QApplication.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    hands.write("The landlord came")
    hands.key("Left", "Left", "Left", "Left")
    at = note.textCursor().position()
    hands.key("Ctrl+K")
    assert not note.hasFocus()
    hands.key("Esc")
    assert note.hasFocus() and note.textCursor().position() == at
    for last in ("Esc", "Return"):
        hands.key("Ctrl+K")
        hands.write("qqzzxx")
        assert found(meeting) == ["Nothing found"]
        hands.key(last)
        assert note.hasFocus() and note.textCursor().position() == at
    assert note.toPlainText() == "The landlord came"


def test_in_a_meeting_every_page_is_found_by_its_name_and_escape_brings_back(meeting: Sitting) -> None:
    hands, window = meeting.hands, meeting.program.window
    for word, title, stem in (("settings", "Settings", "settings"), ("cases", "Cases", "cases")):
        hands.key("F2", "Ctrl+K")
        hands.write(word)
        assert title in found(meeting)
        hands.key("Return")
        assert window.page_name() == stem
        window.show_page("back")
        assert window.page_name() == "live"


def test_on_a_page_without_a_rail_the_focus_returns_to_the_list(opened: Sitting) -> None:
    hands, window = opened.hands, opened.program.window
    window.show_page("prepare")
    page = window.page()
    assert isinstance(page, PreparePage)
    view = page._ui.agenda_view
    hands.key("Ctrl+K")
    assert not view.hasFocus()
    hands.key("Esc")
    assert view.hasFocus()
    hands.key("F2", "Ctrl+K", "Esc")
    assert view.hasFocus()


def test_while_the_private_meeting_runs_nothing_of_the_group_is_found(opened: Sitting) -> None:
    hands, window = opened.hands, opened.program.window
    window.hold("private_part")
    hands.key("Ctrl+K")
    assert found(opened) == ["Lock"]
    hands.write("chalk")
    assert found(opened) == ["Nothing found"]


def test_from_the_sign_in_desk_nothing_leads_to_a_case_not_even_through_help(meeting: Sitting) -> None:
    hands, window = meeting.hands, meeting.program.window
    hands.key("F6", "F1")
    assert window.page_name() == "help" and not window.rail.isVisible()
    hands.key("F1", "Shift+F4", "Ctrl+K")
    assert window.page_name() == "help" and found(meeting) == ["Lock"]
    hands.write("vicarage")
    assert found(meeting) == ["Nothing found"]
    hands.key("Esc", "Esc")
    assert window.page_name() == "sign_in"
    window.show_page("live")
    hands.key("F1", "Ctrl+K")
    hands.write("vicarage")
    assert found(meeting) != ["Nothing found"]


def test_at_the_desk_before_the_meeting_help_has_no_list_of_pages_and_no_tour(opened: Sitting) -> None:
    hands, window = opened.hands, opened.program.window
    session = opened.program._session
    assert session is not None
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    window.show_page("sign_in", meeting.id)
    hands.key("F1", "Shift+F4")
    page = window.page()
    assert isinstance(page, HelpPage) and not window.rail.isVisible()
    assert not page._ui.tour_button.isVisible()
    window.show_page("tour")
    hands.key("Ctrl+K")
    assert window.page_name() == "help" and found(opened) == ["Lock"]
    hands.key("Esc", "Esc")
    assert window.page_name() == "sign_in"


def test_who_opened_the_desk_too_early_leaves_it_by_undo_or_key_and_is_asked_for_their_passphrase(
    opened: Sitting, passphrase_of: Callable[[str], str]
) -> None:
    hands, program = opened.hands, opened.program
    session = program._session
    assert session is not None
    planned = agenda.next_meeting(session)
    assert planned is not None
    for key, state in (("Ctrl+Z", MeetingState.PLANNED), ("Ctrl+Shift+L", MeetingState.SIGN_IN)):
        program.window.show_page("sign_in", planned.id)
        hands.key(key)
        hands.wait(program.is_locked, "the lock")
        opened.unlock(TAKER["name"], passphrase_of("minute-taker"))
        assert program.window.page_name() == "home" and program._session is not None
        again = agenda.next_meeting(program._session)
        assert again is not None and again.state is state


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("add person", "people"),
        ("new case", "cases"),
        ("print minutes", "minutes"),
        ("correct", "minutes"),
        ("approve", "minutes"),
    ],
)
def test_from_every_page_what_is_typed_leads_to_where_it_is_done(opened: Sitting, words: str, stem: str) -> None:
    hands, window = opened.hands, opened.program.window
    window.show_page("settings")
    hands.key("Ctrl+K")
    hands.write(words)
    assert found(opened)
    hands.key("Return")
    assert window.page_name() == stem


def test_while_a_meeting_runs_add_case_and_agree_are_found_from_another_page(meeting: Sitting) -> None:
    hands, window = meeting.hands, meeting.program.window
    for words, stem in (("add case", "room_changes"), ("agree action", "live"), ("who here", "room_changes")):
        window.show_page("settings")
        hands.key("Ctrl+K")
        hands.write(words)
        hands.wait(lambda: bool(found(meeting)), "the answer")
        hands.key("Return")
        assert window.page_name() == stem
    window.show_page("live")
    hands.key("Ctrl+K")
    hands.write("add case")
    hands.key("Return")
    assert window.page_name() == "room_changes"
    hands.key("Esc")
    assert window.page_name() == "live"
