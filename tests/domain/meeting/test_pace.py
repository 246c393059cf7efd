"""The walk against the clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.meeting.pace import Stage, budgets, pace

ENDS = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
BANDS = st.sampled_from([*Band, None])


def minutes(number):
    return timedelta(minutes=number)


def case(planned, spent=0, done=False, weight=1):
    return Stage(minutes(planned), minutes(spent), done, weight)


def item(planned, spent=0, done=False):
    return Stage(minutes(planned), minutes(spent), done)


def test_the_budget_is_what_is_left_of_the_slot_by_the_cases_left_weighted_by_band():
    shares = budgets(minutes(30), [Band.HIGH, Band.MEDIUM, Band.STANDARD], 15)
    assert shares == (minutes(15), minutes(10), minutes(5))


def test_the_budget_is_never_above_the_most_a_case_may_take():
    assert budgets(minutes(120), [Band.HIGH], 15) == (minutes(15),)
    assert budgets(minutes(120), [Band.HIGH], 10) == (minutes(10),)


@given(st.integers(-60, 300), st.lists(BANDS, max_size=60), st.integers(1, 30))
def test_budgets_never_spend_more_than_is_left(left, bands, most):
    shares = budgets(minutes(left), bands, most)
    assert len(shares) == len(bands)
    assert sum(shares, timedelta()) <= minutes(max(0, left)) + timedelta(seconds=1)
    assert all(timedelta() <= s <= minutes(most) for s in shares)


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
