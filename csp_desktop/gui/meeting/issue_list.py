"""The list of emerging issues, apart from what is done to one: what, where, first seen, how often, whose, what next."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.meeting.issues import IssueState, times_words
from csp_desktop.gui.style.painting import Ink, avatar, box, symbol, write
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Theme, current
from csp_desktop.gui.window.actions import PRESS
from csp_desktop.gui.window.keys import is_enter, letter
from csp_desktop.services.meeting.issues import IssueRow

_Index = QModelIndex | QPersistentModelIndex
HIGH, HEAD = 56, 30
BOXES = 6  # meetings an issue is shown over
_WIDTHS = (("First seen", 86), ("Discussed", 112), ("Owner", 168), ("Next step", 220))
_GOES_FIRST = ("First seen", "Owner", "Discussed", "Next step")
_LEAST = 220  # of the issue itself
_SHORT = {"Youth violence and violence against women and girls": "Youth violence and VAWG"}


def area_words(area: str) -> str:
    """An area of work as short as the group says it."""
    return _SHORT.get(area, area)


def columns_in(theme: Theme, wide: float) -> list[tuple[str, float, float]]:
    """Name, left edge and width of each column there is room for; the issue itself takes what is left."""
    shown = list(_WIDTHS)
    for name in _GOES_FIRST:
        if sum(theme.px(width) for _, width in shown) + theme.px(_LEAST) <= wide:
            break
        shown = [column for column in shown if column[0] != name]
    first = wide - sum(theme.px(width) for _, width in shown)
    found, left = [("Issue", 0.0, first)], first
    for name, width in shown:
        found.append((name, left, float(theme.px(width))))
        left += theme.px(width)
    return found


def step_words(row: IssueRow) -> tuple[str, str, bool]:
    """The next step, by when, and whether that is late."""
    if row.step is None:
        return ("Needs an owner" if row.owner is None else "No next step"), "", False
    if row.step.late:
        return row.step.words, overdue_words(row.step.late), True
    return row.step.words, f"By {dated_day(row.step.by)}" if row.step.by else "no date", False


def spoken(row: IssueRow) -> str:
    """The whole row, for a screen reader and the tooltip."""
    issue, (step, by, _) = row.issue, step_words(row)
    closed = f"closed: {issue.closed_reason}" if issue.state is IssueState.CLOSED else ""
    agenda = "" if row.on_agenda or closed else "left out once"
    said = (
        issue.title,
        issue.area,
        issue.ward,
        f"first seen {dated_day(issue.first_seen)}",
        f"discussed: {times_words(row.times).lower()}",
        row.owner.name if row.owner else "no owner",
        step,
        by,
        agenda,
        closed,
    )
    return ", ".join(part for part in said if part)


class IssueDelegate(QStyledItemDelegate):
    """Two lines a row; what needs somebody is amber or red and says so in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Rows of one height."""
        return QSize(current().px(200), current().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, then each column there is room for."""
        row: IssueRow = index.data(Qt.ItemDataRole.UserRole)
        theme, area, state = current(), QRectF(option.rect), option.state
        px, tokens = theme.px, theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row():
            box(painter, QRectF(area.left() + px(12), area.top(), area.width() - px(24), 1), 0, tokens.line)
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            inner = area.adjusted(2, 2, -2, -1)
            box(painter, inner, px(6), tokens.tint, tokens.accent if focused else "", 2.0)
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, area.adjusted(2, 2, -2, -1), px(6), tokens.sunken)
        for name, left, wide in columns_in(theme, area.width()):
            cell = QRectF(area.left() + left + px(14), area.top(), wide - px(18), area.height())
            _PAINT[name](painter, theme, cell, row)
        painter.restore()


def _halves(theme: Theme, cell: QRectF) -> tuple[QRectF, QRectF]:
    px = theme.px
    return (
        QRectF(cell.left(), cell.top() + px(8), cell.width(), px(20)),
        QRectF(cell.left(), cell.top() + px(29), cell.width(), px(18)),
    )


def _issue(painter: QPainter, theme: Theme, cell: QRectF, row: IssueRow) -> None:
    upper, lower = _halves(theme, cell)
    tokens, issue = theme.tokens, row.issue
    out = issue.state is IssueState.OPEN and not row.on_agenda
    write(painter, theme, upper, issue.title, Ink(14, tokens.ink2 if out else tokens.ink, SEMIBOLD))
    where = ", ".join(filter(None, (area_words(issue.area), issue.ward or issue.place)))
    words = f"Left out once. {where}" if out else where
    write(painter, theme, lower, words, Ink(12, tokens.ink2))


def _seen(painter: QPainter, theme: Theme, cell: QRectF, row: IssueRow) -> None:
    upper, _ = _halves(theme, cell)
    write(painter, theme, upper, dated_day(row.issue.first_seen), Ink(13, theme.tokens.ink, MEDIUM, True))


def _times(painter: QPainter, theme: Theme, cell: QRectF, row: IssueRow) -> None:
    """In words, and as boxes filled from the right: amber from the third time on."""
    upper, lower = _halves(theme, cell)
    px, tokens = theme.px, theme.tokens
    colour = tokens.medium if row.often else tokens.ink if row.times else tokens.ink3
    weight = SEMIBOLD if row.often else MEDIUM
    write(painter, theme, upper, times_words(row.times), Ink(13, colour, weight))
    side, gap = px(9), px(4)
    for place in range(BOXES):
        filled = place >= BOXES - min(row.times, BOXES)
        rect = QRectF(lower.left() + place * (side + gap), lower.center().y() - side / 2, side, side)
        fill = (tokens.medium if row.often else tokens.accent) if filled else ""
        box(painter, rect, px(2), fill, "" if filled else tokens.line2, 1.0)


def _owner(painter: QPainter, theme: Theme, cell: QRectF, row: IssueRow) -> None:
    px, tokens, middle = theme.px, theme.tokens, cell.center().y()
    words = QRectF(cell.left() + px(32), middle - px(10), cell.width() - px(32), px(20))
    if row.owner is None:
        symbol(painter, theme, "user-plus", cell.left() + px(4), middle, 16, tokens.medium)
        write(painter, theme, words, "No owner", Ink(13, tokens.medium, SEMIBOLD))
        return
    rect = QRectF(cell.left(), middle - px(12), px(24), px(24))
    avatar(painter, theme, rect, row.owner.name, row.owner.initials)
    write(painter, theme, words, row.owner.name, Ink(13, tokens.ink))


def _step(painter: QPainter, theme: Theme, cell: QRectF, row: IssueRow) -> None:
    upper, lower = _halves(theme, cell)
    tokens = theme.tokens
    if row.issue.state is IssueState.CLOSED:
        write(painter, theme, upper, row.issue.closed_reason, Ink(13, tokens.ink))
        closed = f"Closed {dated_day(row.issue.closed_on)}" if row.issue.closed_on else "Closed"
        write(painter, theme, lower, closed, Ink(12, tokens.ink2))
        return
    words, by, late = step_words(row)
    lacking = row.step is None and row.owner is None
    write(
        painter, theme, upper, words, Ink(13, tokens.medium if lacking else tokens.ink, SEMIBOLD if lacking else MEDIUM)
    )
    write(painter, theme, lower, by, Ink(12, tokens.high if late else tokens.ink2, SEMIBOLD if late else MEDIUM))


_PAINT = {"Issue": _issue, "First seen": _seen, "Discussed": _times, "Owner": _owner, "Next step": _step}


class IssueModel(QAbstractListModel):
    """The user role holds the `IssueRow`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[IssueRow, ...] = ()

    def replace(self, rows: tuple[IssueRow, ...]) -> None:
        """New rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, the whole row in words, or the row itself."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(row)
        return {int(Qt.ItemDataRole.DisplayRole): row.issue.title, int(Qt.ItemDataRole.UserRole): row}.get(int(role))


class IssueList(QListView):
    """`current_moved` when another is in hand, `chosen` on Enter or a double click; letters are the page's."""

    current_moved = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = IssueModel(self)
        self.setModel(self._model)
        self.setItemDelegate(IssueDelegate(self))
        self.setProperty("role", "entries")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.selectionModel().currentChanged.connect(lambda: self.current_moved.emit(self.current_key()))
        self.doubleClicked.connect(lambda _: self.chosen.emit(self.current_key()))

    def rows(self) -> tuple[IssueRow, ...]:
        """All rows in order."""
        return self._model.rows

    def set_rows(self, rows: Sequence[IssueRow]) -> None:
        """Show these; the one in hand stays in hand, else the first."""
        key = self.current_key()
        self._model.replace(tuple(rows))
        self.set_current(key if any(row.issue.id == key for row in rows) else rows[0].issue.id if rows else "")

    def current_key(self) -> str:
        """The id of the issue in hand; empty for none."""
        index = self.currentIndex()
        return self._model.rows[index.row()].issue.id if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Stand on this issue and bring it into view."""
        found = [at for at, row in enumerate(self._model.rows) if key and row.issue.id == key]
        self.setCurrentIndex(self._model.index(found[0]) if found else QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters and Space are the page's."""
        if is_enter(event) and self.current_key():
            self.chosen.emit(self.current_key())
        elif letter(event) or PRESS.pressed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class IssueHead(QWidget):
    """The names of the columns, over the list and as wide as it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: IssueList | None = None
        self.setFixedHeight(current().px(HEAD))
        self.setAccessibleName("Issue, first seen, discussed, owner, next step")

    def follow(self, view: IssueList) -> None:
        """Its columns are this list's."""
        self._list = view

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(current().px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each name at its column's left."""
        theme = current()
        wide = float(self._list.viewport().width() if self._list is not None else self.width())
        painter, ink = QPainter(self), Ink(12, theme.tokens.ink2, MEDIUM)
        for name, left, width in columns_in(theme, wide):
            write(painter, theme, QRectF(left + theme.px(14), 0, width - theme.px(18), self.height()), name, ink)
        painter.end()
