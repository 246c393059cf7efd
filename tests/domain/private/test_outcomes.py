"""What holds for every way a person's turn can end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.private.meeting import PersonTurn, missing, person_after
from csp_desktop.domain.private.outcomes import MOVING, PersonOutcome
from csp_desktop.domain.private.people import Accommodation, RoughSleeper

ON = date(2026, 11, 26)
NEXT = ON + timedelta(weeks=3)
TURN = PersonTurn("t", "m", "p", 1, 10, "oldest")
PERSON = RoughSleeper("p", 14, "Karl Brandt", "K.B.", ON)
STORED = {"continue", "offer open", "intensify", "moved in", "off the list", "defer"}  # in files of version 0.1.0


def test_every_outcome_of_an_older_file_is_still_known_by_its_word():
    assert {outcome.value for outcome in PersonOutcome} >= STORED
    assert all(o.value == o.rule.word for o in PersonOutcome)


def test_keys_number_the_outcomes_in_their_order_and_there_is_a_digit_for_each():
    assert [outcome.number for outcome in PersonOutcome] == list(range(1, len(PersonOutcome) + 1))
    assert len(PersonOutcome) <= 9


@pytest.mark.parametrize("outcome", list(PersonOutcome))
def test_every_outcome_says_what_it_leads_to(outcome):
    words = outcome.leads_to(outcome.look_again_on(ON, NEXT))
    assert words and words[0].islower() and "{" not in words


@pytest.mark.parametrize("outcome", list(PersonOutcome))
def test_a_day_to_look_again_has_words_over_its_field_and_in_the_minutes_or_there_is_none(outcome):
    again = outcome.look_again_on(ON, NEXT)
    assert bool(again) == bool(outcome.day_label) == bool(outcome.again_words(again))
    assert again is None or again > ON


@pytest.mark.parametrize("outcome", list(PersonOutcome))
def test_what_asks_for_a_reason_has_words_over_the_field_and_is_missing_without_one(outcome):
    turn = replace(TURN, outcome=outcome)
    assert bool(outcome.rule.why_label) == bool(missing(turn))
    assert missing(replace(turn, reason="because")) == ""


def test_the_read_back_and_the_minutes_say_the_same_of_the_day():
    assert PersonOutcome.CONTINUE.again_words(NEXT) == "See again on Thursday 17 December 2026"
    assert PersonOutcome.DEFER.again_words(NEXT) == "Until Thursday 17 December 2026"


def test_only_days_that_are_the_next_sessions_move_with_it():
    assert set(MOVING) == {o for o in PersonOutcome if o.look_again_on(ON, NEXT) == NEXT}


def test_moving_in_houses_whoever_was_not_and_leaves_the_others_where_they_live():
    moved = replace(TURN, outcome=PersonOutcome.MOVED_IN)
    assert person_after(PERSON, moved, ON).accommodation is Accommodation.HOSTEL
    tenant = replace(PERSON, accommodation=Accommodation.TENANCY)
    assert person_after(tenant, moved, ON) == tenant


def test_whoever_comes_off_the_list_is_off_it_with_day_and_reason():
    after = person_after(PERSON, replace(TURN, outcome=PersonOutcome.OFF_LIST, reason="left the area"), ON)
    assert (after.on_list, after.off_list_on, after.off_list_why) == (False, ON, "left the area")
