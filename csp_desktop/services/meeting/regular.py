"""The meetings of a body's own series. A meeting called for one case is held beside them: it is not the last or the
next one, no date and no deadline follows from it, and what is due "at the next meeting" is not due there.
"""

from typing import Any

from csp_desktop.domain.meeting.meeting import REGULAR, Meeting, MeetingState
from csp_desktop.services.ports.work import Records

TO_COME = tuple(state for state in MeetingState if state is not MeetingState.CLOSED)


def regular_meetings(records: Records, **where: Any) -> list[Meeting]:
    """Those of the series that match, the earliest first."""
    return sorted(records.find(Meeting, kind=REGULAR, **where), key=lambda one: (one.on, one.starts))


def regular_held(records: Records) -> list[Meeting]:
    """Those that are closed."""
    return regular_meetings(records, state=MeetingState.CLOSED)


def regular_to_come(records: Records) -> list[Meeting]:
    """Those planned or running."""
    return regular_meetings(records, state=TO_COME)
