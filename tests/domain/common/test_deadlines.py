"""Days that are proposed, and days by which something is done: never one on which nobody works."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.deadlines import circulation_deadline, is_working_day, propose_next_meeting
from csp_desktop.domain.people.settings import Settings
from csp_desktop.exchange.calendar import bank_holidays

HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("last", "proposed"),
    [
        (date(2026, 11, 26), date(2026, 12, 24)),  # a Thursday, four weeks on
        (date(2026, 11, 22), date(2026, 12, 21)),  # held on a Sunday: the Monday after
        (date(2026, 11, 21), date(2026, 12, 21)),  # held on a Saturday
        (date(2026, 11, 27), date(2027, 1, 8)),  # two Fridays in a row are bank holidays
        (date(2026, 11, 29), date(2027, 1, 4)),  # a Sunday whose Monday is a bank holiday
    ],
)
def test_the_next_meeting_is_proposed_on_a_working_day(last: date, proposed: date) -> None:
    day = propose_next_meeting(last, Settings(), HOLIDAYS)
    assert day == proposed and is_working_day(day, HOLIDAYS)


PUBLISHED = bank_holidays()  # England and Wales


def test_with_no_next_meeting_fixed_the_deadline_counts_to_the_one_proposed_and_says_so() -> None:
    due = circulation_deadline(date(2026, 11, 26), None, Settings(), PUBLISHED)
    assert (due.on, due.proposed) == (date(2026, 12, 17), True)


@given(st.dates(date(2019, 1, 1), date(2027, 12, 1)), st.integers(1, 28))
def test_a_deadline_is_a_working_day_never_later_than_so_many_days_before_the_meeting(day: date, days: int) -> None:
    rules = replace(Settings(), circulate_days_before=days)
    due = circulation_deadline(day - timedelta(days=40), day, rules, PUBLISHED).on
    latest = day - timedelta(days=days)
    assert is_working_day(due, PUBLISHED) and due <= latest
    skipped = [due + timedelta(days=n) for n in range(1, (latest - due).days + 1)]
    assert not any(is_working_day(one, PUBLISHED) for one in skipped)


@given(st.integers(-400, 400))
def test_on_the_day_of_the_deadline_no_day_is_left_and_the_day_after_it_is_late(days: int) -> None:
    due = circulation_deadline(date(2026, 11, 26), date(2026, 12, 17), Settings(), PUBLISHED)
    assert due.days_left(due.on + timedelta(days=days)) == -days
