"""Round the table by keys, as the minute-taker does it."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.gui.meeting.actions import ActionsPage
from csp_desktop.gui.widgets.answer_panel import AnswerPanel
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.reviews import ReviewLine
from csp_desktop.gui.window import unsent_text
from csp_desktop.services.meeting.actions import change_action
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls


def _shown(qtbot: QtBot, session: Any, argument: object = NOVEMBER, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    desk = desk_of(session)
    return Shown(qtbot, ActionsPage(desk), desk, argument, size)


def _press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)
        QApplication.processEvents()


def _type(words: str) -> None:
    target = QApplication.focusWidget()
    assert isinstance(target, QLineEdit)
    QTest.keyClicks(target, words)


def _action(session: Any, action_id: str) -> Action:
    with session.work.reading() as records:
        found: Action = records.get(Action, action_id)
        return found


def _in_hand() -> str:
    line = QApplication.focusWidget()
    assert isinstance(line, ReviewLine)
    return line.words.key


def test_d_is_done_and_the_next_row_is_in_hand(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    assert _in_hand() == "old-1"
    _press(Qt.Key.Key_D)
    assert _action(session, "old-1").state is ActionState.DONE
    assert _in_hand() == "old-2"


def test_n_asks_why_and_alt_with_a_digit_gives_the_reason(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_N)
    _press(Qt.Key.Key_1, modifier=Qt.KeyboardModifier.AltModifier)
    _type("Legal have the pictures")
    assert _action(session, "old-1").state is ActionState.OPEN
    _press(Qt.Key.Key_Return)
    after = _action(session, "old-1")
    assert (after.state, after.reason) == (ActionState.NOT_DONE, "Waiting for another agency: Legal have the pictures")


def test_not_done_without_a_reason_is_refused_at_its_field(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    _press(Qt.Key.Key_N, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleDescription() == "Say why it was not done."
    assert _action(session, "old-1").state is ActionState.OPEN
    assert shown.went == []


def test_c_without_a_day_carries_on_to_the_next_meeting(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_C, Qt.Key.Key_Return)
    after = _action(session, "old-1")
    assert (str(after.due), after.carried, after.state) == ("2026-12-24", 1, ActionState.OPEN)


def test_c_takes_a_day_as_people_say_it(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_C)
    _type("17 dec")
    _press(Qt.Key.Key_Return)
    assert str(_action(session, "old-1").due) == "2026-12-17"


def test_x_is_no_longer_possible_with_what_changed(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_X, Qt.Key.Key_Down, Qt.Key.Key_Return)
    _press(Qt.Key.Key_Return)
    after = _action(session, "old-1")
    assert (after.state, after.reason) == (ActionState.NO_LONGER_POSSIBLE, "Moved away")


@pytest.mark.parametrize("letter", [Qt.Key.Key_N, Qt.Key.Key_X])
def test_a_reason_typed_at_once_is_the_reason_and_answers_nothing_else(qtbot: QtBot, letter: Qt.Key) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    before = [replace(row.action) for row in shown.page._table.rows]  # type: ignore[attr-defined]
    _press(letter)
    _type("ath closed by HCC, done and x 2 visits failed")
    _press(Qt.Key.Key_Return)
    after = _action(session, "old-1")
    assert after.reason == "ath closed by HCC, done and x 2 visits failed"
    assert after.state in (ActionState.NOT_DONE, ActionState.NO_LONGER_POSSIBLE)
    assert [_action(session, one.id) for one in before if one.id != "old-1"] == [
        one for one in before if one.id != "old-1"
    ]


def test_a_letter_on_the_row_belongs_to_the_answer_being_given(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    _press(Qt.Key.Key_N)
    row = next(line for line in shown.page.findChildren(ReviewLine) if line.words.key == "old-1")
    row.setFocus()
    QTest.keyClicks(row, "d")
    _type("one by CGL")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == "done by CGL"
    assert _action(session, "old-1").state is ActionState.OPEN


def test_an_answer_half_typed_comes_back_with_its_action(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    _press(Qt.Key.Key_N)
    _type("2 visits")
    shown.page._ui.review_view.step(1)  # type: ignore[attr-defined]
    QApplication.processEvents()
    panel = shown.page._ui.review_view.panel  # type: ignore[attr-defined]
    assert (_in_hand(), panel.is_asking()) == ("old-2", False)
    _press(Qt.Key.Key_Up)
    _press(Qt.Key.Key_Space)
    _type("failed")
    assert panel.fields()[0].text() == "2 visits failed"


def test_what_is_told_meanwhile_leaves_a_half_typed_answer_as_it_is(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership())
    _press(Qt.Key.Key_N)
    _type("2 visits")
    shown.desk.changes.tell("actions")
    _type(" failed")
    assert shown.page._ui.review_view.panel.fields()[0].text() == "2 visits failed"  # type: ignore[attr-defined]


def test_answers_half_given_are_there_again_after_a_lock(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    _press(Qt.Key.Key_C)
    _type("17 de")
    shown.page._ui.review_view.step(1)  # type: ignore[attr-defined]
    _press(Qt.Key.Key_N)
    _type("2 visits fai")
    texts = unsent_text.read(shown.page)
    shown.page.left()
    again = _shown(qtbot, session)
    unsent_text.type_again(again.page, texts)
    assert _in_hand() == "old-2"
    row = QApplication.focusWidget()
    assert row is not None
    QTest.keyClicks(row, "l")
    _type("ed")
    words = again.page._ui.review_view.panel.fields()[0].text()  # type: ignore[attr-defined]
    assert words == "2 visits failed"
    again.page._ui.review_view.step(-1)  # type: ignore[attr-defined]
    assert again.page._ui.review_view.panel.fields()[1].text() == "17 de"  # type: ignore[attr-defined]


def test_letters_do_not_answer_while_one_types(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_N)
    _type("dncx 12345")
    assert _action(session, "old-1").state is ActionState.OPEN
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == "dncx 12345"
    _press(Qt.Key.Key_Escape)
    assert _in_hand() == "old-1"


def test_arrows_go_from_row_to_row(qtbot: QtBot) -> None:
    _shown(qtbot, partnership())
    _press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert _in_hand() == "old-3"
    _press(Qt.Key.Key_Up)
    assert _in_hand() == "old-2"


def test_ctrl_z_takes_an_answer_back(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_D)
    _press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert _action(session, "old-1").state is ActionState.OPEN


def test_ctrl_enter_goes_to_the_next_officer_and_at_last_back_to_the_agenda(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    _press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert _in_hand() == "old-6"
    for _ in range(14):
        if isinstance(QApplication.focusWidget(), ReviewLine) and not shown.went:
            rows = shown.page._table.of(shown.page._officer_id)  # type: ignore[attr-defined]
            for _row in [row for row in rows if row.answer is None]:
                _press(Qt.Key.Key_D)
            _press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert shown.went == [("live", NOVEMBER)]
    assert shown.page.bar_state().headline.startswith("Matters arising: officer")


def test_one_action_of_one_officer_is_said_in_the_singular(qtbot: QtBot) -> None:
    session = partnership()
    with session.work.step("only one is left") as records:
        for action in records.find(Action):
            if action.id != "old-1":
                records.save(replace(action, state=ActionState.DONE))
    assert _shown(qtbot, session, None).page.bar_state().headline == "1 open action of 1 officer"


def test_answered_rows_stay_in_their_place(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership())
    before = [line.words.key for line in shown.page.findChildren(ReviewLine)]
    _press(Qt.Key.Key_D)
    assert [line.words.key for line in shown.page.findChildren(ReviewLine)] == before


def test_between_meetings_the_list_narrows(qtbot: QtBot) -> None:
    shown = _shown(qtbot, partnership(), None)
    combo = shown.page._ui.show_combo  # type: ignore[attr-defined]
    combo.setCurrentIndex(combo.findText("Carried forward before"))
    keys = {entry.title for entry in shown.page._ui.officers_view.entries() if not entry.heading}  # type: ignore[attr-defined]
    assert keys == {"PS Dan Holt", "Ștefan Ionescu", "Ruth Coyle"}


def test_with_nothing_to_ask_the_page_says_so(qtbot: QtBot) -> None:
    session = partnership()
    with session.work.step("none", of_held=True) as records:
        for action in records.find(Action):
            records.remove(action)
    shown = _shown(qtbot, session)
    assert shown.page._ui.empty_state.accessibleName() == "No actions to review"  # type: ignore[attr-defined]
    assert shown.page._ui.next_button.words() == "Back to the agenda"  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768), QSize(1600, 900)])
def test_nothing_is_clipped_and_everything_is_named(qtbot: QtBot, size: QSize) -> None:
    shown = _shown(qtbot, partnership(), size=size)
    _press(Qt.Key.Key_N)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []


def test_k_changes_the_kind_and_p_names_the_legal_power_without_leaving_the_row(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    panel = shown.page.findChild(AnswerPanel)
    assert panel is not None
    before = _action(session, "old-1")
    assert panel._kinds[before.kind.value.capitalize()].isChecked()
    _press(Qt.Key.Key_K)
    assert _action(session, "old-1").kind is not before.kind
    _press(Qt.Key.Key_P)
    _type("closure order")
    _press(Qt.Key.Key_Return)
    after = _action(session, "old-1")
    assert (after.kind, after.power) == (ActionKind.INTERVENTION, "closure order")
    assert _in_hand() == "old-1"
    _press(Qt.Key.Key_D)  # the next letter answers, and is no part of the power
    answered = _action(session, "old-1")
    assert (answered.state, answered.power) == (ActionState.DONE, "closure order")


def test_a_kind_is_chosen_by_mouse_and_taken_back_by_ctrl_z(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    before = _action(session, "old-1").kind
    other = next(kind for kind in ActionKind if kind is not before)
    button = shown.page.findChild(SecondaryButton, f"kind_{other.value}")
    assert button is not None
    button.click()
    assert _action(session, "old-1").kind is other
    _press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert _action(session, "old-1").kind is before
    back = shown.page.findChild(SecondaryButton, f"kind_{before.value}")
    assert back is not None and back.isChecked()


def test_only_an_intervention_shows_a_legal_power(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    panel = shown.page.findChild(AnswerPanel)
    assert panel is not None
    for kind in ActionKind:
        change_action(session, "old-1", kind=kind)
        shown.page.refresh()
        assert panel.power_edit.isVisible() is (kind is ActionKind.INTERVENTION)


def test_a_power_half_typed_comes_back(qtbot: QtBot) -> None:
    session = partnership()
    _shown(qtbot, session)
    _press(Qt.Key.Key_P)
    _type("inj")
    field = QApplication.focusWidget()
    qtbot.waitUntil(lambda: session.work.draft(Action, "old-1", "power") is not None)
    assert isinstance(field, QLineEdit)
    assert session.work.draft(Action, "old-1", "power").text == "inj"


def test_only_an_officer_in_the_room_is_said_to_be_speaking(qtbot: QtBot) -> None:
    session = partnership()
    shown = _shown(qtbot, session)
    said: Any = shown.page._ui.speaking_label  # type: ignore[attr-defined]
    assert said.text() == "Current officer"
    with session.work.step("dan has left") as records:
        row = next(a for a in records.find(Attendance, meeting_id=NOVEMBER) if a.member_id == "dan")
        records.save(replace(row, left_at=session.now()))
    shown.page.refresh()
    assert said.text() == "Not here"
