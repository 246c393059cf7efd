"""Initials without ranks, and where a member stands with the information sharing protocol on a day."""

from datetime import date, timedelta

import pytest

from csp_desktop.domain.people.agencies import IspStatus, Member, Standing, initials, isp_status

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
