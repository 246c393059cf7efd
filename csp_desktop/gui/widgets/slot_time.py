"""The time of a meeting: read as people type it, and told."""

import re
from datetime import date, time
from enum import StrEnum

from csp_desktop.domain.common.days import clock, screen_day
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.meeting.meeting import Meeting


def read_time(text: str, field: StrEnum) -> time:
    """A time as people write it, 14:00, 14.30, 1400, 9. Raises FieldRefused about `field`."""
    found = re.fullmatch(r"(\d{1,2})(?:[:. ]?([0-5]\d))?", text.strip())
    if found is None or int(found[1]) > 23:
        raise FieldRefused(field, "Type the time as 14:00, between 00:00 and 23:59.")
    return time(int(found[1]), int(found[2] or 0))


def slot_words(meeting: Meeting, today: date) -> str:
    """'Thursday 26 November 2026, 14:00 to 16:00'"""
    return f"{screen_day(meeting.on, today)}, {clock(meeting.starts)} to {clock(meeting.ends)}"


def spare_words(spare: int) -> str:
    """'6 min spare', '22 min over', 'the slot is full'"""
    if spare == 0:
        return "the time is full"
    return f"{abs(spare)} min {'spare' if spare > 0 else 'over'}"
