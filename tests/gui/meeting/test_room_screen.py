"""The room screen: a second window nobody operates, without names, blank when it must be."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.meeting.room_screen import RoomWindow
from csp_desktop.gui.widgets.room_view import RoomView
from csp_desktop.services.meeting.room_screen import RoomAction, RoomRow
from csp_desktop.services.meeting.running_meeting import go_to_item, meeting_state, start
from tests.support.fakes import FixedClock, fake_session
from tests.support.pages import Shown, desk_of
from tests.support.walk_meeting import fill


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def session(clock):
    made = fake_session(now=clock)
    fill(made.work)
    start(made, "november")
    cases = next(i for i in meeting_state(made, "november").items if i.kind is ItemKind.CASES)
    go_to_item(made, cases.id)
    return made


def unsign(session, signed_at=None):
    with session.work.step("late") as records:
        records.save(replace(records.get(Attendance, "a-ravi"), signed_at=signed_at))


@pytest.fixture
def shown(qtbot, session):
    desk = desk_of(session)
    return Shown(qtbot, LivePage(desk), desk, "november", QSize(1366, 768))


@pytest.fixture
def page(shown):
    return shown.page


def mirror(page):
    return page.room._mirror


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    QApplication.processEvents()


def test_without_a_second_display_a_small_mirror_stands_at_the_side(page):
    press(page, Qt.Key.Key_F5)
    assert mirror(page).isVisible()
    assert not page.room.window.isVisible()
    assert mirror(page).row().title == "Oak Way: cuckooing"
    press(page, Qt.Key.Key_F5)
    assert not mirror(page).isVisible()


def test_the_room_screen_follows_by_itself(page):
    press(page, Qt.Key.Key_F5)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert mirror(page).row().title == "SN-2026-000002"
    assert page.room.window.view.row() == mirror(page).row()


def test_shift_f5_blanks_it_and_shows_it_again(page):
    press(page, Qt.Key.Key_F5)
    press(page, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert mirror(page).row().blank
    press(page, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert not mirror(page).row().blank


def test_hidden_or_locked_the_room_sees_nothing_and_afterwards_the_case(page, shown):
    press(page, Qt.Key.Key_F5)
    shown.window.cover()
    assert mirror(page).row().blank
    shown.window.uncover()
    assert mirror(page).row().title == "Oak Way: cuckooing"


def test_a_late_arrival_blanks_it_until_signed(page, session, clock):
    press(page, Qt.Key.Key_F5)
    unsign(session)
    page.refresh()
    assert mirror(page).row().blank
    unsign(session, clock())
    page.refresh()
    assert not mirror(page).row().blank


def test_the_window_shows_the_row_and_says_it(qtbot):
    window = RoomWindow()
    qtbot.addWidget(window)
    window.view.show_row(RoomRow(heading="Case 1 of 4", title="Oak Way", total=38, band="High", is_case=True))
    assert window.view.accessibleName() == "Room screen: Case 1 of 4, Oak Way"
    window.view.show_row(RoomRow(blank="locked"))
    assert window.view.accessibleName() == "Room screen, blank"


def test_agreed_actions_are_at_least_38_pixels_high_on_the_projector(qtbot):
    """Measured on the picture itself: the letters of an action, from the top of an ascender to the foot."""
    view = RoomView()
    qtbot.addWidget(view)
    view.resize(1920, 1080)
    empty = RoomRow(title="X", segments=(), actions=(RoomAction("", "", ""),))
    view.show_row(empty)
    before = view.grab().toImage()
    view.show_row(replace(empty, actions=(RoomAction("Hlb|", "", ""),)))
    after = view.grab().toImage()
    rows = [y for y in range(1080) if any(before.pixel(x, y) != after.pixel(x, y) for x in range(60, 300))]
    assert max(rows) - min(rows) + 1 >= 38


def test_a_blank_screen_is_one_plain_colour(qtbot):
    view = RoomView()
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.show_row(RoomRow(blank="locked", title="never shown"))
    image = view.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 640, 5) for y in range(0, 360, 5)}) == 1


def test_a_display_that_went_while_the_page_was_hidden_is_told_when_it_is_seen_again(page, shown):
    room, told = page.room, page.messages
    room._where = type(room._where).DISPLAY
    shown.window.cover()
    room._look_again()
    QApplication.processEvents()
    assert not mirror(page).isVisibleTo(page) and not told.text()
    shown.window.uncover()
    assert mirror(page).isVisible() and told.text().startswith("The second display was disconnected")
    press(page, Qt.Key.Key_F5)
    assert not mirror(page).isVisible()


def test_a_room_screen_closed_from_a_list_of_windows_is_off(page):
    page.room._where = type(page.room._where).DISPLAY
    page.room.window.showNormal()
    page.room.window.close()
    assert not page.room.is_shown()
    press(page, Qt.Key.Key_F5)
    assert mirror(page).isVisible()
