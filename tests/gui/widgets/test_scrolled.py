"""In a column that scrolls the next step is whole, and nothing scrolls by itself."""

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QListWidget, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.widgets.containers import Flow, destroy
from csp_desktop.gui.widgets.scrolled import Foot, OneScroll
from tests.support.screens import not_whole, scrolls_twice, settle

DELETED = QEvent.Type.DeferredDelete.value  # what waits to be deleted
LOW, HIGH = QSize(400, 200), QSize(400, 900)


class Panel(QWidget):
    """A long text and the step below it; hears the keys that its button does not want."""

    def __init__(self, flowing: bool) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.button = PrimaryButton(self, text="Accept and continue", height=52)
        column = QVBoxLayout(self)
        text = QLabel("\n".join(f"Line {n}" for n in range(30)), self)
        column.addWidget(text)
        if flowing:
            row = Flow()
            column.addLayout(row)
            row.addWidget(self.button)
        else:
            column.addWidget(self.button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Told."""
        self.keys.append(event.key())


@pytest.fixture(params=[False, True], ids=["in a column", "in a flow"])
def column(qtbot: QtBot, request: pytest.FixtureRequest) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(Panel(request.param))
    qtbot.addWidget(area)
    return area


def panel_of(area: QScrollArea) -> Panel:
    panel = area.widget()
    assert isinstance(panel, Panel)
    return panel


def at_foot(area: QScrollArea) -> bool:
    foot = area.findChild(Foot)
    return foot is not None and foot.isVisible() and foot.isAncestorOf(panel_of(area).button)


def test_it_stands_at_the_foot_where_it_would_be_cut_and_in_its_place_where_it_would_not(column: QScrollArea) -> None:
    for size, pinned in ((LOW, True), (HIGH, False), (LOW, True), (HIGH, False), (LOW, True)):
        settle(column, size)
        QApplication.sendPostedEvents(None, DELETED)
        assert (at_foot(column), not_whole(column)) == (pinned, [])
    settle(column, HIGH)
    assert panel_of(column).isAncestorOf(panel_of(column).button)


def test_nothing_of_the_page_lies_under_it(column: QScrollArea) -> None:
    settle(column, LOW)
    foot = column.findChild(Foot)
    assert foot is not None and not foot.geometry().intersects(column.viewport().geometry())
    assert column.viewport().height() + foot.height() == LOW.height()


def test_two_steps_are_whole_where_the_bar_of_the_one_would_cover_the_other(qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QWidget()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    above, below = QLabel("Above", inside), QLabel("Below", inside)
    above.setFixedHeight(110)
    below.setFixedHeight(300)
    read, following = (PrimaryButton(inside, text=words, height=52) for words in ("I have read it out", "Next person"))
    column = QVBoxLayout(inside)
    for part in (above, following, below, read):
        column.addWidget(part)
    area.setWidget(inside)
    qtbot.addWidget(area)
    for size, pinned in ((LOW, True), (HIGH, False), (LOW, True)):
        settle(area, size)
        assert not_whole(area) == []
        foot = area.findChild(Foot)
        assert [pinned, pinned] == [foot is not None and foot.isAncestorOf(step) for step in (read, following)]


def test_it_keeps_the_focus_and_the_column_stays_where_it_was_scrolled(qtbot: QtBot, column: QScrollArea) -> None:
    settle(column, HIGH)
    panel_of(column).button.setFocus()
    settle(column, LOW)
    assert at_foot(column) and column.focusWidget() is panel_of(column).button
    assert column.verticalScrollBar().value() == 0
    qtbot.keyClick(panel_of(column).button, Qt.Key.Key_7)
    assert panel_of(column).keys == [Qt.Key.Key_7]


def test_a_step_that_is_hidden_or_whose_panel_is_gone_leaves_no_foot(qtbot: QtBot, column: QScrollArea) -> None:
    settle(column, LOW)
    panel, foot = panel_of(column), column.findChild(Foot)
    assert foot is not None
    panel.button.hide()
    settle(column, LOW)
    assert not foot.isVisible()
    panel.button.show()
    settle(column, LOW)
    assert at_foot(column)
    column.takeWidget()
    destroy(panel)
    QApplication.sendPostedEvents(None, DELETED)
    settle(column, LOW)
    assert not foot.isVisible()


@pytest.fixture
def listed(qtbot: QtBot) -> QScrollArea:
    """A heading and a list of many rows, in a column."""
    area, inside, rows = QScrollArea(), QWidget(), QListWidget()
    rows.addItems([f"Row {n}" for n in range(120)])
    rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    rows.setMinimumHeight(120)
    heading = QLabel("Cases", inside)
    heading.setMinimumHeight(150)
    column = QVBoxLayout(inside)
    column.addWidget(heading)
    column.addWidget(rows, 1)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(inside)
    OneScroll(area)
    qtbot.addWidget(area)
    return area


def test_a_list_is_as_high_as_its_rows_where_its_column_scrolls_and_scrolls_where_it_does_not(
    listed: QScrollArea,
) -> None:
    rows = listed.findChild(QListWidget)
    assert rows is not None
    for size, by_itself in ((LOW, False), (HIGH, True), (LOW, False)):
        settle(listed, size)
        assert scrolls_twice(listed) == []
        assert bool(rows.verticalScrollBar().maximum()) == by_itself
        assert bool(listed.verticalScrollBar().maximum()) != by_itself


def test_a_list_that_has_not_measured_itself_anew_yet_grows_once(qtbot: QtBot) -> None:
    area, inside, late = QScrollArea(), QWidget(), QAbstractScrollArea()
    late.setMinimumHeight(300)
    late.verticalScrollBar().setRange(0, 900)
    late.verticalScrollBar().setPageStep(100)  # and so it stays, however high it gets
    QVBoxLayout(inside).addWidget(late)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    OneScroll(area)
    qtbot.addWidget(area)
    for size in (LOW, QSize(380, 190), LOW):
        settle(area, size)
        frame = late.height() - late.viewport().height()
        assert late.minimumHeight() == 1000 + frame


def test_a_list_that_lost_most_of_its_rows_gives_the_room_back(listed: QScrollArea) -> None:
    rows = listed.findChild(QListWidget)
    assert rows is not None
    settle(listed, LOW)
    high = rows.height()
    while rows.count() > 9:
        rows.takeItem(9)
    settle(listed, LOW)
    assert rows.height() < high / 4 and scrolls_twice(listed) == []
    rows.addItems([f"Row {n}" for n in range(9, 120)])
    settle(listed, LOW)
    assert rows.height() == high and scrolls_twice(listed) == []
    rows.clear()
    settle(listed, LOW)
    assert rows.minimumHeight() == 120


def test_cards_that_are_gone_leave_no_empty_column(qtbot: QtBot) -> None:
    area, inside, cards, held = QScrollArea(), QWidget(), QScrollArea(), QWidget()
    for number in range(20):
        card = QLabel(f"Card {number}", held)
        card.setMinimumHeight(60)
    stack = QVBoxLayout(held)
    every = held.findChildren(QLabel)
    for card in every:
        stack.addWidget(card)
    cards.setWidgetResizable(True)
    cards.setWidget(held)
    cards.setMinimumHeight(100)
    column = QVBoxLayout(inside)
    column.addWidget(cards, 1)
    present = QLabel("Present", inside)
    present.setMinimumHeight(200)
    column.addWidget(present)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    OneScroll(area)
    qtbot.addWidget(area)
    settle(area, LOW)
    assert cards.height() > 1200
    for card in every[1:]:
        card.hide()
    settle(area, LOW)
    assert cards.height() < 200


def test_the_row_one_comes_to_is_seen(qtbot: QtBot, listed: QScrollArea) -> None:
    settle(listed, LOW)
    rows = listed.findChild(QListWidget)
    assert rows is not None
    rows.setFocus()
    rows.setCurrentRow(119)
    row = rows.visualItemRect(rows.item(119)).center()
    assert listed.viewport().rect().contains(rows.viewport().mapTo(listed.viewport(), row))
