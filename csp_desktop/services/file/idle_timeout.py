"""How long the program may stay open with nobody at it."""

from datetime import timedelta

from csp_desktop.domain.file.idle_lock import LockAfter
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.services.meeting.running_meeting import running
from csp_desktop.services.session import Session


def open_for(session: Session, lock_after: LockAfter) -> timedelta:
    """By whether a meeting of the open file is in session now."""
    meeting = running(session)
    in_session = meeting is not None and meeting.state is MeetingState.IN_SESSION
    return timedelta(minutes=lock_after.in_session if in_session else lock_after.usual)
