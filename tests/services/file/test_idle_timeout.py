"""How long the program stays open with nobody at it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.services.file.idle_timeout import open_for
from csp_desktop.services.people.settings import change_settings, settings
from csp_desktop.services.private.settings import private_settings
from csp_desktop.services.session import Session
from tests.support.fakes import fake_session

MEETING = Meeting("november", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Town Hall", "", "")


@pytest.fixture
def session() -> Session:
    made = fake_session()
    with made.work.step("meeting") as records:
        records.save(MEETING)
    return made


def in_state(session: Session, state: MeetingState) -> None:
    with session.work.step("meeting") as records:
        records.save(replace(MEETING, state=state))


def test_ten_minutes_and_forty_five_while_a_meeting_runs(session: Session) -> None:
    assert open_for(session, settings(session).lock_after) == timedelta(minutes=10)
    in_state(session, MeetingState.SIGN_IN)
    assert open_for(session, settings(session).lock_after) == timedelta(minutes=10)
    in_state(session, MeetingState.IN_SESSION)
    assert open_for(session, settings(session).lock_after) == timedelta(minutes=45)
    in_state(session, MeetingState.CLOSED)
    assert open_for(session, settings(session).lock_after) == timedelta(minutes=10)


def test_both_are_settings(session: Session) -> None:
    change_settings(session, lock_after_minutes=3, lock_after_minutes_in_meeting=60)
    assert open_for(session, settings(session).lock_after) == timedelta(minutes=3)
    in_state(session, MeetingState.IN_SESSION)
    assert open_for(session, settings(session).lock_after) == timedelta(minutes=60)


def test_the_private_meeting_is_open_for_less_by_its_own_settings(session: Session) -> None:
    assert open_for(session, private_settings(session).lock_after) == timedelta(minutes=5)
    in_state(session, MeetingState.IN_SESSION)
    assert open_for(session, private_settings(session).lock_after) == timedelta(minutes=15)
    with session.work.step("settings") as records:
        records.save(PrivateSettings(lock_after_in_session=10))
    assert open_for(session, private_settings(session).lock_after) == timedelta(minutes=10)
