"""Deferrals age a case: each meeting in a row that did not discuss it counts, and from the second on it moves up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.meeting.deferrals import Deferrals, deferrals, was_discussed
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome

TURN = CaseTurn("t", "m", "c", 1, 3, "")
PUT_OFF = replace(TURN, outcome=Outcome.DEFER, state=TurnState.DONE, reason="the officer is away")
NOT_REACHED = TURN
DISCUSSED = replace(TURN, outcome=Outcome.CONTINUE, state=TurnState.DONE)
FIRST = date(2026, 5, 28)


def held(*turns: CaseTurn) -> list[tuple[date, CaseTurn]]:
    """A meeting every four weeks."""
    return [(FIRST + timedelta(weeks=4 * n), turn) for n, turn in enumerate(turns)]


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        ((), ""),
        ((DISCUSSED,), ""),
        ((PUT_OFF,), "deferred once"),
        ((DISCUSSED, PUT_OFF, PUT_OFF), "deferred twice"),
        ((PUT_OFF, PUT_OFF, PUT_OFF), "deferred 3 times"),
        ((PUT_OFF, DISCUSSED), ""),
        ((DISCUSSED, NOT_REACHED), "not discussed at the last meeting"),
        ((PUT_OFF, NOT_REACHED), "not discussed at 2 meetings"),
    ],
)
def test_it_is_said_how_often_a_case_has_waited(turns: tuple[CaseTurn, ...], words: str) -> None:
    assert deferrals(held(*turns)).words == words


def test_the_day_it_was_last_discussed_is_known() -> None:
    assert deferrals(held(DISCUSSED, PUT_OFF, NOT_REACHED)) == Deferrals(2, 1, FIRST)
    assert deferrals(held(PUT_OFF)).discussed_on is None


def test_a_word_or_an_action_without_a_decision_is_a_discussion() -> None:
    assert was_discussed(replace(TURN, note="Moved out last week."))
    assert was_discussed(replace(TURN, state=TurnState.IN_HAND)), "an action was agreed"
    assert not was_discussed(NOT_REACHED) and not was_discussed(PUT_OFF)


ONE = st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from([PUT_OFF, NOT_REACHED, DISCUSSED]))


@given(st.lists(ONE, unique_by=lambda one: one[0]))
def test_only_what_came_after_the_last_discussion_counts(turns: list[tuple[date, CaseTurn]]) -> None:
    found = deferrals(turns)
    spoken = [on for on, turn in turns if turn is DISCUSSED]
    assert found.discussed_on == max(spoken, default=None)
    assert found.meetings == sum(1 for on, _ in turns if not spoken or on > max(spoken))
    assert found.often == (found.meetings >= 2)
