"""The private page of updates is the group's page: answered by letters, kept back during a session."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.private.updates import PrivateUpdatesPage
from csp_desktop.services.private import agenda
from tests.services.file.test_users import FakeSlots
from tests.support.pages import ScriptedAsk, Shown, private_desk_of
from tests.support.private_minutes import NAMES, NEXT, SARA, held
from tests.support.private_session import member_named, private_session
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls


def _session() -> Any:
    made = private_session()
    made = replace(made, users=FakeSlots({}, made.work))
    held(made)
    agenda.plan(made, NEXT, *agenda.FIRST)
    days = timedelta(days=(NEXT - made.today).days - 6)
    return replace(made, now=lambda: made.now() + days)


def _shown(qtbot: QtBot, session: Any, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    desk = private_desk_of(session)
    return Shown(qtbot, PrivateUpdatesPage(desk, ScriptedAsk(None)), desk, None, size)


def _ui(shown: Shown) -> Any:
    return shown.page._ui  # type: ignore[attr-defined]


def test_officer_by_officer_an_answer_is_one_letter(qtbot: QtBot) -> None:
    session = _session()
    shown = _shown(qtbot, session)
    ui = _ui(shown)
    ui.officers_view.set_current(member_named(session, SARA).id)
    shown.page._take(member_named(session, SARA).id)  # type: ignore[attr-defined]
    assert ui.title_label.text() == SARA
    action_id = ui.answers.rows.current_key()
    QTest.keyClick(QApplication.focusWidget() or ui.answers.rows, Qt.Key.Key_D)
    with session.work.reading() as records:
        assert records.get(Action, action_id).state is ActionState.DONE


def test_the_request_shown_names_nobody(qtbot: QtBot) -> None:
    session = _session()
    shown = _shown(qtbot, session)
    shown.page._take(member_named(session, SARA).id)  # type: ignore[attr-defined]
    words = _ui(shown).request_view.toPlainText()
    assert "RS-001" in words and not any(name in words for name in NAMES)


def test_while_a_session_runs_it_is_kept_back(qtbot: QtBot) -> None:
    session = _session()
    with session.work.step("it runs") as records:
        (coming,) = records.find(Meeting, state=MeetingState.PLANNED)
        records.save(replace(coming, state=MeetingState.IN_SESSION))
    ui = _ui(_shown(qtbot, session))
    assert ui.empty_state.isVisible() and not ui.answers_card.isVisible() and ui.officers_view.entries() == ()


def test_ctrl_k_offers_it_outside_a_session() -> None:
    page = PRIVATE.page("private_updates")
    assert page in PRIVATE.commands() and not page.at_table


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_it_fits(qtbot: QtBot, size: tuple[int, int]) -> None:
    shown = _shown(qtbot, _session(), QSize(*size))
    settle(shown.window, QSize(*size))
    assert clipped_texts(shown.window) == [] and unnamed_controls(shown.page) == []
    assert shared_mnemonics(shown.page) == []
