"""Rail, work, side: three columns where there is room, one at a time where there is not."""

from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.later import Later
from csp_desktop.gui.widgets.narrow import Narrow
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.gui.widgets.scrolled import OneScroll
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, NEXT, OPEN, TO_RAIL, TO_SIDE, called, strip_of
from csp_desktop.gui.window.keys import shortcut

WIDE, ONE_AT_A_TIME = 1500, 1000
PAGES = "pages"  # what the strip of keys calls the rail


class Column(Enum):
    """Which of the three."""

    RAIL = "rail"
    WORK = "work"
    SIDE = "side"


WAYS = {Column.RAIL: TO_RAIL, Column.SIDE: TO_SIDE}


class ThreeColumns(QWidget):
    """One at a time is shown under 1000 logical px, or where the work does not fit beside the others: then F4 shows the
    rail, F3 the side, and either again or Escape the work. With three columns F4 and F3 only go there. `column_shown`
    after each, so a page can put the caret where it belongs; `rearranged` when other columns are seen than before.
    """

    column_shown = Signal(object)
    rearranged = Signal()
    least_changed = Signal()  # all columns together need more or less width than before
    pages_asked = Signal()  # F4 where it has no left column of its own

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: dict[Column, QWidget] = {}
        self._shown = Column.WORK
        self._focus_in_work: QWidget | None = None
        self._names: dict[Column, str] = {}
        self._seen = (False, Column.WORK)
        self._pages_hidden, self._beside, self._least = False, 0, 0
        self._later = Later(self._look, self)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._widths = {Column.RAIL: (284, 262), Column.SIDE: (360, 322)}
        for column, way in WAYS.items():
            shortcut(self, way.keys[0], lambda column=column: self.go(column))  # type: ignore[misc]
        self._escape = shortcut(self, BACK.keys[0], lambda: self.go(Column.WORK))
        self._escape.setEnabled(False)

    def set_columns(self, rail: QWidget | None, work: QWidget, side: QWidget | None = None) -> None:
        """Put the columns in; a page without rail or side leaves it out. They scroll where the window is smaller than
        their least size, so nothing is ever lost, and need no scroll area of their own; a `Rail` has one. `rail` is a
        left column of the page's own; the pages one can go to stand in the window's rail."""
        for column, widget in ((Column.RAIL, rail), (Column.WORK, work), (Column.SIDE, side)):
            if widget is not None:
                held = self._scrolling(widget, column)
                self._columns[column] = held
                self._layout.addWidget(held, 1 if column is Column.WORK else 0)
                if isinstance(held, QScrollArea) and (inside := held.widget()) is not None:
                    inside.installEventFilter(self)
        self._columns[Column.WORK].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._arrange()

    def _scrolling(self, widget: QWidget, column: Column) -> QWidget:
        if isinstance(widget, Rail):
            return widget
        area = widget if isinstance(widget, QScrollArea) else QScrollArea(self)
        if area is not widget:
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(widget)
        OneScroll(area)
        Narrow(area)
        if column is Column.SIDE and area.property("role") is None:
            set_role(area, "side")
        return area

    def set_widths(self, column: Column, wide: int, narrow: int) -> None:
        """Other widths for the rail or the side (the sign-in's names, the minutes' checks)."""
        self._widths[column] = (wide, narrow)
        self._arrange()

    def set_names(self, rail: str = "", work: str = "", side: str = "") -> None:
        """What each holds, in a word or two: the strip of keys names those that are not seen. Unnamed, they are not."""
        self._names = {Column.RAIL: rail, Column.WORK: work, Column.SIDE: side}

    def keys_with(self, keys: list[Key]) -> list[Key]:
        """The page's keys; where one column is shown at a time, with the way to the others at their end. Beside the
        work it is that column's keys: its own moves, and those that act everywhere."""
        ways = [(way.shown, self._names.get(column) or PAGES) for column, way in WAYS.items() if self._leads_to(column)]
        if not (self.is_single() or self._pages_hidden) or not (ways or self._names.get(Column.WORK)):
            return keys
        last = [key for key in keys if key[0] == HELP.shown]
        taken = {key for key, _ in (*ways, *last)}
        if self._shown is Column.WORK:
            return [*(key for key in keys if key[0] not in taken), *ways, *last]
        lists = isinstance(self._columns[self._shown], Rail)
        moves = strip_of((*called(CHOOSE, "", "choose"), OPEN.short("open")) if lists else (NEXT,))
        everywhere = [key for key in keys if key[0].startswith("Ctrl ")]
        return [*moves, *everywhere, *ways, (BACK.shown, self._names.get(Column.WORK) or BACK.strip), *last]

    def _leads_to(self, column: Column) -> bool:
        if column is Column.RAIL and not self.has_left():
            return self._pages_hidden
        return column in self._columns and column is not self._shown and bool(self._names.get(column))

    def has_left(self) -> bool:
        """Whether it has a left column of its own."""
        return Column.RAIL in self._columns

    def set_pages_hidden(self, hidden: bool) -> None:
        """The window's rail is away for want of room: F4 brings it where there is no left column."""
        self._pages_hidden = hidden

    def is_single(self) -> bool:
        """Whether one column is shown at a time: by the window, of which the rail beside the page takes a part."""
        if len(self._columns) < 2:
            return False
        wide = self.window().width()
        return wide < current().px(ONE_AT_A_TIME) or self.least_width() > wide - self._beside

    def least_width(self) -> int:
        """What all of its columns together need so that none scrolls sideways, with room for a scroll bar."""
        return _least(self._columns.get(Column.WORK)) + sum(self._width(each, 1) for each in self._widths)

    def _width(self, column: Column, narrow: int) -> int:
        """Of the rail or the side; more than is set where what it holds needs more."""
        held = self._columns.get(column)
        return 0 if held is None else max(current().px(self._widths[column][narrow]), _least(held))

    def set_beside(self, width: int) -> None:
        """What the window keeps for itself beside the columns at the least: its rail, folded."""
        if width != self._beside:
            self._beside = width
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The work needs another width now; looked at once all of it has its place."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.ask()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        least = self.least_width()
        if least != self._least or self._seen != (self.is_single(), self._shown):
            self._least = least
            self._arrange()
            self.least_changed.emit()

    def shown(self) -> Column:
        """The column shown when there is room for one only."""
        return self._shown

    def show_work(self) -> None:
        """Put away the rail or the side where one column is shown at a time."""
        if self.is_single() and self._shown is not Column.WORK:
            self.go(Column.WORK)

    def go(self, column: Column) -> None:
        """Show that column (again: the work) and put the focus in it."""
        if column not in self._columns:
            if column is Column.RAIL:
                self.pages_asked.emit()
            return
        again = self.is_single() and self._shown is column
        if self._shown is Column.WORK:
            self._focus_in_work = self.focusWidget()
        self._shown = Column.WORK if again else column
        self._arrange()
        target = self._columns[self._shown]
        if not target.isAncestorOf(self.focusWidget()) or self.is_single():
            _focus_first(target)
        self.column_shown.emit(self._shown)

    def bring(self, column: Column) -> None:
        """As `go`, but a column that is shown stays: for what is asked from within it too."""
        if not (self.is_single() and self._shown is column):
            self.go(column)

    def focus_in_work(self) -> QWidget | None:
        """Where one column is shown at a time and it is not the work: what had the focus in the work before."""
        return self._focus_in_work if self.is_single() and self._shown is not Column.WORK else None

    def show_column_of(self, widget: QWidget) -> None:
        """Where one column is shown at a time: the one this widget lies in."""
        for column, held in self._columns.items():
            if held.isAncestorOf(widget) and column is not self._shown:
                self._shown = column
                self._arrange()
                self.column_shown.emit(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement for the width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        single, px = self.is_single(), current().px
        self._escape.setEnabled(single and self._shown is not Column.WORK)
        wide = self.window().width() >= px(WIDE)
        for column, widget in self._columns.items():
            if column in self._widths:
                width = self._width(column, 0 if wide else 1)
                widget.setMinimumWidth(0 if single else width)
                widget.setMaximumWidth(16777215 if single else width)
            seen = not single or column is self._shown
            if widget.isHidden() is seen:  # what is made visible before its page is, is dressed before its time
                widget.setVisible(seen)
        if self._seen != (single, self._shown):
            self._seen = (single, self._shown)
            self.rearranged.emit()


EDGE = 2  # px: the line that a side column has at its left


def _least(held: QWidget | None) -> int:
    """What a column that scrolls needs across, beside the bar that scrolls it."""
    if not isinstance(held, QScrollArea) or (inside := held.widget()) is None:
        return 0
    narrow = held.findChild(Narrow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    wide = narrow.least() if narrow is not None else inside.minimumSizeHint().width()
    return wide + held.verticalScrollBar().sizeHint().width() + EDGE


def _focus_first(column: QWidget) -> None:
    for child in [column, *column.findChildren(QWidget)]:
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(column) and child.isEnabled():
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
