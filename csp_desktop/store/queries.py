"""Questions about many cases, answered in SQL: a port of their own, handed in beside the open file."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table, case, false, func, literal_column, select, text
from sqlalchemy.sql.elements import ColumnElement

from csp_desktop.domain.cases.cases import Band, Case
from csp_desktop.domain.common.likeness import Near, none_near
from csp_desktop.domain.common.mended import mended
from csp_desktop.domain.common.text import whole
from csp_desktop.services.cases.cases import CaseQuery, CaseSort
from csp_desktop.store import searching
from csp_desktop.store.search_question import as_question, wide_question
from csp_desktop.store.searching import Found
from csp_desktop.store.unit_of_work import SqlWork

MATCHING = text(
    "SELECT s.record_id FROM search_words JOIN search_rows AS s ON s.number = search_words.rowid"
    " WHERE search_words MATCH :words AND s.kind = 'Case'"
).columns(literal_column("record_id"))
COLUMNS = {
    CaseSort.REFERENCE: ("reference",),
    CaseSort.AREA: ("area",),
    CaseSort.LEAD: ("lead_agency", "lead_officer"),
    CaseSort.STATUS: ("status",),
    CaseSort.OPENED: ("created_on",),
    CaseSort.REVIEWED: ("last_reviewed_on",),
}
BANDS = {Band.STANDARD: 1, Band.MEDIUM: 2, Band.HIGH: 3}


class SqlQueries:
    """The port `CaseQueries` on the open file."""

    def __init__(self, work: SqlWork, near: Near = none_near) -> None:
        self._connected, self._schema, self._near = work.connected, work.schema, near

    def page_of_cases(self, query: CaseQuery, offset: int, limit: int) -> tuple[Sequence[Case], int]:
        """The cases of one page, and how many match in all."""
        table, query = self._schema.register[Case], mended(query)
        chosen = _filtered(table, query)
        with self._connected() as connection:
            words, _ = wide_question(connection, query.text, self._near)
            given = {"words": words} if words else {}
            counted = chosen.with_only_columns(func.count(), maintain_column_froms=True)
            total: int = connection.execute(counted, given).scalar_one()
            if not limit:
                return (), total
            page = chosen.order_by(*_order(table, query)).offset(offset).limit(limit)
            return [Case(*row) for row in connection.execute(page, given)], total

    def search(self, text: str, limit: int) -> list[Found]:
        """The records whose words match what was typed: cases first, then the newest."""
        with self._connected() as connection:
            return searching.search(connection, whole(text), limit, self._near)


def _filtered(table: Table, query: CaseQuery) -> Select[Any]:
    """The cases that match; nothing typed matches all."""
    asked = select(table)
    if as_question(query.text):
        asked = asked.where(table.c.id.in_(MATCHING))
    for column, value in (("area", query.area), ("band", query.band), ("repeat_victim", query.repeat_victim)):
        if value is not None:
            asked = asked.where(table.c[column] == value)
    if query.status:
        asked = asked.where(table.c.status.in_(query.status))
    if query.awaiting is not None:
        asked = asked.where((table.c.reference == "") == query.awaiting)
    if query.only is not None:
        asked = asked.where(table.c.id.in_(query.only) if query.only else false())
    return asked


def _order(table: Table, query: CaseQuery) -> list[ColumnElement[Any]]:
    """What is not known stands last whichever way the list is turned; the rest of the order never wavers."""
    keys = _keys(table, query)
    turned = [key.desc().nulls_last() if query.descending else key.asc().nulls_last() for key in keys]
    return [*turned, table.c.created_on.desc(), table.c.reference, table.c.id]


def _keys(table: Table, query: CaseQuery) -> list[ColumnElement[Any]]:
    if query.sort is CaseSort.PROMISE:
        places = {case_id: place for place, case_id in enumerate(query.walk)}
        return [case(places, value=table.c.id)] if places else []
    if query.sort is CaseSort.TITLE:
        return [func.lower(case((table.c.summary == "", table.c.location), else_=table.c.summary))]
    if query.sort is CaseSort.RATING:
        return [table.c.total, case({band.value: place for band, place in BANDS.items()}, value=table.c.band)]
    if query.sort is CaseSort.REFERENCE:
        return [func.nullif(table.c.reference, "")]
    return [table.c[name] for name in COLUMNS[query.sort]]
