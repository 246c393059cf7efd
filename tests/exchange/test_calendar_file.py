"""The calendar file, read back by the icalendar library and line by line."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from csp_desktop.domain.common.days import LONDON
from csp_desktop.domain.common.text import for_files
from csp_desktop.domain.meeting.calendar_entry import CalendarEntry
from csp_desktop.exchange.calendar_file import calendar_file

ENTRY = CalendarEntry(
    "0b1c2d3e",
    "Community Protection Group",
    date(2026, 12, 17),
    time(14, 0),
    time(16, 0),
    datetime(2026, 11, 26, 16, 5, tzinfo=UTC),
    "Town Hall, Committee Room 2; first floor",
    date(2027, 1, 7),
)


def events(*entries: CalendarEntry):
    return Calendar.from_ical(calendar_file(entries)).walk("VEVENT")


def text(*entries: CalendarEntry) -> str:
    return calendar_file(entries).decode("utf-8").replace("\r\n ", "")


def test_the_meeting_stands_at_its_time_and_place_in_london() -> None:
    meeting, _ = events(ENTRY)
    assert meeting.decoded("dtstart") == datetime(2026, 12, 17, 14, 0, tzinfo=LONDON)
    assert meeting.decoded("dtend") == datetime(2026, 12, 17, 16, 0, tzinfo=LONDON)
    assert "DTSTART;TZID=Europe/London:20261217T140000" in text(ENTRY)
    assert (meeting["summary"], meeting["location"]) == (ENTRY.name, ENTRY.venue)


def test_the_deadline_is_a_whole_day_in_which_nobody_is_busy() -> None:
    _, deadline = events(ENTRY)
    assert (deadline.decoded("dtstart"), deadline.decoded("dtend")) == (date(2027, 1, 7), date(2027, 1, 8))
    assert "DTSTART;VALUE=DATE:20270107" in text(ENTRY)
    assert deadline["summary"] == (
        "Last day to circulate minutes: Community Protection Group, Thursday 17 December 2026"
    )
    assert deadline["transp"] == "TRANSPARENT" and "location" not in deadline


def test_without_a_deadline_or_a_place_there_is_the_meeting_alone() -> None:
    (meeting,) = events(replace(ENTRY, circulate_by=None, venue=" "))
    assert "location" not in meeting


def test_it_is_published_and_private_and_asks_nobody_to_answer() -> None:
    calendar = Calendar.from_ical(calendar_file([ENTRY]))
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    for event in calendar.walk("VEVENT"):
        assert event["class"] == "PRIVATE"
        assert not {"attendee", "organizer", "description", "comment", "valarm"} & {name.lower() for name in event}


def test_a_meeting_that_is_moved_keeps_its_identifier_and_is_told_by_its_time() -> None:
    moved = replace(ENTRY, on=date(2026, 12, 10), at=ENTRY.at + timedelta(days=1))
    before, after = events(ENTRY), events(moved)
    assert [one["uid"] for one in before] == [one["uid"] for one in after]
    assert all(two.decoded("dtstamp") > one.decoded("dtstamp") for one, two in zip(before, after, strict=True))


def test_every_entry_has_an_identifier_of_its_own_that_does_not_tell_the_meetings() -> None:
    other = replace(ENTRY, meeting_id="4f5e6d7c")
    assert len({str(one["uid"]) for one in events(ENTRY, other)}) == 4
    assert ENTRY.meeting_id not in text(ENTRY)


def test_the_dates_of_a_whole_year_fit_in_one_file() -> None:
    days = [date(2027, month, 21) for month in range(1, 13)]
    year = [replace(ENTRY, meeting_id=str(day), on=day, circulate_by=None) for day in days]
    assert [event.decoded("dtstart").date() for event in events(*year)] == days


@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2027, 3, 27), 0), (date(2027, 3, 28), 1), (date(2027, 10, 30), 1), (date(2027, 10, 31), 0)],
)
def test_the_zone_in_the_file_changes_on_the_last_sundays_of_march_and_october(day: date, offset: int) -> None:
    (zones,) = Calendar.from_ical(calendar_file([ENTRY])).timezones
    zone = zones.to_tz()
    noon = datetime.combine(day, time(12), zone)
    assert noon.utcoffset() == timedelta(hours=offset) == datetime.combine(day, time(12), LONDON).utcoffset()


def test_a_meeting_that_ends_after_midnight_ends_on_the_next_day() -> None:
    late = replace(ENTRY, starts=time(22, 30), ends=time(0, 30))
    assert events(late)[0].decoded("dtend") == datetime(2026, 12, 18, 0, 30, tzinfo=LONDON)


def test_lines_end_and_are_folded_as_calendars_want_them() -> None:
    raw = calendar_file([replace(ENTRY, venue="Žižkov Ünïcode " * 20)])
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_a_meeting_is_called_no_line_more_comes_of_it(name: str, venue: str) -> None:
    evil = replace(ENTRY, name=f"{name}\r\nATTENDEE:mailto:x@y.example", venue=venue, circulate_by=None)
    (meeting,) = events(evil)
    assert "attendee" not in {one.lower() for one in meeting}
    assert meeting["summary"] == for_files(evil.name)
    assert meeting.get("location", "") == (for_files(venue) if venue.strip() else "")


def test_the_same_entries_give_the_same_bytes() -> None:
    assert calendar_file([ENTRY]) == calendar_file([ENTRY])
