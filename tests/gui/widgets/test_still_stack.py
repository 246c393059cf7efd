"""The stack in a scrolling column: as low as its page can be at the width there is."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.gui.meeting.action_answers import AnswerList, Past
from csp_desktop.gui.widgets.containers import StillStack
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.services.meeting.actions import ActionRow, Officer

DAY = date(2026, 11, 26)
LONG = "goes with someone who controls her " * 4


def _stack(qtbot: QtBot, width: int) -> tuple[StillStack, QWidget, TitleLabel]:
    stack, page = StillStack(), QWidget()
    title = TitleLabel(page)
    title.setText(LONG)
    QVBoxLayout(page).addWidget(title)
    stack.addWidget(page)
    qtbot.addWidget(stack)
    stack.resize(width, 400)
    stack.show()
    return stack, page, title


def test_a_wide_window_is_not_charged_for_the_lines_of_a_narrow_one(qtbot: QtBot) -> None:
    stack, page, title = _stack(qtbot, 2600)
    needed = title.heightForWidth(title.width())
    assert needed <= stack.minimumSizeHint().height() < page.minimumSizeHint().height()


def test_a_narrower_window_asks_for_the_lines_it_then_has(qtbot: QtBot) -> None:
    stack, _, _ = _stack(qtbot, 2600)
    wide = stack.minimumSizeHint().height()
    stack.resize(400, 400)
    assert stack.minimumSizeHint().height() > wide


def test_the_arrow_keys_bring_an_answer_below_the_edge_into_view(qtbot: QtBot) -> None:
    answers = AnswerList()
    words = QLabel(LONG)
    words.setWordWrap(True)
    past = Past(answers, words)
    qtbot.addWidget(past)
    past.resize(300, 90)
    past.show()
    rows = [Action(str(number), "m", number, f"Visit number {number}", "o", None, DAY) for number in range(8)]
    nia = Officer("o", "Nia Ward", "NW", "council")
    answers.show_actions([ActionRow(row, nia, "Fri 4 Dec", "Open", "neutral", None) for row in rows], DAY, None)
    qtbot.waitUntil(lambda: past.verticalScrollBar().maximum() > 0)
    for _ in range(8):
        QTest.keyClick(answers.rows, Qt.Key.Key_Down)
    assert answers.rows.current_key() == "7"
    row = answers.rows.visualRect(answers.rows.currentIndex())
    top = answers.rows.viewport().mapTo(past.viewport(), row.topLeft()).y()
    assert past.verticalScrollBar().value() > 0
    assert top >= 0 and top + row.height() <= past.viewport().height() + 1
