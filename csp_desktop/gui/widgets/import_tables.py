"""What a list holds before it goes in: its columns, what would change, what is refused and why, what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.column_table import ColumnTable, is_asked
from csp_desktop.gui.widgets.containers import Flow, StillStack
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.rows_table import RowsTable
from csp_desktop.services.common.import_columns import ColumnMapping, LeftOut
from csp_desktop.services.common.import_rows import Refusal

COLUMNS, REFUSED, LEFT = "columns", "refused", "left"
REFUSED_HEADS, REFUSED_WIDTHS, VALUE = ("Line", "Column", "Value", "Why refused"), (60, 150, 170), 2
FIX = "Enter corrects a value here, Delete leaves its line out. The file itself is not changed."


@dataclass(frozen=True)
class PreviewList:
    """One list of a preview; `fixes` are line and field of the rows whose value can be corrected."""

    key: str
    name: str
    count: int
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    fixes: Mapping[int, tuple[int, str]] | None = None


def refused_list(refused: Sequence[Refusal], mapping: ColumnMapping | None) -> PreviewList:
    """What cannot go in, each with its reason; a value in one of our fields can be corrected."""
    fields = set(mapping.fields) if mapping else set()
    rows = tuple((str(one.line), one.column, one.value, one.reason) for one in refused)
    fixes = {n: (one.line, one.column) for n, one in enumerate(refused) if one.column in fields}
    count = len({one.line for one in refused})
    return PreviewList(REFUSED, "Refused", count, REFUSED_HEADS, rows, REFUSED_WIDTHS, fixes)


def left_list(left: Sequence[LeftOut]) -> PreviewList:
    """What is neither read nor refused."""
    rows = tuple((one.sheet, str(one.line or ""), one.why) for one in left)
    return PreviewList(LEFT, "Left out", len(rows), ("Sheet", "Line", "Why left out"), rows, (150, 60))


class ImportTables(QFrame):
    """Buttons for the lists over the one that is shown. `columns_said` gives their headings to our fields, `corrected`
    a line, a field and its new value, `dropped` a line that is to stay out."""

    columns_said = Signal(object)
    corrected = Signal(int, str, str)
    dropped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists: dict[str, PreviewList] = {}
        self._buttons: dict[str, SecondaryButton] = {}
        self._shown = ""
        self._group = QButtonGroup(self)
        self._row = Flow(spacing=6)
        self.columns_view, self.rows_view = ColumnTable(self), RowsTable(self)
        self.rows_view.setObjectName("rows_view")
        self.rows_view.setAccessibleName("Rows in the file")
        self.hint = text_label("", "caption")
        self._stack = StillStack(self)
        self._stack.addWidget(self.columns_view)
        self._stack.addWidget(self.rows_view)
        self.setLayout(vbox(self._row, (self._stack, 1), self.hint, spacing=8))
        self.columns_view.said.connect(self.columns_said)
        self.rows_view.corrected.connect(self._correct)
        self.rows_view.left_out.connect(self._drop)

    def shown(self) -> str:
        """The key of the list that is shown."""
        return self._shown

    def button(self, key: str) -> SecondaryButton:
        """The button of a list."""
        return self._buttons[key]

    def show_lists(
        self, mapping: ColumnMapping | None, said: Mapping[str, str], lists: Sequence[PreviewList], first: str = ""
    ) -> None:
        """The columns, and these lists; `first` is shown, or what was shown before."""
        used = sum(bool(one.field) for one in mapping.columns) if mapping else 0
        total = len(mapping.columns) if mapping else 0
        columns = PreviewList(COLUMNS, "Columns", used)
        self._lists = {one.key: one for one in ((columns, *lists) if mapping else lists)}
        self._show_buttons({COLUMNS: f"{used} of {total}"})
        self.columns_view.show_mapping(mapping, said)
        self._mapping = mapping
        self.show_list(first or (self._shown if self._shown in self._lists else next(iter(self._lists), "")))

    def _show_buttons(self, counts: Mapping[str, str]) -> None:
        for key, one in self._lists.items():
            if key not in self._buttons:
                made = SecondaryButton(self, height=30)
                made.setObjectName(f"{key}_chip")
                made.setCheckable(True)
                made.clicked.connect(lambda _=False, key=key: self.show_list(key))
                self._group.addButton(made)
                self._row.addWidget(made)
                self._buttons[key] = made
            self._buttons[key].setText(f"{one.name}  {counts.get(key, one.count)}")
        for key, button in self._buttons.items():
            button.setVisible(key in self._lists)

    def show_list(self, key: str) -> None:
        """That one."""
        one = self._lists.get(key)
        if one is None:
            self._shown = ""
            self.rows_view.show_rows((), (), ())
            self.hint.hide()
            return
        self._shown = key
        self._buttons[key].setChecked(True)
        if key == COLUMNS:
            self._stack.setCurrentWidget(self.columns_view)
            self.hint.setText(_column_words(self._mapping))
        else:
            can = one.fixes or {}
            typed = VALUE if can else -1
            self.rows_view.show_rows(one.heads, one.rows, one.widths, typed, tuple(can))
            self._stack.setCurrentWidget(self.rows_view)
            self.hint.setText(FIX if can else "")
        self.hint.setVisible(bool(self.hint.text()))

    def take_focus(self) -> None:
        """To the list that is shown."""
        view = self.columns_view if self._shown == COLUMNS else self.rows_view
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not view.currentIndex().isValid() and view.model().rowCount():
            view.selectRow(0)

    def _correct(self, row: int, text: str) -> None:
        where = (self._lists[self._shown].fixes or {}).get(row)
        if where is not None:
            self.corrected.emit(*where, text)

    def _drop(self, row: int) -> None:
        if self._shown == REFUSED:
            self.dropped.emit(int(self._lists[REFUSED].rows[row][0]))


def _column_words(mapping: ColumnMapping | None) -> str:
    """What was found, and what is left to say of the columns."""
    if mapping is None:
        return ""
    asked = sum(is_asked(column) for column in mapping.columns)
    told = [f"{one[:1].upper()}{one[1:]}." for one in mapping.about]
    if mapping.lacking:
        told.append(f"{count_of(len(mapping.lacking), 'required field is', 'required fields are')} missing.")
    if asked:
        told.append(f"{count_of(asked, 'column', 'columns')} to match: choose our field, or leave out with Delete.")
    return " ".join(told)
