"""Numbered copies in rows: whose, what they get, what is withheld and why, how they were told, how far each is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
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
    Painted,
    avatar,
    box,
    fill_rect,
    symbol,
    width_of,
    write,
)
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.window.keys import is_enter, letter, step_of

_Index = QModelIndex | QPersistentModelIndex
_HIGH, _SIDE, _GAP = 40, 14, 10
GIVEN, RECORD = "Given", "record"  # the words of the button; the key of the row that is nobody's


class Words(NamedTuple):
    """A few words with their tone, perhaps with an icon."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


NOTHING = Words("nothing")


@dataclass(frozen=True)
class CopyLine:
    """One row. `offers` puts a button in place of the state: the copy can be confirmed as given."""

    key: str
    number: str
    name: str
    role: str
    gets: Words
    withheld: tuple[Words, ...]  # two lines at most
    told: Words
    state: Words
    offers: bool = False
    icon: str = ""  # instead of the person's initials

    def spoken(self) -> str:
        """Everything in the row, for a screen reader and the tooltip."""
        parts = [f"Copy {self.number}", self.name, self.role, self.gets.text, *(one.text for one in self.withheld)]
        parts += [
            f"passphrase {self.told.text}",
            f"not confirmed, {self.state.text}" if self.offers else self.state.text,
        ]
        return ", ".join(part for part in parts if part)


class _Columns(NamedTuple):
    """Where each column begins and how wide it is; none is shown that has no width."""

    number: QRectF
    person: QRectF
    gets: QRectF
    withheld: QRectF
    told: QRectF
    state: QRectF


def _columns(theme: Theme, rect: QRectF) -> _Columns:
    """On a narrow list first how the passphrase was told, then what is withheld, stand at the side alone; last what
    somebody gets stands under their name."""
    px, wide = theme.px, rect.width() - 2 * theme.px(_SIDE)
    shown = wide / theme.scale
    fixed = (26, 94 if shown >= 360 else 0, 114 if shown >= 640 else 0, 108 if shown >= 250 else 84)
    number, gets, told, state = (px(width) for width in fixed)
    gaps = px(_GAP) * sum(bool(one) for one in (number, gets, told, state))
    rest = wide - number - gets - told - state - gaps
    withheld = int(rest * 0.38) if shown >= 500 else 0
    person = rest - withheld - (px(_GAP) if withheld else 0)
    left, found = rect.left() + px(_SIDE), []
    for width in (number, person, gets, withheld, told, state):
        found.append(QRectF(left, rect.top(), width, rect.height()))
        left += width + (px(_GAP) if width else 0)
    return _Columns(*found)


class CopyHead(Painted):
    """What the columns are called, over those of the list it follows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: QListView | None = None

    def follow(self, rows: QListView) -> None:
        """Stand over this list's columns, whether it scrolls or not."""
        self._list = rows
        rows.verticalScrollBar().rangeChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.theme.px(200), self.theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """As high."""
        return QSize(0, self.theme.px(28))

    def draw(self, painter: QPainter) -> None:
        """Over the columns as they lie below."""
        theme, ink = self.theme, Ink(12, self.theme.tokens.ink2, SEMIBOLD)
        wide = self._list.viewport().width() if self._list is not None else self.width()
        area = _columns(theme, QRectF(0, 0, wide, self.height()))
        for rect, words in (
            (area.number, "No."),
            (area.person, "Recipient"),
            (area.gets, "Gets"),
            (area.withheld, "Withheld, why"),
            (area.told, "Passphrase given"),
        ):
            if rect.width():
                self.write(painter, rect, words, ink)
        self.write(painter, area.state, "State", ink, RIGHT)
        line = QRectF(0, self.height() - 1, self.width(), 1)
        fill_rect(painter, line, theme.tokens.line)


class _Model(QAbstractListModel):
    """The rows; the user role holds the `CopyLine`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[CopyLine, ...] = ()

    def replace(self, lines: tuple[CopyLine, ...]) -> None:
        """New rows; where they are the same people the list keeps its place."""
        if [one.key for one in lines] == [one.key for one in self.lines] and lines:
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, the whole row in words, or the line itself."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return line.spoken()
        return line if role == Qt.ItemDataRole.UserRole else None


class _Delegate(QStyledItemDelegate):
    """Draws one row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines."""
        return QSize(current().px(160), current().px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, then column by column."""
        theme, rect, line = current(), QRectF(option.rect), index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, theme, rect, option.state)
        _draw_line(painter, theme, rect, line)
        painter.restore()


def _draw_ground(painter: QPainter, theme: Theme, rect: QRectF, state: QStyle.StateFlag) -> None:
    px, tokens = theme.px, theme.tokens
    if state & QStyle.StateFlag.State_Selected:
        fill_rect(painter, rect, tokens.tint)
        fill_rect(painter, QRectF(rect.left(), rect.top(), px(3), rect.height()), tokens.accent)
        if state & QStyle.StateFlag.State_HasFocus:
            box(painter, rect.adjusted(1, 0, -1, -1), px(4), "", tokens.accent, 2.0)
    fill_rect(painter, QRectF(rect.left() + px(_SIDE), rect.bottom() - 1, rect.width() - 2 * px(_SIDE), 1), tokens.line)


def _draw_line(painter: QPainter, theme: Theme, rect: QRectF, line: CopyLine) -> None:
    px, tokens, area = theme.px, theme.tokens, _columns(theme, rect)
    dim = line.state.tone is Tone.NEUTRAL and line.state.icon == "x"
    write(painter, theme, area.number, line.number, Ink(13, tokens.ink2, SEMIBOLD, True))
    person, disc = area.person, px(26)
    if line.icon:
        symbol(painter, theme, line.icon, person.left() + px(4), rect.center().y(), 18, tokens.ink2)
    else:
        avatar(painter, theme, QRectF(person.left(), rect.center().y() - disc / 2, disc, disc), line.name)
    person = person.adjusted(disc + px(9), 0, 0, 0)
    second = line.role if area.gets.width() else line.gets.text
    name = Ink(13, tokens.ink3 if dim else tokens.ink, SEMIBOLD)
    _two(painter, theme, person, (line.name, name), (second, Ink(12, tokens.ink3)))
    if area.gets.width():
        _words(painter, theme, area.gets, line.gets, SEMIBOLD)
    if area.withheld.width():
        quiet = tokens.ink3 if line.withheld == (NOTHING,) else tokens.ink
        inks = [(one.text, Ink(12, _colour(theme, one.tone, quiet), MEDIUM)) for one in line.withheld]
        if len(inks) == 1:
            write(painter, theme, area.withheld, *inks[0])
        elif inks:
            _two(painter, theme, area.withheld, inks[0], inks[1])
    if area.told.width():
        _words(painter, theme, area.told, line.told, MEDIUM)
    if line.offers:
        _draw_offer(painter, theme, _offer_rect(theme, area.state))
    else:
        _draw_state(painter, theme, area.state, line.state)


def _two(painter: QPainter, theme: Theme, rect: QRectF, first: tuple[str, Ink], second: tuple[str, Ink]) -> None:
    half = QRectF(rect.left(), rect.top() + theme.px(3), rect.width(), (rect.height() - theme.px(6)) / 2)
    write(painter, theme, half, *first)
    write(painter, theme, half.translated(0, half.height()), *second)


def _colour(theme: Theme, tone: Tone, otherwise: str) -> str:
    return otherwise if tone is Tone.NEUTRAL else theme.tokens.tone(tone)[0]


def _words(painter: QPainter, theme: Theme, rect: QRectF, words: Words, weight: int) -> None:
    colour, left = _colour(theme, words.tone, theme.tokens.ink2), rect.left()
    if words.icon:
        symbol(painter, theme, words.icon, left, rect.center().y(), 15, colour)
        left += theme.px(20)
    ink = Ink(12.5, colour, SEMIBOLD if words.tone is Tone.MEDIUM else weight)
    write(painter, theme, QRectF(left, rect.top(), rect.right() - left, rect.height()), words.text, ink)


def _draw_state(painter: QPainter, theme: Theme, rect: QRectF, words: Words) -> None:
    colour = _colour(theme, words.tone, theme.tokens.ink2)
    ink = Ink(12.5, colour, SEMIBOLD if words.tone is not Tone.NEUTRAL else MEDIUM, True)
    write(painter, theme, rect, words.text, ink, RIGHT)
    if words.icon:
        left = rect.right() - width_of(theme, words.text, ink) - theme.px(20)
        symbol(painter, theme, words.icon, left, rect.center().y(), 15, colour)


def _offer_rect(theme: Theme, rect: QRectF) -> QRectF:
    px = theme.px
    wide = width_of(theme, GIVEN, Ink(12, "#000000", SEMIBOLD)) + px(38)
    return QRectF(rect.right() - wide, rect.center().y() - px(13), wide, px(26))


def _draw_offer(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    px, tokens = theme.px, theme.tokens
    box(painter, rect, px(6), tokens.surface, tokens.line2)
    box(painter, QRectF(rect.left() + px(9), rect.center().y() - px(5), px(10), px(10)), px(2), "", tokens.ink2, 1.5)
    words = rect.adjusted(px(22), 0, 0, 0)
    write(painter, theme, words, GIVEN, Ink(12, tokens.ink, SEMIBOLD), CENTRE)


class CopyList(QListView):
    """Up and down choose; `given` with the key of the row whose button was pressed by mouse. Letters are the page's."""

    current_moved = Signal(str)
    chosen = Signal(str)
    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("role", "entries")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._moved)

    def lines(self) -> tuple[CopyLine, ...]:
        """All rows in order."""
        return self._model.lines

    def set_lines(self, lines: Sequence[CopyLine]) -> None:
        """Show these; the chosen one stays chosen when it is still there, else the first is."""
        key = self.current_key()
        self._model.replace(tuple(lines))
        keys = [one.key for one in lines]
        self.set_current(key if key in keys else keys[0] if keys else "")

    def current_key(self) -> str:
        """The key of the row the list stands on; empty for none."""
        index = self.currentIndex()
        return self._model.lines[index.row()].key if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Stand on this row and bring it into view; no signal."""
        row = next((at for at, one in enumerate(self._model.lines) if one.key == key), -1)
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self.selectionModel().blockSignals(blocked)
        if row >= 0:
            self.scrollTo(self._model.index(row))
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """A few rows; the rest scrolls."""
        return QSize(current().px(160), current().px(2 * _HIGH))

    def _moved(self, now: QModelIndex) -> None:
        if now.isValid():
            self.current_moved.emit(self._model.lines[now.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; single letters are the page's."""
        row, step = self.currentIndex().row(), step_of(event)
        if is_enter(event) and row >= 0:
            self.chosen.emit(self._model.lines[row].key)
        elif step and 0 <= row + step < len(self._model.lines):
            self.setCurrentIndex(self._model.index(row + step))
        elif letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The button of a row, or the row itself."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            line = self._model.lines[index.row()]
            area = _columns(current(), QRectF(self.visualRect(index))).state
            pressed = line.offers and _offer_rect(current(), area).contains(event.position())
            (self.given if pressed else self.chosen).emit(line.key)

    def offer_at(self, key: str) -> QPoint:
        """Where the button of a row is, for the mouse."""
        row = next(at for at, one in enumerate(self._model.lines) if one.key == key)
        area = _columns(current(), QRectF(self.visualRect(self._model.index(row)))).state
        return _offer_rect(current(), area).center().toPoint()
