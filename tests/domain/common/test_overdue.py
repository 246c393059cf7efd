"""One rule says what is overdue and by how much, and two forms say a day: one on screen, one on paper."""

from datetime import UTC, date, datetime

import pytest

from csp_desktop.domain.common.days import dated_day, day_and_time, paper_day, screen_day
from csp_desktop.domain.common.overdue import (
    ago_words,
    countdown_words,
    days_overdue,
    due_words,
    late_words,
    overdue_words,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (date(2026, 11, 23), "3 days overdue"),
        (date(2026, 11, 25), "1 day overdue"),
        (date(2026, 11, 26), "today"),
        (date(2026, 11, 27), "in 1 day"),
        (date(2026, 12, 7), "in 11 days"),
    ],
)
def test_what_is_due_is_said_in_days_and_never_as_nought(due: date, says: str) -> None:
    assert due_words(due, TODAY) == says
    assert countdown_words(due, TODAY) == says.removeprefix("in ")


def test_nothing_is_overdue_on_its_day_before_it_or_without_one() -> None:
    assert [days_overdue(due, TODAY) for due in (None, TODAY, date(2026, 12, 1), date(2025, 11, 26))] == [0, 0, 0, 365]
    assert overdue_words(0) == ""


def test_what_was_done_after_its_day_was_so_many_days_late() -> None:
    assert [late_words(n) for n in (1, 2)] == ["1 day late", "2 days late"]


def test_how_long_ago_is_said_in_days() -> None:
    assert [ago_words(date(2026, 11, day), TODAY) for day in (24, 25, 26)] == ["2 days ago", "1 day ago", "today"]


def test_a_day_on_screen_has_its_year_only_where_that_is_not_todays() -> None:
    assert screen_day(TODAY, date(2026, 1, 1)) == "Thu 26 Nov"
    assert screen_day(TODAY, date(2027, 1, 1)) == screen_day(TODAY, date(2025, 12, 31)) == "Thu 26 Nov 2026"
    assert dated_day(TODAY) == "Thu 26 Nov 2026"


def test_an_instant_on_screen_is_on_the_clock_at_the_table() -> None:
    assert day_and_time(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), TODAY) == "Wed 1 Jul, 00:30"


def test_a_day_on_paper_has_its_weekday_and_its_year() -> None:
    assert paper_day(TODAY) == "Thursday 26 November 2026"
