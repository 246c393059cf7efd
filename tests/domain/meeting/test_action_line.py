"""An action is agreed in one line while the officer is still speaking."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.day_phrases import read_day
from csp_desktop.domain.meeting.action_line import (
    NO_POWER,
    NOTHING,
    PASSED,
    ActionChange,
    ChipKind,
    DayAnswer,
    changes,
    line_of,
    parse,
    propose_kind,
    without,
)
from csp_desktop.domain.meeting.action_owners import SHARED, UNKNOWN, Person, offered
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
        ("fri next week", date(2026, 12, 4)),
        ("Thursday week", date(2026, 12, 10)),
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
    assert (set(action.offered), action.wait, action.officer) == ({DAN, DEE}, SHARED, None)
    assert not action.ready
    candidates = [c for c in action.chips if c.kind is ChipKind.CANDIDATE]
    assert {c.words for c in candidates} == {"PS Dan Holt, Hertfordshire Constabulary", "Dee Hart, Housing"}


def test_one_of_two_people_chosen_by_hand_ends_the_wait():
    action = read("dh serve notice fri", (*PEOPLE, DEE), chosen=[DEE.id])
    assert (action.officer, action.what, action.ready) == (DEE, "Serve notice", True)


def test_unknown_initials_offer_people_never_an_error():
    action = read("zz visit fri")
    assert (action.offered, action.wait, action.what) == (PEOPLE, UNKNOWN, "Zz visit")
    assert action.officer is None


def test_a_beginning_of_a_name_offers_that_person_and_choosing_takes_the_word():
    assert read("rav visit fri").offered == (RAVI,)
    assert (read("rav visit fri").officer, read("rav visit fri").what) == (None, "Rav visit")
    assert read("rav visit fri", chosen=[RAVI.id]).what == "Visit"


def test_a_line_that_begins_with_a_small_word_keeps_it():
    assert read("go to the flat", chosen=[RAVI.id]).what == "Go to the flat"


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
    action = read(text, chosen=[chosen])
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
def test_next_weekday_may_be_the_bare_one_or_a_week_after_it_and_is_asked_about(day, word):
    bare = read_day(word, day)
    assert bare is not None and timedelta() < bare - day <= timedelta(days=7)
    assert read_day(f"next {word}", day) is None
    asked = parse(f"rn visit next {word}", PEOPLE, day, day + timedelta(days=60)).question
    assert asked is not None and asked.options == (bare, bare + timedelta(days=7))


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


@pytest.mark.parametrize(
    "said",
    [
        "Serve the papers",
        "Warn both households",
        "Written warning to number 4",
        "Apply for an injunction",
        "Closure of the flat",
        "Put up the notice",
        "Ask the court for a warrant",
        "Arrest if seen there again",
        "Evict after the hearing",
        "Begin the eviction",
        "CPN to the tenant",
        "CPW to the tenant",
        "Draft the CBO",
        "PSPO for the park",
        "Agree an ABC",
        "Send the summons",
        "Enforce the order",
        "Hand over to enforcement",
        "Seize the mopeds",
        "Fine for the litter",
        "Dispersal for the weekend",
        "Sign a contract with the family",
    ],
)
def test_words_of_an_intervention_propose_one(said):
    assert propose_kind(said) is ActionKind.INTERVENTION


@pytest.mark.parametrize(
    "said",
    [
        "Tell housing the result",
        "Report to the panel",
        "Check the lock",
        "Ask the landlord",
        "Find the tenancy file",
        "Confirm the address",
        "Share the pictures",
        "Send the list",
        "Inform the school",
        "Update Safety Net",
        "Circulate the plan",
        "Minute the objection",
        "Note for December",
    ],
)
def test_words_of_information_propose_that(said):
    assert propose_kind(said) is ActionKind.INFORMATION


def test_everything_else_is_support_and_an_intervention_comes_before_information():
    assert propose_kind("Detox place, visit with CGL") is ActionKind.SUPPORT
    assert propose_kind("Tell them, then serve the notice.") is ActionKind.INTERVENTION
    assert propose_kind("(Check)") is ActionKind.INFORMATION and propose_kind("") is ActionKind.SUPPORT


@pytest.mark.parametrize(
    "word",
    ["an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "on", "or", "so"]
    + ["to", "up", "us", "we", "the", "and", "for", "her", "him", "his", "its", "she", "they"],
)
def test_a_small_word_is_no_beginning_of_a_name(word):
    person = Person("9", f"{word.capitalize()}lina Vale")
    assert read(f"{word} meet them", (person,), chosen="9").what.casefold() == f"{word} meet them"


def test_a_name_in_full_with_its_rank_is_taken_and_a_rank_alone_is_not():
    assert read("PS Dan Holt, visit fri", chosen=[DAN.id]).what == "Visit"
    assert read("dan holt visit fri", chosen=[DAN.id]).what == "Visit"
    assert read("ps visit fri", chosen=[DAN.id]).what == "Ps visit"
    assert read("d visit fri", chosen=[DAN.id]).what == "D visit"
    assert read("dan dan visit", chosen=[DAN.id]).what == "Dan visit"


def test_initials_typed_for_somebody_win_over_whom_was_chosen_before():
    assert read("rn visit", chosen=[DAN.id]).officer == RAVI
    assert read("rn visit", chosen=[RAVI.id]).what == "Visit"
    assert read("visit", chosen=[DAN.id]).officer == DAN and read("visit", chosen="nobody").officer is None


def test_a_line_says_which_letters_were_taken_for_what():
    line = "rn serve notice, power: closure order - fri"
    action = read(line)
    assert [(taken.kind, line[taken.start : taken.end]) for taken in action.taken] == [
        (ChipKind.OFFICER, "rn"),
        (ChipKind.POWER, ", power: closure order"),
        (ChipKind.DUE, "- fri"),
    ]
    assert (action.what, action.power) == ("Serve notice", "Closure order")
    assert without(line, ()) == "Rn serve notice, power: closure order - fri"


def test_a_power_without_its_words_waits_for_them():
    action = read("rn serve notice power:")
    assert (action.wait, action.power, action.what) == (NO_POWER, "", "Serve notice power:")
    assert read("rn serve notice power:closure order").power == "Closure order"


def test_the_chips_stand_in_order_officer_day_kind_and_power():
    chips = [(chip.kind, chip.words) for chip in read("rn serve notice power: CPN fri").chips]
    assert chips == [
        (ChipKind.OFFICER, "Ravi Nair"),
        (ChipKind.DUE, "Fri 27 Nov"),
        (ChipKind.KIND, "Intervention"),
        (ChipKind.POWER, "Power: CPN"),
    ]
    assert read("rn visit").chips[0].person_id == RAVI.id


def test_a_question_about_the_day_takes_the_days_place_until_it_is_answered():
    asked = read("rn visit in june")
    assert asked.question is not None and asked.wait == asked.question.sentence and not asked.due_typed
    assert ChipKind.DUE not in [chip.kind for chip in asked.chips]
    words = asked.question.words
    given = read("rn visit in june", answer=DayAnswer(words, date(2027, 6, 30)))
    assert (given.due, given.question, given.ready) == (date(2027, 6, 30), None, True)
    no_day = read("rn visit in june", answer=DayAnswer(words, None))
    assert (no_day.due, no_day.due_typed, no_day.what) == (NEXT, False, "Visit in june")
    assert read("rn visit in june", answer=DayAnswer("other words", None)).question is not None


def test_a_line_made_of_an_action_reads_back_as_that_action():
    for due in (date(2026, 12, 4), None):
        line = line_of("Serve notice", "DH", due, "CPN")
        action = read(line)
        assert (action.what, action.officer, action.power) == ("Serve notice", DAN, "CPN")
        assert (action.due, action.due_typed) == ((due, True) if due else (NEXT, False))
    assert line_of("Visit", "RN", date(2026, 12, 4)) == "rn: Visit by 4/12/2026"
    assert line_of("Visit", "RN", None) == "rn: Visit by next meeting"


def test_only_what_differs_in_a_line_is_a_change():
    before = read("rn visit fri")
    assert changes(before, before) == ActionChange()
    assert changes(before, read("rn visit twice fri")) == ActionChange(what="Visit twice")
    assert changes(before, read("dh visit fri")) == ActionChange(officer_id=DAN.id)
    assert changes(before, read("zz visit fri")).officer_id is None
    assert changes(before, read("rn visit 4/12")) == ActionChange(due=date(2026, 12, 4))
    assert changes(before, read("rn visit")) == ActionChange(no_day=True)
    assert changes(before, read("rn visit fri", kind=ActionKind.INFORMATION)) == ActionChange(
        kind=ActionKind.INFORMATION
    )
    powered = read("rn visit power: CPN fri")
    assert changes(before, powered) == ActionChange(kind=ActionKind.INTERVENTION, power="CPN")
    assert changes(powered, before) == ActionChange(kind=ActionKind.SUPPORT, power="")


def test_people_are_offered_by_the_beginning_of_any_of_their_names_or_all_of_them():
    assert offered("ho", PEOPLE) == (DAN,) and offered("ŁUK", PEOPLE) == (EWA,)
    assert offered("zz", PEOPLE) == PEOPLE == offered("", PEOPLE)
    no_home = Person("8", "Dee Hart")
    words = [chip.words for chip in read("dh visit", (DAN, no_home)).chips if chip.kind is ChipKind.CANDIDATE]
    assert words == ["PS Dan Holt, Hertfordshire Constabulary", "Dee Hart"]


def test_a_day_that_is_the_meetings_own_has_not_passed():
    assert read("rn visit 26/11/2026").ready and read("rn visit 25/11/2026").wait == PASSED
