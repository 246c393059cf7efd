"""The list of cases for a table: rows are fetched a page at a time, sorted and filtered by the file itself."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.days import dated_day
from csp_desktop.services.cases.cases import CaseQuery, CaseRow, CaseSort
from csp_desktop.services.cases.search import reference_of

_Index = QModelIndex | QPersistentModelIndex
COLUMNS = tuple(CaseSort)
PAGE, KEPT = 50, 12
Fetch = Callable[[CaseQuery, int, int], tuple[list[CaseRow], int]]


class CasesModel(QAbstractTableModel):
    """The user role holds the `CaseRow`; every cell has its words for a screen reader and the tooltip."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._query = CaseQuery()
        self._total = 0
        self._pages: dict[int, list[CaseRow]] = {}

    def query(self) -> CaseQuery:
        """What is shown."""
        return self._query

    def show_query(self, query: CaseQuery) -> None:
        """Ask anew: other cases, or the same ones after a change."""
        rows, total = self._fetch(query, 0, PAGE)
        self.beginResetModel()
        self._query, self._total, self._pages = query, total, {0: rows}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many cases match in all, fetched or not."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One for each thing one can sort by."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].value if 0 <= section < len(COLUMNS) else None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of the cell, or the row itself."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _whole(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.value}: {_whole(row, column) or 'none'}"
        return row if role == Qt.ItemDataRole.UserRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the column's head."""
        if 0 <= column < len(COLUMNS):
            descending = order is Qt.SortOrder.DescendingOrder
            self.show_query(replace(self._query, sort=COLUMNS[column], descending=descending))

    def row(self, number: int) -> CaseRow | None:
        """One row, fetched with its page when it is first looked at; None beyond the end."""
        if not 0 <= number < self._total:
            return None
        page = number // PAGE
        if page not in self._pages:
            if len(self._pages) >= KEPT:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page], _ = self._fetch(self._query, page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[number % PAGE] if number % PAGE < len(rows) else None


def words(row: CaseRow, column: CaseSort) -> str:
    """What a cell says."""
    case = row.case
    day = {CaseSort.OPENED: case.created_on, CaseSort.REVIEWED: case.last_reviewed_on}.get(column)
    if column in (CaseSort.OPENED, CaseSort.REVIEWED):
        return dated_day(day) if day else "not known"
    return {
        CaseSort.PROMISE: ", ".join(filter(None, (promise_words(row), row.worksheet or row.waited))),
        CaseSort.REFERENCE: reference_of(case).capitalize() if not case.reference else case.reference,
        CaseSort.TITLE: case.title,
        CaseSort.AREA: case.area,
        CaseSort.LEAD: ", ".join(part for part in (case.lead_officer, case.lead_agency) if part),
        CaseSort.STATUS: case.status.value,
        CaseSort.RATING: _rating(row),
    }[column]


def _whole(row: CaseRow, column: CaseSort) -> str:
    """The cell's words and what its picture says."""
    marked = column is CaseSort.TITLE and row.case.repeat_victim
    return words(row, column) + (", repeat victim" if marked else "")


def promise_words(row: CaseRow) -> str:
    """What counts of the promises; nothing for a closed case."""
    if row.promise is None:
        return ""
    return "On track" if row.promise.state is PromiseState.KEPT else row.promise.words


def _rating(row: CaseRow) -> str:
    if row.case.total is None:
        return "not rated"
    moved = {None: "", 0: ", no change"}.get(row.change)
    if moved is None and row.change is not None:
        moved = f", {'up' if row.change > 0 else 'down'} {abs(row.change)}"
    return f"{row.case.total} {row.case.band.value if row.case.band else ''}".strip() + (moved or "")
