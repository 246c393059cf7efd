"""The factors of a risk matrix, a row each: a digit answers the row in hand, whose answers stand in words below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csp_desktop.domain.cases.risk_matrix import Factor, Option
from csp_desktop.gui.style.painting import CENTRE, RIGHT, Ink, box, fill_rect, key_cap, width_of, write
from csp_desktop.gui.style.theme import BOLD, MEDIUM, SEMIBOLD, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.rows_table import Index, whole_rows
from csp_desktop.gui.window.actions import DELETE, Action, which

ANSWERS = tuple(Action("answer the factor, and go to the next", (str(n),), strip="answer, next") for n in range(10))
AS_BEFORE = Action("answer as last time", ("Space",), strip="as last time")
NO_ANSWER = DELETE.called("remove the answer", "no answer")
HIGH, HEAD_HIGH, OPTION_HIGH, HEADER_HIGH = 26, 21, 28, 28
MUCH = 0.75  # of a factor's points, from which an answer is drawn as high


class Column(IntEnum):
    """What a row shows, from the left."""

    NUMBER = 0
    FACTOR = 1
    ANSWER = 2
    POINTS = 3
    KEYS = 4
    MOVED = 5
    TASK = 6


TITLES = ("", "Factor", "Answer", "Points", "Answers by key", "Change", "Task")
WIDTHS = {Column.NUMBER: 34, Column.POINTS: 52, Column.MOVED: 62, Column.TASK: 112}
GOES_FIRST = (Column.ANSWER, Column.MOVED, Column.TASK, Column.POINTS)  # where there is little room
KEY_WIDE, LEAST_FACTOR, LEAST_ANSWER = 30, 176, 150
BESIDE_WORDS = 40  # of an answer in words: its key and what is round it


@dataclass(frozen=True)
class FactorHead:
    """Factors of one nature or group, and what they come to: "16 to 22 of 30"."""

    title: str
    about: str
    points: str


@dataclass(frozen=True)
class FactorLine:
    """One factor with today's and last time's answer (keys of its options, empty for none), and who has a task for
    it; None where factors have no tasks."""

    number: int
    factor: Factor
    answer: str = ""
    before: str = ""
    task: str | None = ""

    @property
    def wants_task(self) -> bool:
        """Whether it stands high and nobody has a task for it."""
        known = self.given or self.then
        return self.task == "" and known is not None and is_much(known, self.factor)

    @property
    def given(self) -> Option | None:
        """Today's answer."""
        return self.factor.option(self.answer)

    @property
    def then(self) -> Option | None:
        """Last time's."""
        return self.factor.option(self.before)

    @property
    def moved(self) -> int | None:
        """By how many points, where both are known."""
        return self.given.points - self.then.points if self.given and self.then else None


FactorRow = FactorHead | FactorLine


def is_much(option: Option, factor: Factor) -> bool:
    """Whether an answer has three quarters of the factor's points or more."""
    return option.points > 0 and option.points >= MUCH * factor.most


def moved_words(points: int | None) -> str:
    """'+2', '−1', 'same'; nothing where it is not known."""
    if points is None:
        return ""
    return f"{'+' if points > 0 else '−'}{abs(points)}" if points else "same"


def cell_words(row: FactorRow, column: Column) -> str:
    """What a cell says, read out and drawn."""
    if isinstance(row, FactorHead):
        return f"{row.title}, {row.about}: {row.points}" if column is Column.NUMBER else ""
    if column is Column.KEYS:
        then = f"last time: {row.then.label}, {row.then.points} points" if row.then else "no answer last time"
        choice = ", ".join(f"{n} {one.label}" for n, one in enumerate(row.factor.options))
        return f"{then}. Keys: {choice}"
    return {
        Column.NUMBER: str(row.number),
        Column.FACTOR: row.factor.label,
        Column.ANSWER: row.given.label if row.given else "Not answered",
        Column.POINTS: str(row.given.points) if row.given else "–",
        Column.MOVED: moved_words(row.moved),
        Column.TASK: "+ Task" if row.wants_task else row.task or "",
    }[column]


class FactorModel(QAbstractTableModel):
    """Rows of factors under their headings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[FactorRow, ...] = ()

    def set_rows(self, rows: Sequence[FactorRow]) -> None:
        """Show these; where the same factors stand in the same places, the row in hand stays."""
        same = [_key(row) for row in rows] == [_key(row) for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = tuple(rows)
        if same and rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
        elif not same:
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Factors and headings."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is passed over."""
        if isinstance(self.rows[index.row()], FactorHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the row itself."""
        if role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_words(self.rows[index.row()], Column(index.column()))
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles of the columns."""
        across = way == Qt.Orientation.Horizontal
        return TITLES[section] if across and role == Qt.ItemDataRole.DisplayRole else None


def _key(row: FactorRow) -> str:
    return row.title if isinstance(row, FactorHead) else row.factor.key


class FactorDelegate(QStyledItemDelegate):
    """Draws the first line of a row; the answers in words below the row in hand are the table's."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        row, view = index.data(Qt.ItemDataRole.UserRole), self.parent()
        assert isinstance(view, FactorTable)
        painter.save()
        rect, px, tokens = QRectF(option.rect), current().px, current().tokens
        if isinstance(row, FactorHead):
            fill_rect(painter, rect, tokens.sunken)
            _head(painter, rect, row, view.columnViewportPosition(Column.KEYS))
        elif isinstance(row, FactorLine):
            in_hand = index.row() == view.currentIndex().row()
            ground = tokens.tint if in_hand else tokens.surface if row.given else tokens.medium_bg
            fill_rect(painter, rect, ground)
            if not in_hand:
                fill_rect(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), tokens.line)
            first = QRectF(rect.left(), rect.top(), rect.width(), px(HIGH))
            _cell(painter, first, row, Column(index.column()), in_hand=in_hand)
        painter.restore()


def _head(painter: QPainter, rect: QRectF, row: FactorHead, points_at: int) -> None:
    theme = current()
    tokens, px = theme.tokens, theme.px
    strong = Ink(12, tokens.ink, SEMIBOLD)
    write(painter, theme, rect.adjusted(px(10), 0, 0, 0), row.title, strong)
    about = rect.adjusted(px(110), 0, -(rect.width() - points_at), 0)
    write(painter, theme, about, row.about, Ink(12, tokens.ink2))
    write(painter, theme, rect.adjusted(points_at + px(4), 0, 0, 0), row.points, strong)


def _cell(painter: QPainter, rect: QRectF, row: FactorLine, column: Column, *, in_hand: bool) -> None:
    theme = current()
    tokens, px = theme.tokens, theme.px
    inside, text = rect.adjusted(px(6), 0, -px(6), 0), cell_words(row, column)
    if column is Column.KEYS:
        _keys(painter, rect, row, in_hand=in_hand)
    elif column is Column.NUMBER:
        write(painter, theme, inside, text, Ink(12, tokens.ink2, tabular=True), RIGHT)
    elif column is Column.FACTOR:
        write(painter, theme, inside, text, Ink(13, tokens.ink, SEMIBOLD))
    elif column is Column.ANSWER:
        write(painter, theme, inside, text, Ink(13, tokens.ink2 if row.given else tokens.medium, MEDIUM))
    elif column is Column.POINTS:
        write(painter, theme, inside, text, Ink(13, tokens.ink, SEMIBOLD, tabular=True), RIGHT)
    elif column is Column.MOVED and row.moved is not None:
        tone = tokens.high if row.moved > 0 else tokens.low if row.moved else tokens.ink3
        sign = "↗ " if row.moved > 0 else "↘ " if row.moved else ""
        write(painter, theme, inside, sign + text, Ink(13, tone, SEMIBOLD if row.moved else MEDIUM, tabular=True))
    elif column is Column.TASK:
        write(painter, theme, inside, text, Ink(12, tokens.accent if row.wants_task else tokens.ink2, MEDIUM))


def key_boxes(rect: QRectF, count: int) -> list[QRectF]:
    """Where the keys of one factor stand in its cell."""
    px = current().px
    top, wide, high = rect.top() + px(2), px(KEY_WIDE) - px(4), px(HIGH) - px(4)
    return [QRectF(rect.left() + px(4) + number * px(KEY_WIDE), top, wide, high) for number in range(count)]


def _keys(painter: QPainter, rect: QRectF, row: FactorLine, *, in_hand: bool) -> None:
    """A box a key: the answer is filled by its weight, last time's is underlined."""
    theme = current()
    tokens, px = theme.tokens, theme.px
    boxes = key_boxes(rect, len(row.factor.options))
    for number, (option, place) in enumerate(zip(row.factor.options, boxes, strict=True)):
        chosen = option.key == row.answer
        ink = tokens.surface if chosen else tokens.ink if in_hand else tokens.ink3
        fill = _weight(option, row.factor) if chosen else tokens.surface
        edge = fill if chosen else tokens.line2 if in_hand or not row.given else tokens.line
        box(painter, place, px(5), fill, edge, 1)
        write(painter, theme, place, str(number), Ink(12, ink, BOLD if chosen else MEDIUM, tabular=True), CENTRE)
        if option.key == row.before:
            line = QRectF(place.left() + px(7), place.bottom() - px(4), place.width() - px(14), px(2))
            fill_rect(painter, line, tokens.surface if chosen else tokens.ink2)


def _weight(option: Option, factor: Factor) -> str:
    """Green for nothing, red from three quarters of the factor's points, amber between."""
    tokens = current().tokens
    return tokens.low if not option.points else tokens.high if is_much(option, factor) else tokens.medium


class FactorTable(QTableView):
    """`answered` gives the factor's key and its option's, an empty one takes the answer back; `chosen` says which
    factor is in hand now; `task_asked` that a task is wanted for one."""

    answered = Signal(str, str)
    chosen = Signal(str)
    task_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FactorModel(self)
        self.setModel(self._model)
        self.setItemDelegate(FactorDelegate(self))
        whole_rows(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setAccessibleName("Factors")
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionsClickable(False)

    def set_rows(self, rows: Sequence[FactorRow]) -> None:
        """The factors under their headings."""
        self._model.set_rows(rows)
        self.clearSpans()
        for number, row in enumerate(rows):
            if isinstance(row, FactorHead):
                self.setSpan(number, 0, 1, len(Column))
        self._fit()
        if not self.currentIndex().isValid():
            self.focus_factor(next((row.factor.key for row in rows if isinstance(row, FactorLine)), ""))

    def rows(self) -> tuple[FactorRow, ...]:
        """What it shows."""
        return self._model.rows

    def line_in_hand(self) -> FactorLine | None:
        """The factor a key would answer."""
        index = self.currentIndex()
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return row if isinstance(row, FactorLine) else None

    def focus_factor(self, key: str) -> None:
        """Take this factor in hand."""
        for number, row in enumerate(self._model.rows):
            if isinstance(row, FactorLine) and row.factor.key == key:
                self.selectRow(number)

    def next_open(self, *, from_first: bool = False) -> bool:
        """Take the next factor without an answer in hand, from the first again behind the last; False without one."""
        count, at = len(self._model.rows), -1 if from_first else self.currentIndex().row()
        for step in range(1, count + 1):
            row = self._model.rows[(at + step) % count]
            if isinstance(row, FactorLine) and row.given is None:
                self.focus_factor(row.factor.key)
                return True
        return False

    def content_height(self) -> int:
        """Of all rows and the titles of the columns."""
        return self.horizontalHeader().height() + self.verticalHeader().length()

    def currentChanged(self, now: Index, before: Index) -> None:
        """The row in hand opens."""
        super().currentChanged(now, before)
        self._fit_rows()
        line = self.line_in_hand()
        if line is not None:
            self.scrollTo(now)
            self.chosen.emit(line.factor.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers and goes on, Space answers as last time, Delete takes back; other letters are the page's."""
        line, digit = self.line_in_hand(), which(event, ANSWERS)
        if line is not None and digit is not None:
            number = ANSWERS.index(digit)
            if number < len(line.factor.options):
                self._answer(line, line.factor.options[number].key)
        elif line is not None and AS_BEFORE.pressed(event):
            if line.then is not None:
                self._answer(line, line.before)
        elif line is not None and NO_ANSWER.pressed(event):
            self.answered.emit(line.factor.key, "")
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on an answer gives it."""
        at = event.position()
        for line, key, place in self._places():
            if place.contains(at):
                self.focus_factor(line.factor.key)
                self.answered.emit(line.factor.key, key)
                return
        index = self.indexAt(at.toPoint())
        super().mousePressEvent(event)
        row = self._model.rows[index.row()] if index.isValid() and index.column() == Column.TASK else None
        if isinstance(row, FactorLine) and row.wants_task:
            self.task_asked.emit(row.factor.key)

    def _answer(self, line: FactorLine, key: str) -> None:
        self.answered.emit(line.factor.key, key)
        below = range(self.currentIndex().row() + 1, self._model.rowCount())
        after = next((n for n in below if isinstance(self._model.rows[n], FactorLine)), None)
        if after is not None:
            self.selectRow(after)

    def _places(self) -> list[tuple[FactorLine, str, QRectF]]:
        """Where each answer can be clicked: its box, and its words below the row in hand."""
        found = []
        for number, row in enumerate(self._model.rows):
            if not isinstance(row, FactorLine):
                continue
            cell = QRectF(self.visualRect(self._model.index(number, Column.KEYS)))
            boxes = key_boxes(cell, len(row.factor.options))
            found += [(row, one.key, place) for one, place in zip(row.factor.options, boxes, strict=True)]
            if row is self.line_in_hand():
                words = zip(row.factor.options, self._word_boxes(row), strict=True)
                found += [(row, one.key, place) for one, place in words]
        return found

    # the answers in words

    def _word_lines(self, row: FactorLine) -> list[list[float]]:
        """How wide each answer stands, line by line: as much as its words need, and the same share of what is left."""
        theme = current()
        px, ink, room = theme.px, Ink(13, "#000000", SEMIBOLD), float(self.viewport().width() - theme.px(16))
        lines: list[list[float]] = [[]]
        for option in row.factor.options:
            wide = min(room, width_of(theme, _option_words(option), ink) + px(BESIDE_WORDS))
            if lines[-1] and sum(lines[-1]) + wide > room:
                lines.append([])
            lines[-1].append(wide)
        return [[wide + (room - sum(line)) / len(line) for wide in line] for line in lines]

    def _word_boxes(self, row: FactorLine) -> list[QRectF]:
        px, found = current().px, []
        top = self.rowViewportPosition(self.currentIndex().row()) + px(HIGH + 2)
        for line in self._word_lines(row):
            left = float(px(8))
            for wide in line:
                found.append(QRectF(left, top, wide - px(6), px(OPTION_HIGH - 4)))
                left += wide
            top += px(OPTION_HIGH)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, then the answers of the one in hand and the frame round it."""
        super().paintEvent(event)
        row = self.line_in_hand()
        if row is None:
            return
        painter, theme = QPainter(self.viewport()), current()
        tokens, px = theme.tokens, theme.px
        for number, (option, place) in enumerate(zip(row.factor.options, self._word_boxes(row), strict=True)):
            chosen = option.key == row.answer
            edge = tokens.accent if chosen else tokens.line2
            box(painter, place, px(6), tokens.surface, edge, 2 if chosen else 1)
            cap = QRectF(place.left() + px(6), place.center().y() - px(9), px(20), px(18))
            key_cap(painter, theme, cap, str(number))
            ink = tokens.tone(BAND_TONES[option.forces])[0] if option.forces else tokens.ink
            words = place.adjusted(px(30), 0, -px(2), 0)
            write(painter, theme, words, _option_words(option), Ink(13, ink, SEMIBOLD if chosen else MEDIUM))
        at = self.currentIndex().row()
        frame = QRectF(0, self.rowViewportPosition(at), self.viewport().width(), self.rowHeight(at))
        if self.hasFocus():
            box(painter, frame, px(6), "", tokens.accent, 2)
        painter.end()

    # sizes

    def _fit(self) -> None:
        """The keys have what they need; the least needed columns go where the rest would be cut."""
        px, room = current().px, self.viewport().width() - 1
        lines = [row for row in self._model.rows if isinstance(row, FactorLine)]
        keys = px(8) + px(KEY_WIDE) * max((len(row.factor.options) for row in lines), default=1)
        shown = [one for one in Column if one is not Column.TASK or any(row.task or row.wants_task for row in lines)]
        for column in GOES_FIRST:
            if self._needed(shown, keys) <= room:
                break
            if column in shown:
                shown.remove(column)
        left = room - self._needed(shown, keys)
        for column in Column:
            self.setColumnHidden(column, column not in shown)
            wide = px(WIDTHS[column]) if column in WIDTHS else keys
            if column is Column.FACTOR:
                wide = px(LEAST_FACTOR) + (left // 2 if Column.ANSWER in shown else left)
            elif column is Column.ANSWER:
                wide = px(LEAST_ANSWER) + left - left // 2
            self.setColumnWidth(column, max(px(20), wide))
        self.horizontalHeader().setFixedHeight(px(HEADER_HIGH))
        self._fit_rows()
        self.scrollTo(self.currentIndex())

    def _needed(self, shown: Sequence[Column], keys: int) -> int:
        px = current().px
        wide = {Column.FACTOR: px(LEAST_FACTOR), Column.ANSWER: px(LEAST_ANSWER), Column.KEYS: keys}
        return sum(px(WIDTHS[one]) if one in WIDTHS else wide[one] for one in shown)

    def _fit_rows(self) -> None:
        px = current().px
        for number, row in enumerate(self._model.rows):
            high = px(HEAD_HIGH if isinstance(row, FactorHead) else HIGH)
            if isinstance(row, FactorLine) and number == self.currentIndex().row():
                high += px(OPTION_HIGH) * len(self._word_lines(row)) + px(4)
            if self.rowHeight(number) != high:
                self.setRowHeight(number, high)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """So has another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


def _option_words(option: Option) -> str:
    """'threats, intimidation: 4, Medium': the points, and the level it forces."""
    return f"{option.label}: {option.points}" + (f", {option.forces.value}" if option.forces else "")
