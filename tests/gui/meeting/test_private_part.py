"""The group's window around the private meeting: before it, while it runs, after it."""

from datetime import UTC, date, datetime, time

import pytest

from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus
from csp_desktop.gui.meeting.private_part import PrivatePartPage
from csp_desktop.gui.widgets.meeting_bar import BarKind
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.private_handover import Crossing, PrivateState
from csp_desktop.gui.window.tasks import Tasks
from tests.support.fakes import FakeWork, fake_session

NOW = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)


def _session(state: MeetingState | None):
    session = fake_session(FakeWork(lambda: NOW), now=lambda: NOW)
    with session.work.step("a meeting", of_held=True) as records:
        records.save(Agency("a1", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE))
        if state is not None:
            records.save(Meeting("m", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "", "", "", state))
            records.save(
                Attendance(
                    "row",
                    "m",
                    "p",
                    "Person",
                    "a1",
                    "Police",
                    "",
                    Capacity.MEMBER,
                    IspStatus.CURRENT,
                    arrived_at=NOW,
                    signed_at=NOW,
                )
            )
    return session


@pytest.fixture
def page_on(qtbot):
    def make(state: MeetingState | None) -> PrivatePartPage:
        session = _session(state)
        crossing = Crossing(["true"], lambda: session)
        page = PrivatePartPage(PageContext(session, Changes(), Tasks(), crossing))
        qtbot.addWidget(page)
        page.show()
        page.entered()
        return page

    return make


def test_with_no_meeting_today_it_says_so_and_offers_nothing(page_on):
    page = page_on(None)
    assert not page._ui.begin_button.isVisible()
    assert "none is in progress or was closed today" in page._ui.room_text.text()


@pytest.mark.parametrize(
    ("state", "words"), [(MeetingState.CLOSED, "is closed"), (MeetingState.IN_SESSION, "is paused")]
)
def test_it_says_how_many_are_in_the_room_and_how_the_group_stands(page_on, state, words):
    page = page_on(state)
    assert page._ui.begin_button.isVisible()
    assert page._ui.room_text.text().startswith("1 person is here.")
    assert words in page._ui.room_text.text()


def test_while_it_runs_the_bar_is_plum_and_there_is_nothing_to_press(page_on):
    page = page_on(MeetingState.CLOSED)
    page._crossing._set(PrivateState.RUNNING)
    assert page.bar_state().kind is BarKind.PLUM
    assert not page._ui.begin_button.isVisible() and not page._ui.back_button.isVisible()


def test_after_it_how_many_left_is_all_that_is_known(page_on):
    page = page_on(MeetingState.CLOSED)
    page._crossing.departed = 1
    page._crossing._set(PrivateState.ENDED)
    assert page._ui.part_title.text() == "The private meeting has ended"
    assert page._ui.room_text.text().startswith("1 person left")
    assert page._ui.back_button.isVisible()


def test_after_it_the_next_step_leads_back_and_is_not_to_begin_again(page_on):
    page = page_on(MeetingState.CLOSED)
    assert page._ui.begin_button.is_next() and not page._ui.back_button.is_next()
    page._crossing._set(PrivateState.ENDED)
    assert page._ui.back_button.is_next() and not page._ui.begin_button.is_next()


def test_an_unexpected_end_is_said_and_it_can_be_begun_again(page_on):
    page = page_on(MeetingState.CLOSED)
    page._crossing._set(PrivateState.BROKEN)
    assert "closed unexpectedly" in page._ui.part_title.text()
    assert page._ui.begin_button.text() == "&Open it again"
