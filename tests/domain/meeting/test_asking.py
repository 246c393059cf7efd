"""What the chair asks first: the oldest promise not kept, then a referral nobody has answered."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.asking import Ask, Offered, Promised, Referred, ask_now

ON = date(2026, 11, 26)
BEFORE = date(2026, 10, 29)


def promised(number, due, state=ActionState.OPEN, agency="CMHT", agreed_on=BEFORE):
    action = Action(
        f"a{number}", "october", number, "Report the broken lamps.", f"o{number}", due, agreed_on, "oak", state=state
    )
    return Promised(action, f"Officer {number}", agency)


def test_the_most_overdue_promise_comes_first_with_its_officer():
    asked = ask_now([promised(1, ON - timedelta(2)), promised(2, ON - timedelta(20)), promised(3, ON)], None, ON)
    assert asked == Ask("Officer 2", "Report the broken lamps: is it done?", "20 days overdue", True, 2)


def test_a_referral_nobody_answered_comes_before_what_is_still_to_come():
    asked = ask_now([promised(1, ON + timedelta(7), agency="Police")], Referred("CMHT", BEFORE), ON)
    assert asked is not None
    assert (asked.who, asked.question) == ("CMHT", "what was the result of the referral of Thu 29 Oct?")


def test_an_agency_that_promised_something_answers_for_its_referral_there():
    asked = ask_now([promised(1, ON)], Referred("CMHT", BEFORE), ON)
    assert asked is not None and (asked.who, asked.why, asked.more) == ("Officer 1", "Due today", 0)


def test_for_somebody_who_is_not_here_their_agency_is_asked():
    asked = ask_now([promised(1, ON - timedelta(1))], None, ON, here=("o2",))
    assert asked is not None
    assert (asked.who, asked.question) == ("CMHT", "for Officer 1, not here: report the broken lamps: is it done?")


def test_an_offer_without_an_answer_is_asked_of_whoever_made_it_the_oldest_first():
    older, newer = Offered("Winter bed.", "Hana Lowe", BEFORE), Offered("Detox place", "Ravi Nair", ON - timedelta(7))
    asked = ask_now([promised(1, ON + timedelta(7))], None, ON, offered=[newer, older])
    assert asked == Ask("Hana Lowe", "Winter bed: what was the answer?", "28 days without an answer", more=2)
    late = ask_now([promised(1, ON - timedelta(1))], None, ON, offered=[newer, older])
    assert late is not None and (late.who, late.more) == ("Officer 1", 2), "an overdue action comes first"


def test_nothing_open_asks_nothing():
    assert ask_now([promised(1, ON, ActionState.DONE)], None, ON) is None


@given(st.lists(st.integers(-40, 40), max_size=6))
def test_whatever_is_overdue_is_asked_first(days):
    asked = ask_now([promised(n, ON + timedelta(day)) for n, day in enumerate(days)], None, ON)
    assert (asked is None) == (not days)
    if asked is not None:
        assert asked.late == any(day < 0 for day in days) and asked.more == len(days) - 1


def for_factor(number, state, now=None, due=ON):
    one = promised(number, due, state)
    action = replace(one.action, factor="often", factor_label="How often it happens", factor_points=4)
    return replace(one, action=action, now=now)


def test_next_month_it_is_asked_whether_the_factor_fell():
    asked = ask_now([for_factor(1, ActionState.DONE), promised(2, ON + timedelta(7))], Referred("Police", BEFORE), ON)
    assert asked is not None and (asked.who, asked.why, asked.more) == ("Officer 1", "Done", 2)
    assert asked.question == "was to report the broken lamps: did “How often it happens” fall from 4 points?"
    away = ask_now([for_factor(1, ActionState.DONE)], None, ON, here=("o2",))
    assert away is not None and away.who == "CMHT" and away.question.startswith("Officer 1 was to report")


def test_a_factor_that_was_assessed_since_is_not_asked_about_again():
    assert ask_now([for_factor(1, ActionState.DONE, now=2)], None, ON) is None
    asked = ask_now([for_factor(1, ActionState.OPEN, now=2)], None, ON)
    assert asked is not None
    assert asked.question == "Report the broken lamps: is it done (“How often it happens” was 4, is now 2)?"


def test_an_open_task_is_asked_about_with_its_factor():
    asked = ask_now([for_factor(1, ActionState.OPEN, due=ON - timedelta(2))], None, ON)
    assert asked is not None and asked.late
    assert asked.question == "Report the broken lamps: is it done, and did “How often it happens” fall from 4 points?"
