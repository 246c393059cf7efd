"""The table of cases: as many columns as there is room for, each cell drawn as everywhere else in the program."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csp_desktop.domain.cases.cases import CaseStatus
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.gui.cases.cases_model import COLUMNS, promise_words, words
from csp_desktop.gui.style.painting import Ink, fill_rect, fits, pill, pill_width, symbol, width_of, write
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Theme, current
from csp_desktop.gui.widgets.badges import BAND_TONES, Trend, draw_rating
from csp_desktop.gui.widgets.case_clock import PROMISE_TONES
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.keys import is_enter, letter
from csp_desktop.services.cases.cases import CaseRow, CaseSort

_Index = QModelIndex | QPersistentModelIndex
HIGH = 40
WIDTHS = {
    CaseSort.PROMISE: 236,
    CaseSort.REFERENCE: 138,
    CaseSort.AREA: 190,
    CaseSort.LEAD: 190,
    CaseSort.STATUS: 156,
    CaseSort.RATING: 92,
    CaseSort.OPENED: 108,
    CaseSort.REVIEWED: 108,
}
LEAST_TITLE = 240
GOES_FIRST = (
    CaseSort.REVIEWED,
    CaseSort.LEAD,
    CaseSort.OPENED,
    CaseSort.AREA,
    CaseSort.STATUS,
    CaseSort.REFERENCE,
    CaseSort.PROMISE,
)
ORDER = (
    CaseSort.REFERENCE,
    CaseSort.TITLE,
    CaseSort.RATING,
    CaseSort.PROMISE,
    CaseSort.STATUS,
    CaseSort.AREA,
    CaseSort.LEAD,
    CaseSort.OPENED,
    CaseSort.REVIEWED,
)


def trend_of(change: int | None) -> Trend:
    """Where a total went."""
    if change is None:
        return Trend.NONE
    return Trend.UP if change > 0 else Trend.DOWN if change < 0 else Trend.FLAT


class CaseDelegate(QStyledItemDelegate):
    """Pill for the promise, badge for the rating, words for the rest."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One cell; the row in hand has the accent's tint and, with the focus, a bar at its left."""
        row = index.data(Qt.ItemDataRole.UserRole)
        theme, rect = current(), QRectF(option.rect)
        tokens, column = theme.tokens, COLUMNS[index.column()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        fill_rect(painter, rect, tokens.tint if chosen else tokens.surface)
        fill_rect(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.line)
        view = self.parent()
        if chosen and column is ORDER[0] and isinstance(view, QTableView) and view.hasFocus():
            fill_rect(painter, QRectF(rect.left(), rect.top(), theme.px(3), rect.height()), tokens.accent)
        if isinstance(row, CaseRow):
            _cell(painter, rect.adjusted(theme.px(10), 0, -theme.px(6), 0), row, column)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Rows of one height; the view gives the width."""
        return QSize(current().px(80), current().px(HIGH))


def _cell(painter: QPainter, rect: QRectF, row: CaseRow, column: CaseSort) -> None:
    theme, case = current(), row.case
    tokens, text = theme.tokens, words(row, column)
    if column is CaseSort.PROMISE:
        _promise(painter, rect, row)
    elif column is CaseSort.RATING:
        shown = "–" if case.total is None else str(case.total)
        right = min(rect.right(), rect.left() + theme.px(64))
        draw_rating(painter, theme, right, rect.center().y(), shown, BAND_TONES[case.band], trend_of(row.change))
    elif column is CaseSort.TITLE:
        _title(painter, rect, row)
    elif column is CaseSort.REFERENCE:
        ink = Ink(13, tokens.ink2 if case.reference else tokens.medium, MEDIUM, True)
        write(painter, theme, rect, text, ink)
    elif column in (CaseSort.AREA, CaseSort.LEAD):
        _two_lines(painter, rect, case.area if column is CaseSort.AREA else text)
    else:
        dated = column in (CaseSort.OPENED, CaseSort.REVIEWED)
        write(painter, theme, rect, text, Ink(13, tokens.ink2, tabular=dated))


def _title(painter: QPainter, rect: QRectF, row: CaseRow) -> None:
    """The whole title, on two lines where one is too short; a repeat victim has its sign behind it."""
    theme, px, case = current(), current().px, row.case
    tokens = theme.tokens
    closed = case.status is CaseStatus.CLOSED
    ink = Ink(14, tokens.ink2 if closed else tokens.ink, MEDIUM if closed else SEMIBOLD)
    room = rect.adjusted(0, 0, -px(22) if case.repeat_victim else 0, 0)
    first, second = in_two(theme, case.title, ink, room.width())
    if second:
        write(painter, theme, QRectF(room.left(), room.center().y() - px(18), room.width(), px(19)), first, ink)
        below = QRectF(room.left(), room.center().y() + px(1), room.width(), px(16))
        write(painter, theme, below, second, Ink(12, tokens.ink2, MEDIUM))
    else:
        write(painter, theme, room, first, ink)
    if case.repeat_victim:
        at = min(room.right(), room.left() + width_of(theme, first, ink)) + px(6)
        symbol(painter, theme, "refresh-cw", at, rect.center().y() - (px(9) if second else 0), 14, tokens.medium)


def _two_lines(painter: QPainter, rect: QRectF, text: str) -> None:
    """An area of work, or an officer with the agency: whole on two lines where one is too short."""
    theme = current()
    ink, middle = Ink(13, theme.tokens.ink2), rect.center().y()
    first, second = in_two(theme, text, ink, rect.width())
    if not second:
        write(painter, theme, rect, first, ink)
        return
    write(painter, theme, QRectF(rect.left(), middle - theme.px(17), rect.width(), theme.px(18)), first, ink)
    below = QRectF(rect.left(), middle + theme.px(1), rect.width(), theme.px(16))
    write(painter, theme, below, second, Ink(12, theme.tokens.ink3))


def in_two(theme: Theme, text: str, ink: Ink, width: float) -> tuple[str, str]:
    """As many whole words as fit the width, and the rest."""
    if fits(theme, width, text, ink):
        return text, ""
    said = text.split(" ")
    for count in range(len(said) - 1, 0, -1):
        if fits(theme, width, " ".join(said[:count]), ink):
            return " ".join(said[:count]), " ".join(said[count:])
    return text, ""


def _promise(painter: QPainter, rect: QRectF, row: CaseRow) -> None:
    """What is broken or due as a pill; what is on track in quiet words. Below it since when nobody discussed it."""
    theme, text = current(), promise_words(row)
    if row.promise is None or not text:
        return
    second = row.worksheet or row.waited
    if second:
        middle = rect.center().y()
        below = QRectF(rect.left(), middle + theme.px(3), rect.width(), theme.px(16))
        write(painter, theme, below, f"{second[:1].upper()}{second[1:]}", Ink(12, theme.tokens.ink2))
        rect = QRectF(rect.left(), middle - theme.px(20), rect.width(), theme.px(24))
    if row.promise.state in (PromiseState.KEPT, PromiseState.UNKNOWN):
        write(painter, theme, rect, text, Ink(13, theme.tokens.ink2))
        return
    wide = min(pill_width(theme, text), rect.width())
    pill(
        painter,
        theme,
        QRectF(rect.left(), rect.center().y() - theme.px(11), wide, theme.px(22)),
        text,
        PROMISE_TONES[row.promise.state],
    )


FIRST, LAST = Action("the first row", ("Home",)), Action("the last row", ("End",))


class CaseTable(QTableView):
    """Enter or a double click says `chosen` with the case's id; single letters and / are the page's."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(CaseDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setAccessibleName("Rows")
        head = self.horizontalHeader()
        head.setAccessibleName("Columns; click to sort")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._choose)
        self._measure()

    def arrange(self) -> None:
        """After the model is set: columns in the order people read, the head clickable."""
        for place, column in enumerate(ORDER):
            head = self.horizontalHeader()
            head.moveSection(head.visualIndex(COLUMNS.index(column)), place)
        self.setSortingEnabled(True)
        self._fit()

    def shown_columns(self) -> Sequence[CaseSort]:
        """Those there is room for."""
        return [column for column in ORDER if not self.isColumnHidden(COLUMNS.index(column))]

    def row_in_hand(self) -> CaseRow | None:
        """The case the table stands on."""
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole) if self.currentIndex().isValid() else None
        return row if isinstance(row, CaseRow) else None

    def focus_first(self) -> None:
        """Into the table, on its first row when it stands on none."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        model = self.model()
        if not self.currentIndex().isValid() and model is not None and model.rowCount():
            self.selectRow(0)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current().px(HIGH))
        self.horizontalHeader().setFixedHeight(current().px(34))

    def _fit(self) -> None:
        """Hide the least needed columns until the titles have room; nothing is lost, the case's page has it all."""
        if self.model() is None:
            return
        px, room = current().px, self.viewport().width()
        shown = list(ORDER)
        for column in GOES_FIRST:
            if room - sum(px(WIDTHS[c]) for c in shown if c in WIDTHS) >= px(LEAST_TITLE):
                break
            shown.remove(column)
        taken = sum(px(WIDTHS[c]) for c in shown if c in WIDTHS)
        for number, column in enumerate(COLUMNS):
            self.setColumnHidden(number, column not in shown)
            self.setColumnWidth(number, px(WIDTHS[column]) if column in WIDTHS else max(px(80), room - taken))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """So has another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End go to the ends; letters and / are the page's."""
        model = self.model()
        if is_enter(event):
            self._choose(self.currentIndex())
        elif (FIRST.pressed(event) or LAST.pressed(event)) and model is not None and model.rowCount():
            self.selectRow(0 if FIRST.pressed(event) else model.rowCount() - 1)
        elif letter(event).strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: _Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if isinstance(row, CaseRow):
            self.chosen.emit(row.case.id)
