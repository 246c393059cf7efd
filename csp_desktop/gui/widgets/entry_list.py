"""Rows of people, cases, steps or actions, drawn by one delegate: the rail, the side lists, "Needs you"."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.accessible import tell_row
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_delegate import EntryDelegate
from csp_desktop.gui.window.keys import is_enter, letter, step_of

_Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """The rows; the user role holds the `Entry`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """All rows in order."""
        return self._entries

    def replace(self, entries: tuple[Entry, ...]) -> None:
        """New rows; when they are the same things in the same order the list keeps its place."""
        if [item.key for item in entries] == [item.key for item in self._entries] and entries:
            changed = [row for row, item in enumerate(entries) if item != self._entries[row]]
            self._entries = entries
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, the whole row in words, or the entry itself."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return entry.spoken()
        return entry if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid() or self._entries[index.row()].heading or not self._entries[index.row()].key:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class EntryList(QListView):
    """Up and down choose, Enter or a click says `chosen`; letters are the page's."""

    chosen = Signal(str)
    current_moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EntryModel(self)
        self.setModel(self._model)
        self._delegate = EntryDelegate(self)
        self._laid: tuple[int, ...] = ()  # the rows' heights as they lie
        self._measure: tuple[object, ...] = ()
        self._high: dict[tuple[bool, int], tuple[int, ...]] = {}  # by roomy and width, for the measure above
        self.setItemDelegate(self._delegate)
        self.setProperty("role", "entries")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)
        self.selectionModel().currentChanged.connect(self._moved)

    def entries(self) -> tuple[Entry, ...]:
        """All rows in order."""
        return self._model.entries()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these rows; the chosen one stays chosen when it is still there."""
        key, high = self.current_key(), self.content_height()
        self._model.replace(tuple(entries))
        self._high = {}
        if self.current_key() != key:
            self.set_current(key)
        self._fit()
        if self.content_height() != high:
            self.updateGeometry()

    def current_key(self) -> str:
        """The key of the row the list stands on; empty for none."""
        index = self.currentIndex()
        return self._model.entries()[index.row()].key if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Stand on this row and bring it into view; no signal."""
        rows = [row for row, entry in enumerate(self._model.entries()) if key and entry.key == key]
        left = self.currentIndex()
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._model.index(rows[0]) if rows else QModelIndex())
        self.selectionModel().blockSignals(blocked)
        if rows:
            self.scrollTo(self._model.index(rows[0]))
            if self.hasFocus():
                tell_row(self)
        for index in (left, self.currentIndex()):
            self.update(index)

    def set_flush(self, flush: bool) -> None:
        """Rows that begin at the list's edge, for a list inside a card or a padded column."""
        self._delegate.flush = flush
        self.viewport().update()

    def set_wrapping(self, wraps: bool) -> None:
        """Titles take a second line rather than being cut."""
        self._delegate.wraps = wraps
        self.scheduleDelayedItemsLayout()

    def content_height(self) -> int:
        """The height all rows need, to show a list without scrolling: whether its bar stands there now makes no odds,
        or the bar would come and go for ever."""
        return sum(self._heights(roomy=False, wide=self.maximumViewportSize().width()))

    def _heights(self, roomy: bool, wide: int) -> tuple[int, ...]:
        """Asked several times while a window is laid out; measured once for each set of rows and width."""
        measure = (self.width(), current(), self._delegate.flush, self._delegate.wraps)
        if measure != self._measure:
            self._measure, self._high = measure, {}
        if (roomy, wide) not in self._high:
            entries = self._model.entries()
            self._high[roomy, wide] = tuple(self._delegate.height(entry, roomy, wide) for entry in entries)
        return self._high[roomy, wide]

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(current().px(240), self.content_height())

    def minimumSizeHint(self) -> QSize:
        """A few rows; the rest scrolls."""
        few = current().px(124 if self._delegate.wraps else 76)
        return QSize(current().px(120), min(self.content_height(), few))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Roomier rows where there is room for all of them."""
        super().resizeEvent(event)
        self._fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # rows of another height: the one stood on stays whole
        if self._delegate.wraps and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _fit(self) -> None:
        policy, whole = Qt.ScrollBarPolicy, self.maximumViewportSize().height() >= self.content_height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded)
        wide = self.viewport().width()
        self._delegate.roomy = sum(self._heights(roomy=True, wide=wide)) <= self.viewport().height()
        laid = self._delegate.heights = self._heights(self._delegate.roomy, wide)
        if laid != self._laid:
            self._laid = laid
            self.scheduleDelayedItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        entry = self._model.entries()[index.row()]
        if entry.key and not entry.heading:
            self.chosen.emit(entry.key)

    def _moved(self, now: QModelIndex) -> None:
        if now.isValid():
            self.current_moved.emit(self._model.entries()[now.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, arrows skip headings, single letters are the page's."""
        if is_enter(event) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        elif step_of(event):
            self._step(step_of(event))
        elif letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        rows = [row for row, entry in enumerate(self._model.entries()) if entry.key and not entry.heading]
        outside = -1 if step > 0 else self._model.rowCount()
        now = self.currentIndex().row() if self.currentIndex().isValid() else outside
        beyond = [row for row in rows if (row > now if step > 0 else row < now)]
        if beyond:
            self.setCurrentIndex(self._model.index(beyond[0] if step > 0 else beyond[-1]))
