"""Closing a meeting: every fix in its row, Ctrl+Enter at the end."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Member
from csp_desktop.gui.meeting.closing import ClosingPage
from csp_desktop.gui.widgets.fix_row import FixRow
from csp_desktop.gui.window import unsent_text
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls


def _shown(qtbot: QtBot, session: Any, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    desk = desk_of(session)
    return Shown(qtbot, ClosingPage(desk), desk, NOVEMBER, size)


def _get(session: Any, kind: type, record_id: str) -> Any:
    with session.work.reading() as records:
        return records.get(kind, record_id)


def _rows(shown: Shown) -> dict[str, FixRow]:
    return {row.key: row for row in shown.page.findChildren(FixRow) if row.isVisible()}


def _press(shown: Shown, row_key: str) -> None:
    button = shown.page.findChild(QPushButton, f"fix_{row_key}")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def _close(shown: Shown) -> None:
    QTest.keyClick(shown.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def test_every_failing_check_is_a_row_with_its_fix(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership(8))
    assert list(_rows(shown)) == ["row-aisha", "sean", "item-4", "turn-3", "new-3"]


@pytest.mark.parametrize(("key", "stem"), [("row-aisha", "sign_in"), ("turn-3", "live"), ("item-4", "live")])
def test_a_fix_elsewhere_leads_there(qtbot: QtBot, key: str, stem: str) -> None:
    shown = _shown(qtbot, partnership(8))
    _press(shown, key)
    assert shown.went == [(stem, NOVEMBER)]


def test_apologies_are_recorded_in_the_row(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _press(shown, "sean")
    assert _get(session, Attendance, "row-sean").apology
    assert "sean" not in _rows(shown)


def test_after_a_row_is_mended_the_focus_is_on_the_one_that_follows_in_view(qtbot: QtBot) -> None:
    session = partnership(8)
    with session.work.step("many away") as records:
        for n in range(12):
            row = replace(records.get(Attendance, "row-sean"), id=f"row-{n:02}", member_id=f"away-{n:02}")
            records.save(replace(row, name=f"Absent Person {n:02}"))
            records.save(replace(records.get(Member, "sean"), id=f"away-{n:02}", name=f"Absent Person {n:02}"))
    shown = _shown(qtbot, session)
    pressed = shown.page.findChild(QPushButton, "fix_away-10")
    assert pressed is not None
    pressed.setFocus()
    QTest.keyClick(pressed, Qt.Key.Key_Space)
    QApplication.processEvents()
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton) and button.objectName() == "fix_away-11"
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())


def test_a_case_not_called_is_shown_with_its_title(qtbot: QtBot) -> None:
    entries = _shown(qtbot, partnership(8)).page._ui.uncalled_view.entries()  # type: ignore[attr-defined]
    assert (entries[1].title, entries[1].subtitle) == (
        "St Albans Road: begging",
        "SN-2026-0405, JK, opened, not decided",
    )


def test_a_date_is_set_in_the_row(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    field = shown.page.findChild(QLineEdit, "day_new-3")
    assert field is not None
    QTest.keyClicks(field, "3 dec")
    _press(shown, "new-3")
    assert str(_get(session, Action, "new-3").due) == "2026-12-03"


def test_a_day_nobody_understands_is_refused_in_the_row(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    field = shown.page.findChild(QLineEdit, "day_new-3")
    assert field is not None
    QTest.keyClicks(field, "soonish")
    _press(shown, "new-3")
    assert _get(session, Action, "new-3").due is None
    assert field.accessibleDescription().startswith("Write the day")


def test_closing_as_it_is_needs_a_reason(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _close(shown)
    assert _get(session, Meeting, NOVEMBER).state is MeetingState.IN_SESSION
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.objectName() == "reason_edit"
    QTest.keyClicks(field, "the hall closed")
    _close(shown)
    meeting = _get(session, Meeting, NOVEMBER)
    assert (meeting.state, meeting.closing_note.splitlines()[0]) == (MeetingState.CLOSED, "the hall closed")
    assert shown.went == [("minutes", NOVEMBER)]


def test_cases_not_reached_are_deferred_when_ticked(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    shown.page._ui.confirm_check.setChecked(True)  # type: ignore[attr-defined]
    QTest.keyClicks(shown.page._ui.reason_edit, "time")  # type: ignore[attr-defined]
    _close(shown)
    assert _get(session, CaseTurn, "turn-6").outcome is Outcome.DEFER


def test_the_next_date_can_be_typed(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    ui = shown.page._ui  # type: ignore[attr-defined]
    QTest.keyClicks(ui.next_edit, "17 dec")
    assert ui.next_caption.text() == "Agreed: Thursday 17 December 2026"
    QTest.keyClicks(ui.reason_edit, "time")
    _close(shown)
    assert str(_get(session, Meeting, NOVEMBER).next_on) == "2026-12-17"


def test_the_proposed_day_is_agreed_by_one_press_and_by_nobody_else(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    ui = shown.page._ui  # type: ignore[attr-defined]
    assert (ui.next_caption.text(), ui.agree_button.text()) == ("No day is agreed yet", "&Agree Thu 24 Dec")
    QTest.mouseClick(ui.agree_button, Qt.MouseButton.LeftButton)
    assert ui.next_caption.text() == "Agreed: Thursday 24 December 2026" and not ui.agree_button.isVisible()
    QTest.keyClicks(ui.reason_edit, "time")
    _close(shown)
    assert str(_get(session, Meeting, NOVEMBER).next_on) == "2026-12-24"


def test_what_is_typed_for_the_closing_is_there_again_after_going_to_an_item(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership(8))
    ui = shown.page._ui  # type: ignore[attr-defined]
    QTest.keyClicks(ui.next_edit, "17 dec")
    QTest.keyClicks(ui.reason_edit, "time")
    _press(shown, "item-4")
    shown.page.entered(NOVEMBER)
    assert ui.next_caption.text() == "Agreed: Thursday 17 December 2026"
    assert ui.reason_edit.text() == "time"


def test_the_day_agreed_by_one_press_comes_back_after_a_lock(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership(8))
    QTest.mouseClick(shown.page._ui.agree_button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert "Thu 24 Dec 2026" in unsent_text.read(shown.page).values()


def test_a_meeting_closes_without_a_day_agreed(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    QTest.keyClicks(shown.page._ui.reason_edit, "time")  # type: ignore[attr-defined]
    _close(shown)
    assert _get(session, Meeting, NOVEMBER).next_on is None


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1600, 900)])
def test_nothing_is_clipped_and_everything_is_named(qtbot: QtBot, size: QSize) -> None:
    shown = _shown(qtbot, partnership(14), size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
