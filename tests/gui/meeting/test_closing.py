"""Before you stand up: what is open, the worst first, each settled by one press; Ctrl+Enter at the end."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Member
from csp_desktop.gui.meeting.closing import ClosingPage
from csp_desktop.gui.meeting.closing_rows import Gap, in_order
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.widgets.fix_row import FixRow
from csp_desktop.gui.widgets.gap_row import GapRow
from csp_desktop.gui.window import unsent_text
from csp_desktop.services.meeting.closing import closing
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls


def _shown(qtbot: QtBot, session: Any, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    desk = desk_of(session)
    return Shown(qtbot, ClosingPage(desk), desk, NOVEMBER, size)


def _get(session: Any, kind: type, record_id: str) -> Any:
    with session.work.reading() as records:
        return records.get(kind, record_id)


def _unsigned(session: Any) -> Any:
    """Nobody gave a reason for the one who has not signed."""
    with session.work.step("no reason is minuted") as records:
        for made in records.find(Override, meeting_id=NOVEMBER):
            records.remove(made)
    return session


def _write(words: str) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)


def _open(shown: Shown) -> list[Gap]:
    return [one.gap for one in shown.page._open]  # type: ignore[attr-defined]


def _row(shown: Shown, gap: Gap) -> GapRow:
    row = shown.page._rows[gap]  # type: ignore[attr-defined]
    assert isinstance(row, GapRow)
    return row


def _type(shown: Shown, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or shown.page, key)
    QApplication.processEvents()


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


def test_what_is_open_stands_first_the_worst_at_the_head(qtbot: QtBot) -> None:
    shown = _shown(qtbot, _unsigned(partnership(8)))
    assert _open(shown) == [Gap.UNSIGNED, Gap.CASES, Gap.COMPLETE, Gap.ITEMS, Gap.DATES, Gap.NEXT, Gap.ABSENT]
    assert shown.page._ui.checks_title.text() == "Before you stand up: 7 things"  # type: ignore[attr-defined]
    assert _row(shown, Gap.CASES)._words.text() == "4 of 8 cases not discussed"
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton) and focus.text() == "Sign now"


@pytest.mark.parametrize(("key", "stem"), [(Qt.Key.Key_S, "sign_in"), (Qt.Key.Key_T, "live"), (Qt.Key.Key_I, "live")])
def test_what_is_settled_elsewhere_leads_there_by_its_key(qtbot: QtBot, key: Qt.Key, stem: str) -> None:
    shown = _shown(qtbot, _unsigned(partnership(8)))
    _type(shown, key)
    ((went, argument),) = shown.went
    assert went == stem and (argument if stem == "sign_in" else argument[0]) == NOVEMBER  # type: ignore[index]


def test_the_case_to_complete_opens_at_what_is_missing_and_escape_returns(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_T)
    ((_, argument),) = shown.went
    desk = desk_of(session)
    live = Shown(qtbot, LivePage(desk), desk, argument, QSize(1366, 768))
    outcomes = live.page._ui.case_view.outcomes  # type: ignore[attr-defined]
    assert outcomes.error.text() != ""
    QTest.keyClick(live.page, Qt.Key.Key_Escape)
    assert live.went == [("closing", NOVEMBER)]


def test_enter_goes_from_one_thing_to_the_next(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_Return)
    assert _get(session, CaseTurn, "turn-6").outcome is None, "the first press says how many it would be"
    assert _row(shown, Gap.CASES).button.text().startswith("Press again: defer ")
    _type(shown, Qt.Key.Key_Return)
    assert _get(session, CaseTurn, "turn-6").outcome is Outcome.DEFER
    assert _row(shown, Gap.CASES)._words.text().startswith("Recorded as deferred: ")
    assert Gap.CASES not in _open(shown) and _row(shown, Gap.CASES).isVisible()  # settled it stays in its place
    focus = QApplication.focusWidget()
    assert focus is _row(shown, Gap.COMPLETE).button


def test_cases_recorded_as_deferred_come_back_by_undo(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_U)
    turn = _get(session, CaseTurn, "turn-6")
    assert (turn.outcome, turn.reason) == (Outcome.DEFER, "not reached")
    QTest.keyClick(shown.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert _get(session, CaseTurn, "turn-6").outcome is None and Gap.CASES in _open(shown)


def test_listed_as_not_discussed_they_are_not_deferred(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_L)
    assert Gap.CASES not in _open(shown) and _get(session, CaseTurn, "turn-6").outcome is None


def test_a_reason_for_not_signing_is_minuted(qtbot: QtBot) -> None:
    session = _unsigned(partnership(8))
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_R)
    _write("called away to a fire")
    _type(shown, Qt.Key.Key_Return)
    with session.work.reading() as records:
        assert records.find(Override, meeting_id=NOVEMBER)[-1].reason == "called away to a fire"
    assert Gap.UNSIGNED not in _open(shown)


def test_apologies_are_recorded_one_by_one(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    assert in_order(closing(session, NOVEMBER))[0].endswith(" present, 1 apology")
    _type(shown, Qt.Key.Key_A)
    _press(shown, "sean")
    assert in_order(closing(session, NOVEMBER))[0].endswith(" present, 2 apologies")
    assert _get(session, Attendance, "row-sean").apology and Gap.ABSENT not in _open(shown)


def test_after_one_is_mended_the_focus_is_on_the_one_that_follows_in_view(qtbot: QtBot) -> None:
    session = partnership(8)
    with session.work.step("many away") as records:
        for n in range(12):
            row = replace(records.get(Attendance, "row-sean"), id=f"row-{n:02}", member_id=f"away-{n:02}")
            records.save(replace(row, name=f"Absent Person {n:02}"))
            records.save(replace(records.get(Member, "sean"), id=f"away-{n:02}", name=f"Absent Person {n:02}"))
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_A)
    first = QApplication.focusWidget()
    assert isinstance(first, QPushButton) and first.objectName().startswith("fix_")
    _type(shown, Qt.Key.Key_Space)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton) and button.objectName().startswith("fix_") and button is not first
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())


def test_every_action_without_a_date_gets_the_next_meeting_by_one_key(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    assert _row(shown, Gap.DATES).button.text() == "Thu 24 Dec"
    _type(shown, Qt.Key.Key_D)
    action = _get(session, Action, "new-3")
    assert (str(action.due), action.next_of_id) == ("2026-12-24", NOVEMBER)


def test_a_date_is_set_one_by_one(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_O)
    field = shown.page.findChild(QLineEdit, "day_new-3")
    assert field is not None
    QTest.keyClicks(field, "soonish")
    _press(shown, "new-3")
    assert _get(session, Action, "new-3").due is None
    assert field.accessibleDescription().startswith("Type the date")
    field.clear()
    QTest.keyClicks(field, "3 dec")
    _press(shown, "new-3")
    assert str(_get(session, Action, "new-3").due) == "2026-12-03"


def test_the_proposed_day_is_agreed_by_one_press_and_by_nobody_else(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    assert _get(session, Meeting, NOVEMBER).next_on is None
    assert _row(shown, Gap.NEXT).button.text() == "Thu 24 Dec"
    _type(shown, Qt.Key.Key_N)
    assert str(_get(session, Meeting, NOVEMBER).next_on) == "2026-12-24"


def test_another_day_is_typed_in_its_row(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_E)
    _write("17 dec")
    _type(shown, Qt.Key.Key_Return)
    assert str(_get(session, Meeting, NOVEMBER).next_on) == "2026-12-17"


def test_what_is_typed_in_place_is_there_again_after_a_lock(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _type(shown, Qt.Key.Key_E)
    _write("17 d")
    texts = unsent_text.read(shown.page)
    again = _shown(qtbot, session)
    unsent_text.type_again(again.page, texts)
    assert again.page.day.edit.text() == "17 d" and again.page.day.isVisible()  # type: ignore[attr-defined]


def test_somebody_unsigned_needs_a_signature_or_a_reason_before_closing(qtbot: QtBot) -> None:
    session = _unsigned(partnership(8))
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


def test_closing_is_always_there_and_writes_down_what_is_open_as_it_is(qtbot: QtBot) -> None:
    session = partnership(8)
    shown = _shown(qtbot, session)
    _close(shown)
    meeting = _get(session, Meeting, NOVEMBER)
    assert (meeting.state, meeting.next_on) == (MeetingState.CLOSED, None)
    assert meeting.closing_note.startswith("Outstanding at closing: 1 case without a decision read back")


def test_what_is_typed_for_the_closing_is_there_again_after_going_to_an_item(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership(8))
    ui = shown.page._ui  # type: ignore[attr-defined]
    QTest.keyClicks(ui.reason_edit, "time")
    _type(shown, Qt.Key.Key_Tab)
    QTest.mouseClick(_row(shown, Gap.ITEMS).button, Qt.MouseButton.LeftButton)
    shown.page.entered(NOVEMBER)
    assert ui.reason_edit.text() == "time"


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1600, 900)])
def test_nothing_is_clipped_and_everything_is_named(qtbot: QtBot, size: QSize) -> None:
    shown = _shown(qtbot, partnership(14), size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
