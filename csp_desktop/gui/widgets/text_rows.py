"""A short list one writes oneself: a row for each name (and what belongs to it), one to remove, one to add."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.gui.style.layouts import hbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import LinkButton, SecondaryButton
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import LineEdit

Row = tuple[str, ...]


class TextRows(QWidget):
    """`edited` when a row was left changed or removed; `rows` is what stands there. A new row is told once it has
    something in it, so that an empty one is never in the way. What a row has beyond its columns is not shown and goes
    along with it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ("",)
        self._lines: list[tuple[QWidget, list[QLineEdit]]] = []
        self._unseen: dict[QWidget, Row] = {}
        self._known: tuple[Row, ...] = ()
        self._add = LinkButton(self, text="Add", icon="plus", height=32)
        self._add.clicked.connect(self._add_row)
        self._box = QVBoxLayout()
        self._box.setSpacing(current().px(6))
        self._heads = QHBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current().px(6))
        whole.addLayout(self._heads)
        whole.addLayout(self._box)
        whole.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def set_columns(self, columns: Sequence[str], add: str) -> None:
        """What the fields of a row are called, and the words of the button that adds one."""
        self._columns = tuple(columns)
        self._add.setAccessibleName(add)
        self._add.setToolTip(add)
        for column in columns:
            label = ElidedLabel(self)
            label.setText(column)
            set_role(label, "caption")
            self._heads.addWidget(label, 1)
        self._heads.addSpacing(current().px(44))

    def rows(self) -> tuple[Row, ...]:
        """All rows with anything in them."""
        return tuple((*texts, *self._unseen[widget]) for widget, texts in self._typed())

    def _typed(self) -> list[tuple[QWidget, Row]]:
        lines = ((widget, tuple(" ".join(edit.text().split()) for edit in edits)) for widget, edits in self._lines)
        return [(widget, texts) for widget, texts in lines if any(texts)]

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these. Nothing moves while they are what stands there, nor while one is being typed; the caret stays."""
        stands = [texts for _, texts in self._typed()]
        is_typed_in = any(edit.hasFocus() for edit in self.fields()) and stands != self._seen(self._known)
        if stands != self._seen(rows):
            if is_typed_in:
                return
            for widget, _ in self._lines[len(rows) :]:
                self._take_out(widget)
            for number, row in enumerate(rows):
                if number == len(self._lines):
                    self._make_row()
                self._put(self._lines[number][1], row)
        for widget, edits in list(self._lines):
            if not any(edit.text() or edit.hasFocus() for edit in edits):
                self._take_out(widget)
        for number, ((widget, _), row) in enumerate(zip(self._typed(), rows, strict=False), start=1):
            self._unseen[widget] = row[len(self._columns) :]
            self._call(widget, number, row[0])
        self._known = tuple(rows)

    def _seen(self, rows: Sequence[Row]) -> list[Row]:
        return [row[: len(self._columns)] for row in rows]

    def _put(self, edits: Sequence[QLineEdit], row: Row) -> None:
        for edit, text in zip(edits, row, strict=False):
            if edit.text() != text:
                edit.setText(text)
                edit.setCursorPosition(0)

    def _call(self, widget: QWidget, number: int, name: str = "") -> None:
        for edit, column in zip(widget.findChildren(QLineEdit), self._columns, strict=True):
            edit.setAccessibleName(f"{column} {number}")
        for remove in widget.findChildren(SecondaryButton):
            remove.setAccessibleName(f"Remove {name or f'row {number}'}")
            remove.setToolTip(remove.accessibleName())

    def fields(self) -> list[QLineEdit]:
        """Every field in order."""
        return [edit for _, edits in self._lines for edit in edits]

    def _make_row(self) -> list[QLineEdit]:
        widget = QWidget(self)
        edits: list[QLineEdit] = [LineEdit(widget) for _ in self._columns]
        for edit in edits:
            edit.editingFinished.connect(self._left)
        remove = SecondaryButton(widget, icon="x", height=36)
        remove.clicked.connect(lambda: self._remove(widget))
        widget.setLayout(hbox(*((edit, 1) for edit in edits), remove))
        self._box.addWidget(widget)
        self._lines.append((widget, edits))
        self._unseen[widget] = ()
        self._call(widget, len(self._lines))
        for before, after in pairwise((self._add, *edits, remove, self._add)):  # the button comes last again
            self.setTabOrder(before, after)
        return edits

    def _add_row(self) -> None:
        self._make_row()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, widget: QWidget) -> None:
        self._take_out(widget)
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left()

    def _take_out(self, widget: QWidget) -> None:
        edits = next(edits for one, edits in self._lines if one is widget)
        for edit in edits:
            edit.blockSignals(True)  # it goes: it is not left
        self._lines = [line for line in self._lines if line[0] is not widget]
        del self._unseen[widget]
        widget.hide()
        self._box.removeWidget(widget)
        widget.deleteLater()

    def _left(self) -> None:
        """A row half typed is not told while its other field has the caret."""
        for _, edits in self._lines:
            texts = [edit.text().strip() for edit in edits]
            if any(texts) and not all(texts) and any(edit.hasFocus() for edit in edits):
                return
        if self.rows() != self._known:
            self.edited.emit()
