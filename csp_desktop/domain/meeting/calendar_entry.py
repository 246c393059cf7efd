"""A meeting as it stands in people's calendars: the day, the times, the place; nothing of what is talked about."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class CalendarEntry:
    """One meeting. `name` is what everybody may read over a shoulder; `circulate_by` the last day for its minutes,
    where that is known; `at` the instant this was last changed."""

    meeting_id: str
    name: str
    on: date
    starts: time
    ends: time
    at: datetime
    venue: str = ""
    circulate_by: date | None = None
