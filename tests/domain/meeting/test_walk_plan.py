"""What fits the time there is for cases, and which cases to put off."""

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.meeting.walk import WalkCase, least_minutes, plan_walk


def walk(*bands, broken=0):
    return [WalkCase(str(n), band, n < broken) for n, band in enumerate(bands)]


def test_when_all_fit_the_spare_minutes_are_shared_by_band():
    plan = plan_walk(walk(Band.HIGH, Band.MEDIUM, Band.STANDARD), 24, 15)
    assert plan.deferred == ()
    assert dict(plan.minutes) == {"0": 12, "1": 8, "2": 4}
    assert plan.words == "All 3 cases fit the 24 minutes for cases."


def test_no_case_is_planned_above_the_most():
    assert dict(plan_walk(walk(Band.HIGH, Band.HIGH), 80, 15).minutes) == {"0": 15, "1": 15}


def test_what_does_not_fit_is_put_off_from_the_end_of_the_walk():
    plan = plan_walk(walk(Band.HIGH, Band.MEDIUM, Band.STANDARD), 7, 15)
    assert plan.deferred == ("2",)
    assert plan.words == "2 of 3 cases fit the 7 minutes for cases."


def test_a_broken_promise_is_put_off_only_when_nothing_else_is_left():
    plan = plan_walk(walk(Band.STANDARD, Band.HIGH, broken=1), 3, 15)
    assert plan.deferred == ("1",)
    assert plan_walk(walk(Band.STANDARD, Band.STANDARD, broken=2), 2, 15).deferred == ("1",)


def test_words_for_one_case_and_for_none():
    assert plan_walk(walk(Band.HIGH), 10, 15).words == "The one case fits the 10 minutes for cases."
    assert plan_walk(walk(Band.HIGH), 1, 15).words == "The one case does not fit the 1 minutes for cases."
    assert plan_walk([], 10, 15).words == "No cases on the agenda."


BANDS = st.sampled_from([*Band, None])


@given(st.lists(st.tuples(BANDS, st.booleans()), max_size=50), st.integers(0, 200), st.integers(1, 20))
def test_what_stays_fits_each_has_its_least_and_nothing_is_lost(made, room, most):
    cases = [WalkCase(str(n), band, broken) for n, (band, broken) in enumerate(made)]
    plan = plan_walk(cases, room, most)
    minutes = dict(plan.minutes)
    assert sum(minutes.values()) <= room
    assert sorted([*minutes, *plan.deferred], key=int) == [c.case_id for c in cases]
    assert all(min(most, least_minutes(c.band)) <= minutes[c.case_id] <= most for c in cases if c.case_id in minutes)
