"""The journal for a table: lines are fetched a page at a time, found by the file itself."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from csp_desktop.domain.common.days import clock, local, tiny_day
from csp_desktop.services.file.journal import JournalRow
from csp_desktop.services.ports.journal import JournalQuery

_Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("When", "By whom", "What")
PAGE, KEPT = 50, 12
Fetch = Callable[[JournalQuery, int, int], list[JournalRow]]
Count = Callable[[JournalQuery], int]


class JournalModel(QAbstractTableModel):
    """The user role holds the `JournalRow`; every cell has its words for a screen reader and the tooltip."""

    def __init__(self, fetch: Fetch, count: Count, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._count = fetch, count
        self._query = JournalQuery()
        self._total = 0
        self._pages: dict[int, list[JournalRow]] = {}

    def show_query(self, query: JournalQuery) -> None:
        """Ask anew: other steps, or the same ones after more was done."""
        total, rows = self._count(query), self._fetch(query, 0, PAGE)
        self.beginResetModel()
        self._query, self._total, self._pages = query, total, {0: rows}
        self.endResetModel()

    def show_nothing(self) -> None:
        """No line, and none kept."""
        self.beginResetModel()
        self._total, self._pages = 0, {}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many steps match in all, fetched or not."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """When, by whom, what."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section] if 0 <= section < len(COLUMNS) else None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of the cell, or the row itself."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words(row)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()]}: {words(row)[index.column()] or 'none'}"
        return row if role == Qt.ItemDataRole.UserRole else None

    def row(self, number: int) -> JournalRow | None:
        """One row, fetched with its page when it is first looked at; None beyond the end."""
        if not 0 <= number < self._total:
            return None
        page = number // PAGE
        if page not in self._pages:
            if len(self._pages) >= KEPT:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = self._fetch(self._query, page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[number % PAGE] if number % PAGE < len(rows) else None


def words(row: JournalRow) -> tuple[str, str, str]:
    """What the cells of a line say; a case's reference stands before what was done to it."""
    day = local(row.at).date()
    when = f"{tiny_day(day)} {day.year}, {clock(row.at)}"
    what = f"{row.case} · {row.what}" if row.case else row.what
    what = f"{what}: {row.more}" if row.more else what
    return when, row.who, f"{what} (undone since)" if row.undone else what
