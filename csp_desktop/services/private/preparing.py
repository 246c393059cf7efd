"""Preparing is the lead's alone, and stops while a session runs: then the sitting shows people, one at a time."""

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session

WHILE_RUNNING = "A private session is in progress; people are shown there, one at a time."


def runs(records: Records) -> bool:
    """Whether a private session is open at the table."""
    return bool(records.find(Meeting, state=MeetingState.IN_SESSION))


def may_prepare(session: Session, records: Records) -> bool:
    """Whether people may be shown for preparing."""
    return bool(session.roles & set(LEADING)) and not runs(records)


def require_preparing(session: Session, records: Records) -> None:
    """Raise NotAllowed for anyone but the lead or deputy, Refused while a session runs."""
    session.require(*LEADING)
    if runs(records):
        raise Refused(WHILE_RUNNING)
