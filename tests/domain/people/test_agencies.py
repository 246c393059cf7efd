"""Initials without ranks, and where a member stands with the information sharing protocol on a day."""

from datetime import date, time, timedelta

import pytest

from csp_desktop.domain.people.agencies import IspStatus, Member, Standing, initials, isp_status
from csp_desktop.domain.people.bodies import GROUP, keyed
from csp_desktop.domain.people.settings import Settings

TODAY = date(2026, 11, 26)


def member(signed_on: date | None, version: str = "2") -> Member:
    return Member("m", "Ruth Coyle", "county", "Officer", Standing.STANDING, "", version, signed_on)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ruth Coyle", "RC"),
        ("PS Dan Holt", "DH"),
        ("Dr. Priya Raman", "PR"),
        ("Ana Maria Vega", "AV"),
        ("Seán Ó Briain", "SB"),
        ("Nimmi Raghunathan-Pillai", "NP"),
        ("ewa", "E"),
        ("PC", "PC"),
        ("Sergeant", "SE"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_name_without_rank(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    "title",
    ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Rev", "Cllr", "PC", "PS", "DC", "DS", "DI", "DCI", "Insp"]
    + ["Inspector", "Sgt", "Sergeant", "PCSO", "CI", "Supt"],
)
def test_no_rank_or_title_counts_as_a_name(title: str) -> None:
    assert initials(f"{title} Dan Holt") == initials(f"{title}. Dan Holt") == "DH"


@pytest.mark.parametrize(
    ("signed_on", "version", "status"),
    [
        (None, "2", IspStatus.NONE),
        (TODAY, "2", IspStatus.CURRENT),
        (date(2024, 11, 26), "2", IspStatus.CURRENT),  # valid on the day two years later
        (date(2024, 11, 25), "2", IspStatus.EXPIRED),
        (date(2024, 11, 25), "1", IspStatus.EXPIRED),
        (TODAY, "1", IspStatus.OLD_VERSION),
        (TODAY, "", IspStatus.OLD_VERSION),
    ],
)
def test_a_protocol_holds_its_years_and_only_in_its_version(
    signed_on: date | None, version: str, status: IspStatus
) -> None:
    assert isp_status(member(signed_on, version), TODAY, "2", 2) is status


def test_a_protocol_signed_on_the_29th_of_february_ends_on_the_28th() -> None:
    signed = member(date(2024, 2, 29))
    assert isp_status(signed, date(2026, 2, 28), "2", 2) is IspStatus.CURRENT
    assert isp_status(signed, date(2026, 3, 1), "2", 2) is IspStatus.EXPIRED
    assert isp_status(signed, date(2026, 2, 28) + timedelta(days=1), "2", 2) is IspStatus.EXPIRED


def test_where_no_version_is_in_force_any_is_current() -> None:
    assert isp_status(member(TODAY, "1"), TODAY, "", 2) is IspStatus.CURRENT


def test_a_body_has_a_key_made_of_its_name_and_never_one_that_is_taken() -> None:
    rows = (("One Watford", "quarterly"), ("one  wátford", "weekly"), ("Community Protection Group", "monthly"))
    assert keyed(rows) == (
        ("One Watford", "quarterly", "one-watford"),
        ("one  wátford", "weekly", "one-watford-2"),
        ("Community Protection Group", "monthly", GROUP),
    )


def test_a_partnership_begins_with_the_numbers_of_the_terms_of_reference() -> None:
    usual = Settings()
    assert (usual.first_review_days, usual.risk_drop_months, usual.monitoring_months) == (14, 1, 1)
    assert (usual.high_review_days, usual.medium_review_days, usual.standard_review_days) == (28, 28, 56)
    assert (usual.circulate_days_before, usual.meeting_every_weeks, usual.case_minutes_most) == (7, 4, 15)
    assert (usual.slot_starts, usual.slot_ends, usual.isp_version, usual.isp_valid_years) == (
        time(14),
        time(16),
        "1",
        2,
    )
    assert (usual.retention_years, usual.retention_confirmed, usual.made_as_sample_on) == (6, False, None)
    assert (usual.text_size, usual.theme, usual.hide_from_capture) == (100, "light", False)
    assert (usual.lock_after_minutes, usual.lock_after_minutes_in_meeting) == (10, 45)
    assert len(usual.areas) == 6 and usual.area_aliases[0][0] == "Youth violence and VAWG"
