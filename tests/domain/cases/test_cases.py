"""What a case is called, how Safety Net names it, and who heard of it."""

from datetime import UTC, datetime

import pytest

from csp_desktop.domain.cases.cases import REFERENCE
from csp_desktop.domain.cases.disclosures import Disclosure, also_heard_by, heard_by
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Override
from csp_desktop.domain.people.agencies import IspStatus

AT = datetime(2026, 11, 26, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize("reference", ["SN-2026-000421", "SN-2026-421", "SN-1999-12345678"])
def test_a_reference_has_a_year_and_a_number(reference: str) -> None:
    assert REFERENCE.fullmatch(reference)


@pytest.mark.parametrize(
    "reference", ["SN-26-000421", "SN-2026-42", "SN-2026-123456789", "RS-014", "sn-2026-000421", ""]
)
def test_anything_else_is_no_reference(reference: str) -> None:
    assert not REFERENCE.fullmatch(reference)


def row(key: str, agency: str, *, signed: bool = True, here: bool = True) -> Attendance:
    row = Attendance(key, "m", key, key, agency, agency, "", Capacity.MEMBER, IspStatus.CURRENT)
    return Attendance(
        **{**vars(row), "arrived_at": AT if here else None, "signed_at": AT if signed else None},
    )


def test_an_agency_heard_when_somebody_of_it_was_there_and_had_signed_or_was_let_in() -> None:
    rows = [
        row("a", "Östra Housing"),
        row("b", "police"),
        row("c", "police"),
        row("d", "Absent", here=False),
        row("e", "Unsigned", signed=False),
        row("f", "Let in", signed=False),
    ]
    let_in = Override("o", "m", AT, "Hannah", "why", ("f", "d"), ())
    assert heard_by(rows, [let_in]) == ("Let in", "Östra Housing", "police")
    assert heard_by(rows, []) == ("Östra Housing", "police")


def test_an_agency_that_came_since_is_added_in_its_place_and_none_is_taken_off() -> None:
    line = Disclosure("d", "oak", "m", AT, "to help", "a basis", ("Östra Housing", "police"))
    assert also_heard_by(line, ["CGL", "police"]).agencies == ("CGL", "Östra Housing", "police")
    assert also_heard_by(line, []) == line
