"""The action lists and the sign-in sheet are saved from the Minutes page, by key, off the window's thread."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.gui.home.home import NEEDS
from csp_desktop.gui.minutes.minutes import MinutesPage
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import after_meeting
from tests.services.minutes.test_after_meeting import PAPERS, closed, declared
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.screens import clipped_texts, settle, unnamed_controls

CTRL = Qt.KeyboardModifier.ControlModifier


def _shown(qtbot: QtBot, session: Any, folder: Path | None, size: QSize = QSize(1366, 768)) -> Shown:  # noqa: B008
    desk = desk_of(session)
    shown = Shown(qtbot, MinutesPage(desk, ScriptedAsk(folder)), desk, "lists", size)
    qtbot.waitUntil(lambda: not desk.tasks.busy())
    QApplication.processEvents()
    return shown


def _go_on(qtbot: QtBot, shown: Shown) -> None:
    QTest.keyClick(QApplication.focusWidget() or shown.page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    QApplication.processEvents()


def test_by_key_the_lists_are_saved_then_noted_as_sent_and_home_asks_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    session = closed()
    need = next(n for n in look_ahead(session).needs if n.kind is NeedKind.ACTION_LISTS)
    assert NEEDS[need.kind].leads(need) == ("minutes", "lists")
    shown = _shown(qtbot, session, tmp_path)
    panel = shown.page._lists  # type: ignore[attr-defined]
    assert panel.due_label.text() == "Action lists not sent yet, due by Fri 27 Nov, 15:40"
    assert panel.rows.hasFocus() and "No email address: Ewa Łukasik" in panel.left_sign.text()
    _go_on(qtbot, shown)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(name for name, _ in after_meeting.list_files(session, NOVEMBER))
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert panel.next_button.words() == "Record as sent" and after_meeting.action_lists(session, NOVEMBER).sent is None
    _go_on(qtbot, shown)
    assert panel.due_label.text() == f"Action lists sent Thu 26 Nov, 15:40, recorded by {session.user_name}"
    assert not [n for n in look_ahead(session).needs if n.kind is NeedKind.ACTION_LISTS]
    QTest.keyClick(panel.rows, Qt.Key.Key_Z, CTRL)
    assert panel.due_label.text().startswith("Action lists not sent yet")


def test_what_is_told_in_person_alone_and_why_is_shown_before_anything_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    session = partnership(4, papers=PAPERS)
    declared(session, "dan", "SN-2026-0402")
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    shown = _shown(qtbot, session, tmp_path)
    panel = shown.page._lists  # type: ignore[attr-defined]
    who = "(PS Dan Holt, Hertfordshire Constabulary)"
    assert f"2 actions told in person: declared interest {who}." in panel.left_sign.text()
    assert list(tmp_path.iterdir()) == [] and clipped_texts(shown.page) == []


def test_the_signed_sheet_of_a_past_meeting_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, closed(sign=True), tmp_path)
    QTest.mouseClick(shown.page._lists.sheet_button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    QApplication.processEvents()
    assert [path.name for path in tmp_path.iterdir()] == ["sign-in-2026-11-26.pdf"]


def test_where_there_is_no_sheet_the_page_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, closed(), tmp_path)
    panel = shown.page._lists  # type: ignore[attr-defined]
    panel.save_sheet()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    QApplication.processEvents()
    assert panel.error.text().startswith("Nobody signed") and list(tmp_path.iterdir()) == []


def test_cancelled_the_files_saved_until_then_are_whole(qtbot: QtBot, tmp_path: Path) -> None:
    shown = _shown(qtbot, closed(), tmp_path)
    panel = shown.page._lists  # type: ignore[attr-defined]
    panel.press()
    panel.progress.cancel()
    qtbot.waitUntil(lambda: not shown.desk.tasks.busy())
    QApplication.processEvents()
    saved = list(tmp_path.iterdir())
    assert not [path for path in saved if path.name.startswith(".")]
    assert all(path.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04") or path.suffix == ".eml" for path in saved)
    assert panel.error.text().startswith("Stopped.") or panel.next_button.words() == "Record as sent"


def test_escape_leads_back_to_the_checks(qtbot: QtBot) -> None:
    shown = _shown(qtbot, closed(), None)
    shown.page.go_back()
    ui = shown.page._ui  # type: ignore[attr-defined]
    assert ui.checks_title.text() == "Checks" and not shown.page._lists.isVisible()  # type: ignore[attr-defined]
    assert ui.lists_label.text().startswith("Action lists not sent yet")
    QTest.keyClick(ui.sections_view, Qt.Key.Key_F2)
    QTest.keyClick(shown.page, Qt.Key.Key_J, CTRL)
    assert shown.page._lists.isVisible() and not shown.page._corrections.isVisible()  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1366, 768), QSize(640, 360)])
def test_nothing_of_it_is_clipped_and_everything_is_named(qtbot: QtBot, size: QSize) -> None:
    shown = _shown(qtbot, closed(), None, size)
    settle(shown.window, size)
    assert clipped_texts(shown.page) == []
    assert unnamed_controls(shown.page) == []
