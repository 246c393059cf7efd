"""Meetings and the days their minutes are due as a calendar file (.ics), which calendars take in and later replace."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from csp_desktop.domain.common.days import LONDON, paper_day
from csp_desktop.domain.common.text import for_files
from csp_desktop.domain.meeting.calendar_entry import CalendarEntry

if TYPE_CHECKING:
    from icalendar import Event, Timezone

ZONE = "Europe/London"
_MADE_BY = "-//CSP Desktop//CSP Desktop//EN"
_OURS = UUID("5b0c0b1e-6f0c-4c43-9a52-3b8f3f1f3c55")  # so that the identifier of an entry tells no meeting's


def calendar_file(entries: Iterable[CalendarEntry]) -> bytes:
    """The file for people to open: each meeting, and the day its minutes are due. A later file of the same meeting
    replaces the entry, since its identifier stays and the time it was changed is later."""
    from icalendar import Calendar  # a library that a meeting does not need

    calendar = Calendar()
    for name, value in (("prodid", _MADE_BY), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add_component(_time_zone())
    for entry in entries:
        calendar.add_component(_meeting(entry))
        if entry.circulate_by:
            calendar.add_component(_deadline(entry, entry.circulate_by))
    return bytes(calendar.to_ical())


def _meeting(entry: CalendarEntry) -> "Event":
    event = _event(entry, "meeting", entry.name)
    event.add("dtstart", datetime.combine(entry.on, entry.starts, LONDON))
    after = entry.on + timedelta(days=entry.ends <= entry.starts)  # past midnight
    event.add("dtend", datetime.combine(after, entry.ends, LONDON))
    if entry.venue.strip():
        event.add("location", for_files(entry.venue))
    event.add("transp", "OPAQUE")
    return event


def _deadline(entry: CalendarEntry, by: date) -> "Event":
    """A whole day, and nobody is busy in it."""
    event = _event(entry, "minutes due", f"Last day to circulate minutes: {entry.name}, {paper_day(entry.on)}")
    event.add("dtstart", by)
    event.add("dtend", by + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(entry: CalendarEntry, what: str, summary: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uuid5(_OURS, f'{entry.meeting_id} {what}')}")
    for name in ("dtstamp", "last-modified"):
        event.add(name, entry.at.astimezone(UTC))
    event.add("summary", for_files(summary))
    event.add("class", "PRIVATE")
    return event


def _time_zone() -> "Timezone":
    """The two rules of the United Kingdom, as they have been since 1996."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", ZONE)
    summer = (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 3, timedelta(0), timedelta(hours=1))
    winter = (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 10, timedelta(hours=1), timedelta(0))
    for part, name, start, month, before, after in (summer, winter):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
