"""When two addresses may be one."""

import pytest

from csp_desktop.domain.common.likeness import NEARLY_SAME_PLACE, SAME_PLACE, SAME_STREET, Of, why_alike


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("12 Vicarage Road", "12 vicarage rd.", SAME_PLACE),
        ("Flat 3, 12 Vicarage Road", "12 Vicarage Rd, flat 3", SAME_PLACE),
        ("Vicarage Road", "Vicarage Rd", SAME_PLACE),
        ("Vicarage Road", "198 Vicarage Road", SAME_STREET),
        ("12 Vicarage Road", "14 Vicarage Road", ""),
        ("12 Vicarge Road", "12 Vicarage Road", NEARLY_SAME_PLACE),
        ("12 Vicarge Road", "Vicarage Road", ""),
        ("St Johns Road", "Street Johns Road", ""),
        ("12", "12", ""),
        ("", "Vicarage Road", ""),
    ],
)
def test_numbers_streets_and_their_short_forms_are_compared(one: str, other: str, why: str) -> None:
    assert why_alike(Of.PLACES, one, other) == why
    assert why_alike(Of.PLACES, other, one) == why
