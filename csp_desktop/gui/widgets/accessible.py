"""What a screen reader sees of our widgets where Qt itself says too little or too much: headings with their levels,
one thing focused at a time, the rows of lists and tables, and the words a field was refused with.

Apart from the widgets: Qt asks a factory for them, and it is made before the first of them is.
"""

import shiboken6
from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAttributesInterface, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QAccessibleWidget,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

LEVELS = {"title": 1, "title-small": 1, "heading": 2, "subheading": 3}  # of a label's role in the style
TOLD_BY = "told_by"  # a property of a field: the label that says why it was not taken, while it does
_NOTHING = shiboken6.VoidPtr(0)  # what Qt takes for "no such interface": None would be an address
_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
_ALONE: list[QObject] = []  # what Qt is being asked about itself, without us


class Heading(QAccessibleWidget, QAccessibleAttributesInterface):
    """A label that is a title or a heading, with its level."""

    def __init__(self, label: QLabel) -> None:
        QAccessibleWidget.__init__(self, label, QAccessible.Role.Heading)
        QAccessibleAttributesInterface.__init__(self)
        self._label: QLabel | None = label
        label.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self._label = None  # PySide never lets go of what a factory made

    def text(self, kind: QAccessible.Text) -> str:
        """Its words, unless it was given a name of its own."""
        if kind is QAccessible.Text.Name and self._label is not None:
            return self._label.accessibleName() or self._label.text().replace("&", "")
        return super().text(kind)

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        """The level alone."""
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute) -> object:
        """1 for the title of a page."""
        role = self._label.property("role") if self._label is not None else ""
        return LEVELS.get(str(role), max(LEVELS.values()))

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Qt asks for the part that knows the attributes by its address."""
        if kind is QAccessible.InterfaceType.AttributesInterface:
            return shiboken6.VoidPtr(shiboken6.getCppPointer(self)[1])
        return _or_nothing(super().interface_cast(kind))


class Exact(QAccessibleWidget):
    """A field, or a frame that hands the focus on: as Qt describes it, but focused only where the keyboard is, and with
    the words it was refused with."""

    def __init__(self, widget: QWidget, plain: QAccessibleInterface) -> None:
        super().__init__(widget, plain.role())
        self._widget: QWidget | None = widget
        self._plain: QAccessibleInterface | None = plain
        widget.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self._widget = self._plain = None

    def text(self, kind: QAccessible.Text) -> str:
        """What Qt says of it."""
        return self._plain.text(kind) if self._plain is not None else ""

    def state(self) -> QAccessible.State:
        """Qt would call both focused, a frame and what it hands the focus to."""
        if self._plain is None:
            return super().state()
        state = self._plain.state()
        state.focused = int(state.focused and QApplication.focusWidget() is self._widget)
        return state

    def childCount(self) -> int:
        """As Qt counts."""
        return self._plain.childCount() if self._plain is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """As Qt has them."""
        return self._plain.child(index) if self._plain is not None else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """As Qt numbers them."""
        return self._plain.indexOfChild(child) if self._plain is not None else -1

    def relations(self, match: QAccessible.RelationFlag) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:  # type: ignore[override]
        """Its label, and what says why it was not taken."""
        found = list(self._plain.relations(match)) if self._plain is not None else []
        label = self._widget.property(TOLD_BY) if self._widget is not None else None
        if isinstance(label, QWidget) and shiboken6.isValid(label):
            found.append((QAccessible.queryAccessibleInterface(label), QAccessible.RelationFlag.DescriptionFor))
        return found

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """The text and its editing are Qt's own."""
        return _or_nothing(self._plain.interface_cast(kind) if self._plain is not None else None)


class Row(QAccessibleInterface):
    """A row of a list or a table by its number: whatever stands there when it is asked."""

    def __init__(self, rows: "Rows", number: int) -> None:
        super().__init__()
        self._rows, self.number = rows, number

    def isValid(self) -> bool:
        """While its list has so many rows."""
        return self.number < self._rows.count()

    def object(self) -> QObject | None:  # type: ignore[override]
        """No widget of its own."""
        return None

    def role(self) -> QAccessible.Role:
        """One of a list."""
        return QAccessible.Role.ListItem

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The list."""
        return QAccessible.queryAccessibleInterface(self._rows.view) if self._rows.view is not None else None

    def childCount(self) -> int:
        """It is read as one."""
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Nothing in it."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Nothing in it."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Nothing in it."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """The whole row in words."""
        return self._rows.words(self.number) if kind is QAccessible.Text.Name and self.isValid() else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Rows are not written in."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return self._rows.place(self.number) if self.isValid() else QRect()

    def state(self) -> QAccessible.State:
        """Focused where the keyboard is in the list and the list stands on it."""
        return self._rows.state_of(self.number)


class Rows(QAccessibleWidget):
    """A list or a table as rows. Qt calls the current row of every list focused, and the list too."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view, QAccessible.Role.List)
        self.view: QAbstractItemView | None = view
        self._made: dict[int, Row] = {}
        view.destroyed.connect(self._gone)

    def _gone(self) -> None:
        """What Qt knows of the rows goes with the list."""
        self.view = None
        for row in self._made.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(row))
        self._made.clear()

    def count(self) -> int:
        """How many rows; none where the list is gone."""
        model = self.view.model() if self.view is not None else None
        return model.rowCount(self.view.rootIndex()) if self.view is not None and model is not None else 0

    def words(self, number: int) -> str:
        """All that stands in a row that can be seen."""
        view, first = self.view, _index(self.view, number)
        cells = [first]
        if isinstance(view, QTableView):
            cells = [
                first.siblingAtColumn(at) for at in range(view.model().columnCount()) if not view.isColumnHidden(at)
            ]
        spoken = (cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data() for cell in cells)
        return ", ".join(str(words) for words in spoken if words)

    def place(self, number: int) -> QRect:
        """Where a row is on the screen."""
        if self.view is None:
            return QRect()
        area, port = self.view.visualRect(_index(self.view, number)), self.view.viewport()
        if isinstance(self.view, QTableView):
            area = QRect(0, area.top(), port.width(), area.height())
        return QRect(port.mapToGlobal(area.topLeft()), area.size())

    def state_of(self, number: int) -> QAccessible.State:
        """A row's."""
        state, view = QAccessible.State(), self.view
        if view is None or number >= self.count():
            state.invisible = state.offscreen = 1
            return state
        index = _index(view, number)
        state.invisible = int(not view.isVisible())
        state.offscreen = int(not view.viewport().rect().intersects(view.visualRect(index)))
        state.selectable = state.focusable = int(bool(index.flags() & Qt.ItemFlag.ItemIsSelectable))
        state.selected = int(view.selectionModel().isSelected(index))
        state.focused = int(QApplication.focusWidget() is view and view.currentIndex().row() == number)
        return state

    def state(self) -> QAccessible.State:
        """A list that stands on a row leaves the focus to it."""
        state = super().state()
        focused = self.view is not None and QApplication.focusWidget() is self.view
        state.focused = int(focused and not self._stands_on())
        return state

    def _stands_on(self) -> bool:
        return self.view is not None and 0 <= self.view.currentIndex().row() < self.count()

    def _fields(self) -> list[QWidget]:
        """Those open in the rows."""
        within = self.view.viewport().children() if self.view is not None else []
        return [child for child in within if isinstance(child, QWidget) and child.isVisible()]

    def childCount(self) -> int:
        """The rows, and the fields open in them."""
        return self.count() + len(self._fields())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Made when it is first asked for."""
        beyond = index - self.count()
        if beyond >= 0:
            fields = self._fields()
            return QAccessible.queryAccessibleInterface(fields[beyond]) if beyond < len(fields) else None
        if index not in self._made:
            self._made[index] = Row(self, index)
        return self._made[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its number."""
        if isinstance(child, Row):
            return child.number
        fields = [QAccessible.queryAccessibleInterface(field) for field in self._fields()]
        return self.count() + fields.index(child) if child in fields else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The row it stands on, while the keyboard is here."""
        if self.view is None or QApplication.focusWidget() is not self.view or not self._stands_on():
            return None
        return self.child(self.view.currentIndex().row())

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The row under a point of the screen."""
        if self.view is None:
            return None
        index = self.view.indexAt(self.view.viewport().mapFromGlobal(QPoint(x, y)))
        return self.child(index.row()) if index.isValid() else None


def _index(view: QAbstractItemView | None, number: int) -> QModelIndex:
    """The first cell of a row."""
    if view is None:
        return QModelIndex()
    return view.model().index(number, view.modelColumn() if isinstance(view, QListView) else 0, view.rootIndex())


def _or_nothing(found: object) -> object:
    return _NOTHING if found is None else found


def _made(name: str, thing: QObject) -> QAccessibleInterface | None:
    """Asked with each of a thing's classes in turn, its own first, until something is made; None leaves it to Qt."""
    if thing in _ALONE or not isinstance(thing, QWidget) or name != thing.metaObject().className():
        return None
    if isinstance(thing, QLabel):
        return Heading(thing) if thing.property("role") in LEVELS else None
    if isinstance(thing, QListView | QTableView):
        return None if isinstance(thing.parentWidget(), QCalendarWidget) else Rows(thing)
    if not isinstance(thing, _FIELDS) and thing.focusProxy() is None:
        return None
    _ALONE.append(thing)
    try:
        plain = QAccessible.queryAccessibleInterface(thing)
    finally:
        _ALONE.remove(thing)
    return Exact(thing, plain) if plain is not None else None


def _tell_row(_before: QWidget | None, now: QWidget | None) -> None:
    """Qt tells of a list that the keyboard came to it, and we of the row it stands on."""
    if isinstance(now, QListView | QTableView) and now.currentIndex().isValid() and QAccessible.isActive():
        event = QAccessibleEvent(now, QAccessible.Event.Focus)
        event.setChild(now.currentIndex().row())
        QAccessible.updateAccessibility(event)


def install(app: QApplication) -> None:
    """Once an application; Qt asks from then on, when somebody listens."""
    QAccessible.installFactory(_made)
    app.focusChanged.connect(_tell_row)
