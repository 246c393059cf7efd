"""The table of all cases: sorted and filtered in SQL, a page at a time."""

import dataclasses
from datetime import date

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.services.cases.cases import CaseQuery, CaseSort
from csp_desktop.store.queries import SqlQueries
from csp_desktop.store.unit_of_work import SqlWork

DAY = date(2026, 10, 1)
CASE = Case(
    "c0",
    "SN-0",
    DAY,
    "Community wellbeing",
    SubjectType.VICTIM,
    "AB",
    "Market Street",
    "Central",
    "New Hope",
    "Ravi Nair",
    20,
    Band.MEDIUM,
    DAY,
    False,
    True,
    CaseStatus.OPEN,
    "Noise",
)
CASES = (
    CASE,
    dataclasses.replace(CASE, id="c1", reference="SN-1", total=45, band=Band.HIGH, ward="Holywell", summary="arson"),
    dataclasses.replace(CASE, id="c2", reference="", total=None, band=None, summary="", status=CaseStatus.MONITORING),
    dataclasses.replace(CASE, id="c3", reference="SN-3", total=5, band=Band.STANDARD, status=CaseStatus.CLOSED),
)


ALL = tuple(CaseStatus)


@pytest.fixture
def filled(work: SqlWork) -> SqlWork:
    with work.step("cases") as records:
        for case in CASES:
            records.save(case)
    return work


def ids(work: SqlWork, query: CaseQuery) -> list[str]:
    cases, total = SqlQueries(work).page_of_cases(query, 0, 100)
    assert total == len(cases)
    return [case.id for case in cases]


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        (CaseSort.RATING, ["c3", "c0", "c1", "c2"], ["c1", "c0", "c3", "c2"]),
        (CaseSort.TITLE, ["c1", "c2", "c0", "c3"], ["c0", "c3", "c2", "c1"]),
        (CaseSort.REFERENCE, ["c0", "c1", "c3", "c2"], ["c3", "c1", "c0", "c2"]),
    ],
)
def test_sorted_either_way_with_the_unknown_last(
    filled: SqlWork, sort: CaseSort, up: list[str], down: list[str]
) -> None:
    assert ids(filled, CaseQuery(status=ALL, sort=sort)) == up
    assert ids(filled, CaseQuery(status=ALL, sort=sort, descending=True)) == down


def test_sorted_in_the_order_of_the_walk(filled: SqlWork) -> None:
    assert ids(filled, CaseQuery(status=ALL, walk=("c2", "c0", "c3", "c1"))) == ["c2", "c0", "c3", "c1"]


@pytest.mark.parametrize("sort", CaseSort)
@pytest.mark.parametrize("descending", [True, False])
def test_every_sort_gives_every_case_once(filled: SqlWork, sort: CaseSort, descending: bool) -> None:
    query = CaseQuery(status=(), sort=sort, descending=descending, walk=("c1", "c0"))
    assert sorted(ids(filled, query)) == ["c0", "c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (CaseQuery(), {"c0", "c1", "c2"}),
        (CaseQuery(status=(CaseStatus.CLOSED, CaseStatus.MONITORING)), {"c2", "c3"}),
        (CaseQuery(band=Band.HIGH, area="Community wellbeing"), {"c1"}),
        (CaseQuery(area="Acquisitive crime"), set()),
        (CaseQuery(awaiting=True), {"c2"}),
        (CaseQuery(awaiting=False, repeat_victim=True), {"c0", "c1"}),
        (CaseQuery(text="ars"), {"c1"}),
        (CaseQuery(text="sn-3 noise", status=ALL), {"c3"}),
        (CaseQuery(text="market", status=(CaseStatus.OPEN,)), {"c0", "c1"}),
        (CaseQuery(only=()), set()),
        (CaseQuery(only=("c1", "c3")), {"c1"}),
    ],
)
def test_filters_go_together(filled: SqlWork, query: CaseQuery, expected: set[str]) -> None:
    assert set(ids(filled, query)) == expected


def test_a_page_knows_how_many_there_are(filled: SqlWork) -> None:
    cases, total = SqlQueries(filled).page_of_cases(CaseQuery(status=ALL, sort=CaseSort.RATING), 1, 2)
    assert total == 4
    assert list(cases) == [CASES[0], CASES[1]]
