"""Deadlines around the bank holidays of England and Wales: always a working day, never later than was promised."""

from datetime import date, timedelta

import pytest

from csp_desktop.domain.common.deadlines import circulation_deadline, is_working_day, papers_deadline
from csp_desktop.domain.meeting.update_requests import ask_from
from csp_desktop.domain.people.settings import Settings
from csp_desktop.exchange.calendar import bank_holidays

DAYS = [
    # a meeting, the last day for its papers and the last minutes, and the day officers are asked from
    (date(2026, 12, 17), date(2026, 12, 10)),  # no holiday near
    (date(2027, 1, 1), date(2026, 12, 24)),  # a week before is Christmas Day
    (date(2027, 1, 4), date(2026, 12, 24)),  # ... the substitute of Boxing Day, a Monday, after a weekend and Christmas
    (date(2027, 1, 8), date(2026, 12, 31)),  # ... New Year's Day
    (date(2026, 4, 10), date(2026, 4, 2)),  # ... Good Friday
    (date(2026, 4, 13), date(2026, 4, 2)),  # ... Easter Monday: before Good Friday
    (date(2026, 5, 11), date(2026, 5, 1)),  # ... early May, a Monday
    (date(2026, 9, 7), date(2026, 8, 28)),  # ... the summer bank holiday, a Monday
    (date(2026, 6, 1), date(2026, 5, 22)),  # ... the spring bank holiday
    (date(2026, 12, 31), date(2026, 12, 24)),  # Christmas Eve is worked
    (date(2027, 1, 5), date(2026, 12, 29)),  # the first day worked after Christmas
    (date(2026, 12, 5), date(2026, 11, 27)),  # a meeting on a Saturday
]


@pytest.mark.parametrize(("meeting", "by"), DAYS)
def test_papers_minutes_and_requests_go_out_on_a_working_day_a_week_before_or_sooner(meeting: date, by: date) -> None:
    holidays = bank_holidays()
    assert papers_deadline(meeting, Settings(), holidays) == by
    assert ask_from(meeting, holidays) == by
    held = meeting - timedelta(weeks=4)
    assert circulation_deadline(held, meeting, Settings(), holidays).on == by
    assert is_working_day(by, holidays) and meeting - by >= timedelta(days=7)


def test_with_another_number_of_days_the_papers_follow_the_setting_and_the_requests_stay_a_week() -> None:
    settings = Settings(circulate_days_before=5)
    assert papers_deadline(date(2026, 4, 8), settings, bank_holidays()) == date(2026, 4, 2)
    assert ask_from(date(2026, 4, 8), bank_holidays()) == date(2026, 4, 1)
