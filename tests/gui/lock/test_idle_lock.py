"""The idle lock on real events, under clocks that a test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.lock.idle_lock import Clocks, IdleLock
from csp_desktop.gui.widgets.lock_warning import LockWarning
from tests.support.screens import clipped_texts, settle

LIMIT = timedelta(minutes=10)


class Room:
    """A window with a field, its idle lock, and both clocks."""

    def __init__(self, app: QApplication, qtbot: QtBot) -> None:
        self.wall, self.steady = datetime(2026, 11, 26, 14, 0, tzinfo=UTC), 0.0
        self.limit, self.locked, self.left = LIMIT, 0, [-1]
        self.window, self.field = QWidget(), QLineEdit()
        QVBoxLayout(self.window).addWidget(self.field)
        qtbot.addWidget(self.window)
        self.window.show()
        self.idle = IdleLock(app, Clocks(lambda: self.wall, lambda: self.steady), lambda: self.limit, self.window)
        self.idle.due.connect(self._lock)
        self.idle.warned.connect(self.left.append)
        self.idle.back.connect(lambda: self.left.append(-1))
        self.idle.start()

    def _lock(self) -> None:
        self.locked += 1

    def nobody_for(self, minutes: float) -> None:
        """Both clocks go on; the lock looks when its timer is due."""
        self.wall += timedelta(minutes=minutes)
        self.steady += minutes * 60
        self.idle.look()


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot) -> Iterator[Room]:
    made = Room(qapp, qtbot)
    yield made
    qapp.removeEventFilter(made.idle)


def test_after_ten_minutes_without_a_key_it_locks_once(room: Room) -> None:
    room.nobody_for(9.5)
    assert (room.locked, room.left[-1]) == (0, 30)
    room.nobody_for(0.5)
    room.nobody_for(5)
    assert room.locked == 1


def test_a_key_in_the_last_minute_takes_the_warning_away(room: Room) -> None:
    room.nobody_for(9.5)
    QTest.keyClick(room.field, Qt.Key.Key_Shift)
    assert room.left[-1] == -1
    room.nobody_for(8.5)
    assert (room.locked, room.left[-1]) == (0, -1)


def test_a_mouse_that_moves_counts_and_one_that_rests_does_not(room: Room) -> None:
    def move(x: int) -> None:
        at = QPointF(x, 5)
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(room.window, event)

    move(5)
    room.nobody_for(9)
    move(5)
    room.nobody_for(0.5)
    assert room.left[-1] == 30
    move(6)
    assert room.left[-1] == -1


def test_a_sleep_counts_and_the_first_key_after_it_meets_the_lock(room: Room) -> None:
    room.wall += timedelta(hours=2)  # the other clock stood still
    QTest.keyClick(room.field, Qt.Key.Key_A)
    assert (room.locked, room.field.text()) == (1, "")
    QTest.keyClick(room.field, Qt.Key.Key_B)
    assert room.field.text() == "b", "what is pressed next is typed: the passphrase"


def test_a_mouse_that_moves_after_a_sleep_locks_and_no_key_of_the_passphrase_is_lost(room: Room) -> None:
    room.wall += timedelta(hours=2)
    QTest.mouseMove(room.window, QPoint(3, 3))
    QTest.mouseMove(room.window, QPoint(30, 30))
    assert room.locked == 1
    QTest.keyClick(room.field, Qt.Key.Key_B)
    assert room.field.text() == "b"


@pytest.mark.parametrize("minutes", [-120, 120])
def test_a_changed_clock_locks(room: Room, minutes: int) -> None:
    room.wall += timedelta(minutes=minutes)
    room.idle.look()
    assert room.locked == 1


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_dialog_and_a_menu_do_not_stop_it(room: Room, qtbot: QtBot) -> None:
    dialog, menu = QDialog(room.window), QMenu(room.window)
    menu.addAction("Later")
    seen: list[str] = []
    room.idle._timer.setInterval(5)

    def leave() -> None:
        room.wall += timedelta(minutes=11)
        room.steady += 660

    def close(what: QWidget, name: str) -> None:
        seen.append(name)
        what.close()

    for what, name, run in ((dialog, "dialog", dialog.exec), (menu, "menu", lambda: menu.exec(QPoint(10, 10)))):
        room.idle.start()
        room.idle._timer.setInterval(5)
        room.idle.due.connect(lambda what=what, name=name: close(what, name), Qt.ConnectionType.SingleShotConnection)
        QTimer.singleShot(0, leave)
        run()
    assert seen == ["dialog", "menu"]


def test_while_locked_it_rests(room: Room) -> None:
    room.idle.stop()
    room.nobody_for(60)
    assert room.locked == 0


def test_the_limit_may_change_while_nobody_is_there(room: Room) -> None:
    room.limit = timedelta(minutes=45)
    room.nobody_for(30)
    assert room.locked == 0
    room.limit = LIMIT
    room.nobody_for(0.1)
    assert room.locked == 1


def test_the_warning_says_what_is_left_and_how_to_stay(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    warning = LockWarning(window)
    warning.count(42)
    assert warning.isVisible()
    assert warning.accessibleName() == "Locks in 42 seconds. Move the mouse or press Shift to stay."
    for wide in (640, 360, 800, 360):
        settle(window, QSize(wide, 360))
        assert window.rect().contains(warning.geometry())
        assert clipped_texts(warning) == []
    warning.count(1)
    assert warning.text() == "Locks in 1 second"
