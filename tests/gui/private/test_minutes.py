"""The private minutes' page: one copy at a time, seen from memory, approved, saved and noted as given."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.documents.action_list import print_action_list
from csp_desktop.documents.private.minutes import print_private_minutes, print_private_minutes_word
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.gui.private.minutes import PrivateMinutesPage, step_marks
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.services.minutes import corrections
from csp_desktop.services.private import circulation
from tests.services.file.test_users import GOOD, FakeSlots
from tests.support.fakes import NO_PAPERS
from tests.support.frozen import frozen_again
from tests.support.pages import ScriptedAsk, Shown, private_desk_of
from tests.support.private_minutes import EWA, JOY, NAMES, SARA, held
from tests.support.private_session import member_named, private_session
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls

PAPERS = replace(
    NO_PAPERS,
    print_private_minutes=print_private_minutes,
    print_private_minutes_word=print_private_minutes_word,
    print_action_list=print_action_list,
)


def _session(*, approved: bool = False) -> tuple[Any, str]:
    session = private_session()
    session = replace(session, papers=PAPERS, users=FakeSlots({}, session.work))
    meeting_id = held(session)
    if approved:
        circulation.approve(session, meeting_id)
    return session, meeting_id


def _shown(
    qtbot: QtBot,
    session: Any,
    meeting_id: str,
    ask: ScriptedAsk | None = None,
    size: QSize = QSize(1366, 768),  # noqa: B008
) -> Shown:
    desk = private_desk_of(session)
    shown = Shown(qtbot, PrivateMinutesPage(desk, ask), desk, meeting_id, size)
    _rest(qtbot, shown)
    return shown


def _rest(qtbot: QtBot, shown: Shown) -> None:
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())


def _ui(shown: Shown) -> Any:
    return shown.page._ui  # type: ignore[attr-defined]


def _choose(qtbot: QtBot, shown: Shown, name: str) -> None:
    """Down the list of copies by key until someone's is shown."""
    view = _ui(shown).copies_view
    view.setFocus()
    for _ in view.entries():
        if view.currentIndex().data().startswith(name):
            break
        QTest.keyClick(view, Qt.Key.Key_Down)
        _rest(qtbot, shown)
    assert view.currentIndex().data() == name


def _whole_text(shown: Shown) -> str:
    pages = shown.page._preview.pages  # type: ignore[attr-defined]
    return " ".join(pages.text(n).replace("\n", " ") for n in range(len(pages)))


def _every_word(widget: QWidget) -> str:
    """Everything a label, list, field, tooltip or screen reader of the page says."""
    words = []
    for child in [widget, *widget.findChildren(QWidget)]:
        words += [child.toolTip(), child.accessibleName(), child.accessibleDescription(), child.windowTitle()]
        if isinstance(child, QLabel | QPushButton):
            words.append(child.text())
        if isinstance(child, QPlainTextEdit):
            words.append(child.toPlainText())
        if isinstance(child, QComboBox):
            words += [child.itemText(n) for n in range(child.count())]
        if isinstance(child, EntryList):
            words += [entry.spoken() for entry in child.entries()]
    return "\n".join(words + [action.text() for action in widget.findChildren(QAction)])


def test_the_record_is_shown_first_and_names_nobody(qtbot: QtBot) -> None:
    shown = _shown(qtbot, *_session())
    assert "Minutes of the private rough-sleeping meeting" in _ui(shown).text_edit.toPlainText()
    words = _every_word(shown.page) + _whole_text(shown)
    assert "RS-001, K.B." in words
    for name in NAMES:
        assert name not in words


def test_a_recipients_copy_shows_only_whom_they_may_hear_of(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    shown = _shown(qtbot, session, meeting_id)
    assert "RS-002" in _whole_text(shown)
    _choose(qtbot, shown, JOY)
    text = _whole_text(shown)
    assert "RS-001, K.B." in text and "RS-002" not in text and "D.W." not in text
    assert "copy 4 for Joy Okafor, Community Mental Health Team" in text
    assert not any("RS-002" in entry.title for entry in _ui(shown).sections_view.entries())


def test_a_draft_goes_to_no_recipient(qtbot: QtBot, tmp_path: Path) -> None:
    session, meeting_id = _session()
    shown = _shown(qtbot, session, meeting_id, ScriptedAsk(tmp_path / "copy.pdf"))
    _choose(qtbot, shown, JOY)
    assert not _ui(shown).save_draft_button.isEnabled() and _ui(shown).save_button.isHidden()
    QTest.keyClick(shown.page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "approves them first" in _ui(shown).save_error.text()
    assert list(tmp_path.iterdir()) == []


def test_the_draft_of_the_record_can_be_saved(qtbot: QtBot, tmp_path: Path) -> None:
    ask = ScriptedAsk(tmp_path / "draft.pdf")
    shown = _shown(qtbot, *_session(), ask)
    QTest.mouseClick(_ui(shown).save_draft_button, Qt.MouseButton.LeftButton)
    assert ask.suggested == ["Minutes 2026-11-26 draft 1 copy 1.pdf"]
    assert (tmp_path / "draft.pdf").is_file()
    assert "not encrypted" in _ui(shown).done_bar.accessibleName()


def test_a_private_draft_is_a_word_file_where_its_name_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, *_session(), ScriptedAsk(tmp_path / "draft.docx"))
    QTest.mouseClick(_ui(shown).save_draft_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (tmp_path / "draft.docx").is_file())
    assert (tmp_path / "draft.docx").read_bytes().startswith(b"PK")


def test_approving_lets_copies_out_and_cannot_be_taken_back(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    shown = _shown(qtbot, session, meeting_id)
    panel = shown.page._panel  # type: ignore[attr-defined]
    panel.passphrase_edit.setText("not this one")
    QTest.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.error.text() == "Read every page first, or tick “I have read version 1”."
    QTest.keyClick(panel.read_box, Qt.Key.Key_Space)
    QTest.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _rest(qtbot, shown)
    assert panel.error.text() == "This is not it."
    panel.passphrase_edit.setText(GOOD)
    QTest.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _rest(qtbot, shown)
    assert _ui(shown).done_bar.text() == "Version 1 is approved" and not _ui(shown).save_button.isHidden()
    assert "Approved, version 1, approved by Ravi Nair" in _whole_text(shown)
    assert [step.state.value for step in shown.page.bar_state().steps] == ["done", "done", "done", "now", "to do"]
    QTest.keyClick(shown.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    _rest(qtbot, shown)
    assert panel.isHidden()
    assert "Approved, version 1" in _whole_text(shown)


def test_the_deputy_checks_and_cannot_approve(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    shown = _shown(qtbot, replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY})), meeting_id)
    assert shown.page._panel.next_button.text() == "Mark as &checked"  # type: ignore[attr-defined]
    QTest.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert circulation.circulation_of(session, meeting_id).approval is None


def test_the_private_record_is_put_right_as_the_group_s_is(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    shown: Any = _shown(qtbot, session, meeting_id)
    page = shown.page
    key = next(row.key for row in page._ui.sections_view.entries() if row.key.startswith("person-"))
    page._show_section(key)
    QTest.keyClick(page, Qt.Key.Key_F2)
    (note,) = [one for one in page._side.corrections.fields if one.place.fact.field == "note"]
    assert not page._ui.copies_view.isVisible() and note.control.hasFocus()
    note.control.setPlainText("Kit took the bed.")
    page.go_back()
    _rest(qtbot, shown)
    assert [one.what for one in corrections.corrections(session, meeting_id)] == ["RS-001, K.B.: discussion"]
    assert "K.B. took the bed." in _whole_text(shown)
    row = next(row for row in page._ui.sections_view.entries() if row.key == key)
    assert row.pill == "1" and row.told.startswith("correct once")


def test_correcting_leads_from_a_copy_to_the_record(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    shown: Any = _shown(qtbot, session, meeting_id)
    shown.page._take_copy(member_named(session, EWA).id)
    _rest(qtbot, shown)
    QTest.keyClick(shown.page, Qt.Key.Key_F2)
    _rest(qtbot, shown)
    assert shown.page._is_record() and shown.page._side.is_correcting()


def test_a_saved_copy_is_noted_as_given_and_holds_what_was_shown(qtbot: QtBot, tmp_path: Path) -> None:
    session, meeting_id = _session(approved=True)
    shown = _shown(qtbot, session, meeting_id, ScriptedAsk(tmp_path / "copy.pdf"))
    _choose(qtbot, shown, JOY)
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    assert _ui(shown).done_bar.text() == "Copy 4 saved for Joy Okafor"
    document = pdfium.PdfDocument((tmp_path / "copy.pdf").read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "RS-001" in text and "RS-002" not in text
    (given,) = circulation.given_copies(session, meeting_id)
    assert (given.name, given.copy_number, len(given.person_ids)) == (JOY, 4, 1)
    pills = {entry.title: entry.pill for entry in _ui(shown).copies_view.entries()}
    assert (pills[JOY], pills[SARA]) == ("Given Thu 26 Nov", "To give")
    assert _ui(shown).copies_count.text() == "1 of 5 given"


def test_thinking_better_of_saving_gives_nothing(qtbot: QtBot) -> None:
    session, meeting_id = _session(approved=True)
    shown = _shown(qtbot, session, meeting_id, ScriptedAsk(None))
    _choose(qtbot, shown, JOY)
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    assert circulation.given_copies(session, meeting_id) == ()


def test_a_place_that_cannot_be_written_is_said_at_the_button_and_nothing_counts_as_given(
    qtbot: QtBot, tmp_path: Path
) -> None:
    session, meeting_id = _session(approved=True)
    shown = _shown(qtbot, session, meeting_id, ScriptedAsk(tmp_path / "nowhere" / "copy.pdf"))
    _choose(qtbot, shown, JOY)
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    assert "Choose another place" in _ui(shown).save_error.text()
    assert circulation.given_copies(session, meeting_id) == ()


def test_an_officers_action_list_holds_their_own_actions_only(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    shown = _shown(qtbot, session, meeting_id)
    combo = _ui(shown).paper_combo
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    _rest(qtbot, shown)
    assert "Find K.B. a kennel space" in " ".join(_whole_text(shown).split()) and "Discussion" not in _whole_text(shown)
    _choose(qtbot, shown, EWA)
    text = _whole_text(shown)
    assert "Help her move" in text and "RS-002, D.W." in text
    assert "kennel" not in text and "Ask the shelter" not in text


def test_a_failing_check_leads_to_its_place_in_the_record(qtbot: QtBot) -> None:
    shown = _shown(qtbot, *_session())
    _choose(qtbot, shown, JOY)
    (button,) = [b for b in shown.page.findChildren(QPushButton) if b.objectName().startswith("fix_check_")]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    _rest(qtbot, shown)
    assert _ui(shown).copies_view.current_key() == "record"
    assert _ui(shown).checks_count.text() == "9 of 10"


def test_a_name_in_an_item_s_title_is_shown_and_may_be_kept(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    with session.work.step("title", of_held=True) as records:
        item = next(i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is ItemKind.OTHER)
        records.save(replace(item, title="Letter from Marlow’s mother"))
    frozen_again(session, meeting_id)
    with session.work.step("alias learnt after the session") as records:
        records.save(replace(records.find(RoughSleeper)[0], aliases=("Marlow",)))
    shown = _shown(qtbot, session, meeting_id)
    (kept,) = [b for b in shown.page.findChildren(QPushButton) if b.objectName().startswith("keep_check_")]
    assert kept.accessibleName().startswith("Keep “Marlow”: a name in this file")
    QTest.mouseClick(kept, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert _ui(shown).checks_count.text() == "9 of 10"
    with session.work.reading() as records:
        assert len(records.find(KeptText, meeting_id=meeting_id)) == 1


def test_nothing_of_the_minutes_shows_while_a_session_runs(qtbot: QtBot) -> None:
    session, meeting_id = _session()
    with session.work.step("another session runs", of_held=True) as records:
        closed = records.get(Meeting, meeting_id)
        records.save(replace(closed, id="another", state=MeetingState.IN_SESSION))
    shown = _shown(qtbot, session, meeting_id)
    assert "one at a time" in _ui(shown).empty_state.accessibleDescription()
    words = _every_word(shown.page)
    assert "RS-0" not in words and "K.B." not in words
    assert not shown.page._panel.next_button.isVisible()  # type: ignore[attr-defined]


def test_leaving_the_page_keeps_no_page_and_no_word(qtbot: QtBot) -> None:
    shown = _shown(qtbot, *_session())
    shown.page.left()
    assert _ui(shown).text_edit.toPlainText() == ""
    assert shown.page._preview.pages is None  # type: ignore[attr-defined]


def test_without_a_session_held_the_page_says_when_minutes_come(qtbot: QtBot) -> None:
    shown = _shown(qtbot, replace(private_session(), papers=PAPERS), "")
    assert "when a private session is closed" in _ui(shown).empty_state.accessibleDescription()


def test_the_bar_counts_down_to_the_lists_own_deadline(qtbot: QtBot) -> None:
    figures = _shown(qtbot, *_session()).page.bar_state().figures
    assert [(f.big, f.small) for f in figures] == [
        ("7 days", "to circulate, Thu 3 Dec"),
        ("21 days", "to next session, Thu 17 Dec"),
    ]


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768), QSize(1600, 900)])
@pytest.mark.parametrize("approved", [False, True])
def test_nothing_is_clipped_everything_is_named_and_no_letter_answers_twice(
    qtbot: QtBot, size: QSize, approved: bool
) -> None:
    session, meeting_id = _session(approved=approved)
    if approved:
        joy = member_named(session, JOY).id
        circulation.note_given(session, circulation.copy_for(session, meeting_id, joy), joy)
    shown = _shown(qtbot, session, meeting_id, size=size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
    assert shared_mnemonics(shown.page) == []


def test_what_was_agreed_and_never_given_to_all_is_not_shown_as_circulated(qtbot: QtBot) -> None:
    session, meeting_id = _session(approved=True)
    shown = _shown(qtbot, session, meeting_id)
    now = replace(circulation.circulation_of(session, meeting_id), state=MinutesState.AGREED)
    record = shown.page._record  # type: ignore[attr-defined]
    sent = step_marks(now, record, 1, 1, now.due)[3]
    assert sent.spoken() == "to do, not circulated"
