"""Days and times as they are said in England."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

try:
    LONDON = ZoneInfo("Europe/London")
except ZoneInfoNotFoundError as lacking:  # no system's own, as on Windows, and no package either
    raise ImportError("the time zone of Europe/London, which the package tzdata holds") from lacking
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_LONG = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_LONG = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def local(instant: datetime) -> datetime:
    """An aware UTC instant on the clock at the table."""
    return instant.astimezone(LONDON)


def instant(day: date, at: time) -> datetime:
    """The aware UTC instant of a wall-clock time at the table."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def short_day(day: date) -> str:
    """'Thu 26 Nov'"""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def screen_day(day: date, today: date) -> str:
    """'Thu 26 Nov', with its year where that is not today's: a day as every screen shows it."""
    return short_day(day) if day.year == today.year else dated_day(day)


def dated_day(day: date) -> str:
    """'Thu 26 Nov 2026': in a field, in a list over years, and in words that are kept or read on any day."""
    return f"{short_day(day)} {day.year}"


def day_and_time(at: datetime, today: date) -> str:
    """'Thu 26 Nov, 14:05', local, as every screen shows an instant."""
    return f"{screen_day(local(at).date(), today)}, {clock(at)}"


def axis_day(day: date) -> str:
    """'26 Nov': a point on a chart's axis, where nothing longer has room."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def axis_month(day: date) -> str:
    """'Nov', and '2027' for a January: the first of a month on a chart's axis."""
    return MONTHS[day.month - 1] if day.month > 1 else str(day.year)


def paper_day(day: date) -> str:
    """'Thursday 26 November 2026': a day as every paper and email shows it."""
    return f"{weekday(day)} {table_day(day)}"


def table_day(day: date) -> str:
    """'26 November 2026': a day in a table on paper, where the weekday has no room."""
    return f"{day.day} {MONTHS_LONG[day.month - 1]} {day.year}"


def column_day(day: date) -> str:
    """'26 Nov 2026': a day in a narrow column on paper, on one line."""
    return f"{axis_day(day)} {day.year}"


def weekday(day: date) -> str:
    """'Thursday', beside a clock."""
    return WEEKDAYS_LONG[day.weekday()]


def month_year(day: date) -> str:
    """'November 2026'"""
    return f"{MONTHS_LONG[day.month - 1]} {day.year}"


def clock(instant_or_time: datetime | time) -> str:
    """'14:05', local for an instant."""
    at = local(instant_or_time) if isinstance(instant_or_time, datetime) else instant_or_time
    return at.strftime("%H:%M")


def clock_seconds(at: datetime) -> str:
    """'14:05:09', local."""
    return local(at).strftime("%H:%M:%S")


def days_words(days: int) -> str:
    """'1 day', '11 days'"""
    return f"{days} day" if abs(days) == 1 else f"{days} days"
