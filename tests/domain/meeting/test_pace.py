"""The walk against the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.meeting.pace import Pace, Stage, pace, weight

ENDS = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)


def minutes(number):
    return timedelta(minutes=number)


def case(planned, spent=0, done=False, weight=1):
    return Stage(minutes(planned), minutes(spent), done, weight)


def item(planned, spent=0, done=False):
    return Stage(minutes(planned), minutes(spent), done)


def test_four_minutes_behind():
    stages = [item(5, 5, done=True), case(3, 7, done=True), case(3), item(10)]
    now = pace(stages, 2, ENDS - minutes(60), ENDS, 15)
    assert (now.words, now.amber) == ("4 min behind", True)
    assert now.left_for_cases == minutes(50)


def test_the_case_in_hand_counts_as_behind_only_once_it_is_over_its_plan():
    assert pace([case(5, 4)], 0, ENDS - minutes(30), ENDS, 15).words == "on time"
    assert pace([case(5, 8)], 0, ENDS - minutes(30), ENDS, 15).words == "3 min behind"


def test_ahead_of_the_plan():
    now = pace([case(5, 2, done=True), case(5)], 1, ENDS - minutes(30), ENDS, 15)
    assert (now.words, now.amber) == ("3 min ahead", False)


def test_over_the_case_s_own_budget_is_amber():
    now = pace([case(20, 16)], 0, ENDS - minutes(30), ENDS, 15)
    assert (now.budget, now.over_budget, now.amber) == (minutes(15), True, True)


def test_a_case_s_budget_does_not_shrink_while_it_is_discussed():
    start = pace([case(5, 0), case(5)], 0, ENDS - minutes(20), ENDS, 15)
    later = pace([case(5, 6), case(5)], 0, ENDS - minutes(14), ENDS, 15)
    assert start.budget == later.budget == minutes(10)


def test_the_finish_is_forecast_from_the_plan_until_there_is_a_pace_to_judge_by():
    now = ENDS - minutes(60)
    assert pace([case(5, 9, done=True), case(5), item(10)], 1, now, ENDS, 15).finish == now + minutes(15)


def test_the_finish_then_follows_the_pace_of_this_meeting():
    now = ENDS - minutes(60)
    stages = [case(5, 2, done=True)] * 3 + [case(5, weight=3), item(10)]
    assert pace(stages, 3, now, ENDS, 15).finish == now + minutes(16)


def test_when_the_slot_is_over_nothing_is_left_and_the_budget_is_nil():
    now = pace([case(5, 1), item(5)], 0, ENDS + minutes(3), ENDS, 15)
    assert now.left_for_cases < timedelta()
    assert (now.budget, now.over_budget) == (timedelta(), True)


def test_a_higher_band_gets_more_of_the_slot_and_one_without_a_rating_is_no_small_case():
    assert [weight(band) for band in (Band.HIGH, Band.MEDIUM, Band.STANDARD, None)] == [3, 2, 1, 2]
    stages = [case(5, weight=3), case(5, weight=2), case(5), item(6)]
    budgets = [pace(stages, at, ENDS - minutes(36), ENDS, 99).budget for at in range(4)]
    assert budgets == [minutes(15), minutes(10), minutes(5), timedelta()]
    assert pace(stages, None, ENDS - minutes(36), ENDS, 99).budget == timedelta()


def test_a_case_that_is_done_takes_nothing_of_what_is_left():
    stages = [case(5, 9, done=True, weight=3), case(5), case(5), item(4, 1)]
    now = pace(stages, 1, ENDS - minutes(23), ENDS, 15)
    assert (now.left_for_cases, now.budget) == (minutes(20), minutes(10))
    assert not pace(stages, 0, ENDS - minutes(23), ENDS, 15).over_budget


def test_an_item_over_its_plan_takes_no_more_of_the_rest_and_counts_as_behind():
    now = pace([item(5, 8), case(5)], 0, ENDS - minutes(30), ENDS, 15)
    assert (now.left_for_cases, now.behind, now.over_budget) == (minutes(30), minutes(3), False)
    assert now.finish == ENDS - minutes(25)


@pytest.mark.parametrize(
    ("seconds", "words", "amber"),
    [
        (0, "on time", False),
        (59, "on time", False),
        (60, "1 min behind", True),
        (119, "1 min behind", True),
        (-59, "on time", False),
        (-60, "1 min ahead", False),
    ],
)
def test_less_than_a_minute_off_is_on_time(seconds, words, amber):
    now = Pace(minutes(5), minutes(5), False, timedelta(seconds=seconds), ENDS)
    assert (now.words, now.amber) == (words, amber)


def test_the_pace_is_judged_by_cases_that_had_time_and_by_their_weight():
    now = ENDS - minutes(60)
    passed_over = [case(5, 0, done=True)] * 3
    assert pace([*passed_over, case(5)], 3, now, ENDS, 15).finish == now + minutes(5)
    done = [case(5, 6, done=True, weight=3), case(5, 2, done=True), case(5, 4, done=True, weight=2)]
    assert pace([*done, case(5, 1, weight=3)], 3, now, ENDS, 15).finish == now + minutes(5)
    assert pace([*done[:2], case(5, 1, weight=3)], 2, now, ENDS, 15).finish == now + minutes(4)
    assert pace([*done, case(5, 9, weight=3)], 3, now, ENDS, 15).finish == now
