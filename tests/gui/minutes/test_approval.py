"""The record is checked, approved with one's own passphrase, and each approved version can be saved again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.minutes.agreeing import AgreedMinutes
from csp_desktop.domain.minutes.circulation import Circulated
from csp_desktop.domain.minutes.versions import ApprovedHow, MinutesState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.gui.minutes.minutes import MinutesPage
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import checks, corrections, versions
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.ports.users import WayIn
from tests.services.file.test_users import GOOD, FakeSlots
from tests.support.fakes import NO_PAPERS
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls

CTRL = Qt.KeyboardModifier.ControlModifier


def _closed(*roles: Role, name: str = "Hana Price") -> Any:
    """November is closed; Hana Price is the chair, and whoever is named sits at the laptop."""
    session = partnership(4, papers=replace(NO_PAPERS, print_minutes=print_minutes))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    with session.work.step("who chairs", of_held=True) as records:
        hana = records.get(Member, "hana")
        records.save(replace(hana, roles=(Role.CHAIR.value,), user_name="Hana Price"))
        records.save(replace(records.get(Member, "dan"), roles=(Role.MINUTE_TAKER.value,), user_name="Dan Holt"))
        records.save(User("u-hana", "hana", session.now(), session.now()))
        records.save(User("u-dan", "dan", session.now(), session.now()))
    slots = FakeSlots({"u-hana": WayIn.PASSPHRASE, "u-dan": WayIn.PASSPHRASE}, session.work)
    return replace(session, users=slots, roles=frozenset(roles or (Role.CHAIR,)), user_name=name)


def _checked(*roles: Role, name: str = "Hana Price") -> Any:
    session = _closed(*roles, name=name)
    keep_all(session)
    versions.check(session, NOVEMBER)
    return session


def keep_all(session: Any) -> None:
    """What fails happened so, and stands as the paper says it."""
    for check in checks.checks_of(session, draft_minutes(session, NOVEMBER)):
        if not check.passed:
            checks.keep(session, NOVEMBER, check)


def _shown(qtbot: QtBot, session: Any, path: Path | None = None, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    desk = desk_of(session)
    shown = Shown(qtbot, MinutesPage(desk, ScriptedAsk(path)), desk, NOVEMBER, size)
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    QApplication.processEvents()
    return shown


def _panel(shown: Shown) -> Any:
    return shown.page._panel  # type: ignore[attr-defined]


def _press(qtbot: QtBot, shown: Shown) -> None:
    """The next step; whoever approves has read it all."""
    _panel(shown).read_box.setChecked(True)
    QTest.keyClick(shown.page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())


def test_minutes_are_not_marked_as_checked_while_a_check_fails(qtbot: QtBot) -> None:
    session = _closed()
    shown = _shown(qtbot, session)
    _press(qtbot, shown)
    assert _panel(shown).error.text().startswith("5 checks fail: ")
    assert versions.standing(session, NOVEMBER).state is MinutesState.DRAFT


def test_once_each_failing_check_is_kept_the_minutes_are_marked_as_checked_by_key(qtbot: QtBot) -> None:
    session = _closed()
    shown = _shown(qtbot, session)
    while waiting := [b for b in shown.page.findChildren(QPushButton, "keep_check_0") if b.isVisible()]:
        waiting[0].click()
        QApplication.processEvents()
    passed, total = shown.page._ui.checks_count.text().split(" of ")  # type: ignore[attr-defined]
    assert passed == total
    _press(qtbot, shown)
    assert versions.standing(session, NOVEMBER).state is MinutesState.CHECKED
    assert [step.caption for step in shown.page.bar_state().steps][1] == "Hana Price, Thu 26 Nov"
    assert _panel(shown).passphrase_edit.isVisible()


def test_what_is_kept_is_asked_again_once_it_is_something_else(qtbot: QtBot) -> None:
    session = _closed()
    minutes = draft_minutes(session, NOVEMBER)
    (undated,) = [check for check in checks.checks_of(session, minutes) if "has no date" in check.words]
    checks.keep(session, NOVEMBER, undated)
    assert [check.passed for check in checks.checks_of(session, minutes) if "has no date" in check.words] == [True]
    (place,) = [
        one
        for one in corrections.correctable(session, NOVEMBER)
        if one.fact.field == "what" and one.value and undated.detail.endswith(str(one.value))
    ]
    corrections.correct(session, NOVEMBER, place.part_id, "what", "Something else")
    again = checks.checks_of(session, draft_minutes(session, NOVEMBER))
    assert [check.passed for check in again if "has no date" in check.words] == [False]


def test_the_chair_approves_with_their_own_passphrase(qtbot: QtBot) -> None:
    session = _checked()
    shown = _shown(qtbot, session)
    assert [step.caption for step in shown.page.bar_state().steps][2] == "waiting for the chair"
    panel = _panel(shown)
    assert "cannot be undone" in panel.words.text()
    panel.passphrase_edit.setText("not this one")
    _press(qtbot, shown)
    assert panel.error.text() == "This is not it."
    assert versions.standing(session, NOVEMBER).state is MinutesState.CHECKED
    panel.passphrase_edit.setText(GOOD)
    assert panel.read_box.isChecked()
    QTest.keyClick(panel.passphrase_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    now = versions.standing(session, NOVEMBER)
    assert now.state is MinutesState.APPROVED and now.approval is not None and now.approval.how is ApprovedHow.OWN
    assert panel.passphrase_edit.text() == "" and not panel.next_button.isVisible()
    assert shown.page._ui.saved_bar.text() == "Version 1 is approved"  # type: ignore[attr-defined]
    assert [step.state.value for step in shown.page.bar_state().steps] == ["done", "done", "done", "now", "to do"]


def test_nothing_is_approved_unread_and_the_tick_is_set_by_key(qtbot: QtBot) -> None:
    session = _checked()
    shown = _shown(qtbot, session)
    panel = _panel(shown)
    panel.passphrase_edit.setText(GOOD)
    QTest.keyClick(panel.passphrase_edit, Qt.Key.Key_Return)
    assert panel.error.text() == "Read every page first, or tick “I have read version 1”."
    assert versions.standing(session, NOVEMBER).state is MinutesState.CHECKED
    assert panel.read_box.hasFocus() and panel.passphrase_edit.text() == GOOD
    QTest.keyClick(panel.read_box, Qt.Key.Key_Space)
    assert panel.read_box.isChecked() and panel.error.text() == ""
    QTest.keyClick(shown.page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    assert versions.standing(session, NOVEMBER).state is MinutesState.APPROVED


def test_once_every_page_was_in_sight_the_draft_counts_as_read(qtbot: QtBot) -> None:
    session = _checked()
    shown = _shown(qtbot, session)
    page, panel = shown.page, _panel(shown)
    pages = len(page._preview.pages)  # type: ignore[attr-defined]
    for _ in range(pages - 2):
        QTest.keyClick(page, Qt.Key.Key_PageDown, CTRL)
    assert not panel.read_box.isChecked()
    QTest.keyClick(page, Qt.Key.Key_PageDown, CTRL)
    assert panel.read_box.isChecked()
    panel.passphrase_edit.setText(GOOD)
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    assert versions.standing(session, NOVEMBER).state is MinutesState.APPROVED


def test_other_words_are_to_be_read_anew(qtbot: QtBot) -> None:
    session = _checked()
    shown = _shown(qtbot, session)
    panel = _panel(shown)
    panel.read_box.setChecked(True)
    shown.page.refresh()
    assert panel.read_box.isChecked()
    note = next(one for one in corrections.correctable(session, NOVEMBER) if one.fact.field == "note" and one.case_id)
    corrections.correct(session, NOVEMBER, note.part_id, "note", "Otherwise")
    versions.check(session, NOVEMBER)
    shown.page.refresh()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    assert not panel.read_box.isChecked()


def test_without_a_passphrase_nothing_is_approved(qtbot: QtBot) -> None:
    session = _checked()
    shown = _shown(qtbot, session)
    _press(qtbot, shown)
    assert _panel(shown).error.text().startswith("Type your passphrase")
    assert versions.standing(session, NOVEMBER).state is MinutesState.CHECKED


def test_what_was_typed_does_not_stay_when_the_page_is_left(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _checked())
    _panel(shown).passphrase_edit.setText(GOOD)
    shown.page.left()
    assert _panel(shown).passphrase_edit.text() == ""


def test_the_minute_taker_notes_an_approval_by_e_mail_and_the_chair_confirms_it(qtbot: QtBot) -> None:
    session = _checked(Role.MINUTE_TAKER, name="Dan Holt")
    shown = _shown(qtbot, session)
    panel = _panel(shown)
    assert not panel.passphrase_edit.isVisible() and panel.who_combo.currentText() == "Hana Price"
    _press(qtbot, shown)
    assert panel.error.text().startswith("Give the date of the email")
    panel.day_edit.setText("26 Nov")
    _press(qtbot, shown)
    assert versions.standing(session, NOVEMBER).awaits_confirmation
    assert panel.title.text() == "Approved by email" and not panel.next_button.isVisible()
    chair = replace(session, roles=frozenset({Role.CHAIR}), user_name="Hana Price")
    again = _shown(qtbot, chair)
    assert [step.caption for step in again.page.bar_state().steps][2] == "by email, Thu 26 Nov"
    _panel(again).passphrase_edit.setText(GOOD)
    _press(qtbot, again)
    assert not versions.standing(session, NOVEMBER).awaits_confirmation


def test_each_version_is_saved_again_byte_for_byte(qtbot: QtBot, tmp_path: Path) -> None:
    session = _checked()
    versions.approve(session, NOVEMBER)
    note = next(one for one in corrections.correctable(session, NOVEMBER) if one.fact.field == "note" and one.case_id)
    corrections.correct(session, NOVEMBER, note.part_id, "note", "Otherwise", reason="Misheard")
    shown = _shown(qtbot, session, tmp_path / "one.pdf")
    assert _panel(shown).title.text() == "Draft of version 2"
    assert _panel(shown).words.text().startswith("1 correction since version 1.")
    (button,) = shown.page.findChildren(QPushButton, "version_1_button")
    button.click()
    assert (tmp_path / "one.pdf").read_bytes() == versions.printed_version(session, NOVEMBER, 1)


def test_the_pages_of_an_approved_version_are_those_that_were_kept(qtbot: QtBot, tmp_path: Path) -> None:
    session = _checked()
    versions.approve(session, NOVEMBER)
    shown = _shown(qtbot, session, tmp_path / "minutes.pdf")
    QTest.mouseClick(shown.page._ui.save_button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert (tmp_path / "minutes.pdf").read_bytes() == versions.printed_version(session, NOVEMBER, 1)


def test_who_neither_records_nor_approves_is_told_whom_it_waits_for(qtbot: QtBot) -> None:
    session = replace(_checked(), roles=frozenset({Role.ADMINISTRATOR}), user_name="Sean Byrne")
    shown = _shown(qtbot, session)
    assert _panel(shown).title.text() == "Version 1 is waiting for the chair"
    assert not _panel(shown).next_button.isVisible()


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768)])
@pytest.mark.parametrize("roles", [(Role.CHAIR,), (Role.MINUTE_TAKER,)])
def test_nothing_of_an_approval_is_clipped_and_everything_is_named(
    qtbot: QtBot, size: QSize, roles: tuple[Role, ...]
) -> None:
    shown = _shown(qtbot, _checked(*roles), size=size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []


def test_what_was_agreed_and_never_went_out_is_not_shown_as_circulated(qtbot: QtBot) -> None:
    session = _checked()
    versions.approve(session, NOVEMBER)
    with session.work.step("agreed", undoable=False) as records:
        records.save(AgreedMinutes("agreed", "december", NOVEMBER, 1, session.now(), "Dan Holt"))
    steps = _shown(qtbot, session).page.bar_state().steps
    assert [step.state.value for step in steps] == ["done", "done", "done", "to do", "done"]
    assert steps[3].spoken() == "to do, not circulated"
    with session.work.step("out", undoable=False) as records:
        records.save(Circulated("out", NOVEMBER, 1, session.now()))
    steps = _shown(qtbot, session).page.bar_state().steps
    assert [step.state.value for step in steps] == ["done"] * 5
