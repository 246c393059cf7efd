"""The agenda and what fits the slot."""

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.agenda import WalkCase, default_items, least_minutes, plan_walk
from csp_desktop.domain.cases import Band
from csp_desktop.domain.meeting import ItemKind


def test_the_usual_agenda_in_its_order_fills_two_hours():
    items = default_items()
    assert [i.kind for i in items] == [
        ItemKind.CONFIDENTIALITY,
        ItemKind.APOLOGIES,
        ItemKind.MATTERS_ARISING,
        ItemKind.CASES,
        ItemKind.EMERGING,
        ItemKind.CASE_REVIEWS,
        ItemKind.OTHER,
        ItemKind.NEXT_DATE,
    ]
    assert sum(i.minutes for i in items) == 120


def test_the_partnership_s_own_minutes_win():
    items = default_items([("other business", 20)])
    assert next(i.minutes for i in items if i.kind is ItemKind.OTHER) == 20


def test_what_does_not_fit_is_put_off_from_the_end_standard_before_medium():
    cases = [WalkCase("a", Band.STANDARD), WalkCase("b", Band.MEDIUM), WalkCase("c", Band.STANDARD)]
    plan = plan_walk(cases, 5, 15)
    assert (plan.walked, plan.deferred) == (("a", "b"), ("c",))
    assert plan.words == "2 of 3 cases fit; 1 proposed to defer"


def test_high_risk_and_broken_promises_are_never_proposed_for_deferral():
    cases = [WalkCase("a", Band.HIGH), WalkCase("b", Band.STANDARD, promised=True)]
    plan = plan_walk(cases, 3, 15)
    assert (plan.deferred, plan.short_by) == ((), 3)
    assert plan.words == "All 2 cases fit, 3 min short"


def test_time_to_spare_is_shared_by_weight():
    plan = plan_walk([WalkCase("a", Band.HIGH), WalkCase("b", Band.STANDARD)], 14, 15)
    assert dict(plan.minutes) == {"a": 10, "b": 4}


@given(
    st.lists(st.tuples(st.sampled_from([*Band, None]), st.booleans()), max_size=60),
    st.integers(0, 200),
    st.integers(5, 20),
)
def test_every_case_is_walked_or_put_off_and_the_minutes_hold(rows, minutes, most):
    cases = [WalkCase(str(i), band, promised) for i, (band, promised) in enumerate(rows)]
    plan = plan_walk(cases, minutes, most)
    assert sorted([*plan.walked, *plan.deferred], key=int) == [c.id for c in cases]
    assert sum(m for _, m in plan.minutes) <= minutes + plan.short_by
    needed = sum(least_minutes(c.band) for c in cases if c.id in plan.walked)
    assert plan.short_by == max(0, needed - minutes)
