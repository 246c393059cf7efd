"""Whoever approves sees every change since the draft they read, sends it back, and remarks are answered by key."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.widgets.review_changes import ReviewChanges
from csp_desktop.services.minutes import corrections, remarks, review, versions
from tests.gui.minutes.test_approval import _checked, _closed, _shown, keep_all
from tests.support.held_meeting import NOVEMBER
from tests.support.screens import clipped_texts, settle, sideways, unnamed_controls

CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
CASE = "case-SN-2026-0401"


def corrected_since_read() -> Any:
    """The chair read the draft; then a decision and a discussion were put right, and it was checked."""
    session = _closed()
    review.mark_read(session, NOVEMBER)
    session.now.advance(days=1)
    found = corrections.correctable(session, NOVEMBER)
    decision = next(one for one in found if one.fact.field == "reason" and one.is_accepted)
    note = next(one for one in found if one.fact.field == "note" and one.case_id)
    corrections.correct(session, NOVEMBER, decision.part_id, "reason", "Otherwise", reason="misheard")
    corrections.correct(session, NOVEMBER, note.part_id, "note", "The patrol is weekly")
    keep_all(session)
    versions.check(session, NOVEMBER)
    return session


def press(shown: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(shown.window.focusWidget() or shown.page, key, modifier)


def test_the_changes_stand_in_place_of_the_sections_with_decisions_marked(qtbot: QtBot) -> None:
    shown: Any = _shown(qtbot, corrected_since_read())
    side = shown.page._side
    listed: ReviewChanges = side.review
    assert listed.isVisible() and not shown.page._ui.sections_view.isVisible()
    assert [row.change.decision for row in listed.rows] == [False, True]
    assert listed.read_label.text() == "You read it on Thu 26 Nov 2026 at 15:40. Hana Price made these changes since."
    assert listed.end_label.text() == "Nothing else has changed since you read it."
    assert shown.window.focusWidget() is listed.rows[0]
    press(shown, Qt.Key.Key_Down)
    assert shown.window.focusWidget() is listed.rows[1]
    assert "A decision changed" in listed.rows[1].accessibleName() and "misheard" in listed.rows[1].accessibleName()
    side.rail_button.click()
    assert shown.page._ui.sections_view.isVisible() and not listed.isVisible()


def test_the_first_reading_says_how_much_there_is_to_read_and_counts_once_every_page_was_turned_to(
    qtbot: QtBot,
) -> None:
    session = _checked()
    shown: Any = _shown(qtbot, session)
    pages = len(shown.page._preview.pages)
    words = f"You have not read this draft yet. Read all {pages} pages."
    assert shown.page._side.review.read_label.text() == words
    shown.page.left()
    assert review.reading_of(session, NOVEMBER).mark is None
    shown.page.entered(NOVEMBER)
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    for _ in range(pages):
        shown.page._turn(1)
    shown.page.left()
    assert review.reading_of(session, NOVEMBER).mark is not None


def test_ctrl_b_sends_it_back_with_a_note(qtbot: QtBot) -> None:
    session = corrected_since_read()
    shown: Any = _shown(qtbot, session)
    press(shown, Qt.Key.Key_B, CTRL)
    edit = shown.page._panel.back_edit
    assert shown.window.focusWidget() is edit
    press(shown, Qt.Key.Key_Return)
    assert "what to correct" in shown.page._panel.back_error.text()
    QTest.keyClicks(edit, "The patrol is fortnightly.")
    press(shown, Qt.Key.Key_Return)
    now = versions.standing(session, NOVEMBER)
    assert now.state is MinutesState.DRAFT and now.sent_back is not None
    assert shown.page._panel.title.text() == "Sent back by Hana Price"


def test_a_check_that_fell_since_makes_the_button_grey_and_says_which(qtbot: QtBot) -> None:
    session = _closed()
    versions.check(session, NOVEMBER)  # as an earlier version did, or before a name became known
    shown: Any = _shown(qtbot, session)
    panel = shown.page._panel
    assert not panel.next_button.isEnabled()
    assert panel.fallen_label.text().startswith("5 checks fail since it was checked: ")
    keep_all(session)
    shown.page.refresh()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    shown.page._show_paper()
    assert panel.next_button.isEnabled() and not panel.fallen_label.isVisible()


def test_f8_goes_from_one_failing_check_to_the_next(qtbot: QtBot) -> None:
    shown: Any = _shown(qtbot, _closed())
    seen = []
    for _ in range(2):
        press(shown, Qt.Key.Key_F8)
        seen.append(shown.page._ui.sections_view.current_key())
    assert seen[0] == "confidentiality" and seen[1] != seen[0]


def test_a_remark_is_accepted_by_key_and_leads_to_the_field(qtbot: QtBot) -> None:
    session = _closed()
    note = next(one for one in corrections.correctable(session, NOVEMBER) if one.fact.field == "note" and one.case_id)
    remarks.note_remark(session, NOVEMBER, CASE, "Ewa Łukasik", "weekly, not daily", case_id=note.case_id)
    shown: Any = _shown(qtbot, session)
    row = next(row for row in shown.page._ui.sections_view.entries() if row.key == CASE)
    assert "1 comment waiting" in row.told
    shown.page._show_section(CASE)
    press(shown, Qt.Key.Key_F2)
    QApplication.processEvents()
    assert unnamed_controls(shown.page) == [] and clipped_texts(shown.page) == []
    press(shown, Qt.Key.Key_T, CTRL)
    (answered,) = remarks.remarks(session, NOVEMBER)
    assert answered.accepted is True
    assert shown.window.focusWidget() is shown.page._corrections.fields[0].control
    assert any("weekly, not daily" in row.accessibleName() for row in shown.page._corrections.remarks.rows)
    QTest.keyClicks(shown.window.focusWidget(), " Weekly.")
    press(shown, Qt.Key.Key_Return, CTRL)
    (line,) = corrections.corrections(session, NOVEMBER)
    assert line.reason == "asked for by Ewa Łukasik"


def test_declining_opens_the_reason(qtbot: QtBot) -> None:
    session = _closed()
    remarks.note_remark(session, NOVEMBER, CASE, "Ewa Łukasik", "minute his words")
    shown: Any = _shown(qtbot, session)
    shown.page._show_section(CASE)
    press(shown, Qt.Key.Key_F2)
    (row,) = shown.page._corrections.remarks.rows
    row.decline_button.click()
    assert shown.window.focusWidget() is row.reason_edit
    press(shown, Qt.Key.Key_Return)
    assert "reason for not changing it" in row.error.text()
    QTest.keyClicks(row.reason_edit, "Not said at the table")
    press(shown, Qt.Key.Key_Return)
    (answered,) = remarks.remarks(session, NOVEMBER)
    assert (answered.accepted, answered.reason) == (False, "Not said at the table")


def test_a_remark_is_noted_and_the_draft_sent_for_checking_only_among_those_present(qtbot: QtBot) -> None:
    session = _closed()
    shown: Any = _shown(qtbot, session, size=QSize(1600, 900))
    shown.page._show_section(CASE)
    press(shown, Qt.Key.Key_F2)
    form = shown.page._corrections.remark_form
    form.note_button.click()
    names = [form.who_combo.itemText(at) for at in range(form.who_combo.count())]
    assert "Ewa Łukasik" in names and "Tom Ellis" not in names
    form.who_combo.setCurrentText("Ewa Łukasik")
    QTest.keyClicks(form.words_edit, "weekly")
    QTest.keyClick(form.words_edit, Qt.Key.Key_Return)
    assert [(one.who, one.section_id) for one in remarks.remarks(session, NOVEMBER)] == [("Ewa Łukasik", CASE)]
    form.send_button.click()
    assert [box.text() for box in form.boxes] == names
    QTest.keyClicks(form.day_edit, "1 Dec")
    shown.page.findChild(QPushButton, "checking_button").click()
    (sent,) = remarks.sent_for_checking(session, NOVEMBER)
    assert sent.names == tuple(names)
    assert "Sent for checking to" in form.sent_label.text()


def test_the_minute_taker_sees_the_sections_and_no_list_of_changes(qtbot: QtBot) -> None:
    session = replace(corrected_since_read(), roles=frozenset({Role.MINUTE_TAKER}), user_name="Dan Holt")
    shown: Any = _shown(qtbot, session)
    assert shown.page._ui.sections_view.isVisible() and not shown.page._side.review.isVisible()


def test_what_was_put_right_is_marked_in_the_pages_until_it_is_approved(qtbot: QtBot) -> None:
    session = corrected_since_read()
    shown: Any = _shown(qtbot, session)
    side, preview = shown.page._side, shown.page._preview
    assert sum(preview.marked.values()) == 2  # the discussion, and the reason
    assert side.marked_button.isChecked() and side.plain_button.isVisible()
    side.plain_button.click()
    assert preview.marked == {}
    side.marked_button.click()
    assert preview.marked
    versions.approve(session, NOVEMBER)
    shown.page.refresh()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    assert preview.marked == {} and not side.plain_button.isVisible()


def test_changed_pages_are_turned_through_alone_until_all_are_asked_for(qtbot: QtBot) -> None:
    shown: Any = _shown(qtbot, corrected_since_read())
    side, preview = shown.page._side, shown.page._preview
    every = len(preview.pages)
    changed = sorted({mark.page for mark in _pages_of_changes(side)})
    assert 0 < len(changed) < every
    assert side.changed_button.isChecked() and side.changed_button.words() == f"Changed pages {len(changed)}"
    assert side.all_button.words() == f"All {every}"
    assert _turned_through(shown) == changed
    side.all_button.click()
    assert _turned_through(shown) == list(range(every)) and not side.changed_button.isChecked()
    side.changed_button.click()
    assert _turned_through(shown) == changed


def test_without_a_change_since_the_reading_all_pages_are_turned_through(qtbot: QtBot) -> None:
    session = _checked()
    review.mark_read(session, NOVEMBER)
    shown: Any = _shown(qtbot, session)
    assert not shown.page._side.changed_button.isVisible()
    assert _turned_through(shown) == list(range(len(shown.page._preview.pages)))


def test_beside_the_approval_stands_what_became_of_the_comments(qtbot: QtBot) -> None:
    session = _closed()
    for words in ("weekly, not daily", "minute his words", "left at four"):
        remarks.note_remark(session, NOVEMBER, CASE, "Ewa Łukasik", words)
    first, second, third = remarks.remarks(session, NOVEMBER)
    remarks.accept(session, first.id)
    remarks.decline(session, second.id, "Not said at the table")
    keep_all(session)
    versions.check(session, NOVEMBER)
    shown: Any = _shown(qtbot, session)
    label = shown.page._panel.comments_label
    assert label.isVisible() and label.text() == "3 comments: 1 accepted, 1 declined, 1 not answered"
    remarks.accept(session, third.id)
    shown.page.refresh()
    assert label.text() == "3 comments: 2 accepted, 1 declined"


def test_what_changed_is_whole_on_a_small_screen(qtbot: QtBot) -> None:
    session = corrected_since_read()
    remarks.note_remark(session, NOVEMBER, CASE, "Ewa Łukasik", "weekly, not daily")
    for size in (QSize(1366, 768), QSize(1366, 730), QSize(640, 360)):
        shown: Any = _shown(qtbot, session, size=size)
        settle(shown.window, size)
        assert clipped_texts(shown.page) == [] and sideways(shown.page) == [] and unnamed_controls(shown.page) == []
        assert shown.page._preview._page in {mark.page for mark in _pages_of_changes(shown.page._side)}


def _pages_of_changes(side: Any) -> list[Any]:
    """Where the sections begin in which something changed."""
    found = side._preview.placed(side._sections)
    ids = {side._section_of(row.change)[0] for row in side.review.rows}
    return [mark for section, mark in found if section.id in ids]


def _turned_through(shown: Any) -> list[int]:
    """The pages one comes to by Ctrl+Page Down, from the first of them."""
    preview, seen = shown.page._preview, []
    for _ in range(len(preview.pages)):
        press(shown, Qt.Key.Key_PageUp, CTRL)
    for _ in range(len(preview.pages)):
        seen.append(preview._page)
        press(shown, Qt.Key.Key_PageDown, CTRL)
    return sorted(set(seen))
