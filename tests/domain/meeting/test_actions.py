"""What became of an action, its kind and legal power, how late it is and how often it was carried on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import (
    Action,
    ActionKind,
    ActionState,
    Answer,
    after_read_back,
    answered,
    days_late,
    of_kind,
    times_carried,
)

TODAY, DUE = date(2026, 11, 26), date(2026, 12, 3)
SUPPORT = Action("a", "m", 1, "Visit", "dan", DUE, TODAY)
ORDER = replace(SUPPORT, kind=ActionKind.INTERVENTION, power="Closure order")
READ_BACK = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)


def test_naming_a_legal_power_makes_an_action_an_intervention() -> None:
    after = of_kind(SUPPORT, power="  closure   order ")
    assert (after.kind, after.power) == (ActionKind.INTERVENTION, "closure order")


def test_an_action_of_another_kind_has_no_legal_power() -> None:
    assert of_kind(ORDER, ActionKind.SUPPORT) == SUPPORT
    assert of_kind(ORDER, ActionKind.INFORMATION, "Injunction").power == ""


def test_an_intervention_may_use_no_power() -> None:
    assert of_kind(ORDER, power="") == replace(ORDER, power="")
    assert of_kind(SUPPORT, ActionKind.INTERVENTION) == replace(SUPPORT, kind=ActionKind.INTERVENTION)


def test_what_is_not_given_stays() -> None:
    assert of_kind(ORDER) == ORDER
    assert of_kind(SUPPORT) == SUPPORT
    assert of_kind(replace(SUPPORT, kind=ActionKind.INFORMATION), power=" ").kind is ActionKind.INFORMATION


def test_an_action_that_was_done_is_closed_on_the_day_with_or_without_words() -> None:
    done = answered(SUPPORT, Answer.DONE, "  on   Monday ", None, TODAY)
    assert done == replace(SUPPORT, state=ActionState.DONE, reason="on Monday", closed_on=TODAY)
    assert answered(SUPPORT, Answer.DONE, "", None, TODAY).reason == ""


@pytest.mark.parametrize(
    ("answer", "state", "asked"),
    [
        (Answer.NOT_DONE, ActionState.NOT_DONE, "Say why it was not done"),
        (Answer.NO_LONGER_POSSIBLE, ActionState.NO_LONGER_POSSIBLE, "Say what changed"),
    ],
)
def test_not_done_and_no_longer_possible_need_their_own_reason(answer: Answer, state: ActionState, asked: str) -> None:
    with pytest.raises(Refused, match=asked):
        answered(SUPPORT, answer, " ", DUE, TODAY)
    after = answered(SUPPORT, answer, " he   moved ", DUE, TODAY)
    assert after == replace(SUPPORT, state=state, reason="he moved", closed_on=TODAY)


def test_an_action_is_carried_on_to_a_day_that_has_not_passed_and_is_counted() -> None:
    closed = replace(SUPPORT, state=ActionState.DONE, closed_on=TODAY, carried=1, reason="done")
    later = TODAY + timedelta(days=21)
    after = answered(closed, Answer.CARRY_ON, "waiting  for keys", later, TODAY)
    assert after == replace(SUPPORT, due=later, carried=2, reason="waiting for keys")
    assert answered(closed, Answer.CARRY_ON, "", TODAY, TODAY).due == TODAY
    with pytest.raises(Refused, match="Give the new date"):
        answered(closed, Answer.CARRY_ON, "why", None, TODAY)
    with pytest.raises(Refused, match="is in the past"):
        answered(closed, Answer.CARRY_ON, "why", TODAY - timedelta(days=1), TODAY)


def test_carried_on_again_at_one_meeting_counts_once() -> None:
    carried = replace(SUPPORT, carried=2)
    assert answered(carried, Answer.CARRY_ON, "", DUE, TODAY, again=True).carried == 2


@pytest.mark.parametrize(
    ("agreed", "changed", "words"),
    [
        (None, None, ""),
        (0, 0, ""),
        (1, None, "agreed after the read-back, 14:03"),
        (-5, 2, "changed after the read-back, 14:04"),
        (1, 2, "agreed after the read-back, 14:03"),
        (-5, -1, ""),
    ],
)
def test_what_was_agreed_or_changed_after_the_read_back_says_when(
    agreed: int | None, changed: int | None, words: str
) -> None:
    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else READ_BACK + timedelta(minutes=minutes)

    action = replace(SUPPORT, agreed_at=at(agreed), changed_at=at(changed))
    assert after_read_back(action, READ_BACK) == words
    assert after_read_back(action, None) == ""


def test_an_open_action_is_late_from_the_day_after_its_date() -> None:
    assert [days_late(SUPPORT, DUE + timedelta(days=days)) for days in (-3, 0, 1, 9)] == [0, 0, 1, 9]
    assert days_late(replace(SUPPORT, due=None), DUE + timedelta(days=9)) == 0
    assert days_late(replace(SUPPORT, state=ActionState.NOT_DONE), DUE + timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("carried", "words"),
    [
        (0, ""),
        (1, "2nd time"),
        (2, "3rd time"),
        (3, "4th time"),
        (10, "11th time"),
        (11, "12th time"),
        (12, "13th time"),
    ],
)
def test_how_often_it_was_carried_on_is_said(carried: int, words: str) -> None:
    assert times_carried(replace(SUPPORT, carried=carried)) == words


@pytest.mark.parametrize(
    ("carried", "words"),
    [(19, "20th time"), (20, "21st time"), (21, "22nd time"), (110, "111th time"), (120, "121st time")],
)
def test_and_however_often(carried: int, words: str) -> None:
    assert times_carried(replace(SUPPORT, carried=carried)) == words


def test_a_new_action_is_open_support_of_no_case_in_particular() -> None:
    assert (SUPPORT.state, SUPPORT.kind, SUPPORT.carried) == (ActionState.OPEN, ActionKind.SUPPORT, 0)
    assert (SUPPORT.case_id, SUPPORT.item_id, SUPPORT.power, SUPPORT.closed_on) == ("", "", "", None)
