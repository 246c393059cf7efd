"""The record's whole way by key alone: sent for checking, comments answered, put right, read and approved by the chair,
put right again as version 2, and agreed in December.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.services.meeting.agenda import plan_meeting, propose_plan
from csp_desktop.services.minutes import agreeing, corrections, remarks, versions
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.gui.minutes.test_approval import _closed, _shown, keep_all
from tests.services.file.test_users import GOOD
from tests.support.held_meeting import NOVEMBER
from tests.support.pages import Shown

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
MOST_TABS = 120
CASE = "case-SN-2026-0401"


class Keys:
    """Somebody at the page who has a keyboard and no mouse."""

    def __init__(self, qtbot: QtBot, session: Any) -> None:
        self._qtbot, self.session = qtbot, session
        self.shown: Shown = _shown(qtbot, session)
        self.page: Any = self.shown.page

    @property
    def focus(self) -> Any:
        return self.shown.window.focusWidget()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.focus, key, modifier)
        self._qtbot.waitUntil(lambda: not self.shown.desk.tasks.busy())
        QApplication.processEvents()

    def write(self, words: str) -> None:
        QTest.keyClicks(self.focus, words)

    def tab_to(self, name: str) -> None:
        for _ in range(MOST_TABS):
            if self.focus.objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}")

    def section(self, section_id: str) -> None:
        """Down the list of sections."""
        self.tab_to("sections_view")
        self.press(Qt.Key.Key_Home)
        view = self.page._ui.sections_view
        for _ in view.entries():
            if view.current_key() == section_id:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"no section {section_id}")

    def correct(self, section_id: str) -> None:
        self.section(section_id)
        self.press(Qt.Key.Key_F2)

    def back(self) -> None:
        self.page.go_back()  # Escape, as the window hands it on
        QApplication.processEvents()


def _as(session: Any, name: str, *roles: Role) -> Any:
    return replace(session, user_name=name, roles=frozenset(roles))


def _sent_and_commented(taker: Keys) -> None:
    taker.correct(CASE)
    taker.tab_to("send_checking_button")
    taker.press(Qt.Key.Key_Space)
    taker.write("27 Nov")
    taker.tab_to("checking_button")
    taker.press(Qt.Key.Key_Space)
    for words in ("weekly, not daily", "nobody said that"):
        taker.tab_to("note_remark_button")
        taker.press(Qt.Key.Key_Space)
        taker.press(Qt.Key.Key_Down)
        taker.press(Qt.Key.Key_Tab)
        taker.write(words)
        taker.press(Qt.Key.Key_Return)
    taker.press(Qt.Key.Key_T, CTRL)
    assert taker.focus.objectName() == "fact_note"
    taker.tab_to("decline_2")
    taker.press(Qt.Key.Key_Space)
    taker.write("it was said at 14:20")
    taker.press(Qt.Key.Key_Return)
    taker.back()


def _put_right(taker: Keys) -> None:
    taker.correct("present")
    taker.tab_to("fact_minute_taker")
    taker.press(Qt.Key.Key_A, CTRL)
    taker.write("Grace Tan")
    taker.press(Qt.Key.Key_Return, CTRL)
    taker.back()
    taker.correct("actions")
    taker.tab_to("fact_what")
    taker.press(Qt.Key.Key_End)
    taker.write(" at once")
    taker.press(Qt.Key.Key_Return, CTRL)
    taker.back()
    taker.correct(CASE)
    taker.tab_to("fact_reason")
    taker.press(Qt.Key.Key_A, CTRL)
    taker.write("The calls stopped")
    taker.press(Qt.Key.Key_Return, CTRL)
    assert taker.focus.objectName() == "fact_reason_reason"
    taker.write("misheard at the table")
    taker.press(Qt.Key.Key_Return)
    taker.back()


def _approved(qtbot: QtBot, session: Any) -> None:
    chair = Keys(qtbot, _as(session, "Hana Price", Role.CHAIR))
    for _ in range(len(chair.page._preview.pages)):
        chair.press(Qt.Key.Key_PageDown, CTRL)
    assert chair.page._panel.read_box.isChecked()
    chair.tab_to("passphrase_edit")
    chair.write(GOOD)
    chair.press(Qt.Key.Key_Return)
    assert chair.page._ui.saved_bar.text().endswith("is approved")


def test_the_record_goes_its_whole_way_by_key(qtbot: QtBot) -> None:
    session = _as(_closed(), "Dan Holt", Role.MINUTE_TAKER)
    taker = Keys(qtbot, session)
    _sent_and_commented(taker)
    (sent,) = remarks.sent_for_checking(session, NOVEMBER)
    assert sent.asked_by == date(2026, 11, 27)
    answers = {one.words: one.accepted for one in remarks.remarks(session, NOVEMBER)}
    assert answers == {"weekly, not daily": True, "nobody said that": False}
    _put_right(taker)
    made = corrections.corrections(session, NOVEMBER)
    assert [one.wrongly_recorded for one in made] == [True, False, False] and made[2].what == "minute-taker"
    keep_all(session)
    taker.page.refresh()
    taker.section("present")
    taker.press(Qt.Key.Key_Return, CTRL)
    assert versions.standing(session, NOVEMBER).state is MinutesState.CHECKED
    _approved(qtbot, session)
    assert "Grace Tan" in as_text(draft_minutes(session, NOVEMBER))
    again = Keys(qtbot, session)
    again.correct(CASE)
    again.tab_to("fact_note")
    again.press(Qt.Key.Key_End, CTRL)
    again.write(" They were thanked.")
    again.press(Qt.Key.Key_Return, CTRL)
    again.back()
    keep_all(session)
    again.page.refresh()
    again.press(Qt.Key.Key_Return, CTRL)
    _approved(qtbot, session)
    told = as_text(draft_minutes(session, NOVEMBER))
    assert "What changed and why" in told and versions.standing(session, NOVEMBER).version == 2
    assert [one.number for one in versions.versions(session, NOVEMBER)] == [1, 2]
    _agreed_in_december(session)


def _agreed_in_december(session: Any) -> None:
    planned = plan_meeting(session, propose_plan(session))
    with session.work.step("in session", undoable=False) as records:
        records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=session.now()))
    agreeing.agree(session, planned.id, NOVEMBER)
    with session.work.reading() as records:
        said = agreeing.minuted_in(session, records, planned)
    assert said[0].endswith("26 November 2026 (version 2) were agreed as a correct record.")
    assert "misheard at the table" in " ".join(said)
