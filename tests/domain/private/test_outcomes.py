"""Each way a person's turn can end: the day to look again, what it asks, and the person as it leaves them."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.private.agenda import Standing, propose, released, rise_of, why
from csp_desktop.domain.private.figures import Counted, ReleasedFigure
from csp_desktop.domain.private.meeting import PersonTurn, missing, person_after
from csp_desktop.domain.private.outcomes import MOVING, PersonOutcome
from csp_desktop.domain.private.people import Accommodation, Label, Offer, OfferAnswer, RoughSleeper, Sighting

ON, NEXT = date(2026, 11, 26), date(2026, 12, 17)
KIT = RoughSleeper("kit", 1, "Kit Barlow", "K.B.", ON)
TURN = PersonTurn("t", "m", "kit", 0, 5, "why")


def test_the_outcomes_stand_in_the_order_of_their_keys() -> None:
    assert [(one.number, one.rule.label, one.day_label) for one in PersonOutcome] == [
        (1, "Moved in", "Check on"),
        (2, "Continue", "See again on"),
        (3, "Intensify", "See again on"),
        (4, "Remove from list", ""),
        (5, "Offer open", "Answer by"),
        (6, "Defer", "Deferred to"),
    ]
    assert MOVING == (PersonOutcome.CONTINUE, PersonOutcome.INTENSIFY, PersonOutcome.DEFER)
    assert [one for one in PersonOutcome if one.rule.puts_off] == [PersonOutcome.DEFER]


def test_the_keys_agree_with_the_group_s_wherever_the_outcome_is_the_same() -> None:
    groups = {one.rule.label: one.number for one in Outcome}
    same = {one.rule.label: one.number for one in PersonOutcome if one.rule.label in groups}
    assert same == {"Continue": 2, "Intensify": 3, "Defer": 6}
    assert same == {label: groups[label] for label in same}


@pytest.mark.parametrize(
    ("outcome", "again", "leads_to", "words"),
    [
        (PersonOutcome.CONTINUE, NEXT, "see again Thu 17 Dec", "See again on Thursday 17 December 2026"),
        (PersonOutcome.OFFER_OPEN, date(2026, 12, 3), "answer by Thu 3 Dec", "Answer by Thursday 3 December 2026"),
        (PersonOutcome.INTENSIFY, NEXT, "professionals' meeting", "See again on Thursday 17 December 2026"),
        (PersonOutcome.MOVED_IN, date(2026, 12, 24), "check on Thu 24 Dec", "Check on Thursday 24 December 2026"),
        (PersonOutcome.OFF_LIST, None, "no longer discussed", ""),
        (PersonOutcome.DEFER, NEXT, "to Thu 17 Dec", "Until Thursday 17 December 2026"),
    ],
)
def test_each_proposes_a_day_to_look_again_and_says_it(
    outcome: PersonOutcome, again: date | None, leads_to: str, words: str
) -> None:
    assert outcome.look_again_on(ON, NEXT) == again
    assert outcome.leads_to(again, ON) == leads_to and outcome.again_words(again) == words
    assert outcome.again_words(None) == "" and "{" not in outcome.leads_to(None, ON)


def test_a_reason_is_asked_where_somebody_is_intensified_deferred_or_taken_off() -> None:
    asked = {one: missing(replace(TURN, outcome=one)) for one in PersonOutcome}
    assert {one: words != "" for one, words in asked.items()} == {
        PersonOutcome.CONTINUE: False,
        PersonOutcome.OFFER_OPEN: False,
        PersonOutcome.INTENSIFY: True,
        PersonOutcome.MOVED_IN: False,
        PersonOutcome.OFF_LIST: True,
        PersonOutcome.DEFER: True,
    }
    assert asked[PersonOutcome.DEFER] == "Say why this person is deferred; the reason is minuted."
    assert missing(replace(TURN, outcome=PersonOutcome.DEFER, reason="ill")) == ""
    assert missing(replace(TURN, outcome=PersonOutcome.DEFER, reason=" ")) != ""
    assert missing(TURN) == "Choose an outcome first."


def test_who_moved_in_is_housed_from_that_day_unless_they_were_already() -> None:
    moved = replace(TURN, outcome=PersonOutcome.MOVED_IN)
    after = person_after(KIT, moved, ON)
    assert (after.accommodation, after.accommodation_since, after.on_list) == (Accommodation.HOSTEL, ON, True)
    for home in (Accommodation.HOSTEL, Accommodation.TENANCY, Accommodation.RECONNECTED):
        housed = replace(KIT, accommodation=home, accommodation_since=date(2026, 1, 1))
        assert person_after(housed, moved, ON) == housed


def test_who_came_off_the_list_did_so_that_day_for_that_reason_and_other_outcomes_change_nothing() -> None:
    off = person_after(KIT, replace(TURN, outcome=PersonOutcome.OFF_LIST, reason="moved away"), ON)
    assert off == replace(KIT, on_list=False, off_list_on=ON, off_list_why="moved away")
    for outcome in (None, PersonOutcome.CONTINUE, PersonOutcome.DEFER):
        assert person_after(KIT, replace(TURN, outcome=outcome, state=TurnState.DONE), ON) == KIT


def scored(total: int, band: Band = Band.HIGH, version: str = "1", ceiling: int | None = None) -> Assessment:
    return Assessment("a", "kit", ON, "Ravi", "m", version, (), total, ceiling or total, band)


def standing(number: int = 1, **more: object) -> Standing:
    person = RoughSleeper(f"p{number}", number, f"Person {number}", f"P.{number}.", ON)
    usual: dict[str, object] = {"label": Label.KNOWN, "latest": None, "before": None, "seen": seen(1)}
    return Standing(person, **{**usual, **more})  # type: ignore[arg-type]


def seen(days_ago: int, *, unwell: bool = False) -> Sighting:
    return Sighting("s", "kit", date.fromordinal(ON.toordinal() - days_ago), "the bridge", "Joy", True, unwell)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (standing(), "no risk score yet"),
        (standing(latest=scored(41)), "High 41"),
        (standing(latest=scored(41, ceiling=50)), "High 41+"),
        (standing(latest=scored(41), before=scored(36)), "High 41, up 5"),
        (standing(latest=scored(30, Band.MEDIUM), before=scored(36)), "Medium 30, down 6"),
        (standing(latest=scored(41), before=scored(41)), "High 41"),
        (standing(latest=scored(41), before=scored(36, version="2")), "High 41"),
        (standing(label=Label.NEW), "no risk score yet; new"),
        (standing(label=Label.RETURNING), "no risk score yet; returning"),
        (standing(label=Label.LONG_TERM), "no risk score yet"),
        (standing(seen=seen(3, unwell=True)), "no risk score yet; found unwell"),
        (standing(seen=None), "no risk score yet; never seen by a worker"),
        (standing(seen=seen(13)), "no risk score yet"),
        (standing(seen=seen(14)), "no risk score yet; not seen for 14 days"),
        (standing(late_actions=1), "no risk score yet; 1 action overdue"),
        (standing(late_actions=3), "no risk score yet; 3 actions overdue"),
    ],
)
def test_why_somebody_is_proposed_is_said_in_words(one: Standing, words: str) -> None:
    assert why(one, ON, None) == words


@pytest.mark.parametrize(
    ("answer", "answered_on", "since", "words"),
    [
        (OfferAnswer.DECLINED, None, None, "; an offer was declined"),
        (OfferAnswer.DECLINED, None, ON, "; an offer was declined"),
        (OfferAnswer.DECLINED, None, NEXT, ""),
        (OfferAnswer.DECLINED, NEXT, NEXT, "; an offer was declined"),
        (OfferAnswer.THINKING, None, NEXT, "; an offer is open"),
        (OfferAnswer.TAKEN_UP, None, None, ""),
    ],
)
def test_an_offer_is_news_since_the_last_session(
    answer: OfferAnswer, answered_on: date | None, since: date | None, words: str
) -> None:
    one = standing(offers=(Offer("o", "kit", ON, "a bed", "Joy", answer, answered_on),))
    assert why(one, ON, since) == f"no risk score yet{words}"


def test_being_found_unwell_before_the_last_session_is_no_news() -> None:
    one = standing(seen=seen(5, unwell=True))
    assert why(one, ON, seen(5).on) == "no risk score yet; found unwell"
    assert why(one, ON, seen(4).on) == "no risk score yet"


def test_the_unscored_and_the_highest_come_first_then_the_rise_the_news_the_total_and_the_number() -> None:
    rows = [
        standing(1, latest=scored(10, Band.STANDARD)),
        standing(2, latest=scored(41), before=scored(41)),
        standing(3, latest=scored(36), before=scored(30)),
        standing(4, latest=scored(45)),
        standing(5),
        standing(6, latest=scored(40), label=Label.NEW),
        standing(7, latest=scored(41)),
        standing(8, latest=scored(20, Band.MEDIUM)),
    ]
    off = standing(9)
    found = propose([*rows, replace(off, person=replace(off.person, on_list=False))], ON, None)
    assert [one.person.number for one in found] == [3, 6, 4, 2, 7, 5, 8, 1]
    assert (found[0].rise, found[0].latest, found[0].why) == (6, rows[2].latest, "High 36, up 6")
    assert rise_of(rows[3]) is None and rise_of(standing(before=scored(3))) is None


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (12, "12")])
def test_a_small_count_leaves_the_room_as_fewer_than(count: int, words: str) -> None:
    assert released(count, 5) == words


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        ("12", "On Thursday 26 November 2026, 12 people were seen sleeping rough in the last 28 days."),
        ("1", "On Thursday 26 November 2026, 1 person was seen sleeping rough in the last 28 days."),
        ("0", "On Thursday 26 November 2026, no people were seen sleeping rough in the last 28 days."),
        (
            "fewer than 5",
            "On Thursday 26 November 2026, fewer than 5 people were seen sleeping rough in the last 28 days. "
            "Small counts are hidden.",
        ),
    ],
)
def test_a_released_figure_is_one_sentence(count: str, sentence: str) -> None:
    assert ReleasedFigure("f", ON, Counted.SEEN, count, "Ravi").sentence == sentence
