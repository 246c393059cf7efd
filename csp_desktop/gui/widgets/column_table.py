"""Their columns beside ours: each with its first values, the field it is taken for and how sure that is."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csp_desktop.gui.style.painting import LEFT, Ink, box, fill_rect, symbol, write
from csp_desktop.gui.style.theme import MEDIUM, REGULAR, SEMIBOLD, current
from csp_desktop.gui.widgets.rows_table import LEAVE_OUT, Index, give_last_the_rest, whole_rows
from csp_desktop.gui.window.actions import Action, called
from csp_desktop.gui.window.keys import held, is_enter
from csp_desktop.services.common.import_columns import ColumnGuess, ColumnMapping, Sureness

HEADS = ("", "Their column", "First values", "Our field", "How sure", "")
LETTER, THEIRS, VALUES, OURS, SURE, NOTE = range(6)
WIDTHS = (34, 148, 0, 176, 112, 150)  # px of the design; the values take what is left
LEFT_OUT = "Not imported"
LACKING = "Required"
ROW = 31
CHOOSE_FIELD = Action("choose our field for the column", ("Alt+Down", "F2", "Return"), strip="our field")
COLUMN_KEYS = (*called((CHOOSE_FIELD,), CHOOSE_FIELD.label, "our field"), LEAVE_OUT)
_BARS = {Sureness.SURE: 3, Sureness.SAID: 3, Sureness.LIKELY: 2, Sureness.ASKED: 1, Sureness.LEFT_OUT: 0}


class ColumnModel(QAbstractTableModel):
    """One row for each column of theirs, then one for each needed field that none of them is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mapping: ColumnMapping | None = None

    def show_mapping(self, mapping: ColumnMapping | None) -> None:
        """Another file, or another guess."""
        self.beginResetModel()
        self.mapping = mapping
        self.endResetModel()

    def column_at(self, row: int) -> ColumnGuess | None:
        """Their column of a row; None for a field that is lacking."""
        columns = self.mapping.columns if self.mapping else ()
        return columns[row] if 0 <= row < len(columns) else None

    def lacking_at(self, row: int) -> str:
        """The field of a row that no column is."""
        mapping = self.mapping
        return mapping.lacking[row - len(mapping.columns)] if mapping and row >= len(mapping.columns) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns, and what is lacking."""
        mapping = self.mapping
        return 0 if parent.isValid() or mapping is None else len(mapping.columns) + len(mapping.lacking)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """As many as there are heads."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The names of the columns of this table."""
        is_head = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADS[section] if is_head and 0 <= section < len(HEADS) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Our field can be chosen."""
        flags = super().flags(index)
        can = index.isValid() and index.column() == OURS and self.column_at(index.row()) is not None
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, whole in the tooltip."""
        if not index.isValid() or self.mapping is None:
            return None
        words = self._words(index.row())[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADS[index.column()]}: {words or 'empty'}" if HEADS[index.column()] else words
        return None

    def _words(self, row: int) -> tuple[str, ...]:
        column = self.column_at(row)
        if column is None:
            field = self.lacking_at(row)
            return "", "Missing", f"No column is set as “{field}”: choose one above.", field, LACKING, ""
        values = "   ".join(value or "empty" for value in column.samples) or "empty"
        return column.letter, column.heading, values, column.field or LEFT_OUT, sure_words(column), column.note


def sure_words(column: ColumnGuess) -> str:
    """How sure it is; what may be a field of ours and was not taken is asked."""
    return Sureness.ASKED.value if is_asked(column) else column.sure.value


def is_asked(column: ColumnGuess) -> bool:
    """Whether a person had better say what it is."""
    return column.sure is Sureness.ASKED or (column.sure is Sureness.LIKELY and not column.field)


class ColumnTable(QTableView):
    """Arrows go through the columns, Alt+Down opens our fields, Delete leaves a column out. `said` gives what every
    column said so far is, their heading to our field."""

    said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ColumnModel(self)
        self._fields: dict[str, str] = {}
        self.setModel(self._model)
        self.setItemDelegate(ColumnDelegate(self))
        whole_rows(self)
        self.setAccessibleName("Columns of the file")
        self.verticalHeader().setDefaultSectionSize(current().px(ROW))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.open_fields(index.row()) if index.column() == OURS else None)

    def show_mapping(self, mapping: ColumnMapping | None, said: Mapping[str, str]) -> None:
        """The columns of a file, with what was said of them so far."""
        at = self.currentIndex().row()
        self._fields = dict(said)
        self._model.show_mapping(mapping)
        self.fit()
        if self._model.rowCount():
            first = next((n for n in range(self._model.rowCount()) if self._is_open(n)), 0)
            self.selectRow(min(at, self._model.rowCount() - 1) if at >= 0 else first)

    def _is_open(self, row: int) -> bool:
        column = self._model.column_at(row)
        return column is None or is_asked(column)

    def choose(self, row: int, field: str) -> None:
        """Their column of this row is this field of ours, or none; another that was it is left out."""
        column, mapping = self._model.column_at(row), self._model.mapping
        if column is None or mapping is None or (column.field == field and column.sure is Sureness.SAID):
            return
        for other in mapping.columns:
            if field and other.field == field and other.place != column.place:
                self._fields[other.heading] = ""
        self._fields[column.heading] = field
        self.said.emit(dict(self._fields))

    def open_fields(self, row: int) -> None:
        """Show our fields to choose from for their column of this row."""
        if self._model.column_at(row) is None or self.state() == QAbstractItemView.State.EditingState:
            return
        self.setCurrentIndex(self._model.index(row, OURS))
        self.edit(self.currentIndex())
        box = self.viewport().findChild(QComboBox)
        if box is not None:
            box.showPopup()

    def field_choices(self) -> list[str]:
        """All there are, and none."""
        return [LEFT_OUT, *(self._model.mapping.fields if self._model.mapping else ())]

    def fit(self) -> None:
        """The values take the room that the other columns leave, less what rounding may add; where there is too little,
        each column gives way."""
        px, room = current().px, self.viewport().width() - 2
        least = px(100)
        fixed = sum(px(wide) for wide in WIDTHS)
        share = min(1.0, room / (fixed + least))
        for number, wide in enumerate(WIDTHS[:-1]):
            self.setColumnWidth(number, int(px(wide) * share) if wide else max(int(least * share), room - fixed))
        give_last_the_rest(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width for the values; the column one stands on stays in sight."""
        super().resizeEvent(event)
        self.fit()
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down, F2 or Enter opens our fields, Delete leaves out."""
        at = self.currentIndex()
        with_ctrl = held(event) & Qt.KeyboardModifier.ControlModifier
        if at.isValid() and not with_ctrl and (CHOOSE_FIELD.pressed(event) or is_enter(event)):
            self.open_fields(at.row())
        elif at.isValid() and LEAVE_OUT.pressed(event):
            self.choose(at.row(), "")
        else:
            super().keyPressEvent(event)


class ColumnDelegate(QStyledItemDelegate):
    """Draws our field as a box that opens, sureness as bars with words; edits by a list of fields."""

    def __init__(self, view: ColumnTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then what the column of the table holds."""
        theme, model = current(), index.model()
        assert isinstance(model, ColumnModel)
        column, tokens = model.column_at(index.row()), theme.tokens
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        asked = column is not None and is_asked(column)
        ground = tokens.high_bg if column is None else tokens.medium_bg if asked else ""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_rect(painter, rect, tokens.tint if chosen else ground or tokens.surface)
        line = tokens.accent if chosen and self._view.hasFocus() else tokens.line
        fill_rect(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), line)
        words, pad = str(index.data() or ""), theme.px(6)
        area = rect.adjusted(pad, 0, -pad, 0)
        if index.column() == OURS:
            self._paint_field(painter, rect, words, column)
        elif index.column() == SURE:
            self._paint_sure(painter, area, words, column)
        else:
            weight = SEMIBOLD if index.column() == THEIRS else REGULAR
            ink = tokens.high if column is None else tokens.medium if asked and index.column() == NOTE else tokens.ink
            if index.column() == VALUES:
                ink = tokens.high if column is None else tokens.ink2
            write(painter, theme, area, words, Ink(13 if index.column() != NOTE else 12, ink, weight), LEFT)
        painter.restore()

    def _paint_field(self, painter: QPainter, rect: QRectF, words: str, column: ColumnGuess | None) -> None:
        theme = current()
        tokens, px = theme.tokens, theme.px
        frame = rect.adjusted(px(2), px(3), -px(6), -px(4))
        ink = tokens.high if column is None else tokens.ink if column.field else tokens.ink3
        box(painter, frame, px(6), tokens.surface, tokens.high if column is None else tokens.line2, 1.0)
        write(painter, theme, frame.adjusted(px(8), 0, -px(24), 0), words, Ink(13, ink, MEDIUM), LEFT)
        if column is not None:
            symbol(painter, theme, "chevron-down", frame.right() - px(20), frame.center().y(), 14, tokens.ink3)

    def _paint_sure(self, painter: QPainter, area: QRectF, words: str, column: ColumnGuess | None) -> None:
        theme = current()
        tokens, px = theme.tokens, theme.px
        if column is None:
            write(painter, theme, area, words, Ink(13, tokens.high, SEMIBOLD), LEFT)
            return
        bars = 1 if is_asked(column) else _BARS[column.sure] if column.field else 0
        ink = tokens.medium if is_asked(column) else tokens.low if bars == 3 else tokens.ink2
        for number in range(3 if bars else 0):
            spot = QRectF(area.left() + number * px(6), area.center().y() - px(5), px(4), px(10))
            box(painter, spot, px(2), ink if number < bars else "", ink, 1.0)
        start = px(24) if bars else 0
        write(painter, theme, area.adjusted(start, 0, 0, 0), words, Ink(12, ink, SEMIBOLD), LEFT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The fields there are, open at once."""
        made = QComboBox(parent)
        made.setAccessibleName(f"Our field for {index.sibling(index.row(), THEIRS).data()}")
        made.addItems(self._view.field_choices())
        made.setMaxVisibleItems(20)
        made.activated.connect(lambda _: self._done(made))
        return made

    def _done(self, made: QComboBox) -> None:
        self.commitData.emit(made)
        self.closeEditor.emit(made)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What it is taken for now."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(str(index.data()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What was chosen."""
        assert isinstance(editor, QComboBox)
        words = editor.currentText()
        self._view.choose(index.row(), "" if words == LEFT_OUT else words)
