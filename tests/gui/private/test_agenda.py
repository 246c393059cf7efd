"""The form of the sub-agenda: day, times and place are saved as they are left, refused in place, and never lost."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.gui.private.agenda import PrivateAgendaPage
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.private import agenda
from tests.support.private_session import DAY, NOW, private_session
from tests.support.screens import SIZES

SLOT = (time(15, 45), time(16, 30))


class Shown:
    """The page in its active window, and where it asked to go."""

    def __init__(self, qtbot, session):
        self.session, self.changes = session, Changes()
        desk = PrivatePageContext(session, self.changes, Tasks(), kind=PRIVATE, table=PrivateTable())
        self.page = PrivateAgendaPage(desk)
        self.ui = self.page._ui
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page("private_agenda", self.page)
        self.page.navigate.disconnect()
        self.went: list[tuple[str, object]] = []
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.resize(SIZES["1366x768"])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_page("private_agenda")

    def meeting(self) -> Meeting:
        found = agenda.next_meeting(self.session)
        assert found is not None
        return found


@pytest.fixture
def planning(qtbot):
    """No session is planned."""
    return Shown(qtbot, private_session())


@pytest.fixture
def planned(qtbot):
    session = private_session()
    agenda.plan(session, DAY + timedelta(days=4), *SLOT)
    return Shown(qtbot, session)


def write(qtbot, field: QLineEdit, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, key)


def test_a_day_is_saved_at_once_and_refused_in_its_place(planned, qtbot):
    write(qtbot, planned.ui.date_field, "3 dec")
    assert planned.meeting().on == date(2026, 12, 3)
    assert planned.ui.date_field.text() == "Thu 3 Dec 2026"
    write(qtbot, planned.ui.date_field, "2 nov 2026")
    assert "is in the past" in planned.ui.date_error.text()
    assert (planned.ui.date_field.text(), planned.meeting().on) == ("Mon 2 Nov 2026", date(2026, 12, 3))


def test_what_is_no_day_says_how_a_day_is_written_and_is_kept(planned, qtbot):
    write(qtbot, planned.ui.date_field, "some day")
    assert planned.ui.date_error.text() == "Type the date as 26 nov, 26/11/2026 or fri."
    assert (planned.ui.date_field.text(), planned.meeting().on) == ("some day", DAY + timedelta(days=4))
    write(qtbot, planned.ui.date_field, "27 nov")
    assert (planned.ui.date_error.text(), planned.meeting().on) == ("", date(2026, 11, 27))


def test_before_it_is_planned_a_day_that_is_one_takes_the_refusal_away(planning, qtbot):
    write(qtbot, planning.ui.date_field, "some day")
    assert planning.ui.date_error.text()
    write(qtbot, planning.ui.date_field, "30 nov")
    assert planning.ui.date_error.text() == ""


@pytest.mark.parametrize(("typed", "sentence"), [("2pm", "Type the time as 14:00"), ("13:00", "after it starts")])
def test_a_time_that_cannot_be_is_refused_with_a_sentence(planned, qtbot, typed, sentence):
    write(qtbot, planned.ui.ends_field, typed)
    assert sentence in planned.ui.ends_error.text()
    assert (planned.ui.ends_field.text(), planned.meeting().ends) == (typed, time(16, 30))
    write(qtbot, planned.ui.ends_field, "1700")
    assert (planned.ui.ends_error.text(), planned.meeting().ends) == ("", time(17))
    assert planned.ui.time_caption.text() == "slot 15:45 to 17:00"


def test_the_place_is_a_draft_while_it_is_typed_and_one_step_after(planned, qtbot):
    field = planned.ui.venue_field
    field.setFocus()
    qtbot.keyClicks(field, "Library")
    work, meeting = planned.session.work, planned.meeting()
    qtbot.waitUntil(lambda: work.draft(Meeting, meeting.id, "venue") is not None)
    assert planned.meeting().venue == ""
    assert Shown(qtbot, planned.session).ui.venue_field.text() == "Library"
    planned.page.left()
    assert planned.meeting().venue == "Library"
    assert work.draft(Meeting, meeting.id, "venue") is None


@pytest.mark.parametrize("name", ["date_field", "starts_field", "venue_field"])
def test_what_is_half_typed_stays_when_something_else_has_changed(planned, qtbot, name):
    field = getattr(planned.ui, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1")
    planned.changes.tell("meeting")
    assert field.text() == "1"


def test_nothing_typed_is_no_step(planned, qtbot):
    number = planned.session.work.head()
    for field in (planned.ui.starts_field, planned.ui.ends_field, planned.ui.venue_field):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
    planned.page.left()
    assert planned.session.work.head() == number


def test_of_a_day_that_has_passed_the_place_can_still_be_changed(qtbot):
    session = private_session()
    agenda.plan(session, DAY, *SLOT)
    shown = Shown(qtbot, replace(session, now=lambda: NOW + timedelta(days=2)))
    write(qtbot, shown.ui.venue_field, "Library")
    assert (shown.ui.date_error.text(), shown.meeting().venue) == ("", "Library")


def test_control_enter_plans_the_session_with_what_is_half_typed(planning, qtbot):
    assert dict(planning.page.keys())["Ctrl Enter"] == "plan this session"
    write(qtbot, planning.ui.date_field, "30 nov")
    field = planning.ui.venue_field
    field.setFocus()
    qtbot.keyClicks(field, "Library")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (planning.meeting().on, planning.meeting().venue) == (date(2026, 11, 30), "Library")


def test_control_enter_goes_on_and_says_so(planned, qtbot):
    assert planned.ui.next_button.accessibleDescription() == "Key Ctrl Enter"
    assert dict(planned.page.keys())["Ctrl Enter"] == "done: back to Home"
    qtbot.keyClick(planned.ui.agenda_view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert planned.went == [("private_home", None)]


def test_up_and_down_by_mouse_leave_the_focus_in_the_sub_agenda(planned, qtbot):
    view = planned.ui.agenda_view
    first = view.row().title
    qtbot.mouseClick(planned.ui.down_button, Qt.MouseButton.LeftButton)
    assert (view.hasFocus(), view.row().title) == (True, first)
    assert [row.title for row in view.rows() if row.movable].index(first) == 1


def test_more_than_the_most_is_refused_in_place(planned):
    row = planned.ui.agenda_view.row()
    planned.ui.agenda_view.minutes_asked.emit(row.key, 500)
    assert "minutes" in planned.ui.said_bar.text()
    assert planned.ui.agenda_view.row().minutes == row.minutes
