"""Who may decide: neither whoever asks nor whoever declared an interest, and nobody for both seats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.accountability.deciding import (
    Matter,
    Seat,
    refusal_to_decide,
    require_free_to_decide,
    seats_of,
)
from csp_desktop.domain.common.errors import NotAllowed
from csp_desktop.domain.common.users import Role

PEOPLE = st.sampled_from(["chair", "coordinator", "deputy", "officer"])


def test_the_asker_is_refused_and_told_whom_to_ask() -> None:
    with pytest.raises(NotAllowed, match="You asked for this request, so you cannot decide on it. Ask another person"):
        require_free_to_decide(Matter("this request", asker_id="chair"), "chair")


def test_whoever_declared_an_interest_is_refused() -> None:
    matter = Matter("this case review", declared=frozenset({"coordinator"}))
    assert refusal_to_decide(matter, "coordinator").startswith("You declared an interest in this case review")
    assert refusal_to_decide(matter, "chair") == ""


def test_nobody_decides_twice() -> None:
    assert "already" in refusal_to_decide(Matter("this request", decided_by=("deputy",)), "deputy")


def test_a_deputy_sits_for_either_and_nobody_else_for_both() -> None:
    assert seats_of({Role.DEPUTY_CHAIR}) == (Seat.CHAIR, Seat.COORDINATOR)
    assert seats_of({Role.CHAIR}) == (Seat.CHAIR,)
    assert seats_of({Role.ASB_COORDINATOR}) == (Seat.COORDINATOR,)
    assert not seats_of(set(Role) - {Role.CHAIR, Role.ASB_COORDINATOR, Role.DEPUTY_CHAIR})


@given(asker=PEOPLE, declared=st.frozensets(PEOPLE), decided=st.lists(PEOPLE), who=PEOPLE)
def test_exactly_those_without_a_part_in_it_may_decide(
    asker: str, declared: frozenset[str], decided: list[str], who: str
) -> None:
    matter = Matter("this request", asker, declared, tuple(decided))
    free = who != asker and who not in declared and who not in decided
    assert (refusal_to_decide(matter, who) == "") is free
