"""How long the program may stay open with nobody at it."""

from datetime import timedelta

from csp_desktop.domain.meeting import MeetingState
from csp_desktop.services.keeping_settings import settings
from csp_desktop.services.running_meeting import running
from csp_desktop.services.session import Session


def open_for(session: Session) -> timedelta:
    """Long while a meeting runs, since people talk for minutes without a key; short otherwise."""
    now, meeting = settings(session), running(session)
    in_session = meeting is not None and meeting.state is MeetingState.IN_SESSION
    return timedelta(minutes=now.lock_after_minutes_in_meeting if in_session else now.lock_after_minutes)
