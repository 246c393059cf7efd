"""Working days, deadlines and months. Bank holidays of England and Wales are handed in as a set of days."""

import calendar
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from csp_desktop.domain.people.settings import Settings


def is_working_day(day: date, holidays: AbstractSet[date]) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < 5 and day not in holidays


def working_day_on_or_before(day: date, holidays: AbstractSet[date]) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return day


def working_days_after(day: date, days: int, holidays: AbstractSet[date]) -> date:
    """So many working days later."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def add_months(day: date, months: int) -> date:
    """Calendar months later, clamped to the month's last day: 31 January plus one is 28 (or 29) February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Deadline:
    """A day by which something must be done; `proposed` when it rests on a meeting not yet fixed."""

    on: date
    proposed: bool = False

    def days_left(self, today: date) -> int:
        """Days from today; negative when past."""
        return (self.on - today).days


def propose_next_meeting(last: date, settings: Settings, holidays: AbstractSet[date]) -> date:
    """The day the frequency gives, the same weekday; on a weekend the Monday after, on a bank holiday the week after.
    A proposal until somebody agrees it."""
    return meeting_day(last + timedelta(weeks=settings.meeting_every_weeks), holidays)


def meeting_day(day: date, holidays: AbstractSet[date]) -> date:
    """The day itself; from a weekend the Monday after, from a bank holiday the same weekday a week later."""
    day += timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)
    while not is_working_day(day, holidays):
        day += timedelta(weeks=1)
    return day


def circulation_deadline(
    held: date, next_meeting: date | None, settings: Settings, holidays: AbstractSet[date]
) -> Deadline:
    """Minutes go out at the latest a week before the next meeting; not on a working day: the working day before."""
    following = next_meeting or propose_next_meeting(held, settings, holidays)
    return Deadline(papers_deadline(following, settings, holidays), proposed=next_meeting is None)


def papers_deadline(meeting: date, settings: Settings, holidays: AbstractSet[date]) -> date:
    """The papers of a meeting go out with the minutes of the last one, as many days before it."""
    return working_day_on_or_before(meeting - timedelta(days=settings.circulate_days_before), holidays)
