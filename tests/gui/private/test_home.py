"""Home of the private window: one primary button, two countdowns with their steps, what needs the lead, and the bar."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt

from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.home import PrivateHomePage, minutes_steps, session_steps
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.widgets.steps import StepState
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.private import agenda, people
from csp_desktop.services.private.home import look_ahead
from tests.support.private_session import DAY, LEAD, NOW, begun, private_session
from tests.support.screens import SIZES

SLOT = (time(15, 45), time(16, 30))


class Shown:
    """The page in its window, and where it asked to go."""

    def __init__(self, qtbot, session, size="1366x768"):
        self.changes = Changes()
        self.page = PrivateHomePage(
            PrivatePageContext(session, self.changes, Tasks(), kind=PRIVATE, table=PrivateTable())
        )
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page("private_home", self.page)
        self.page.navigate.disconnect()
        self.went: list[tuple[str, object]] = []
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.resize(SIZES[size])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_page("private_home")
        self.ui = self.page._ui
        self.work = self.ui.work.ui


@pytest.fixture
def session():
    return private_session()


def planned(session, days=0):
    return agenda.plan(session, DAY + timedelta(days=days), *SLOT)


def coming(session):
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    return meeting


def later(session, days):
    """The same file on a later day."""
    return replace(session, now=lambda: NOW + timedelta(days=days))


def held(session):
    with session.work.step("held") as records:
        last = date(2026, 10, 29)
        records.save(Meeting("m", MeetingKind.ROUGH_SLEEPING, last, *SLOT, "", "", "", MeetingState.CLOSED))


def test_there_is_one_primary_button_and_it_is_the_next_step(qtbot, session):
    planned(session, 4)
    home = Shown(qtbot, session)
    shown = [button for button in home.window.findChildren(PrimaryButton) if button.isVisible()]
    assert shown == [home.work.next_button]
    assert home.work.next_title.text() == "Check the sub-agenda of Mon 30 Nov"
    assert [chip.text() for chip in (home.work.chip_one, home.work.chip_two)] == ["3 people selected", "in 4 days"]
    home.work.next_button.click()
    assert home.went == [("private_agenda", coming(session).id)]


def test_enter_takes_the_next_step_but_not_while_the_note_is_typed(qtbot, session):
    home = Shown(qtbot, session)
    home.ui.winter_note_edit.setFocus()
    qtbot.keyClick(home.ui.winter_note_edit, Qt.Key.Key_Return)
    assert home.went == []
    home.work.next_button.setFocus()
    qtbot.keyClick(home.work.next_button, Qt.Key.Key_Return)
    assert home.went == [("private_agenda", None)]


def test_arrows_and_enter_lead_to_what_needs_the_lead(qtbot, session):
    home = Shown(qtbot, session)
    qtbot.keyClick(home.work.next_button, Qt.Key.Key_Down)
    view = home.work.needs_view
    assert [entry.title for entry in view.entries()[:2]] == [
        "No risk score yet: 3 people",
        "Not seen for 14 days: 3 people",
    ]
    assert (view.hasFocus(), view.current_key()) == (True, "0")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert home.went == [("private_people", None)]


def test_a_session_that_cannot_begin_says_why_and_stays(qtbot, session):
    planned(session)
    home = Shown(qtbot, session)
    assert home.work.next_title.text() == "Begin: who is in the room?"
    begun_elsewhere = coming(session)
    with session.work.step("begun elsewhere") as records:
        records.save(replace(begun_elsewhere, state=MeetingState.IN_SESSION))
    home.work.next_button.click()
    assert home.went == []
    assert "A private session is in progress" in home.ui.done_bar.text()


def test_while_a_session_runs_it_says_that_people_are_kept_back(qtbot, session):
    begun(session, LEAD)
    home = Shown(qtbot, session)
    assert (home.work.needs_view.isVisible(), home.work.needs_empty.isVisible()) == (False, True)
    assert "Not shown now" in home.work.needs_empty.accessibleName()
    assert home.work.needs_caption.text() == ""
    assert not home.ui.release_button.isEnabled() and not home.ui.winter_button.isEnabled()


def test_what_needs_the_lead_is_counted(qtbot, session):
    home = Shown(qtbot, session)
    count = len(look_ahead(session).needs)
    assert home.work.needs_caption.text() == f"{count} items, most urgent first"


def test_a_change_elsewhere_is_shown_here(qtbot, session):
    home = Shown(qtbot, session)
    assert home.work.next_title.text() == "Plan the next private session"
    planned(session, 4)
    home.changes.tell("meeting")
    assert home.work.next_title.text() == "Check the sub-agenda of Mon 30 Nov"


def test_the_bar_counts_the_days_to_the_session_and_no_people(qtbot, session):
    def headline(session):
        return Shown(qtbot, session).page.bar_state().headline

    assert headline(session) == "No private session planned"
    planned(session, 4)
    assert headline(session) == "4 days to the private session"
    assert headline(later(session, 4)) == "The private session is today"
    assert headline(later(session, 5)) == "The date of the session has passed"
    assert [figure.big for figure in Shown(qtbot, session).page.bar_state().figures] == ["15:40"]
    agenda.begin_alone(later(session, 4), coming(session).id)
    assert headline(later(session, 4)) == "A private session is open"


def test_the_countdowns_stand_with_their_day_and_steps(qtbot, session):
    held(session)
    planned(session)
    home, ahead = Shown(qtbot, session), look_ahead(session)
    first, second = home.work.first_card.ui, home.work.second_card.ui
    assert (first.title_label.text(), first.by_label.text()) == ("Private session", "Thu 26 Nov, 15:45")
    assert (second.title_label.text(), second.pill.text()) == ("Private minutes out", "Overdue")
    assert second.pill.tone() is Tone.HIGH
    assert second.number.accessibleName() == "21 days overdue"
    assert first.number.accessibleName() == "Today"
    assert [mark.title for mark in session_steps(ahead)] == ["Planned", "Selected", "Room", "Session"]
    assert [mark.title for mark in minutes_steps(ahead)] == ["Held", "Approve", "Circulate"]


def test_the_first_step_not_done_is_the_one_to_do(session):
    def current(marks):
        return [mark.title for mark in marks if mark.state is StepState.CURRENT]

    assert current(session_steps(look_ahead(session))) == ["Plan"]
    meeting = planned(session)
    assert current(session_steps(look_ahead(session))) == ["Room"]
    for line in people.people(session):
        agenda.toggle(session, meeting.id, line.person.id)
    assert current(session_steps(look_ahead(session))) == ["People"]
    agenda.begin_alone(session, meeting.id)
    assert current(session_steps(look_ahead(session))) == ["Room"]
    held(session)
    ahead = look_ahead(session)
    assert current(minutes_steps(ahead)) == ["Approve"]
    assert current(minutes_steps(replace(ahead, minutes_state=MinutesState.APPROVED))) == ["Circulate"]
    assert current(minutes_steps(replace(ahead, minutes_state=MinutesState.CIRCULATED))) == []


def test_on_a_low_window_the_notes_of_the_countdowns_give_way(qtbot, session):
    planned(session, 4)
    home = Shown(qtbot, session, "1600x900")
    assert home.work.first_card.ui.note_label.isVisible() and home.work.next_button.height() > 50
    low = Shown(qtbot, session, "640x360")
    assert not low.work.first_card.ui.note_label.isVisible() and not low.work.second_card.ui.note_label.isVisible()
    assert low.work.next_button.height() < home.work.next_button.height()
    assert low.work.first_card.ui.number.height() < home.work.first_card.ui.number.height()


def test_tab_goes_from_the_next_step_over_the_needs_to_the_side(qtbot, session):
    home = Shown(qtbot, session)
    home.work.next_button.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(home.page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(home.page.focusWidget().objectName())
    assert seen == ["needs_view", "winter_note_edit", "winter_button", "counted_combo"]
