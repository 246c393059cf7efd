"""The page of updates: answered by letters or by a pasted reply, asked by copy, mail draft and a mark."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.users import User
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.gui.meeting.officer_updates import OfficerUpdatesPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.services.meeting.update_requests import updates
from csp_desktop.services.ports.users import WayIn
from tests.services.file.test_users import GOOD, FakeSlots
from tests.support.fakes import NO_PAPERS
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.prepared_meeting import prepared_session
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls


def show(qtbot, size=(1366, 768), path=None):
    session = replace(prepared_session(), papers=replace(NO_PAPERS, mail_draft=mail_draft))
    with session.work.step("mail", undoable=False) as records:
        records.save(replace(records.get(Member, "dan"), mail="holt@example.org"))
    desk = desk_of(session)
    page = OfficerUpdatesPage(desk, ScriptedAsk(path))
    shown = Shown(qtbot, page, desk, None, QSize(*size))
    page._take("dan")
    return shown


@pytest.fixture
def shown(qtbot):
    return show(qtbot)


def action(shown, key):
    with shown.desk.session.work.reading() as records:
        return records.get(Action, key)


def press(qtbot, shown, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(shown.window.focusWidget(), key, modifier)


def test_an_answer_is_one_letter_and_the_next_action_is_in_hand(shown, qtbot):
    assert shown.window.focusWidget() is shown.page._ui.answers.rows
    press(qtbot, shown, Qt.Key.Key_D)
    assert action(shown, "x1").state is ActionState.DONE
    assert shown.page._ui.answers.rows.current_key() == "x3"
    press(qtbot, shown, Qt.Key.Key_C)
    field = shown.page._ui.answers.field
    field.selectAll()
    qtbot.keyClicks(field, "4 dec")
    press(qtbot, shown, Qt.Key.Key_Return)
    assert action(shown, "x3").due == date(2026, 12, 4)
    assert shown.page.bar_state().headline == "2 of 5 updates received"


def test_a_refused_answer_is_said_at_its_field(shown, qtbot):
    press(qtbot, shown, Qt.Key.Key_N)
    shown.page._ui.answers.field.clear()
    press(qtbot, shown, Qt.Key.Key_Return)
    assert "Say why it was not done" in shown.page._ui.answers.error.text()
    assert action(shown, "x1").state is ActionState.OPEN


def test_a_pasted_reply_shows_what_is_understood_and_is_taken_over(shown, qtbot):
    ui = shown.page._ui
    press(qtbot, shown, Qt.Key.Key_F2)
    assert shown.window.focusWidget() is ui.reply_edit
    ui.reply_edit.setPlainText("2026-10/01 Serve\nAnswer: done\n\n2026-10/03 Take\nAnswer: soon")
    assert ui.read_label.text().splitlines() == ["2026-10/01: done", "2026-10/03: Not recognised: enter it by hand."]
    assert ui.take_button.words() == "Accept 1 answer"
    ui.take_button.click()
    assert action(shown, "x1").state is ActionState.DONE and ui.reply_edit.toPlainText() == ""
    press(qtbot, shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert action(shown, "x1").state is ActionState.OPEN


def test_the_request_is_copied_and_the_officer_marked_as_asked(shown, qtbot):
    QApplication.clipboard().clear()
    press(qtbot, shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.clipboard().text().startswith("Dear PS Dan Holt,")
    press(qtbot, shown, Qt.Key.Key_U)
    assert shown.page._ui.asked_label.text().startswith("asked Tue 24 Nov")
    shown.page._ui.all_asked_button.click()
    assert updates(shown.desk.session).not_asked == ()


def test_a_mail_draft_is_saved_where_it_is_wanted_and_marks_the_officer(qtbot, tmp_path):
    shown = show(qtbot, path=tmp_path / "draft.eml")
    press(qtbot, shown, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert b"X-Unsent: 1" in (tmp_path / "draft.eml").read_bytes()
    assert shown.page._row().times_asked == 1
    shown.page._take("ewa")
    assert not shown.page._ui.mail_button.isEnabled() and "No email address" in shown.page._ui.mail_sign.text()


def test_thinking_better_of_it_marks_nobody(qtbot):
    shown = show(qtbot)
    shown.page._save_mail()
    assert shown.page._row().times_asked == 0


def test_control_enter_goes_round_the_officers(shown, qtbot):
    names = []
    for _ in range(3):
        names.append(shown.page._ui.title_label.text())
        press(qtbot, shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names == ["PS Dan Holt", "Ewa Łukasik", "Ștefan Ionescu"]


def test_with_nothing_open_the_page_says_so(qtbot):
    session = prepared_session()
    with session.work.step("done", undoable=False) as records:
        for one in records.find(Action):
            records.save(replace(one, state=ActionState.DONE))
    desk = desk_of(session)
    page = OfficerUpdatesPage(desk)
    Shown(qtbot, page, desk, None, QSize(1366, 768))
    assert page._ui.empty_state.isVisible() and page.bar_state().headline == "No open actions"


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (640, 360)], ids=str)
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(DARK, 1.5)], ids=["light", "dark, large"])
def test_nothing_is_cut_and_everything_has_a_name(qtbot, qapp, theme, size):
    style.apply(qapp, theme)
    try:
        shown = show(qtbot, size)
        settle(shown.window, QSize(*size))
        assert clipped_texts(shown.window) == []
        assert unnamed_controls(shown.page) == [] and shared_mnemonics(shown.page) == []
    finally:
        style.apply(qapp, Theme())


def test_an_answer_by_e_mail_is_marked_and_confirmed_with_the_officer_s_own_passphrase(shown, qtbot):
    ui = shown.page._ui
    ui.mailed_edit.set_day(date(2026, 11, 23))
    press(qtbot, shown, Qt.Key.Key_C)
    field = ui.answers.field
    field.selectAll()
    qtbot.keyClicks(field, "4 dec")
    press(qtbot, shown, Qt.Key.Key_Return)
    row = next(entry for entry in ui.answers.rows.entries() if entry.key == "x1")
    assert row.subtitle.endswith("agreed by email of Mon 23 Nov 2026, not yet confirmed")
    assert shown.page._confirm.isVisibleTo(shown.page)  # Dan has no way in: whoever approves confirms it

    session = shown.desk.session
    with session.work.step("a way in") as records:
        records.save(User("u-dan", "dan", session.today, session.today))
    session = replace(session, member_id="dan", users=FakeSlots({"u-dan": WayIn.PASSPHRASE}, session.work))
    desk = desk_of(session)
    page = OfficerUpdatesPage(desk, ScriptedAsk(None))
    own, waiting = Shown(qtbot, page, desk, "confirm", QSize(1366, 768)), page._confirm
    assert waiting.isVisibleTo(own.page) and "email of Mon 23 Nov, noted by Hannah Price" in waiting.words.text()
    assert own.window.focusWidget() is waiting.passphrase_edit
    qtbot.keyClicks(waiting.passphrase_edit, "not it")
    qtbot.keyClick(waiting.passphrase_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    assert waiting.error.text() and waiting.isVisibleTo(own.page)
    waiting.passphrase_edit.clear()
    qtbot.keyClicks(waiting.passphrase_edit, GOOD)
    qtbot.keyClick(waiting.passphrase_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    with session.work.reading() as records:
        (one,) = records.find(AgreedByMail)
    assert one.confirmed_at is not None and not waiting.isVisibleTo(own.page)
