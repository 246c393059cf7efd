"""A column scrolls up and down, never sideways."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.style.layouts import hbox
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.narrow import Narrow
from tests.support.screens import clipped_texts, settle, sideways

WORDS = "For how long the minutes of a meeting are kept after it was held"


class Column:
    """Words and buttons in a row, in a column that scrolls."""

    def __init__(self, qtbot: QtBot) -> None:
        self.area, self.inside = QScrollArea(), QFrame()
        qtbot.addWidget(self.area)
        self.label, self.field = QLabel(WORDS), QLineEdit()
        self.buttons = hbox(PrimaryButton(text="Accept and continue"), SecondaryButton(text="Send to the chair"), None)
        self.whole = QVBoxLayout(self.inside)
        self.whole.addLayout(hbox(self.label, self.field))
        self.whole.addLayout(self.buttons)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.inside)
        self.narrow = Narrow(self.area)

    def at(self, width: int) -> None:
        """In a window of this width."""
        for _ in range(2):
            settle(self.area, QSize(width, 400))


@pytest.fixture
def column(qapp: QApplication, qtbot: QtBot) -> Column:
    """One of ours."""
    return Column(qtbot)


def test_in_a_narrow_column_words_break_into_lines_and_rows_stand_one_under_another(column: Column) -> None:
    column.at(260)
    assert sideways(column.area) == []
    assert clipped_texts(column.area) == []
    assert column.label.wordWrap()
    assert column.buttons.direction() == QBoxLayout.Direction.TopToBottom


def test_where_there_is_room_again_all_of_it_is_as_it_was(column: Column) -> None:
    column.at(260)
    column.at(900)
    assert not column.label.wordWrap()
    assert column.buttons.direction() == QBoxLayout.Direction.LeftToRight


def test_the_width_a_column_needs_for_its_rows_is_known_while_they_are_broken(column: Column) -> None:
    column.at(900)
    needed = column.narrow.least()
    column.at(260)
    assert column.narrow.least() == needed
    assert column.inside.minimumSizeHint().width() < needed


def test_what_is_added_to_a_narrow_column_breaks_too(column: Column) -> None:
    column.at(260)
    added = QLabel(WORDS)
    column.whole.addWidget(added)
    column.at(260)
    assert added.wordWrap()
    assert sideways(column.area) == []


def test_a_frame_whose_least_width_is_set_gives_way(column: Column) -> None:
    frame = QWidget()
    frame.setMinimumWidth(420)
    column.whole.addWidget(frame)
    column.at(260)
    assert frame.minimumWidth() == 0
    column.at(900)
    assert frame.minimumWidth() == 420
