"""The management plan of a case: steps by month, support before a legal power."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from csp_desktop.domain.cases.case_plan import (
    SUPPORTING,
    PlanField,
    PlanStep,
    PlanStepKind,
    PlanStepState,
    StepStands,
    added,
    changed,
    ended,
    last_day,
    month_of,
    next_step,
    tried_before,
)
from csp_desktop.domain.common.errors import FieldRefused, Refused

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
START = date(2026, 11, 1)


@given(DAYS)
def test_a_step_is_due_by_the_last_day_of_its_month(day: date) -> None:
    due = last_day(day)
    assert day <= due
    assert (due.month, (due + timedelta(days=1)).day) == (day.month, 1)


@given(DAYS, DAYS)
def test_days_overdue_count_from_the_end_of_the_month(month: date, today: date) -> None:
    step = StepStands(PlanStep("s", "c", 1, month_of(month), "Visit", PlanStepKind.SUPPORT))
    assert step.days_late(today) == max(0, (today - last_day(month)).days)


class PlanLife(RuleBasedStateMachine):
    """A plan as people write it: steps of every kind, in any order, done, not done, planned again, moved, taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[PlanStep] = []

    @property
    def stands(self) -> list[StepStands]:
        return [StepStands(one) for one in self.steps]

    @rule(kind=st.sampled_from(PlanStepKind), day=DAYS, power=st.sampled_from(["", "injunction"]), why=st.booleans())
    def add(self, kind: PlanStepKind, day: date, power: str, why: bool) -> None:
        said: dict[str, Any] = {"power": power, "why_first": "Violence" if why else ""}
        tried = tried_before(self.stands, [])
        step = PlanStep("", "c", 0, day, "Do it", kind, **said)
        unnamed = kind is PlanStepKind.LEGAL and not power
        unasked = kind is PlanStepKind.LEGAL and not tried and not why
        if unnamed or unasked:
            with pytest.raises(FieldRefused) as refused:
                added(step, self.steps, tried)
            assert refused.value.field == (PlanField.POWER if unnamed else PlanField.WHY_FIRST)
            return
        self.steps.append(added(step, self.steps, tried))

    @precondition(lambda self: self.steps)
    @rule(data=st.data(), state=st.sampled_from(PlanStepState), reason=st.sampled_from(["", "Moved away"]))
    def end(self, data: st.DataObject, state: PlanStepState, reason: str) -> None:
        at = data.draw(st.integers(0, len(self.steps) - 1))
        if state is PlanStepState.NOT_DONE and not reason:
            with pytest.raises(FieldRefused):
                ended(self.steps[at], state, reason, START)
            return
        self.steps[at] = ended(self.steps[at], state, reason, START)

    @precondition(lambda self: self.steps)
    @rule(data=st.data(), day=DAYS)
    def move(self, data: st.DataObject, day: date) -> None:
        at = data.draw(st.integers(0, len(self.steps) - 1))
        self.steps[at] = changed(self.steps[at], what="Do it otherwise", month=day, owner_id="ada")

    @invariant()
    def a_legal_power_always_says_what_was_tried_or_why_it_came_first(self) -> None:
        for one in self.steps:
            legal = one.kind is PlanStepKind.LEGAL
            assert bool(one.power) == legal
            assert bool(one.tried or one.why_first) == legal
            assert not (one.tried and one.why_first)

    @invariant()
    def what_ended_says_when_and_why_it_was_not_done(self) -> None:
        for one in self.steps:
            assert (one.ended_on is not None) == (one.state is not PlanStepState.PLANNED)
            assert one.reason or one.state is not PlanStepState.NOT_DONE
        assert len({one.number for one in self.steps}) == len(self.steps)

    @invariant()
    def the_next_step_is_the_first_still_to_be_done(self) -> None:
        still = [one for one in self.steps if one.state is PlanStepState.PLANNED]
        found = next_step(self.stands)
        assert (found is None) == (not still)
        if found is not None:
            assert found.step.month == min(one.month for one in still)

    @invariant()
    def only_support_that_was_done_counts_as_tried(self) -> None:
        done = [one for one in self.steps if one.state is PlanStepState.DONE and one.kind in SUPPORTING]
        assert bool(tried_before(self.stands, [])) == bool(done)


TestPlanLife = PlanLife.TestCase


def test_a_step_that_became_an_action_is_answered_there() -> None:
    step = PlanStep("s", "c", 1, START, "Visit", PlanStepKind.SUPPORT, action_id="a")
    with pytest.raises(Refused, match="Answer the action"):
        ended(step, PlanStepState.DONE, "", START)
    with pytest.raises(Refused, match="Change the action"):
        changed(step, what="Call", month=START, owner_id="")
