"""A short list one writes oneself: a row for each name (and what belongs to it), one to remove, one to add."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

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
        typed = ((widget, tuple(" ".join(edit.text().split()) for edit in edits)) for widget, edits in self._lines)
        return tuple((*row, *self._unseen.get(widget, ())) for widget, row in typed if any(row))

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these; nothing moves while they are what stands there."""
        self._known = tuple(rows)
        if self.rows() == self._known and len(self._lines) == len(rows):
            return
        for widget, _ in self._lines:
            widget.hide()
            self._box.removeWidget(widget)
            widget.deleteLater()
        self._lines, self._unseen = [], {}
        for row in rows:
            self._make_row(row)

    def fields(self) -> list[QLineEdit]:
        """Every field in order."""
        return [edit for _, edits in self._lines for edit in edits]

    def _make_row(self, row: Row) -> list[QLineEdit]:
        widget, number = QWidget(self), len(self._lines) + 1
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current().px(8))
        edits: list[QLineEdit] = []
        self._unseen[widget] = row[len(self._columns) :]
        for column, text in zip(self._columns, row, strict=False):
            edit = LineEdit(widget)
            edit.setText(text)
            edit.setAccessibleName(f"{column} {number}")
            edit.editingFinished.connect(self._left)
            edit.setCursorPosition(0)
            line.addWidget(edit, 1)
            edits.append(edit)
        remove = SecondaryButton(widget, icon="x", height=36)
        remove.setAccessibleName(f"Remove {row[0] or f'row {number}'}")
        remove.setToolTip(remove.accessibleName())
        remove.clicked.connect(lambda: self._remove(widget))
        line.addWidget(remove)
        self._box.addWidget(widget)
        self._lines.append((widget, edits))
        return edits

    def _add_row(self) -> None:
        made = self._make_row(("",) * len(self._columns))
        made[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, widget: QWidget) -> None:
        self._lines = [line for line in self._lines if line[0] is not widget]
        widget.hide()
        self._box.removeWidget(widget)
        widget.deleteLater()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left()

    def _left(self) -> None:
        """A row half typed is not told while its other field has the caret."""
        for _, edits in self._lines:
            texts = [edit.text().strip() for edit in edits]
            if any(texts) and not all(texts) and any(edit.hasFocus() for edit in edits):
                return
        if self.rows() != self._known:
            self.edited.emit()
