"""Dates of the year: set in one go, each changed, added and removed by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt

from csp_desktop.gui.meeting.year_dates import YearDatesPage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.services.meeting.agenda import meetings
from tests.support.pages import Shown, desk_of
from tests.support.prepared_meeting import NOVEMBER, prepared_session
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls

DECEMBER, JANUARY = date(2026, 12, 24), date(2027, 1, 21)


@pytest.fixture
def dates(qtbot):
    return show(qtbot)


def show(qtbot, size=(1366, 768)):
    desk = desk_of(prepared_session())
    return Shown(qtbot, YearDatesPage(desk), desk, None, QSize(*size))


def planned(dates):
    return [m.on for m in meetings(dates.desk.session)][1:]


def rows(dates):
    return [(entry.title, entry.pill) for entry in dates.page._ui.dates_view.entries()]


def write(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_control_enter_sets_every_proposed_date_and_undo_takes_them_back(dates, qtbot):
    assert rows(dates)[:2] == [("Thu 26 Nov", "Next"), ("Thu 24 Dec", "Proposed")]
    qtbot.keyClick(dates.page._ui.dates_view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert planned(dates)[:3] == [NOVEMBER, DECEMBER, JANUARY]
    assert rows(dates)[1] == ("Thu 24 Dec", "Set") and not dates.page._ui.set_button.isVisible()
    qtbot.keyClick(dates.page._ui.dates_view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert planned(dates) == [NOVEMBER]


def test_enter_leads_to_the_day_and_enter_again_changes_it(dates, qtbot):
    dates.page._set()
    view = dates.page._ui.dates_view
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert dates.window.focusWidget() is dates.page._ui.day_field
    write(qtbot, dates.page._ui.day_field, "17 dec 2026")
    assert planned(dates)[1] == date(2026, 12, 17)
    assert dates.window.focusWidget() is view and rows(dates)[1][0] == "Thu 17 Dec"


def test_a_day_that_cannot_be_is_refused_at_its_field(dates, qtbot):
    dates.page._set()
    ui = dates.page._ui
    write(qtbot, ui.day_field, "24 dec 2026")
    assert ui.day_error.text().startswith("There is already a meeting on Thu 24 Dec 2026")
    write(qtbot, ui.day_field, "some day")
    assert ui.day_error.text().startswith("Type the date as")
    write(qtbot, ui.add_field, "2 nov 2026")
    assert "is in the past" in ui.add_error.text()
    assert planned(dates)[:2] == [NOVEMBER, DECEMBER]


def test_delete_takes_a_date_off_and_stands_on_the_next(dates, qtbot):
    dates.page._set()
    view = dates.page._ui.dates_view
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert planned(dates)[:2] == [NOVEMBER, JANUARY]
    assert dates.page._row().on == JANUARY


def test_a_proposed_day_has_nothing_to_remove_or_change(dates, qtbot):
    view = dates.page._ui.dates_view
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert planned(dates) == [NOVEMBER] and not dates.page._ui.day_field.isVisible()


def test_a_date_is_added_by_keyboard(dates, qtbot):
    view = dates.page._ui.dates_view
    qtbot.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert dates.window.focusWidget() is dates.page._ui.add_field
    write(qtbot, dates.page._ui.add_field, "8 dec 2026")
    assert planned(dates) == [NOVEMBER, date(2026, 12, 8)] and dates.page._ui.add_field.text() == ""


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (640, 360)], ids=str)
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(DARK, 1.5)], ids=["light", "dark, large"])
def test_nothing_is_cut_and_everything_has_a_name(qtbot, qapp, theme, size):
    style.apply(qapp, theme)
    try:
        dates = show(qtbot, size)
        settle(dates.window, QSize(*size))
        assert clipped_texts(dates.window) == []
        assert unnamed_controls(dates.page) == [] and shared_mnemonics(dates.page) == []
    finally:
        style.apply(qapp, Theme())
