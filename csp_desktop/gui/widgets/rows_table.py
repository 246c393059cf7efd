"""A table of plain words with heads; one of its columns may be corrected, where a row says so."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from csp_desktop.gui.style.theme import current
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.keys import is_enter

Index = QModelIndex | QPersistentModelIndex
LEAVE_OUT = Action("leave the column or the row out", ("Del",), strip="leave out")
LAST = 60  # px, what the last column has at the least
MEASURED = 500  # rows whose height follows their words; more would take long


class PlainRowsModel(QAbstractTableModel):
    """Heads and rows; every cell has its whole words in the tooltip. `corrected` gives the row and what was typed."""

    corrected = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._typed, self._open = -1, frozenset[int]()

    def show_rows(
        self, heads: Sequence[str], rows: Sequence[tuple[str, ...]], typed: int = -1, can: Sequence[int] = ()
    ) -> None:
        """Other rows; in the column `typed` those rows can be corrected."""
        self.beginResetModel()
        self._heads, self._rows = tuple(heads), tuple(rows)
        self._typed, self._open = typed, frozenset(can)
        self.endResetModel()

    def typed_column(self) -> int:
        """The one that can be corrected; -1 where none can."""
        return self._typed

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One for each head."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < len(self._heads) else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be corrected can be typed in."""
        flags = super().flags(index)
        can = index.isValid() and index.column() == self._typed and index.row() in self._open
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        words = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {words or 'empty'}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Somebody corrected a cell."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        text = " ".join(str(value).split())
        if text == self._rows[index.row()][index.column()]:
            return False
        row = list(self._rows[index.row()])
        row[index.column()] = text
        self._rows = (*self._rows[: index.row()], tuple(row), *self._rows[index.row() + 1 :])
        self.dataChanged.emit(index, index)
        self.corrected.emit(index.row(), text)
        return True


class RowsTable(QTableView):
    """Whole rows, moved through by the arrows; Enter or F2 corrects, Delete asks to leave the row out."""

    corrected = Signal(int, str)
    left_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PlainRowsModel(self)
        self._widths: tuple[int, ...] = ()
        self.setModel(self.rows)
        self.rows.corrected.connect(self.corrected)
        whole_rows(self)

    def show_rows(
        self,
        heads: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        widths: Sequence[int],
        typed: int = -1,
        can: Sequence[int] = (),
    ) -> None:
        """Rows with the widths of all columns but the last, in px of the design."""
        at = self.currentIndex().row()
        self._widths = tuple(widths)
        self.rows.show_rows(heads, rows, typed, can)
        self.fit()
        if rows and at >= 0:
            self.selectRow(min(at, len(rows) - 1))

    def fit(self) -> None:
        """Narrow columns as they need, the last takes the rest; where that is too little, each column gives way."""
        px, room = current().px, self.viewport().width() - 2
        fixed = sum(px(wide) for wide in self._widths)
        share = min(1.0, room / (fixed + px(LAST))) if fixed else 1.0
        for number, wide in enumerate(self._widths):
            self.setColumnWidth(number, int(px(wide) * share))
        give_last_the_rest(self)
        if self.rows.rowCount() <= MEASURED:
            self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows of another width may need another height."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to correct, Delete leaves the row out."""
        at, typed = self.currentIndex(), self.rows.typed_column()
        if self.state() == QAbstractItemView.State.EditingState:  # Enter ends a correction, and comes here after it
            return
        if typed >= 0 and at.isValid() and is_enter(event):
            self.setCurrentIndex(self.rows.index(at.row(), typed))
            self.edit(self.currentIndex())
        elif typed >= 0 and at.isValid() and LEAVE_OUT.pressed(event):
            self.left_out.emit(at.row())
        else:
            super().keyPressEvent(event)


def give_last_the_rest(view: QTableView) -> None:
    """Qt stretches the last column, but leaves it 100 px where the others take nearly all of the room."""
    heads = view.horizontalHeader()
    last = heads.count() - 1
    if last > 0:
        rest = view.viewport().width() - sum(heads.sectionSize(number) for number in range(last))
        heads.resizeSection(last, max(1, rest))


def whole_rows(view: QTableView) -> None:
    """A table of which rows are chosen, not cells, and that Tab leaves."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.verticalHeader().hide()
    view.verticalHeader().setAccessibleName("Rows")
    heads = view.horizontalHeader()
    heads.setAccessibleName("Columns")
    heads.setStretchLastSection(True)
    heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    heads.setMinimumSectionSize(1)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setHighlightSections(False)
