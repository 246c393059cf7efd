"""The names at the left of the sign-in desk: one line each, so that a whole table of people is seen at once."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.theme import BOLD, MEDIUM, SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.painting import RIGHT, Ink, avatar, symbol, width_of, write
from csp_desktop.gui.widgets.person_delegate import PersonDelegate


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
            painter.fillRect(line, QColor(tokens.line))
        area = rect.adjusted(px(18), (px(4) if first else px(4) + air * 2 / 3), -px(18), 0)
        write(painter, theme, area, entry.title, Ink(16, tokens.ink, SEMIBOLD))
        write(painter, theme, area, entry.caption, Ink(16, tokens.ink3, BOLD, True), RIGHT)

    def draw_person(self, painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
        """One line a person."""
        _draw_person(painter, theme, rect, entry)


def _draw_person(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry) -> None:
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
