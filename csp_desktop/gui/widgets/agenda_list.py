"""The agenda as a list one works in: order by drag or Alt+↑/↓, minutes by − and +, a title written in its line."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csp_desktop.gui.style.painting import (
    CENTRE,
    RIGHT,
    Ink,
    box,
    number_disc,
    pill,
    pill_width,
    symbol,
    width_of,
    write,
)
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.badges import ARROW_WIDTH, BADGE_WIDTH, draw_rating
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.gui.window.actions import Action, which
from csp_desktop.gui.window.keys import is_enter, letter, step_of

_Index = QModelIndex | QPersistentModelIndex
_HEIGHTS = {RowKind.ITEM: 42, RowKind.GROUP: 28, RowKind.CASE: 50, RowKind.PERSON: 50}
_THIRD = 20  # a line more
_INDENT, _NARROW_INDENT = 80, 40


def grip_rect(area: QRectF) -> QRectF:
    """Where a line is taken hold of."""
    px = current().px
    return QRectF(area.right() - px(26), area.top(), px(26), area.height())


def minutes_rect(area: QRectF) -> QRectF:
    """Where the minutes stand; while the line is current, − and + at its ends."""
    px = current().px
    return QRectF(area.right() - px(104), area.center().y() - px(14), px(78), px(28))


def words_left(area: QRectF) -> float:
    """Where titles begin: under the items' titles where there is room."""
    px = current().px
    return area.left() + px(_INDENT if area.width() >= px(600) else _NARROW_INDENT)


class AgendaDelegate(QStyledItemDelegate):
    """Items in one line, cases in two: the title, then why it stands there and what the room will read."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Full width, the line's height; a case whose room title needs a line of its own has a third one."""
        row: AgendaRow = index.data(Qt.ItemDataRole.UserRole)
        high, view = _HEIGHTS[row.kind], self.parent()
        if row.kind is RowKind.CASE and isinstance(view, QAbstractItemView):
            area = QRectF(0, 0, view.viewport().width(), 1)
            high += 0 if _room_beside(current(), row, _words_right(area) - words_left(area)) else _THIRD
        return QSize(current().px(240), current().px(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, then the line by its kind."""
        row: AgendaRow = index.data(Qt.ItemDataRole.UserRole)
        theme, area, state = current(), QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if row.kind is RowKind.GROUP:
            _draw_group(painter, theme, area, row)
        elif row.kind is RowKind.PERSON:
            _draw_ground(painter, theme, area, state)
            _draw_person(painter, theme, area, row, chosen)
        elif row.kind is RowKind.ITEM:
            line = theme.tokens.line if index.row() else ""
            box(painter, QRectF(area.left(), area.top(), area.width(), 1), 0, line)
            _draw_ground(painter, theme, area, state)
            _draw_item(painter, theme, area, row, chosen)
        else:
            ground = QRectF(area)
            ground.setLeft(words_left(area) - theme.px(10))
            _draw_ground(painter, theme, ground, state)
            _draw_case(painter, theme, area, row, chosen)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A field for the room title of a case, or the title of an item, in the line itself."""
        row: AgendaRow = index.data(Qt.ItemDataRole.UserRole)
        editor, case = LineEdit(parent), row.kind is RowKind.CASE
        editor.setObjectName("room_title_edit" if case else "item_title_edit")
        editor.setAccessibleName(f"Room screen title of {row.title}" if case else f"Title of {row.title}")
        editor.setProperty("role", "in-line")
        editor.setPlaceholderText(f"Empty: the room screen shows {row.reference}" if case else "The item’s title")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """The title as it stands."""
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Hand the words to the model, which tells the page."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter gives the title and ends there: let through to the list it would open the case."""
        enter = isinstance(event, QKeyEvent) and is_enter(event)
        if enter and event.type() is QEvent.Type.KeyPress and isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        """Over a case's last line, clear of rating and minutes: its own title stays in sight. Over an item's title."""
        area, px = QRectF(option.rect), current().px
        row: AgendaRow = index.data(Qt.ItemDataRole.UserRole)
        case, left = row.kind is RowKind.CASE, words_left(area) - px(8)
        right = _words_right(area) if case else minutes_rect(area).left() - px(8)
        top = area.bottom() - px(27) if case else area.center().y() - px(14)
        editor.setGeometry(QRect(int(left), int(top), int(right - left), px(26 if case else 28)))


def _draw_ground(painter: QPainter, theme: Theme, area: QRectF, state: QStyle.StateFlag) -> None:
    inner = area.adjusted(0, 2, 0, -1)
    if state & QStyle.StateFlag.State_Selected:
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        box(painter, inner, theme.px(6), theme.tokens.tint, theme.tokens.accent if focused else "", 2.0)
    elif state & QStyle.StateFlag.State_MouseOver:
        box(painter, inner, theme.px(6), theme.tokens.sunken)


def _draw_group(painter: QPainter, theme: Theme, area: QRectF, row: AgendaRow) -> None:
    px, tokens = theme.px, theme.tokens
    title, small = Ink(12, tokens.ink2, SEMIBOLD), Ink(12, tokens.ink3, tabular=True)
    left, top = words_left(area), area.adjusted(0, px(4), 0, 0)
    wide = width_of(theme, row.title, title)
    write(painter, theme, QRectF(left, top.top(), wide + 1, top.height()), row.title, title)
    right = minutes_rect(area).right()
    write(painter, theme, QRectF(left + wide + px(8), top.top(), px(120), top.height()), row.detail, small)
    write(painter, theme, QRectF(right - px(80), top.top(), px(80), top.height()), f"{row.minutes} min", small, RIGHT)


def _draw_item(painter: QPainter, theme: Theme, area: QRectF, row: AgendaRow, chosen: bool) -> None:
    px, tokens, middle = theme.px, theme.tokens, area.center().y()
    left, at, detail = words_left(area), area.left() + px(6), row.detail
    if left - area.left() >= px(_INDENT):
        time = QRectF(at, area.top(), px(44), area.height())
        write(painter, theme, time, row.begins, Ink(13, tokens.ink2, MEDIUM, True))
        at += px(46)
    else:
        detail = ", ".join(part for part in (row.begins, row.detail) if part)
    number_disc(painter, theme, QRectF(at, middle - px(10), px(20), px(20)), row.number, chosen)
    end = minutes_rect(area).left() - px(8)
    title, small = Ink(14, tokens.ink, SEMIBOLD), Ink(12, tokens.ink2)
    wide = min(width_of(theme, row.title, title) + 1, end - left)
    write(painter, theme, QRectF(left, area.top(), wide, area.height()), row.title, title)
    badge = pill_width(theme, row.badge, 11) if row.badge else 0
    if badge and wide + px(10) + badge <= end - left:
        beside = QRectF(left + wide + px(10), middle - px(9), badge, px(18))
        pill(painter, theme, beside, row.badge, Tone.ACCENT, 11)
        wide += px(10) + badge
    rest = QRectF(left + wide + px(12), area.top(), end - left - wide - px(12), area.height())
    if rest.width() > width_of(theme, detail, small):
        write(painter, theme, rest, detail, small)
    _draw_minutes(painter, theme, area, row, chosen)
    _draw_grip(painter, theme, area, row)


def _draw_person(painter: QPainter, theme: Theme, area: QRectF, row: AgendaRow, chosen: bool) -> None:
    """Time and number first, then who it is and, under it, why they stand here."""
    px, tokens, at = theme.px, theme.tokens, area.left() + theme.px(6)
    left, right = words_left(area), minutes_rect(area).left() - px(8)
    if left - area.left() >= px(_INDENT):
        time = QRectF(at, area.top(), px(44), area.height())
        write(painter, theme, time, row.begins, Ink(13, tokens.ink2, MEDIUM, True))
        at += px(46)
    number_disc(painter, theme, QRectF(at, area.center().y() - px(10), px(20), px(20)), row.number, chosen)
    if row.rating:
        draw_rating(painter, theme, right, area.center().y(), row.rating, row.rating_tone, row.trend)
        right -= px(BADGE_WIDTH + ARROW_WIDTH + 6)
    title, why = (QRectF(left, area.top() + px(top), right - left, px(high)) for top, high in ((5, 20), (26, 18)))
    write(painter, theme, title, row.title, Ink(14, tokens.ink, SEMIBOLD))
    write(painter, theme, why, row.detail, Ink(12, tokens.ink2))
    _draw_minutes(painter, theme, area, row, chosen)
    _draw_grip(painter, theme, area, row)


def _draw_case(painter: QPainter, theme: Theme, area: QRectF, row: AgendaRow, chosen: bool) -> None:
    px, tokens = theme.px, theme.tokens
    left, right = words_left(area), minutes_rect(area).left() - px(8)
    draw_rating(painter, theme, right, area.center().y(), row.rating, row.rating_tone, row.trend)
    right -= px(BADGE_WIDTH + ARROW_WIDTH + 6)
    colour = tokens.ink3 if row.deferred else tokens.ink
    sizes = (Ink(size, colour, SEMIBOLD) for size in (14, 13, 12))
    title = next((ink for ink in sizes if width_of(theme, row.title, ink) <= right - left), Ink(12, colour, SEMIBOLD))
    write(painter, theme, QRectF(left, area.top() + px(4), right - left, px(20)), row.title, title)
    line, at = area.top() + px(26), left
    if row.reason:
        wide = pill_width(theme, row.reason, 11)
        pill(painter, theme, QRectF(at, line, wide, px(18)), row.reason, row.reason_tone, 11)
        at += wide + px(10)
    if not _room_beside(theme, row, right - left):
        line, at = line + px(_THIRD), left
    colour = tokens.ink3 if row.confirmed else tokens.medium
    symbol(painter, theme, "check" if row.confirmed else "monitor", at, line + px(9), 13, colour)
    room = QRectF(at + px(18), line, right - at - px(18), px(18))
    write(painter, theme, room, _room_words(row), Ink(12, colour, MEDIUM))
    _draw_minutes(painter, theme, area, row, chosen)
    _draw_grip(painter, theme, area, row)


def _words_right(area: QRectF) -> float:
    """Where the words of a case end: before its rating and its minutes."""
    return minutes_rect(area).left() - current().px(BADGE_WIDTH + ARROW_WIDTH + 14)


def _room_words(row: AgendaRow) -> str:
    """What the room will read, as short as it can be said: it is confirmed by a person, so it is never cut."""
    return "Same as case title" if row.room_title == row.title else row.room_title or row.reference


def _room_beside(theme: Theme, row: AgendaRow, room: float) -> bool:
    """Whether the room title has its place beside the reason."""
    reason = pill_width(theme, row.reason, 11) + theme.px(10) if row.reason else 0
    return width_of(theme, _room_words(row), Ink(12, "#000000", MEDIUM)) + reason + theme.px(18) <= room


def _draw_minutes(painter: QPainter, theme: Theme, area: QRectF, row: AgendaRow, chosen: bool) -> None:
    px, tokens, rect = theme.px, theme.tokens, minutes_rect(area)
    if row.deferred:
        pill(painter, theme, rect.adjusted(px(4), px(3), -px(4), -px(3)), "To defer", Tone.MEDIUM)
        return
    number = Ink(14, tokens.ink, SEMIBOLD, True)
    if chosen and row.adjustable:
        box(painter, rect, px(6), tokens.surface, tokens.accent, 2.0)
        symbol(painter, theme, "minus", rect.left() + px(8), rect.center().y(), 14, tokens.ink2)
        symbol(painter, theme, "plus", rect.right() - px(22), rect.center().y(), 14, tokens.ink2)
        write(painter, theme, rect, str(row.minutes), number, CENTRE)
        return
    figures = QRectF(rect.left(), rect.top(), px(44), rect.height())
    write(painter, theme, figures, str(row.minutes), number, RIGHT)
    write(painter, theme, rect.adjusted(px(50), 0, 0, 0), "min", Ink(12, tokens.ink3))


def _draw_grip(painter: QPainter, theme: Theme, area: QRectF, row: AgendaRow) -> None:
    if row.movable:
        rect = grip_rect(area)
        symbol(painter, theme, "grip-vertical", rect.left() + theme.px(6), area.center().y(), 16, theme.tokens.ink3)


class AgendaModel(QAbstractListModel):
    """The lines; the user role holds the `AgendaRow`, the edit role the room title of a case, else the title."""

    room_title_given = Signal(str, str)
    title_given = Signal(str, str)

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
            int(Qt.ItemDataRole.EditRole): row.room_title if row.kind is RowKind.CASE else row.title,
            int(Qt.ItemDataRole.UserRole): row,
        }.get(int(role))

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A title was given; the page saves it and shows what was saved."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row = self._rows[index.row()]
        (self.room_title_given if row.kind is RowKind.CASE else self.title_given).emit(row.key, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen; a case's room title can be edited, and a title that may be another."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows[index.row()]
        if row.kind is RowKind.GROUP:
            return Qt.ItemFlag.ItemIsEnabled
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen | Qt.ItemFlag.ItemIsEditable if row.kind is RowKind.CASE or row.renamable else chosen


MOVE = (Action("move a row", ("Alt+Up",)), Action("move a row", ("Alt+Down",)))
MINUTES = (Action("minutes for this row", ("-",)), Action("minutes for this row", ("+",)))


class AgendaList(QListView):
    """`moved` gives a line's key and its new place among its kind, from 1; `minutes_asked` the minutes wanted;
    `room_title_given` the words typed for the room, `title_given` an item's title; `chosen` a key opened."""

    moved = Signal(str, int)
    minutes_asked = Signal(str, int)
    room_title_given = Signal(str, str)
    title_given = Signal(str, str)
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
        self._model.title_given.connect(self.title_given)
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

    def edit_title(self) -> None:
        """Write the room title of a case, or an item's title, in the line."""
        if self.row().kind is RowKind.CASE or self.row().renamable:
            self.scrollTo(self.currentIndex())
            self.edit(self.currentIndex())

    def move_by(self, step: int) -> None:
        """One place up or down among the lines of its kind."""
        row = self.row()
        peers = [each.key for each in self.rows() if each.kind is row.kind]
        to = peers.index(row.key) + 1 + step if row.movable else 0
        if 1 <= to <= len(peers):
            self.moved.emit(row.key, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows skip headings, or move the line; − and + change minutes; Enter opens; letters are the page's."""
        row, move, minutes = self.row(), which(event, MOVE), which(event, MINUTES)
        if move is not None:
            self.move_by(1 if move is MOVE[1] else -1)
        elif step_of(event):
            self._step(step_of(event))
        elif minutes is not None and row.adjustable:
            self.minutes_asked.emit(row.key, row.minutes + (1 if minutes is MINUTES[1] else -1))
        elif is_enter(event) and row.key:
            self.chosen.emit(row.key)
        elif letter(event):
            event.ignore()
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
