"""The minutes page: drawn up at once, seen from memory, saved where the person says."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.documents.minutes import print_minutes, print_minutes_word
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.gui.minutes.minutes import MinutesPage
from csp_desktop.gui.widgets.pdf_preview import PdfPages
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.minutes import draft_saved
from tests.documents.minutes_models import minutes
from tests.support.fakes import NO_PAPERS
from tests.support.frozen import frozen_again
from tests.support.held_meeting import NOVEMBER, OCTOBER, partnership
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls

PAPERS = replace(NO_PAPERS, print_minutes=print_minutes)


def _closed(printing: Any = print_minutes) -> Any:
    session = partnership(8, papers=replace(NO_PAPERS, print_minutes=printing, print_minutes_word=print_minutes_word))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    return session


def _shown(
    qtbot: QtBot,
    session: Any,
    ask: ScriptedAsk | None = None,
    size: QSize = QSize(1366, 768),  # noqa: B008
    wait: bool = True,
) -> Shown:
    desk = desk_of(session)
    shown = Shown(qtbot, MinutesPage(desk, ask), desk, NOVEMBER, size)
    if wait:
        qtbot.waitUntil(lambda: not desk.tasks.busy())
        for _ in range(3):  # the checks come, then their rows are laid out, then they can be clicked
            QApplication.sendPostedEvents()
            QApplication.processEvents()
    return shown


def _ui(shown: Shown) -> Any:
    return shown.page._ui  # type: ignore[attr-defined]


def _keeps(shown: Shown) -> list[QPushButton]:
    """The buttons that keep a text which may tell who a person is."""
    return [b for b in shown.page.findChildren(QPushButton) if b.accessibleName().startswith("Keep “")]


def test_the_pages_of_the_minutes_are_shown_with_their_text(qtbot: QtBot) -> None:
    ui = _ui(_shown(qtbot, _closed()))
    assert ui.page_label.text().startswith("Page 1 of ")
    assert ui.page_view.isVisible()
    assert "Minutes of the Community Protection Group" in ui.text_edit.toPlainText()
    assert "OFFICIAL-SENSITIVE" in ui.text_edit.toPlainText()


def test_a_section_leads_to_its_page(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _closed())
    view = _ui(shown).sections_view
    view.set_current("attendance")
    view.setFocus()
    titles = [entry.title.strip() for entry in view.entries()]
    assert "5.3 SN-2026-0403, JK" in titles
    for _ in titles:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert titles[-1] in _ui(shown).text_edit.toPlainText().replace("\n", " ")
    assert view.entries()[-1].caption == _ui(shown).page_label.text().split()[1]


def test_failing_checks_show_their_place(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _closed())
    buttons = [b for b in shown.page.findChildren(QPushButton) if b.objectName().startswith("fix_check_")]
    # someone who did not sign, a case without outcome, an item not read back, an action without a date, a house number
    assert [b.text() for b in buttons] == ["Show", "Show", "Show", "Show", "Fix"]
    assert _ui(shown).checks_count.text() == "4 of 9"
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert _ui(shown).sections_view.current_key() == "case-SN-2026-0403"
    assert _ui(shown).page_view.verticalScrollBar().value() > 0


def test_what_may_tell_who_a_person_is_is_shown_until_it_is_kept_or_changed(qtbot: QtBot) -> None:
    session = _closed()
    shown = _shown(qtbot, session)
    (kept,) = _keeps(shown)
    (fix,) = [b for b in shown.page.findChildren(QPushButton) if b.text() == "Fix"]
    assert kept.accessibleName().startswith("Keep “family at 14”: a house number, ")
    fix.click()
    assert _ui(shown).sections_view.current_key() == "actions"
    assert _ui(shown).correct_button.isChecked()
    _ui(shown).correct_button.click()
    kept.click()
    QApplication.processEvents()
    assert _ui(shown).checks_count.text() == "5 of 9"
    again = _shown(qtbot, session)
    assert not _keeps(again)
    with session.work.step("said otherwise", of_held=True) as records:
        action = records.get(Action, "old-6")
        records.save(replace(action, what="Statement from the family at 16"))
    frozen_again(session, NOVEMBER)
    again.desk.changes.tell("actions")
    qtbot.waitUntil(lambda: not again.desk.tasks.busy())
    assert _keeps(again)


def test_tab_comes_to_the_buttons_of_the_checks_before_the_text_below_and_each_says_what_it_is_for(
    qtbot: QtBot,
) -> None:
    shown = _shown(qtbot, _closed())
    buttons = [b for b in shown.page.findChildren(QPushButton) if b.objectName().startswith(("fix_", "keep_"))]
    assert all(b.accessibleName() not in ("Show", "Fix", "Keep") for b in buttons)
    chain, part = [], _ui(shown).page_view.nextInFocusChain()
    while part is not _ui(shown).save_button:
        chain.append(part)
        part = part.nextInFocusChain()
    reached = [part for part in chain if part in (*buttons, _ui(shown).text_edit)]
    assert reached == [*buttons, _ui(shown).text_edit]


def test_fix_opens_the_fields_also_when_something_else_was_done_since(qtbot: QtBot) -> None:
    session = _closed()
    with session.work.step("something else", of_held=True) as records:
        records.save(replace(records.get(Action, "old-1"), reason="asked"))
    shown = _shown(qtbot, session)
    (fix,) = [b for b in shown.page.findChildren(QPushButton) if b.text() == "Fix"]
    fix.click()
    assert _ui(shown).correct_button.isChecked() and _ui(shown).saved_bar.text() == ""


def test_on_a_small_screen_the_fields_and_what_an_approval_lacks_are_brought_to_the_front(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _closed(), size=QSize(640, 360))
    ui = _ui(shown)
    QTest.keyClick(shown.page, Qt.Key.Key_F2)
    assert ui.columns.shown() is Column.SIDE and shown.page._corrections.isVisible()  # type: ignore[attr-defined]
    QTest.keyClick(shown.page, Qt.Key.Key_F2)
    assert ui.columns.shown() is Column.WORK
    QTest.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ui.columns.shown() is Column.SIDE
    assert shown.page._panel.error.text().startswith("5 checks fail")  # type: ignore[attr-defined]


def test_nobody_but_who_records_the_meeting_keeps_a_text(qtbot: QtBot) -> None:
    session = _closed()
    shown = _shown(qtbot, replace(session, roles=frozenset({Role.ADMINISTRATOR})))
    (kept,) = _keeps(shown)
    kept.click()
    assert _ui(shown).checks_count.text() == "4 of 9"
    with session.work.reading() as records:
        assert records.find(KeptText) == []


def test_words_in_a_note_do_not_stand_for_the_marking_of_a_page() -> None:
    pages = PdfPages(print_minutes(minutes()))
    text = pages.text(0)
    assert text.count("Hertfordshire") > 2 and pages.unmarked("OFFICIAL-SENSITIVE") == []
    assert 1 in pages.unmarked("Hertfordshire") and pages.unmarked(" ") == list(range(1, len(pages) + 1))
    pages.close()


def test_save_writes_exactly_the_pages_shown(qtbot: QtBot, tmp_path: Path) -> None:
    ask = ScriptedAsk(tmp_path / "minutes.pdf")
    shown = _shown(qtbot, _closed(), ask)
    assert list(tmp_path.iterdir()) == []
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    assert ask.suggested == ["CPG minutes 2026-11-26 draft 1.pdf"]
    document = pdfium.PdfDocument((tmp_path / "minutes.pdf").read_bytes())
    assert f"of {len(document)}" in _ui(shown).page_label.text()
    assert _ui(shown).saved_bar.text() == "Saved"
    assert shown.page.strip_text().startswith("Draft saved Thu 26 Nov, 15:40.")
    assert draft_saved(shown.desk.session, NOVEMBER) is not None


def test_the_format_of_a_saved_paper_follows_the_ending_of_its_name(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, _closed(), ScriptedAsk(tmp_path / "minutes.docx"))
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _ui(shown).saved_bar.text() == "Saved")
    said = "\n".join(part.text for part in docx.Document(str(tmp_path / "minutes.docx")).paragraphs)
    assert "Minutes of the Community" in said


def test_a_name_that_ends_like_another_kind_of_file_gets_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, _closed(), ScriptedAsk(tmp_path / "minutes.xlsx"))
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    wrong = "It could not be saved there: this is a PDF, and its name ends in .xlsx. End the name in .pdf."
    assert _ui(shown).save_error.text() == wrong
    assert list(tmp_path.iterdir()) == []


def test_before_it_is_saved_the_foot_says_that_the_pages_are_in_memory_only(qtbot: QtBot) -> None:
    assert _shown(qtbot, _closed()).page.strip_text() == "Not saved as a PDF yet."


def test_the_closing_is_said_once_and_not_each_time_the_page_opens(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _closed())
    assert _ui(shown).saved_bar.text() == "The meeting is closed"
    shown.page.left()
    shown.page.entered(NOVEMBER)
    assert not _ui(shown).saved_bar.isVisible()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())


def test_thinking_better_of_saving_writes_nothing(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _closed(), ScriptedAsk(None))
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    assert _ui(shown).saved_bar.text() != "Saved"


def test_a_place_that_cannot_be_written_is_said_at_the_button(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, _closed(), ScriptedAsk(tmp_path / "nowhere" / "minutes.pdf"))
    QTest.mouseClick(_ui(shown).save_button, Qt.MouseButton.LeftButton)
    assert "Choose another place" in _ui(shown).save_error.text()


def test_drawing_up_can_be_cancelled_and_begun_again(qtbot: QtBot) -> None:
    going, printed = threading.Event(), []

    def slow(minutes: Any, progress: Any) -> bytes:
        printed.append(1)
        going.wait()
        return print_minutes(minutes, progress)

    shown = _shown(qtbot, _closed(slow), wait=False)
    ui = _ui(shown)
    assert ui.cancel_button.isVisible() and not ui.save_button.isEnabled()
    QTest.mouseClick(ui.cancel_button, Qt.MouseButton.LeftButton)
    going.set()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    assert ui.empty_state.accessibleName() == "Stopped" and not ui.page_view.isVisible()
    QTest.mouseClick(ui.empty_state.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ui.page_view.isVisible)
    assert len(printed) == 2


def test_page_keys_turn_the_pages(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _closed())
    ui = _ui(shown)
    QTest.keyClick(ui.page_view, Qt.Key.Key_PageDown)
    assert ui.page_label.text().startswith("Page 2 of ")
    QTest.keyClick(ui.page_view, Qt.Key.Key_PageUp)
    QTest.keyClick(ui.page_view, Qt.Key.Key_PageUp)
    assert ui.page_label.text().startswith("Page 1 of ")


def test_what_is_done_after_the_closing_takes_its_undo_away_since_it_would_take_back_something_else(
    qtbot: QtBot,
) -> None:
    session = _closed()
    shown = _shown(qtbot, session)
    with session.work.step("a word for the spelling") as records:
        records.save(GlossaryWord("w", "snickleway", "Marcus Bell", session.today))
    shown.page.refresh()
    assert not _ui(shown).saved_bar.isVisible()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())


def test_without_a_meeting_held_the_page_says_when_minutes_come(qtbot: QtBot) -> None:
    session = partnership(papers=PAPERS)
    with session.work.step("only planned", of_held=True) as records:
        records.remove(records.get(Meeting, OCTOBER))
    desk = desk_of(session)
    shown = Shown(qtbot, MinutesPage(desk), desk, None, QSize(1366, 768))
    assert "when a meeting is closed" in _ui(shown).empty_state.accessibleDescription()
    assert not _ui(shown).save_button.isEnabled()


def test_closing_by_mistake_is_taken_back_from_here(qtbot: QtBot) -> None:
    session = _closed()
    shown = _shown(qtbot, session)
    assert _ui(shown).saved_bar.text() == "The meeting is closed"
    QTest.keyClick(shown.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with session.work.reading() as records:
        assert records.get(Meeting, NOVEMBER).state is MeetingState.IN_SESSION
    assert shown.went == [("closing", NOVEMBER)]


def test_the_bar_says_how_far_the_record_is_and_counts_down_to_circulation(qtbot: QtBot) -> None:
    bar = _shown(qtbot, _closed()).page.bar_state()
    assert [(f.big, f.small) for f in bar.figures] == [("21 days", "to circulate, Thu 17 Dec")]
    assert [(step.title, step.caption, step.state.value) for step in bar.steps] == [
        ("Draft", "meeting of Thu 26 Nov", "done"),
        ("Checked", "4 of 9 pass", "now"),
        ("Approved", "by the chair", "to do"),
        ("Circulated", "by Thu 17 Dec", "to do"),
        ("Agreed", "CPG, Thu 24 Dec", "to do"),
    ]


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1600, 900)])
def test_nothing_is_clipped_and_everything_is_named(qtbot: QtBot, size: QSize) -> None:
    shown = _shown(qtbot, _closed(), size=size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
