"""Questions about many records, answered in SQL and returned as rows."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, func, literal_column, select

from csp_desktop.domain.actions import Action, ActionState
from csp_desktop.domain.cases import Band, Case
from csp_desktop.services.listing_cases import CaseQuery, CaseRow, CaseSort
from csp_desktop.store import searching
from csp_desktop.store.searching import Found
from csp_desktop.store.tables import Shelves


class SqlQueries:
    """The port `CaseQueries` on the open file."""

    def __init__(self, connected: Callable[[], AbstractContextManager[Connection]], shelves: Shelves) -> None:
        self._connected = connected
        self._shelves = shelves

    def page_of_cases(self, query: CaseQuery, offset: int, limit: int) -> tuple[Sequence[CaseRow], int]:
        """One page of rows and the number of all cases that match."""
        cases, actions = self._shelves.register[Case], self._shelves.register[Action]
        matching = self._matching(query, cases)
        columns = _columns(cases, actions)
        order = _order(query.sort, cases, columns)
        page = (
            select(*columns.values())
            .where(*matching)
            .order_by((order.desc() if query.descending else order.asc()).nulls_last(), cases.c.id)
            .limit(limit)
            .offset(offset)
        )
        with self._connected() as connection:
            total = connection.execute(select(func.count()).select_from(cases).where(*matching)).scalar_one()
            return [CaseRow(*row) for row in connection.execute(page)], total

    def search(self, text: str, limit: int) -> list[Found]:
        """The records whose words match what was typed, the best first."""
        with self._connected() as connection:
            return searching.search(connection, text, limit)

    def _matching(self, query: CaseQuery, cases: Table) -> list[ColumnElement[bool]]:
        among: list[tuple[str, Sequence[Any]]] = [
            ("status", query.statuses),
            ("band", query.bands),
            ("subject_type", query.subjects),
            ("area", query.areas),
            ("ward", query.wards),
            ("lead_agency", (query.lead_agency,) if query.lead_agency else ()),
            ("reference", ("",) if query.awaiting_reference else ()),
        ]
        conditions: list[ColumnElement[bool]] = [cases.c[name].in_(wanted) for name, wanted in among if wanted]
        words = searching.as_question(query.text)
        if words:
            rows = self._shelves.search_rows
            numbers = searching.numbers_matching(words)
            conditions.append(
                cases.c.id.in_(select(rows.c.record_id).where(rows.c.kind == Case.__name__, rows.c.number.in_(numbers)))
            )
        return conditions


def _columns(cases: Table, actions: Table) -> dict[str, ColumnElement[Any]]:
    """The fields of a CaseRow, in their order."""
    title = case((cases.c.summary != "", cases.c.summary), else_=cases.c.location)
    still_open = (
        select(func.count())
        .where(actions.c.case_id == cases.c.id, actions.c.state == ActionState.OPEN)
        .correlate(cases)
        .scalar_subquery()
    )
    plain = ("subject_type", "status", "band", "total", "created_on", "assessed_on", "last_reviewed_on")
    where = ("area", "ward", "lead_agency", "lead_officer")
    columns: dict[str, ColumnElement[Any]] = {"id": cases.c.id, "reference": cases.c.reference, "title": title}
    columns |= {name: cases.c[name] for name in (*plain, *where)}
    return {**columns, "open_actions": still_open.label("open_actions")}


def _order(sort: CaseSort, cases: Table, columns: dict[str, ColumnElement[Any]]) -> ColumnElement[Any]:
    if sort is CaseSort.BAND:  # by how high, not by the alphabet
        return case(*((cases.c.band == band, number) for number, band in enumerate(Band)))
    by = {
        CaseSort.REFERENCE: func.nullif(cases.c.reference, ""),
        CaseSort.TITLE: columns["title"].collate("NOCASE"),
        CaseSort.STATUS: cases.c.status,
        CaseSort.TOTAL: cases.c.total,
        CaseSort.CREATED: cases.c.created_on,
        CaseSort.ASSESSED: cases.c.assessed_on,
        CaseSort.REVIEWED: cases.c.last_reviewed_on,
        CaseSort.AREA: cases.c.area,
        CaseSort.WARD: cases.c.ward,
        CaseSort.LEAD: cases.c.lead_agency,
        CaseSort.OPEN_ACTIONS: literal_column("open_actions"),
    }
    return by[sort]
