"""A person sleeping rough in words: how long out, when last seen, who is involved, and what must not be missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.private.people import (
    Consent,
    Involvement,
    Label,
    PersonField,
    RoughSleeper,
    Sighting,
    checked,
    consent_words,
    initials_for_table,
    involved_with,
    label,
    last_seen,
    nights_seen,
    number_of,
    seen_words,
)
from csp_desktop.domain.private.settings import PrivateSettings

TODAY = date(2026, 11, 26)
KIT = RoughSleeper("kit", 14, "Kit Barlow", "K.B.", TODAY)
RULES = PrivateSettings(new_within_days=28, returning_after_days=180, long_term_months=3)


def night(days_ago: int, *, bedded: bool = True, hour: str = "") -> Sighting:
    return Sighting(
        f"s{days_ago}{hour}", "kit", TODAY - timedelta(days=days_ago), "the bridge", "Joy", bedded, hour=hour
    )


def nights(*days_ago: int) -> list[Sighting]:
    return [night(days) for days in days_ago]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Kit Barlow", "K.B."),
        ("ann-marie o'dea", "A.M.O."),
        ("Ana Maria Luz Vega", "A.M.L."),
        ("'Smokey' Lee 2", "L."),
        ("", ""),
    ],
)
def test_initials_stand_for_a_person_at_the_table(name: str, initials: str) -> None:
    assert initials_for_table(name) == initials


def test_a_person_is_called_by_reference_and_initials() -> None:
    assert (KIT.reference, KIT.title) == ("RS-014", "K.B.")
    assert replace(KIT, headline="ill, and without cover").title == "K.B.: ill, and without cover"
    assert replace(KIT, number=1234).reference == "RS-1234"
    assert number_of("RS-014") == 14


def test_the_latest_sighting_is_of_the_latest_day_and_hour() -> None:
    assert last_seen([]) is None
    late = night(2, hour="23:40")
    assert last_seen([night(9), late, night(2, hour="04:10"), night(2)]) is late


@pytest.mark.parametrize(
    ("days", "words"), [(None, "not seen yet"), (0, "today"), (-1, "today"), (1, "1 day ago"), (4, "4 days ago")]
)
def test_when_somebody_was_last_seen_is_said_in_words(days: int | None, words: str) -> None:
    assert seen_words(None if days is None else night(days), TODAY) == words


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ((), Label.KNOWN),
        ((28,), Label.NEW),
        ((29,), Label.KNOWN),
        ((0, 10, 28), Label.NEW),
        ((20, 200), Label.RETURNING),  # 180 days between
        ((20, 199), Label.KNOWN),
        ((28, 208), Label.RETURNING),
        ((29, 209), Label.KNOWN),  # came back, but not lately
        ((5, 40, 70), Label.LONG_TERM),  # three months of the last year
        ((5, 40, 41), Label.KNOWN),
        ((5, 40, 364), Label.LONG_TERM),  # the third a year ago but a day
    ],
)
def test_how_long_somebody_has_been_out_follows_the_settings(days_ago: tuple[int, ...], expected: Label) -> None:
    assert label(nights(*days_ago), TODAY, RULES) is expected


def test_a_night_of_a_year_ago_counts_no_more_and_one_not_bedded_down_never() -> None:
    assert label(nights(5, 40, 365), TODAY, RULES) is Label.KNOWN
    assert label([*nights(40), night(5, bedded=False)], TODAY, RULES) is Label.KNOWN
    assert label([night(5, bedded=False)], TODAY, RULES) is Label.KNOWN


def test_nights_are_counted_once_over_the_last_four_weeks() -> None:
    seen = [*nights(0, 27, 28), night(27, hour="01:00"), night(5, bedded=False), night(-1)]
    assert nights_seen(seen, TODAY) == 2
    assert nights_seen(seen, TODAY, 29) == 3


def test_a_worker_is_involved_from_the_first_day_to_the_last() -> None:
    def worker(member: str, since: int, until: int | None = None, person: str = "kit") -> Involvement:
        end = None if until is None else TODAY + timedelta(days=until)
        return Involvement(member, person, member, TODAY + timedelta(days=since), "key worker", end)

    found = involved_with(
        [
            worker("from today", 0),
            worker("until today", -9, 0),
            worker("until yesterday", -9, -1),
            worker("from tomorrow", 1),
            worker("another's", -9, person="dana"),
        ],
        "kit",
        TODAY,
    )
    assert found == {"from today", "until today"}


@pytest.mark.parametrize(
    ("consent", "on", "limits", "words"),
    [
        (Consent.NOT_ASKED, None, "", "Not asked"),
        (Consent.GIVEN, date(2026, 11, 3), "", "Agreed to sharing Tue 3 Nov 2026"),
        (Consent.LIMITED, date(2026, 11, 3), "not with family", "Agreed with limits Tue 3 Nov 2026: not with family"),
        (Consent.REFUSED, None, "asked twice", "Refused: asked twice"),
    ],
)
def test_what_somebody_said_to_sharing_is_said_with_day_and_limits(
    consent: Consent, on: date | None, limits: str, words: str
) -> None:
    assert consent_words(replace(KIT, consent=consent, consent_on=on, consent_limits=limits)) == words


def test_a_person_is_kept_in_plain_words_with_initials_and_each_other_name_once() -> None:
    kept = checked(
        replace(
            KIT,
            name="  Kit   Barlow ",
            initials="",
            aliases=("Birdie", " birdie ", "Birdie ", "Kit Barlow", " "),
            headline=" ill,  and without cover",
            contact=" by the   bridge ",
        )
    )
    assert (kept.name, kept.initials, kept.aliases) == ("Kit Barlow", "K.B.", ("Birdie", "birdie"))
    assert (kept.headline, kept.contact) == ("ill, and without cover", "by the bridge")
    assert checked(replace(KIT, initials="B.K.")).initials == "B.K."
    assert checked(replace(KIT, name="99 red", initials="")).initials == "R."
    assert checked(replace(KIT, name="9", initials="")).initials == "9"


def test_a_person_without_a_name_or_an_agreement_without_its_limits_is_refused() -> None:
    with pytest.raises(FieldRefused, match="the person is known by") as refused:
        checked(replace(KIT, name="  "))
    assert refused.value.field == PersonField.NAME
    with pytest.raises(Refused, match="limits of the agreement"):
        checked(replace(KIT, consent=Consent.LIMITED, consent_limits=" "))
    with pytest.raises(FieldRefused) as refused:
        checked(replace(KIT, aliases=("Bir\u200bdie",)))
    assert refused.value.field == PersonField.ALIASES
