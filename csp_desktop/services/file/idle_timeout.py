"""How long the program may stay open with nobody at it."""

from datetime import timedelta

from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.services.meeting.running_meeting import running
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session


def open_for(session: Session, *, private: bool = False) -> timedelta:
    """Longer while a meeting runs, since people talk for minutes without a key; in the private meeting by its own
    settings, and never long.
    """
    meeting = running(session)
    in_session = meeting is not None and meeting.state is MeetingState.IN_SESSION
    if private:
        with session.work.reading() as records:
            own = next(iter(records.find(PrivateSettings)), PrivateSettings())
        return timedelta(minutes=own.lock_after_in_session if in_session else own.lock_after_preparing)
    now = settings(session)
    return timedelta(minutes=now.lock_after_minutes_in_meeting if in_session else now.lock_after_minutes)
