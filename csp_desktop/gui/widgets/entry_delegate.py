"""How one `Entry` is drawn, and a person or a heading in the lists of people."""

from abc import abstractmethod
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from csp_desktop.gui.style.painting import (
    RIGHT,
    Ink,
    avatar,
    box,
    dot,
    fill_rect,
    number_disc,
    pill,
    pill_width,
    symbol,
    width_of,
    write,
)
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.widgets.badges import ARROW_WIDTH, BADGE_WIDTH, Trend, draw_rating, draw_trend
from csp_desktop.gui.widgets.entry import Entry, EntryMark

_SIDE = 8
MOST_KNOWN = 1024
_LINE = 17  # what a second line of a title adds
_BELOW = 280  # a person's row narrower than this has its pill under the words
_PILL = 24


class EntryDelegate(QStyledItemDelegate):
    """Draws rows on the list's surface; `roomy` when all of them fit with more air."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roomy = False
        self.flush = False
        self.wraps = False
        self.heights: tuple[int, ...] = ()  # of all rows as they lie, where the list knows them
        self._measured: tuple[Theme, int, bool] | None = None
        self._twos: dict[Entry, bool] = {}  # which rows need a second line, for the measure above

    def height(self, entry: Entry, roomy: bool, width: int) -> int:
        """One row's height for this text size; `width` is the list's."""
        more = current().px(_LINE) if self.wraps and self._two(entry, width) else 0
        own = self._is_low(entry, width) and not self._is_beside(entry, width)
        return self._one_line(entry, roomy) + more + (current().px(_PILL) if own else 0)

    def _is_low(self, entry: Entry, width: int) -> bool:
        """Whether the pill stands below the title: no word is cut for it."""
        return self.wraps and bool(entry.pill and entry.person) and width < current().px(_BELOW)

    def _is_beside(self, entry: Entry, width: int) -> bool:
        """Whether a low pill has its place at the end of the second line, else it takes one of its own."""
        theme = current()
        words = width_of(theme, entry.subtitle, Ink(12, "#000000")) + theme.px(6) + pill_width(theme, entry.pill)
        return bool(entry.subtitle) and words <= self._room(entry, width)

    def _two(self, entry: Entry, width: int) -> bool:
        """Whether a row takes a second line. Asked for every row of a list many times while it is laid out."""
        measure = (current(), width, self.flush)
        if measure != self._measured or len(self._twos) > MOST_KNOWN:
            self._measured, self._twos = measure, {}
        if entry not in self._twos:
            self._twos[entry] = len(_title_lines(current(), entry, self._room(entry, width))) > 1
        return self._twos[entry]

    def _room(self, entry: Entry, width: int) -> float:
        """What a row of this width leaves for its title."""
        pad = current().px(_SIDE if entry.key else _SIDE + 6) if self.flush else 0
        trail = _trail_width(current(), replace(entry, pill="") if self._is_low(entry, width) else entry)
        return width + 2 * pad - _lead_width(current(), entry) - trail

    def _one_line(self, entry: Entry, roomy: bool) -> int:
        if entry.heading:
            return current().px(36 if roomy else 30)
        if entry.tile is not None:
            return current().px(64 if roomy else 54)
        if entry.subtitle:
            return current().px(52 if roomy else 44)
        return current().px(42 if roomy else 34)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Full width, the row's height."""
        if index.row() < len(self.heights) == index.model().rowCount():
            return QSize(current().px(120), self.heights[index.row()])
        parent = self.parent()
        width = parent.viewport().width() if isinstance(parent, QAbstractItemView) else option.rect.width()
        return QSize(current().px(120), self.height(index.data(0x0100), self.roomy, width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, mark at the left, words, figures at the right."""
        entry: Entry = index.data(0x0100)
        theme = current()
        rect = QRectF(option.rect)
        if self.flush:
            pad = theme.px(_SIDE if entry.key and not entry.heading else _SIDE + 6)
            rect = rect.adjusted(-pad - (theme.px(6) if entry.heading else 0), 0, pad, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.heading:
            _draw_heading(painter, theme, rect, entry)
        else:
            state = option.state
            _draw_ground(painter, theme, rect, state, entry)
            if self._is_low(entry, option.rect.width()):
                beside = self._is_beside(entry, option.rect.width())
                rect, entry = _draw_low_pill(painter, theme, rect, entry, beside)
            left = _draw_lead(painter, theme, rect, entry, bool(state & QStyle.StateFlag.State_Selected))
            right = _draw_trail(painter, theme, rect, entry)
            words = QRectF(left, rect.top(), right - left - theme.px(6), rect.height())
            lines = _title_lines(theme, entry, self._room(entry, option.rect.width())) if self.wraps else [entry.title]
            area = _beside_arrow(painter, theme, words, entry, len(lines))
            _draw_words(painter, theme, area, entry, right - left - theme.px(3), lines)
        painter.restore()


def _draw_low_pill(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry, beside: bool) -> tuple[QRectF, Entry]:
    """At the end of the second line, or on a line of its own; what is left of the row, and the row without it."""
    px, wide = theme.px, pill_width(theme, entry.pill)
    left = rect.right() - px(_SIDE + 6) - wide if beside else rect.left() + _lead_width(theme, entry)
    place = QRectF(left, rect.bottom() - px(_PILL + 2), wide, px(22))
    pill(painter, theme, place, entry.pill, entry.pill_tone)
    return rect.adjusted(0, 0, 0, 0 if beside else -px(_PILL)), replace(entry, pill="")


def _draw_heading(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
    px, ink = theme.px, Ink(12, theme.tokens.ink2, SEMIBOLD)
    area = rect.adjusted(px(_SIDE + 12), px(6), -px(_SIDE + 6), 0)
    room = width_of(theme, entry.caption, ink)
    write(painter, theme, area, entry.caption, ink, RIGHT)
    write(painter, theme, area.adjusted(0, 0, -room - px(8), 0), entry.title, ink)


def _draw_ground(painter: QPainter, theme: Theme, rect: QRectF, state: QStyle.StateFlag, entry: Entry) -> None:
    px, tokens = theme.px, theme.tokens
    inner = rect.adjusted(px(_SIDE), 1, -px(_SIDE), -1)
    if state & QStyle.StateFlag.State_Selected:
        box(painter, inner, px(6), tokens.tint)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        edge = QRectF(inner.left(), rect.top() + px(8), px(3), rect.height() - px(16))
        box(painter, edge, 1.5, tokens.accent)
        if focused:
            box(painter, inner, px(6), "", tokens.accent, 2.0)
    elif state & QStyle.StateFlag.State_MouseOver and entry.key:
        box(painter, inner, px(6), tokens.sunken)
    if entry.tile is not None:
        fill_rect(painter, QRectF(inner.left(), rect.bottom() - 1, inner.width(), 1), tokens.line)


def _draw_lead(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry, chosen: bool) -> float:
    """Mark, number, avatar, tile or icon; where the words begin."""
    px, tokens, middle = theme.px, theme.tokens, rect.center().y()
    left = rect.left() + px(_SIDE + 6)
    if entry.number or entry.mark is EntryMark.STEP_DONE:
        if entry.mark is EntryMark.STEP_DONE:
            symbol(painter, theme, "circle-check", left, middle, 20, tokens.low)
        else:
            disc = QRectF(left, middle - px(10), px(20), px(20))
            number_disc(painter, theme, disc, entry.number, entry.mark is EntryMark.CURRENT)
        return left + px(30)
    if entry.tile is not None:
        ink, ground = tokens.tone(entry.tile)
        box(painter, QRectF(left - px(4), middle - px(19), px(38), px(38)), px(9), ground)
        symbol(painter, theme, entry.icon, left + px(5), middle, 20, ink)
        return left + px(50)
    if entry.mark is not EntryMark.NONE:
        _draw_mark(painter, theme, QPointF(left + px(9), middle), entry.mark)
        left += px(24)
    if entry.person:
        avatar(painter, theme, QRectF(left, middle - px(15), px(30), px(30)), entry.person)
        return left + px(40)
    if entry.icon:
        symbol(painter, theme, entry.icon, left + px(4), middle, 18, tokens.accent if chosen else tokens.ink2)
        return left + px(34)
    return left + px(2)


def _lead_width(theme: Theme, entry: Entry) -> float:
    """What `_draw_lead` takes from the left."""
    px = theme.px
    if entry.number or entry.mark is EntryMark.STEP_DONE:
        return px(_SIDE + 6) + px(30)
    if entry.tile is not None:
        return px(_SIDE + 6) + px(50)
    mark = px(24) if entry.mark is not EntryMark.NONE else 0
    return px(_SIDE + 6) + mark + px(40 if entry.person else 34 if entry.icon else 2)


def _trail_width(theme: Theme, entry: Entry) -> float:
    """What `_draw_trail` takes from the right, with the gap before it."""
    px, wide = theme.px, float(theme.px(_SIDE + 6) + theme.px(3))
    if entry.tile is not None and entry.key:
        wide += px(26)
    if entry.rating:
        wide += px(BADGE_WIDTH) + (px(8) if entry.pill else 0)
    if entry.caption:
        weight = MEDIUM if entry.tone is Tone.NEUTRAL else SEMIBOLD
        wide += width_of(theme, entry.caption, Ink(12, "#000000", weight, True)) + px(8)
        wide += px(20) if entry.caption_icon else 0
    if entry.pill:
        wide += max(pill_width(theme, entry.pill), px(104) if entry.tile is not None else 0) + px(8)
    return wide


def _title_lines(theme: Theme, entry: Entry, room: float) -> list[str]:
    """The title on one line, or broken between words over two; what the second cannot hold is elided there."""
    ink = Ink(15 if entry.tile is not None else 13, "#000000", SEMIBOLD)
    if entry.heading or width_of(theme, entry.title, ink) <= room:
        return [entry.title]
    words = entry.title.split()
    taken = 1
    while taken < len(words) and width_of(theme, " ".join(words[: taken + 1]), ink) <= room:
        taken += 1
    return [line for line in (" ".join(words[:taken]), " ".join(words[taken:])) if line]


def _draw_mark(painter: QPainter, theme: Theme, at: QPointF, mark: EntryMark) -> None:
    px, tokens = theme.px, theme.tokens
    if mark is EntryMark.DONE:
        symbol(painter, theme, "check", at.x() - px(8), at.y(), 16, tokens.low)
    elif mark is EntryMark.WARN:
        symbol(painter, theme, "circle-alert", at.x() - px(8), at.y(), 16, tokens.medium)
    elif mark is EntryMark.SKIPPED:
        symbol(painter, theme, "undo-2", at.x() - px(7), at.y(), 14, tokens.medium)
    else:
        now = mark is EntryMark.CURRENT
        dot(painter, at, px(4) if now else px(2.5), tokens.accent if now else tokens.line2)


def _draw_trail(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> float:
    """Rating, pill, caption from the right; where the words must end."""
    px, tokens, middle = theme.px, theme.tokens, rect.center().y()
    right = rect.right() - px(_SIDE + 6)
    if entry.tile is not None and entry.key:
        symbol(painter, theme, "chevron-right", right - px(18), middle, 18, tokens.ink3)
        right -= px(26)
    if entry.rating:
        right = draw_rating(painter, theme, right, middle, entry.rating, entry.rating_tone, Trend.NONE)
        right -= px(8) if entry.pill else 0
    if entry.caption:
        neutral = entry.tone is Tone.NEUTRAL
        ink = Ink(12, tokens.ink2 if neutral else tokens.tone(entry.tone)[0], MEDIUM if neutral else SEMIBOLD, True)
        wide = width_of(theme, entry.caption, ink)
        write(painter, theme, QRectF(right - wide, rect.top(), wide, rect.height()), entry.caption, ink, RIGHT)
        right -= wide + px(8)
        if entry.caption_icon:
            symbol(painter, theme, entry.caption_icon, right - px(14), middle, 14, ink.colour)
            right -= px(20)
    if entry.pill:
        wide = max(pill_width(theme, entry.pill), px(104) if entry.tile is not None else 0)
        pill(painter, theme, QRectF(right - wide, middle - px(11), wide, px(22)), entry.pill, entry.pill_tone)
        right -= wide + px(8)
    return _draw_company(painter, theme, right, middle, rect, entry)


def _draw_company(painter: QPainter, theme: Theme, right: float, middle: float, rect: QRectF, entry: Entry) -> float:
    """Who, and how many each, or the ratings it is about; left out where the title needs the room."""
    px = theme.px
    count = Ink(13, theme.tokens.ink, SEMIBOLD, True)
    wide = px(38) * len(entry.totals)
    wide += sum(px(42) + width_of(theme, str(number), count) for _, number in entry.people)
    title = px(64) + width_of(theme, entry.title, Ink(15, "#000000", SEMIBOLD))
    if not wide or rect.left() + px(_SIDE) + title > right - px(14) - wide:
        return right
    at = right - px(6)
    for total, tone in reversed(entry.totals):
        draw_rating(painter, theme, at, middle, total, tone, Trend.NONE)
        at -= px(42)
    for name, number in reversed(entry.people):
        digits = width_of(theme, str(number), count)
        write(painter, theme, QRectF(at - digits, rect.top(), digits + 1, rect.height()), str(number), count)
        at -= digits + px(31)
        avatar(painter, theme, QRectF(at, middle - px(13), px(26), px(26)), name)
        at -= px(11)
    return at


def _beside_arrow(painter: QPainter, theme: Theme, words: QRectF, entry: Entry, lines: int) -> QRectF:
    """Draw where the rating is going: beside the badge, or on the second line where a title needs the first."""
    if not entry.rating or entry.trend is Trend.NONE:
        return words
    room = words.width() - theme.px(ARROW_WIDTH)
    whole = not entry.subtitle or width_of(theme, entry.title, Ink(13, "#000000", SEMIBOLD)) <= room
    middle = words.center().y() + (0 if whole else theme.px(9 if lines == 1 else 17))
    draw_trend(painter, theme, words.right() + theme.px(6) - theme.px(ARROW_WIDTH), middle, entry.trend)
    return words.adjusted(0, 0, -theme.px(ARROW_WIDTH), 0)


def _draw_words(
    painter: QPainter, theme: Theme, area: QRectF, entry: Entry, first_line: float, lines: list[str]
) -> None:
    px, tokens = theme.px, theme.tokens
    plain = not entry.subtitle and entry.mark is EntryMark.NONE and not entry.number
    size = 15 if entry.tile is not None else 13
    title = Ink(size, tokens.ink2 if entry.dim else tokens.ink, MEDIUM if plain else SEMIBOLD)
    if not entry.subtitle:
        for number, line in enumerate(lines):
            shift = px(_LINE) * (number - (len(lines) - 1) / 2)
            write(painter, theme, area.translated(0, shift), line, title)
        return
    shift = px(_LINE) * (len(lines) - 1) / 2
    middle = area.center().y()
    small_size = 11 if entry.rating else 12
    up, small = (px(21), Ink(13, tokens.ink3)) if entry.tile is not None else (px(18), Ink(small_size, tokens.ink3))
    for number, line in enumerate(lines):
        wide = area.width() if width_of(theme, line, title) <= area.width() else first_line
        top = middle - up - shift + px(_LINE) * number
        write(painter, theme, QRectF(area.left(), top, wide, px(20)), line, title)
    below = QRectF(area.left(), middle + px(1) + shift, area.width(), px(17))
    write(painter, theme, below, entry.subtitle, small)


class PersonDelegate(EntryDelegate):
    """Each list draws its own headings and people; `inset` is the air at the sides of the ground and above it."""

    inset = (6, 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A heading, or a person on their ground."""
        entry: Entry = index.data(0x0100)
        theme, rect = current(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.heading:
            self.draw_heading(painter, theme, rect, entry, index.row() == 0)
        else:
            self._draw_plain_ground(painter, theme, rect, option.state)
            self.draw_person(painter, theme, rect, entry)
        painter.restore()

    def _draw_plain_ground(self, painter: QPainter, theme: Theme, rect: QRectF, state: QStyle.StateFlag) -> None:
        px, tokens, (side, above) = theme.px, theme.tokens, self.inset
        inner = rect.adjusted(px(side), above, -px(side), -1)
        if state & QStyle.StateFlag.State_Selected:
            edge = tokens.accent if state & QStyle.StateFlag.State_HasFocus else ""
            box(painter, inner, px(6), tokens.tint, edge, 2.0)
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, inner, px(6), tokens.sunken)

    @abstractmethod
    def draw_heading(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry, first: bool) -> None:
        """The line above a group of people; `first` at the top of the list."""

    @abstractmethod
    def draw_person(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
        """One person."""
