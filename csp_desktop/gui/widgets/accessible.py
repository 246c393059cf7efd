"""What a screen reader sees of our widgets where Qt itself says too little or too much: headings with their levels,
one thing focused at a time, the rows of lists and tables, and the words a field was refused with.

Apart from the widgets: Qt asks the application for them, which loads this when somebody first listens.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAttributesInterface, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QAccessibleWidget,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from csp_desktop.gui.style.painting import Painted
from csp_desktop.gui.widgets.meeting_bar import MeetingBar

LEVELS = {"title": 1, "title-small": 1, "heading": 2, "subheading": 2}  # of a label's role in the style
LEVEL = "level"  # a property of a label: another level than its look says, 0 for no heading
TOLD_BY = "told_by"  # a property of a field: the label that says why it was not taken, while it does
_NOTHING = shiboken6.VoidPtr(0)  # what Qt takes for "no such interface": None would be an address
_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)
W = TypeVar("W", bound=QWidget)
_ALONE: list[QObject] = []  # what Qt is being asked about itself, without us


class Heading(QAccessibleWidget, QAccessibleAttributesInterface):
    """A title or a heading, with its level; while it is none, plain words. `level` is asked anew each time."""

    def __init__(self, widget: QWidget, level: Callable[[QWidget], int]) -> None:
        QAccessibleWidget.__init__(self, widget, QAccessible.Role.Heading)
        QAccessibleAttributesInterface.__init__(self)
        self._at, self._level = _address(widget), level

    def _now(self) -> int:
        widget = _there(self, self._at, QWidget)
        return self._level(widget) if widget is not None else 0

    def role(self) -> QAccessible.Role:
        """A heading while it has a level."""
        return QAccessible.Role.Heading if self._now() else QAccessible.Role.StaticText

    def text(self, kind: QAccessible.Text) -> str:
        """Its words, unless it was given a name of its own."""
        label = _there(self, self._at, QWidget)
        if kind is QAccessible.Text.Name and isinstance(label, QLabel):
            return label.accessibleName() or label.text().replace("&", "")
        return super().text(kind)

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        """The level alone."""
        return [QAccessible.Attribute.Level] if self._now() else []

    def attributeValue(self, key: QAccessible.Attribute) -> object:
        """1 for the title of a page."""
        return self._now()

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Qt asks for the part that knows the attributes by its address."""
        if kind is QAccessible.InterfaceType.AttributesInterface:
            return shiboken6.VoidPtr(shiboken6.getCppPointer(self)[1])
        return _or_nothing(super().interface_cast(kind))


def _label_level(label: QWidget) -> int:
    own = label.property(LEVEL)
    level = LEVELS.get(str(label.property("role")), 0) if own is None else int(own)
    return level if label.property("text") else 0


def _bar_level(bar: QWidget) -> int:
    """The bar names the page where the page has no title of its own."""
    labels = (label for label in bar.window().findChildren(QLabel) if label.isVisible())
    return 0 if any(_label_level(label) == 1 for label in labels) else 1


class Exact(QAccessibleWidget):
    """A field as Qt describes it, but focused only where the keyboard is, and with the words it was refused with."""

    def __init__(self, field: QWidget, plain: QAccessibleInterface) -> None:
        super().__init__(field, plain.role())
        self._at, self._plain = _address(field), int(shiboken6.getCppPointer(plain)[0])

    def _qts(self) -> QAccessibleWidget | None:
        """Qt's own. Not held either: Qt deletes it without a word, and PySide would go on to name others after it."""
        return (
            cast("QAccessibleWidget", shiboken6.wrapInstance(self._plain, QAccessibleWidget))
            if self.isValid()
            else None
        )

    def text(self, kind: QAccessible.Text) -> str:
        """What Qt says of it."""
        plain = self._qts()
        return plain.text(kind) if plain is not None else ""

    def state(self) -> QAccessible.State:
        """Qt would call both focused, a list with a field and the field."""
        plain = self._qts()
        state = plain.state() if plain is not None else super().state()
        state.focused = int(state.focused and _has_keyboard(self._at))
        return state

    def childCount(self) -> int:
        """As Qt counts."""
        plain = self._qts()
        return plain.childCount() if plain is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """As Qt has them."""
        plain = self._qts()
        return plain.child(index) if plain is not None else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """As Qt numbers them."""
        plain = self._qts()
        return plain.indexOfChild(child) if plain is not None else -1

    def relations(self, match: QAccessible.RelationFlag) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:  # type: ignore[override]
        """Its label, and what says why it was not taken."""
        field, plain = _there(self, self._at, QWidget), self._qts()
        if field is None or plain is None:
            return []
        found, label = list(plain.relations(match)), field.property(TOLD_BY)
        if isinstance(label, QWidget) and shiboken6.isValid(label):
            found.append((QAccessible.queryAccessibleInterface(label), QAccessible.RelationFlag.DescriptionFor))
        return found

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """The text and its editing are Qt's own."""
        plain = self._qts()
        return _or_nothing(plain.interface_cast(kind) if plain is not None else None)


class Frame(QAccessibleWidget):
    """A plain widget around others: focused only where the keyboard is, not where it hands the focus on to."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Border if isinstance(widget, QFrame) else QAccessible.Role.Client)
        self._at = _address(widget)

    def state(self) -> QAccessible.State:
        """Asked at any time, for the focus may be handed on only later."""
        state = super().state()
        state.focused = int(state.focused and _has_keyboard(self._at))
        return state


class Row(QAccessibleInterface):
    """A row of a list or a table by its number: whatever stands there when it is asked."""

    def __init__(self, rows: "Rows", number: int) -> None:
        super().__init__()
        self._rows, self.number = rows, number

    def isValid(self) -> bool:
        """While its list has so many rows."""
        return shiboken6.isValid(self._rows) and self.number < self._rows.count()

    def object(self) -> QObject | None:  # type: ignore[override]
        """No widget of its own."""
        return None

    def role(self) -> QAccessible.Role:
        """One of a list."""
        return QAccessible.Role.ListItem

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The list."""
        return self._rows if shiboken6.isValid(self._rows) else None

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
        return self._rows.state_of(self.number) if self.isValid() else _unseen()


class Rows(QAccessibleWidget):
    """A list or a table as rows. Qt calls the current row of every list focused, and the list too."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._at, self._kind = _address(view), QListView if isinstance(view, QListView) else QTableView
        self._rows: dict[int, Row] = {}

    def _view(self) -> QListView | QTableView | None:
        return cast("QListView | QTableView | None", _there(self, self._at, self._kind))

    def count(self) -> int:
        """How many rows; none where the list is gone."""
        view = self._view()
        model = view.model() if view is not None else None
        return model.rowCount(view.rootIndex()) if view is not None and model is not None else 0

    def words(self, number: int) -> str:
        """All that stands in a row that can be seen."""
        view = self._view()
        cells = [_index(view, number)] if view is not None else []
        if isinstance(view, QTableView):
            columns = range(view.model().columnCount())
            cells = [cells[0].siblingAtColumn(at) for at in columns if not view.isColumnHidden(at)]
        spoken = (cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data() for cell in cells)
        return ", ".join(str(words) for words in spoken if words)

    def place(self, number: int) -> QRect:
        """Where a row is on the screen."""
        view = self._view()
        if view is None:
            return QRect()
        area, port = view.visualRect(_index(view, number)), view.viewport()
        if isinstance(view, QTableView):
            area = QRect(0, area.top(), port.width(), area.height())
        return QRect(port.mapToGlobal(area.topLeft()), area.size())

    def state_of(self, number: int) -> QAccessible.State:
        """A row's."""
        view = self._view()
        if view is None or number >= self.count():
            return _unseen()
        state, index = QAccessible.State(), _index(view, number)
        state.invisible = int(not view.isVisible())
        state.offscreen = int(not view.viewport().rect().intersects(view.visualRect(index)))
        state.selectable = state.focusable = int(bool(index.flags() & Qt.ItemFlag.ItemIsSelectable))
        state.selected = int(view.selectionModel().isSelected(index))
        state.focused = int(_has_keyboard(self._at) and self._stands_on() == number)
        return state

    def state(self) -> QAccessible.State:
        """A list that stands on a row leaves the focus to it."""
        state = super().state()
        state.focused = int(_has_keyboard(self._at) and self._stands_on() < 0)
        return state

    def _stands_on(self) -> int:
        """Its row that can be seen; -1 for none."""
        view = self._view()
        row = view.currentIndex().row() if view is not None else -1
        return row if row < self.count() else -1

    def _fields(self) -> list[QWidget]:
        """Those open in the rows."""
        view = self._view()
        within = view.viewport().children() if view is not None else []
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
        if index not in self._rows:
            self._rows[index] = Row(self, index)
        return self._rows[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Its number."""
        if isinstance(child, Row):
            return child.number
        fields = [QAccessible.queryAccessibleInterface(field) for field in self._fields()]
        return self.count() + fields.index(child) if child in fields else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The row it stands on, while the keyboard is here."""
        row = self._stands_on()
        return self.child(row) if row >= 0 and _has_keyboard(self._at) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The row under a point of the screen."""
        view = self._view()
        index = view.indexAt(view.viewport().mapFromGlobal(QPoint(x, y))) if view is not None else QModelIndex()
        return self.child(index.row()) if index.isValid() else None


def _address(widget: QWidget) -> int:
    """We keep no widget itself: Qt asks while it is still being made, when what Python has of it is not yet it."""
    return int(shiboken6.getCppPointer(widget)[0])


def _there(told: QAccessibleWidget, address: int, kind: type[W]) -> W | None:
    """The widget, unless it is gone or going."""
    return cast("W", shiboken6.wrapInstance(address, kind)) if told.isValid() else None


def _has_keyboard(address: int) -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and _address(widget) == address


def _index(view: QListView | QTableView, number: int) -> QModelIndex:
    """The first cell of a row."""
    return view.model().index(number, view.modelColumn() if isinstance(view, QListView) else 0, view.rootIndex())


def _unseen() -> QAccessible.State:
    state = QAccessible.State()
    state.invisible = state.offscreen = 1
    return state


def _or_nothing(found: object) -> object:
    return _NOTHING if found is None else found


def made(name: str, thing: QObject) -> QAccessibleInterface | None:
    """Asked with each of a thing's classes in turn, its own first, until something is made; None leaves it to Qt. What
    nobody knows better comes as a plain widget. (Never ask a thing for its focus proxy here: PySide would take that
    for its child, and it may be its parent.)"""
    if thing in _ALONE or not isinstance(thing, QWidget):
        return None
    if name in ("QWidget", "QFrame"):
        return Frame(thing)
    own = thing.metaObject().className()
    return _made_for(thing) if name == own and own != "QCalendarView" else None


def _made_for(thing: QWidget) -> QAccessibleInterface | None:
    if isinstance(thing, QLabel):
        return Heading(thing, _label_level) if thing.property("role") in LEVELS else None
    if isinstance(thing, MeetingBar):
        return Heading(thing, _bar_level)
    if isinstance(thing, QScrollArea) and thing.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return QAccessibleWidget(thing, QAccessible.Role.Paragraph)  # a text of its own
    if isinstance(thing, Painted):
        acts = bool(thing.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return QAccessibleWidget(thing, QAccessible.Role.Button if acts else QAccessible.Role.StaticText)
    if isinstance(thing, QListView | QTableView):
        return Rows(thing)
    return _field(thing) if isinstance(thing, _FIELDS) else None


def _field(thing: QWidget) -> QAccessibleInterface | None:
    _ALONE.append(thing)
    try:
        plain = QAccessible.queryAccessibleInterface(thing)
    finally:
        _ALONE.remove(thing)
    return Exact(thing, plain) if plain is not None else None


def tell_row(view: QWidget | None) -> None:
    """Qt tells of a list that the keyboard came to it, and we of the row it stands on."""
    if isinstance(view, QListView | QTableView) and view.currentIndex().isValid() and QAccessible.isActive():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(view.currentIndex().row())
        QAccessible.updateAccessibility(event)
