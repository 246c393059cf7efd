"""What was held stays as it was: the records of a closed meeting are not written any more, whoever asks.

A record class that belongs to its meeting says so with `held_with_meeting`. The store asks at each writing.
"""

from collections.abc import Callable
from typing import Any

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState

Load = Callable[[type[Any], str], Any | None]


def refuse_of_held(load: Load, before: Any | None, after: Any | None) -> None:
    """Raise Refused where `before` or `after` is part of a meeting that is closed. An action agreed there lives on; it
    is only not added or taken away any more. `load` finds a record, or None."""
    record: Any = after if before is None else before
    if isinstance(record, Meeting):
        closed = before
    elif getattr(type(record), "held_with_meeting", False) or (isinstance(record, Action) and None in (before, after)):
        closed = load(Meeting, record.meeting_id) if record.meeting_id else None
    else:
        return
    if isinstance(closed, Meeting) and closed.state is MeetingState.CLOSED:
        raise Refused(
            f"The meeting of {dated_day(closed.on)} is closed and cannot be changed. Correct its minutes "
            "on the Minutes page."
        )
