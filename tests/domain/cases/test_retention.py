"""A closed case is kept its years, a hold keeps it longer, and its certificate tells what went and what stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from csp_desktop.domain.cases.retention import (
    CASE,
    PERSON,
    STILL_IN,
    Disposal,
    LegalHold,
    RetentionField,
    certificate_words,
    due_on,
    given,
    hold,
    lift,
    refuse_too_early,
    standing_hold,
)
from csp_desktop.domain.common.errors import FieldRefused, Refused

TODAY = date(2026, 11, 26)
HOLD = LegalHold("h", "oak", "a court asked", "Hannah Price", TODAY)
DISPOSAL = Disposal(
    "d",
    "SN-2020-000017",
    date(2020, 11, 20),
    date(2026, 11, 20),
    6,
    datetime(2026, 7, 1, 8, 5, tzinfo=UTC),
    "Hannah Price",
    "its years are over",
    (("case", 1), ("risk scores", 4), (f"{STILL_IN}before a restore", 1), (f"{STILL_IN}before an update", 1)),
    812,
)


def until(days: int | None) -> LegalHold:
    return replace(HOLD, id=str(days), until=None if days is None else TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("closed", "years", "due"),
    [
        (date(2020, 11, 26), 6, date(2026, 11, 26)),
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 1, 31), 30, date(2050, 1, 31)),
    ],
)
def test_it_is_due_its_years_after_it_was_closed(closed: date, years: int, due: date) -> None:
    assert due_on(closed, years) == due


def test_a_hold_stands_through_its_last_day_or_until_it_is_lifted() -> None:
    assert until(0).holds(TODAY) and until(1).holds(TODAY) and until(None).holds(TODAY)
    assert not until(-1).holds(TODAY)
    lifted = lift(until(None), "Marcus Bell", TODAY)
    assert not lifted.holds(TODAY)
    assert lifted == replace(until(None), lifted_on=TODAY, lifted_by="Marcus Bell")


def test_of_several_holds_the_one_that_keeps_it_longest_counts() -> None:
    assert standing_hold([until(3), until(9), until(-1)], TODAY) == until(9)
    assert standing_hold([until(3), until(None), until(9)], TODAY) == until(None)
    assert standing_hold([until(-1)], TODAY) is None


def test_a_hold_needs_a_reason_and_a_day_to_come() -> None:
    made = hold("oak", "  a court   asked ", None, "Hannah Price", TODAY)
    assert made == replace(HOLD, id=made.id) and made.id
    assert hold("oak", "why not", TODAY + timedelta(days=1), "Hannah Price", TODAY).until == TODAY + timedelta(days=1)
    for day in (TODAY, TODAY - timedelta(days=1)):
        with pytest.raises(FieldRefused, match="a date in the future") as refused:
            hold("oak", "a court asked", day, "Hannah Price", TODAY)
        assert refused.value.field == RetentionField.UNTIL
    with pytest.raises(FieldRefused, match="Say why this case must be kept") as refused:
        hold("oak", " no ", None, "Hannah Price", TODAY)
    assert refused.value.field == RetentionField.REASON
    with pytest.raises(FieldRefused, match="Say why this person's records must be kept"):
        hold("kit", "", None, "Ravi Nair", TODAY, PERSON)


def test_four_letters_are_a_reason_in_one_line() -> None:
    assert given(" a  b\nc ", "why") == "a b c"
    assert given("gone", "why") == "gone"
    with pytest.raises(FieldRefused, match="why"):
        given("a b", "why")


def test_what_is_due_today_may_go_and_what_is_not_stays() -> None:
    refuse_too_early(TODAY, [until(-1)], TODAY)
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match=r"^This case is kept until Fri 27 Nov 2026\. Confirm a different period"):
        refuse_too_early(tomorrow, [], TODAY)
    with pytest.raises(Refused, match="^This person's records are kept until Fri"):
        refuse_too_early(tomorrow, [], TODAY, PERSON)


def test_a_hold_wins_over_any_date_and_says_how_long() -> None:
    with pytest.raises(Refused, match="^A legal hold keeps this case until Fri 27 Nov 2026"):
        refuse_too_early(TODAY, [until(1)], TODAY)
    with pytest.raises(Refused, match="^A legal hold keeps this person's records until it is lifted"):
        refuse_too_early(TODAY, [until(None)], TODAY, PERSON)


def test_a_certificate_tells_what_was_erased_apart_from_where_it_still_lies() -> None:
    assert DISPOSAL.gone == (("case", 1), ("risk scores", 4))
    assert DISPOSAL.still_in == ("before a restore", "before an update")


def test_a_certificate_says_when_by_whom_why_and_what_it_does_not_reach() -> None:
    assert certificate_words(DISPOSAL, CASE) == (
        "Case SN-2020-000017 was deleted on Wednesday 1 July 2026 at 09:05 by Hannah Price.",
        "It was closed on Friday 20 November 2020 and, kept for 6 years, due on Friday 20 November 2026.",
        "Reason: its years are over",
        "Deleted: case 1, risk scores 4.",
        "The journal was at entry 812 before the deletion. Its entries about it remain as keyed hashes; the values are "
        "gone.",
        (
            "Older backups contain it until they are replaced. Mentions in other records, and papers "
            "already circulated, are not affected."
        ),
        "Earlier copies of the file in the same folder still contain it until they are deleted: before a restore, "
        "before an update.",
    )


def test_without_earlier_copies_none_are_named_and_one_year_is_told_as_one() -> None:
    alone = replace(DISPOSAL, erased=(("person", 1),), years=1, reference="RS-014")
    words = certificate_words(alone, PERSON)
    assert len(words) == 6
    assert words[0].startswith("All records of the person RS-014 were deleted on")
    assert words[1].startswith("The person was removed from the list on") and "kept for 1 year, due" in words[1]
