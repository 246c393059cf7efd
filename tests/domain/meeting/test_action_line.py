"""An action is agreed in one line while the officer is still speaking."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.day_phrases import read_day
from csp_desktop.domain.meeting.action_line import NO_POWER, NOTHING, PASSED, SHARED, UNKNOWN, ChipKind, Person, parse
from csp_desktop.domain.meeting.actions import ActionKind

MEETING = date(2026, 11, 26)  # a Thursday
NEXT = date(2026, 12, 24)
RAVI = Person("1", "Ravi Nair", "New Hope")
DAN = Person("2", "PS Dan Holt", "Hertfordshire Constabulary")
EWA = Person("3", "Ewa Łukasik", "Change Grow Live")
SEAN = Person("4", "Seán Ó Briain", "Probation Service")
DEE = Person("5", "Dee Hart", "Housing")
PEOPLE = (RAVI, DAN, EWA, SEAN)


def read(text, people=PEOPLE, **more):
    return parse(text, people, MEETING, NEXT, **more)


def test_officer_by_initials_first_and_date_word_last():
    action = read("rn detox place, visit with CGL fri")
    assert (action.officer, action.what, action.due) == (RAVI, "Detox place, visit with CGL", date(2026, 11, 27))
    assert action.ready


def test_the_example_of_the_keyboard_page():
    assert read("dh serve notice fri").officer == DAN
    assert read("dh serve notice fri").kind is ActionKind.INTERVENTION


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 26)),
        ("tomorrow", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("friday", date(2026, 11, 27)),
        ("thu", date(2026, 12, 3)),
        ("thurs", date(2026, 12, 3)),
        ("wed", date(2026, 12, 2)),
        ("next fri", date(2026, 12, 4)),
        ("next Thursday", date(2026, 12, 10)),
        ("4 dec", date(2026, 12, 4)),
        ("4th December", date(2026, 12, 4)),
        ("4/12", date(2026, 12, 4)),
        ("4/12/26", date(2026, 12, 4)),
        ("15 jan", date(2027, 1, 15)),
        ("26/11", date(2026, 11, 26)),
    ],
)
def test_a_date_word(words, day):
    assert read_day(words, MEETING) == day
    assert read(f"rn visit {words}").due == day
    assert read(f"rn visit by {words}").what == "Visit"


@pytest.mark.parametrize("words", ["31/2", "29 feb", "fr", "", "4", "next", "soon", "32 dec", "4/13", "4/12/2026/1"])
def test_what_is_no_date_stays_in_the_words(words):
    assert read_day(words, MEETING) is None


def test_a_bare_weekday_is_its_next_occurrence_after_the_meeting_day():
    for number, word in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        day = read(f"rn visit {word}").due
        assert day.weekday() == number
        assert MEETING < day <= MEETING + timedelta(days=7)


def test_no_date_is_the_next_meeting_and_the_chip_says_so():
    action = read("rn find a detox place")
    assert (action.due, action.due_typed) == (NEXT, False)
    assert "Thu 24 Dec, next meeting" in [c.words for c in action.chips]


def test_the_chip_shows_the_full_date():
    assert "Fri 27 Nov" in [c.words for c in read("rn visit fri").chips]
    assert "Fri 15 Jan 2027" in [c.words for c in read("rn visit 15 jan").chips]


def test_initials_shared_by_two_people_show_both_and_wait():
    action = read("dh serve notice fri", (*PEOPLE, DEE))
    assert (set(action.officers), action.wait, action.officer) == ({DAN, DEE}, SHARED, None)
    assert not action.ready
    candidates = [c for c in action.chips if c.kind is ChipKind.CANDIDATE]
    assert {c.words for c in candidates} == {"PS Dan Holt, Hertfordshire Constabulary", "Dee Hart, Housing"}


def test_one_of_two_people_chosen_by_hand_ends_the_wait():
    action = read("dh serve notice fri", (*PEOPLE, DEE), chosen=DEE.id)
    assert (action.officer, action.what, action.ready) == (DEE, "Serve notice", True)


def test_unknown_initials_offer_people_never_an_error():
    action = read("zz visit fri")
    assert (action.officers, action.wait, action.what) == (PEOPLE, UNKNOWN, "Zz visit")
    assert action.officer is None


def test_a_beginning_of_a_name_offers_that_person_and_choosing_takes_the_word():
    assert read("ravi visit fri").officers == (RAVI,)
    assert read("ravi visit fri").officer is None
    assert read("ravi visit fri", chosen=RAVI.id).what == "Visit"


def test_a_line_that_begins_with_a_small_word_keeps_it():
    assert read("go to the flat", chosen=RAVI.id).what == "Go to the flat"


def test_initials_are_typed_on_any_keyboard():
    assert read("el ring the landlord").officer == EWA
    assert read("EŁ ring the landlord").officer == EWA
    assert read("sb ring the landlord").officer == SEAN


def test_ranks_and_titles_do_not_count_as_initials():
    assert read("pd visit").officer is None


def test_a_line_without_words_waits_for_them():
    assert read("rn fri").wait == NOTHING
    assert read("rn").wait == NOTHING
    assert read("").chips == ()


def test_a_day_before_the_meeting_waits():
    assert read("rn visit 4/11/2026").wait == PASSED


def test_the_kind_is_proposed_and_a_person_s_choice_wins():
    assert read("rn detox place").kind is ActionKind.SUPPORT
    assert read("rn tell housing the result").kind is ActionKind.INFORMATION
    assert read("rn tell housing", kind=ActionKind.INTERVENTION).kind is ActionKind.INTERVENTION


@given(st.text(max_size=80), st.sampled_from(["", "1", "nobody"]))
def test_no_line_is_ever_refused(text, chosen):
    action = read(text, chosen=chosen)
    assert action.ready == (
        action.officer is not None
        and bool(action.what)
        and action.question is None
        and action.due >= MEETING
        and action.wait != NO_POWER
    )


@given(
    st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
)
def test_next_weekday_is_always_a_week_after_the_bare_one(day, word):
    bare, following = read_day(word, day), read_day(f"next {word}", day)
    assert bare is not None
    assert following is not None
    assert following - bare == timedelta(days=7)
    assert timedelta() < bare - day <= timedelta(days=7)


@given(st.dates(date(2026, 11, 26), date(2034, 12, 31)))
def test_any_day_typed_in_full_is_read_back_as_that_day(day):
    assert read_day(f"{day.day}/{day.month}/{day.year}", MEETING) == day


def test_an_intervention_names_its_legal_power() -> None:
    people = (Person("1", "PS Dan Holt"),)
    said = parse("dh serve notice power: closure order fri", people, date(2026, 11, 26), date(2026, 12, 17))
    assert (said.what, said.power, said.kind, said.due) == (
        "Serve notice",
        "Closure order",
        ActionKind.INTERVENTION,
        date(2026, 11, 27),
    )
    assert any(chip.words == "Power: Closure order" for chip in said.chips)


def test_a_weekday_before_the_date_is_read_with_it_when_it_fits():
    thursday = date(2026, 11, 26)
    assert read_day("fri 4 dec", thursday) == read_day("Friday 4 December 2026", thursday) == date(2026, 12, 4)
    assert read_day("mon 4 dec", thursday) is None
