"""The lists of people: agency by agency on their page, one line each at the left of the sign-in desk."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.style.painting import RIGHT, Ink, avatar, box, fill_rect, pill, pill_width, symbol, width_of, write
from csp_desktop.gui.style.theme import BOLD, MEDIUM, SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_delegate import PersonDelegate
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.window.actions import PRESS
from csp_desktop.gui.window.keys import held

_MARK, _MAIL, _SIGNED = 42, 206, 178


@dataclass(frozen=True)
class PersonEntry(Entry):
    """A person's row: `pill` and `caption` are the protocol's state and date. A row that is about no person has no
    avatar."""

    mail: str = ""
    standing: str = ""
    marked: bool = False

    def spoken(self) -> str:
        """The whole row in words, the mark first."""
        if self.heading:
            return super().spoken()
        parts = ["marked" if self.marked else "", self.title, self.subtitle, self.standing, self.mail]
        return ", ".join(part for part in [*parts, self.pill, self.caption] if part)


class PeopleDelegate(PersonDelegate):
    """Box for the mark, avatar, name and job, mail and standing, pill and date; mail goes first when it is narrow."""

    def height(self, entry: Entry, roomy: bool, width: int) -> int:
        """Two lines a person."""
        return current().px(34 if entry.heading else 48)

    def draw_heading(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry, first: bool) -> None:
        """An agency with its count."""
        px, tokens = theme.px, theme.tokens
        box(painter, rect.adjusted(0, px(4), 0, 0), 0, tokens.sunken)
        area = rect.adjusted(px(18), px(4), -px(18), 0)
        ink = Ink(13, tokens.ink, SEMIBOLD)
        write(painter, theme, area, entry.caption, Ink(12, tokens.ink3), RIGHT)
        room = area.width() - width_of(theme, entry.caption, Ink(12, tokens.ink3)) - px(10)
        write(painter, theme, QRectF(area.left(), area.top(), room, area.height()), entry.title, ink)

    def draw_person(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
        """Two lines a person."""
        assert isinstance(entry, PersonEntry)
        _draw_person(painter, theme, rect, entry)


def _draw_person(painter: QPainter, theme: Theme, rect: QRectF, entry: PersonEntry) -> None:
    px, tokens, middle = theme.px, theme.tokens, rect.center().y()
    tick = QRectF(rect.left() + px(18), middle - px(8), px(16), px(16))
    if entry.marked:
        box(painter, tick, px(4), tokens.accent)
        symbol(painter, theme, "check", tick.left() + px(1), middle, 14, tokens.on_accent)
    else:
        box(painter, tick, px(4), tokens.surface, tokens.line2)
    disc = QRectF(rect.left() + px(_MARK), middle - px(15), px(30), px(30))
    if entry.person:
        avatar(painter, theme, disc, entry.person)
    left, right = disc.right() + px(10) if entry.person else disc.left(), rect.right() - px(18)
    right = _draw_protocol(painter, theme, QRectF(left, rect.top(), right - left, rect.height()), entry)
    wide = bool(entry.mail or entry.standing) and right - left > px(_MAIL + 190)
    if wide:
        at = right - px(_MAIL)
        _two_lines(painter, theme, QRectF(at, rect.top(), px(_MAIL - 12), rect.height()), entry.standing, entry.mail)
        right = at - px(12)
    job = entry.subtitle if wide else ", ".join(part for part in (entry.standing, entry.subtitle) if part)
    area = QRectF(left, rect.top(), right - left, rect.height())
    _two_lines(painter, theme, area, entry.title, job, entry.dim)


def _draw_protocol(painter: QPainter, theme: Theme, area: QRectF, entry: PersonEntry) -> float:
    """Pill above, date below, at a column of their own; where it begins."""
    px, middle = theme.px, area.center().y()
    at = area.right() - px(_SIGNED)
    wide = pill_width(theme, entry.pill)
    top = middle - px(20) if entry.caption else middle - px(10)
    if entry.pill:
        pill(painter, theme, QRectF(at, top, wide, px(20)), entry.pill, entry.pill_tone)
    if entry.caption:
        below = QRectF(at, middle + px(2), px(_SIGNED), px(18))
        write(painter, theme, below, entry.caption, Ink(12, theme.tokens.ink2, tabular=True))
    return at - px(12)


def _two_lines(painter: QPainter, theme: Theme, area: QRectF, first: str, second: str, dim: bool = False) -> None:
    px, tokens, middle = theme.px, theme.tokens, area.center().y()
    ink = Ink(13, tokens.ink2 if dim else tokens.ink, SEMIBOLD if second else MEDIUM)
    if not second:
        write(painter, theme, area, first, ink)
        return
    write(painter, theme, QRectF(area.left(), middle - px(19), area.width(), px(20)), first, ink)
    write(painter, theme, QRectF(area.left(), middle + px(1), area.width(), px(18)), second, Ink(12, tokens.ink3))


MARK = PRESS.called("select the row")


class PeopleList(EntryList):
    """Space, Ctrl+click or a click on its box asks to mark a person (`mark_asked`); all else as in every list."""

    mark_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = PeopleDelegate(self)
        self.setItemDelegate(self._delegate)
        self._marking = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click that marks does not choose."""
        index = self.indexAt(event.position().toPoint())
        with_ctrl = bool(held(event) & Qt.KeyboardModifier.ControlModifier)
        entry = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if isinstance(entry, PersonEntry) and (with_ctrl or event.position().x() < current().px(_MARK - 2)):
            self._marking = True
            self.mark_asked.emit(entry.key)
            return
        self._marking = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nor does letting go."""
        if not self._marking:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks the row one stands on."""
        if MARK.pressed(event) and self.current_key():
            self.mark_asked.emit(self.current_key())
            return
        super().keyPressEvent(event)


class AttendeeDelegate(PersonDelegate):
    """Avatar, name and agency in one line; a time with a check, or a word, at the right."""

    inset = (16, 0)

    def height(self, entry: Entry, roomy: bool, width: int) -> int:
        """30 px a person, 24 where not all of them fit."""
        high = (44, 32) if entry.heading else (30, 24)
        return current().px(high[0] if roomy else high[1])

    def draw_heading(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry, first: bool) -> None:
        """Words and their count, a line above all but the first."""
        px, tokens = theme.px, theme.tokens
        air = rect.height() - px(32)
        if not first:
            line = QRectF(rect.left() + px(18), rect.top() + px(2) + air / 2, rect.width() - px(36), 1)
            fill_rect(painter, line, tokens.line)
        area = rect.adjusted(px(18), (px(4) if first else px(4) + air * 2 / 3), -px(18), 0)
        write(painter, theme, area, entry.title, Ink(16, tokens.ink, SEMIBOLD))
        write(painter, theme, area, entry.caption, Ink(16, tokens.ink3, BOLD, True), RIGHT)

    def draw_person(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
        """One line a person."""
        _draw_attendee(painter, theme, rect, entry)


def _draw_attendee(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
    px, tokens, middle = theme.px, theme.tokens, rect.center().y()
    side = min(px(22), rect.height() - px(4))
    disc = QRectF(rect.left() + px(24), middle - side / 2, side, side)
    avatar(painter, theme, disc, entry.person)
    right: float = rect.right() - px(24)
    ink = tokens.ink2 if entry.tone is Tone.NEUTRAL else tokens.tone(entry.tone)[0]
    if entry.caption_icon:
        check = tokens.low if entry.caption_icon == "check" else tokens.ink3
        symbol(painter, theme, entry.caption_icon, right - px(16), middle, 16, check)
        right -= px(23)
    if entry.caption:
        caption = Ink(12, ink, MEDIUM if entry.tone is Tone.NEUTRAL else SEMIBOLD, True)
        wide = width_of(theme, entry.caption, caption)
        write(painter, theme, QRectF(right - wide, rect.top(), wide, rect.height()), entry.caption, caption, RIGHT)
        right -= wide + px(8)
    left = disc.right() + px(9)
    name = Ink(13, tokens.ink2 if entry.dim else tokens.ink, MEDIUM)
    room = min(width_of(theme, entry.title, name), right - left)
    write(painter, theme, QRectF(left, rect.top(), room + 1, rect.height()), entry.title, name)
    left += room + px(9)
    if right - left > px(24):
        area = QRectF(left, rect.top(), right - left, rect.height())
        write(painter, theme, area, entry.subtitle, Ink(12, tokens.ink3))


class AttendeeList(EntryList):
    """An `EntryList` in that dress."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = AttendeeDelegate(self)
        self.setItemDelegate(self._delegate)
