"""The agenda as a list one works in: order by drag or Alt+↑/↓, minutes by − and +, the room title in its line."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from csp_desktop.gui.keys import held, is_enter, is_plain, letter
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.agenda_delegate import AgendaDelegate, grip_rect, minutes_rect
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.painting import box

_Index = QModelIndex | QPersistentModelIndex


class AgendaModel(QAbstractListModel):
    """The lines; the user role holds the `AgendaRow`, the edit role the room title of a case."""

    room_title_given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AgendaRow, ...] = ()

    def rows(self) -> tuple[AgendaRow, ...]:
        """All lines in order."""
        return self._rows

    def replace(self, rows: tuple[AgendaRow, ...]) -> None:
        """New lines; while they are as many as before the list keeps its place."""
        if len(rows) == len(self._rows) and rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, the whole line in words, the room title, or the line itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken()
        return {
            int(Qt.ItemDataRole.DisplayRole): row.title,
            int(Qt.ItemDataRole.EditRole): row.room_title,
            int(Qt.ItemDataRole.UserRole): row,
        }.get(int(role))

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A room title was given; the page saves it and shows what was saved."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self.room_title_given.emit(self._rows[index.row()].key, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen; a case's room title can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kind = self._rows[index.row()].kind
        if kind is RowKind.GROUP:
            return Qt.ItemFlag.ItemIsEnabled
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen | Qt.ItemFlag.ItemIsEditable if kind is RowKind.CASE else chosen


class AgendaList(QListView):
    """`moved` gives a line's key and its new place among its kind, from 1; `minutes_asked` the minutes wanted;
    `lettered` a letter, or the space bar, pressed on a line; `room_title_given` the words typed for the room;
    `chosen` a key opened."""

    moved = Signal(str, int)
    minutes_asked = Signal(str, int)
    lettered = Signal(str, str)
    room_title_given = Signal(str, str)
    chosen = Signal(str)
    current_moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = AgendaModel(self)
        self._held, self._drop = "", -1
        self.setModel(self._model)
        self.setItemDelegate(AgendaDelegate(self))
        self.setProperty("role", "entries")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)  # another width, other lines
        self.setMouseTracking(True)
        self.setAutoScroll(True)
        self._model.room_title_given.connect(self.room_title_given)
        self.selectionModel().currentChanged.connect(lambda: self.current_moved.emit(self.row().key))

    def rows(self) -> tuple[AgendaRow, ...]:
        """All lines in order."""
        return self._model.rows()

    def set_rows(self, rows: Sequence[AgendaRow]) -> None:
        """Show these; the line in hand stays in hand wherever it went."""
        key = self.row().key if self.currentIndex().isValid() else ""
        self._model.replace(tuple(rows))
        self.set_current(key)

    def row(self) -> AgendaRow:
        """The line in hand; an empty heading when there is none."""
        index = self.currentIndex()
        return self._model.rows()[index.row()] if index.isValid() else AgendaRow(RowKind.GROUP, "", "", 0)

    def set_current(self, key: str) -> None:
        """Stand on this line and bring it into view."""
        found = [at for at, row in enumerate(self.rows()) if key and row.key == key]
        self.setCurrentIndex(self._model.index(found[0]) if found else QModelIndex())

    def edit_room_title(self) -> None:
        """F2: write the room title in the line."""
        if self.row().kind is RowKind.CASE:
            self.scrollTo(self.currentIndex())
            self.edit(self.currentIndex())

    def move_by(self, step: int) -> None:
        """Alt+↑/↓: one place up or down among the lines of its kind."""
        row = self.row()
        peers = [each.key for each in self.rows() if each.kind is row.kind]
        to = peers.index(row.key) + 1 + step if row.movable else 0
        if 1 <= to <= len(peers):
            self.moved.emit(row.key, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows skip headings; − and + change minutes; letters are the page's; Enter opens."""
        key, row, alt = event.key(), self.row(), bool(held(event) & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if step and alt:
            self.move_by(step)
        elif step and is_plain(event):
            self._step(step)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_Equal) and row.adjustable:
            self.minutes_asked.emit(row.key, row.minutes + (-1 if key == Qt.Key.Key_Minus else 1))
        elif key == Qt.Key.Key_F2:
            self.edit_room_title()
        elif is_enter(event) and row.key:
            self.chosen.emit(row.key)
        elif key == Qt.Key.Key_Space and row.key and is_plain(event):
            self.lettered.emit(row.key, " ")
        elif letter(event).isalpha() and row.key:
            self.lettered.emit(row.key, event.text().upper())
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        places = [at for at, row in enumerate(self.rows()) if row.kind is not RowKind.GROUP]
        now = self.currentIndex().row() if self.currentIndex().isValid() else -1 if step > 0 else len(self.rows())
        beyond = [at for at in places if (at > now if step > 0 else at < now)]
        if beyond:
            self.setCurrentIndex(self._model.index(beyond[0] if step > 0 else beyond[-1]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the grip, press − or +, or choose the line."""
        index = self.indexAt(event.position().toPoint())
        was_current = index.isValid() and index == self.currentIndex()
        super().mousePressEvent(event)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        row, area = self.rows()[index.row()], QRectF(self.visualRect(index))
        if row.movable and grip_rect(area).contains(event.position()):
            self._held = row.key
        elif was_current and row.adjustable and minutes_rect(area).contains(event.position()):
            less = event.position().x() < minutes_rect(area).center().x()
            self.minutes_asked.emit(row.key, row.minutes + (-1 if less else 1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """While a line is held, show where it would land."""
        if not self._held:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        edge = current().px(24)
        bar = self.verticalScrollBar()
        if at.y() < edge or at.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + (-edge if at.y() < edge else edge))
        self._drop = self._place_at(at)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: the line goes there."""
        held, drop = self._held, self._drop
        self._held, self._drop = "", -1
        self.viewport().update()
        if not held or drop < 0:
            super().mouseReleaseEvent(event)
            return
        kind = next(row.kind for row in self.rows() if row.key == held)
        peers = [at for at, row in enumerate(self.rows()) if row.kind is kind]
        now = next(number for number, at in enumerate(peers) if self.rows()[at].key == held)
        before = sum(at < drop for at in peers)
        to = before if before > now else before + 1
        if to != now + 1:
            self.moved.emit(held, to)

    def _place_at(self, at: QPoint) -> int:
        """The line before which the held one would stand."""
        index = self.indexAt(QPoint(self.viewport().width() // 2, at.y()))
        if not index.isValid():
            return len(self.rows()) if at.y() > 0 else 0
        return index.row() + (at.y() > self.visualRect(index).center().y())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and where a held one would land."""
        super().paintEvent(event)
        if self._drop < 0 or not self.rows():
            return
        last = self._drop >= len(self.rows())
        rect = self.visualRect(self._model.index(min(self._drop, len(self.rows()) - 1)))
        top = rect.bottom() if last else rect.top()
        painter = QPainter(self.viewport())
        px, wide = current().px, self.viewport().width()
        box(painter, QRectF(px(8), top - px(1.5), wide - px(16), px(3)), 1.5, current().tokens.accent)
        painter.end()
