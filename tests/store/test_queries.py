"""The table of all cases: sorted and filtered in SQL, a page at a time."""

import dataclasses
from datetime import date

import pytest

from csp_desktop.domain.actions import Action, ActionState
from csp_desktop.domain.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.services.listing_cases import CaseQuery, CaseRow, CaseSort
from csp_desktop.store.unit_of_work import SqlWork

DAY = date(2026, 10, 1)
CASE = Case(
    "c0", "SN-0", DAY, "Community wellbeing", SubjectType.VICTIM, "AB", "Market Street", "Central",
    "New Hope", "Ravi Nair", 20, Band.MEDIUM, DAY, False, True, CaseStatus.OPEN, "Noise",
)  # fmt: skip
CASES = (
    CASE,
    dataclasses.replace(CASE, id="c1", reference="SN-1", total=45, band=Band.HIGH, ward="Holywell", summary="arson"),
    dataclasses.replace(CASE, id="c2", reference="", total=None, band=None, summary="", status=CaseStatus.MONITORING),
    dataclasses.replace(CASE, id="c3", reference="SN-3", total=5, band=Band.STANDARD, status=CaseStatus.CLOSED),
)


@pytest.fixture
def filled(work: SqlWork) -> SqlWork:
    act = Action("x1", "m1", 1, "Visit", "p1", None, DAY, case_id="c3")
    with work.step("cases") as records:
        for case in CASES:
            records.save(case)
        for number, state in enumerate((ActionState.OPEN, ActionState.OPEN, ActionState.DONE)):
            records.save(dataclasses.replace(act, id=f"x{number}", number=number, state=state))
    return work


def ids(work: SqlWork, query: CaseQuery) -> list[str]:
    rows, total = work.queries.page_of_cases(query, 0, 100)
    assert total == len(rows)
    return [row.case_id for row in rows]


@pytest.mark.parametrize(
    ("sort", "up"),
    [
        (CaseSort.BAND, ["c3", "c0", "c1", "c2"]),
        (CaseSort.TOTAL, ["c3", "c0", "c1", "c2"]),
        (CaseSort.TITLE, ["c1", "c2", "c0", "c3"]),
        (CaseSort.REFERENCE, ["c0", "c1", "c3", "c2"]),
        (CaseSort.OPEN_ACTIONS, ["c0", "c1", "c2", "c3"]),
    ],
)
def test_sorted_by_rank_and_number_with_the_unknown_last(filled: SqlWork, sort: CaseSort, up: list[str]) -> None:
    assert ids(filled, CaseQuery(sort=sort, descending=False)) == up


@pytest.mark.parametrize("sort", CaseSort)
@pytest.mark.parametrize("descending", [True, False])
def test_every_sort_gives_every_case_once(filled: SqlWork, sort: CaseSort, descending: bool) -> None:
    assert sorted(ids(filled, CaseQuery(sort=sort, descending=descending))) == ["c0", "c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (CaseQuery(statuses=(CaseStatus.CLOSED, CaseStatus.MONITORING)), {"c2", "c3"}),
        (CaseQuery(bands=(Band.HIGH,)), {"c1"}),
        (CaseQuery(wards=("Holywell",), areas=("Community wellbeing",)), {"c1"}),
        (CaseQuery(awaiting_reference=True), {"c2"}),
        (CaseQuery(text="ars"), {"c1"}),
        (CaseQuery(text="sn-3 noise"), {"c3"}),
        (CaseQuery(text="market", statuses=(CaseStatus.OPEN,)), {"c0", "c1"}),
        (CaseQuery(lead_agency="New Hope", subjects=(SubjectType.LOCATION,)), set()),
    ],
)
def test_filters_go_together(filled: SqlWork, query: CaseQuery, expected: set[str]) -> None:
    assert set(ids(filled, query)) == expected


def test_a_page_knows_how_many_there_are(filled: SqlWork) -> None:
    rows, total = filled.queries.page_of_cases(CaseQuery(sort=CaseSort.TOTAL), 1, 2)
    assert total == 4
    assert [row.case_id for row in rows] == ["c0", "c3"]
    assert rows[1] == CaseRow(
        "c3", "SN-3", "Noise", SubjectType.VICTIM, CaseStatus.CLOSED, Band.STANDARD, 5, DAY, DAY, None,
        "Community wellbeing", "Central", "New Hope", "Ravi Nair", 2,
    )  # fmt: skip
