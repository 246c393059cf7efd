"""What a partnership is called on its papers."""

import pytest

from csp_desktop.domain.people.settings import paper_name, town_of


@pytest.mark.parametrize(
    ("town", "partnership", "name"),
    [
        ("Testford", "Community Safety Partnership", "Testford Community Safety Partnership"),
        ("Testford", "Safer Testford", "Safer Testford"),
        (" Testford  on  Sea ", "Community  Safety Partnership ", "Testford on Sea Community Safety Partnership"),
    ],
)
def test_a_paper_names_town_and_partnership_and_the_town_once(town: str, partnership: str, name: str) -> None:
    assert paper_name(town, partnership) == name


@pytest.mark.parametrize(
    ("agency", "town"),
    [
        ("Testford Borough Council", "Testford"),
        ("testford council", "testford"),
        ("Long Marsh District Council", "Long Marsh"),
        ("London Borough of Testham", "Testham"),
        ("City of Fenchester Council", "Fenchester"),
        ("Fenshire County Council", ""),
        ("Fenshire Police", ""),
        ("Council", ""),
        ("New Hope", ""),
        ("", ""),
    ],
)
def test_a_town_is_proposed_from_its_council_and_from_nobody_else(agency: str, town: str) -> None:
    assert town_of(agency) == town
