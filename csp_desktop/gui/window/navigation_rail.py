"""The rail beside every page outside a running meeting: find box, where one can go and what waits there, who is at the
keyboard. It stands once, in the window; a page with lists of its own at the left folds it to its icons.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.painting import Ink, box, dot, fill_rect, key_cap, key_cap_width, symbol, width_of, write
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import SEMIBOLD, Theme, Tone, current
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_delegate import EntryDelegate
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.scrolled import OneScroll
from csp_desktop.gui.window.actions import BACK, FIND, LOCK, TO_PAGES

OPEN_WIDE, OPEN_NARROW, FOLDED, BACK_WIDE = 284, 262, 60, 30  # px; wide from a window of 1500 on
FIND_WORDS = "Find or command"
LEAST_ROW, MOST_ROW = 24, 36  # px; 24 is the least that a pointer hits for sure
HEADINGS, FOLDED_HEADING, EASY_ROW = (26, 20, 15), 11, 28  # px; a lower heading where rows would be lower than easy


class RailDelegate(EntryDelegate):
    """Rows as high as the list has room for; folded, an icon and a dot where something is overdue."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row, self.heading, self.is_folded = MOST_ROW, HEADINGS[0], False

    def _one_line(self, entry: Entry, roomy: bool) -> int:
        return current().px(self.heading if entry.heading else self.row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As every row; folded what the words said is in the tooltip and for who listens."""
        entry: Entry = index.data(0x0100)
        if not (self.is_folded or entry.heading):
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, theme = QRectF(option.rect), current()
        if self.is_folded:
            _draw_folded(painter, theme, rect, entry, option.state)
        else:
            area = rect.adjusted(theme.px(14), theme.px(1), -theme.px(14), 0)
            write(painter, theme, area, entry.title, Ink(11, theme.tokens.ink2, SEMIBOLD))
        painter.restore()


def _draw_folded(painter: QPainter, theme: Theme, rect: QRectF, entry: Entry, state: QStyle.StateFlag) -> None:
    px, tokens = theme.px, theme.tokens
    if entry.heading:
        fill_rect(painter, QRectF(rect.left() + px(16), rect.center().y(), rect.width() - px(32), 1), tokens.line2)
        return
    inner, chosen = rect.adjusted(px(8), 1, -px(8), -1), bool(state & QStyle.StateFlag.State_Selected)
    if chosen:
        ring = tokens.accent if state & QStyle.StateFlag.State_HasFocus else ""
        box(painter, inner, px(6), tokens.tint, ring, 2.0)
        box(painter, QRectF(inner.left(), inner.top() + px(5), px(3), inner.height() - px(10)), 1.5, tokens.accent)
    elif state & QStyle.StateFlag.State_MouseOver:
        box(painter, inner, px(6), tokens.sunken)
    at = rect.center()
    symbol(painter, theme, entry.icon, at.x() - px(9), at.y(), 18, tokens.accent if chosen else tokens.ink2)
    if entry.tone is Tone.HIGH:
        dot(painter, at + QPointF(px(10), -px(8)), px(4), tokens.high, tokens.surface, 1.5)


class PageList(EntryList):
    """The pages; every row is seen where that is possible at all, by making the rows lower."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate: RailDelegate = RailDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Pages")

    def set_folded(self, folded: bool) -> None:
        """Icons alone."""
        self._delegate.is_folded = folded
        self._lay()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these rows."""
        super().set_entries(entries)
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the rail is."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows by the height there is."""
        self._lay()
        super().resizeEvent(event)

    def _lay(self) -> None:
        """The highest row with which all of them fit, within what can be read and pointed at."""
        rows = sum(not entry.heading for entry in self.entries())
        headings, room = len(self.entries()) - rows, self.viewport().height() / current().scale
        delegate = self._delegate
        for heading in (FOLDED_HEADING,) if delegate.is_folded else HEADINGS:
            row = int((room - headings * heading) / max(1, rows))
            delegate.heading, delegate.row = heading, max(LEAST_ROW, min(MOST_ROW, row))
            if row >= EASY_ROW:
                break
        self._high = {}
        self._fit()


class NavigationRail(QFrame):
    """`chosen` gives a page's stem; `back_asked`, `find_asked` and `lock_asked` are its buttons."""

    chosen = Signal(str)
    back_asked = Signal()
    find_asked = Signal()
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        self.setObjectName("navigation_rail")
        self.setAccessibleName("Pages")
        self.back_button, self.find_button = SecondaryButton(self, icon="chevron-left", height=34), FindButton(self)
        self.back_button.setAccessibleName("Back")
        self.back_button.setToolTip(f"Back ({BACK.shown})")
        self.back_button.setAccessibleDescription(f"Key {BACK.shown}")
        self.pages = PageList(self)
        self.pages.setAccessibleDescription(f"Key {TO_PAGES.shown}")
        self.footer = self._make_footer()
        self._find_row = hbox(self.back_button, (self.find_button, 1))
        self.setLayout(vbox(self._scrolling(vbox(self._find_row, (self.pages, 1), self.footer, spacing=4)), spacing=0))
        for button in (self.back_button, self.find_button, self.lock_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the caret stays in the page; each has a key
        self.pages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # and its own way in, so that no page begins here
        self.back_button.clicked.connect(self.back_asked)
        self.find_button.clicked.connect(self.find_asked)
        self.lock_button.clicked.connect(self.lock_asked)
        self.pages.chosen.connect(self.chosen)
        self._is_folded = False
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """It outlives the pages, so another text size comes to it too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        """Widths and margins for this text size."""
        px, folded = current().px, self._is_folded
        self.back_button.setFixedWidth(px(FOLDED - 17 if folded else BACK_WIDE))  # 1 px is the line at the right
        self.lock_button.setMinimumWidth(px(FOLDED - 28) if folded else 0)
        self._find_row.setContentsMargins(px(8), px(10), px(8), 0)
        self._find_row.setSpacing(px(4))
        self._row.setContentsMargins(px(0 if folded else 8), px(5), 0, px(6))
        self._row.setSpacing(px(8))

    def _scrolling(self, column: QLayout) -> QScrollArea:
        """A window too low for all of it scrolls it."""
        area, inside = QScrollArea(self), QWidget()
        inside.setProperty("role", "scrolled")
        inside.setLayout(column)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        OneScroll(area)
        return area

    def _make_footer(self) -> QFrame:
        footer = QFrame(self)
        set_role(footer, "footer")
        self._avatar, self._name, self._role = Avatar(footer, size=30), ElidedLabel(footer), ElidedLabel(footer)
        set_role(self._name, "strong")
        set_role(self._role, "caption")
        self.lock_button = SecondaryButton(footer, text="Lock", height=32)
        self.lock_button.setAccessibleName("Lock")
        self.lock_button.setAccessibleDescription(f"Key {LOCK.shown}")
        self._words = QWidget(footer)
        self._words.setLayout(vbox(self._name, self._role, spacing=0))
        self._row = hbox(self._avatar, (self._words, 1), self.lock_button)
        footer.setLayout(self._row)
        return footer

    def is_folded(self) -> bool:
        """Whether only icons are seen."""
        return self._is_folded

    def set_folded(self, folded: bool, *, wide: bool = False) -> None:
        """Icons alone, or with words; `wide` where the window has room."""
        px = current().px
        self.setFixedWidth(px(FOLDED if folded else OPEN_WIDE if wide else OPEN_NARROW))
        if folded == self._is_folded:
            return
        self._is_folded = folded
        self.find_button.set_folded(folded)
        self.pages.set_folded(folded)
        for words in (self._words, self._avatar):
            words.setVisible(not folded)
        self.lock_button.setText("" if folded else "Lock")
        self.lock_button.set_icon("lock" if folded else "")
        self.lock_button.setToolTip("Lock" if folded else "")
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._find_row.setDirection(down if folded else across)
        self._measure()

    def set_whole(self) -> None:
        """All of the window's width: where one column is shown at a time."""
        self.set_folded(False)
        self.setMinimumWidth(0)
        self.setMaximumWidth(16777215)

    def set_back(self, leads_back: bool) -> None:
        """Whether there is anything to go back to."""
        self.back_button.setEnabled(leads_back)

    def show_pages(self, entries: Sequence[Entry], current_stem: str, name: str, role: str) -> None:
        """Where one can go, where one is, and who is at the keyboard."""
        self.pages.set_entries(entries)
        self.pages.set_current(current_stem)
        self._avatar.set_person(name, "")
        self._name.setText(name)
        self._role.setText(role)

    def take_focus(self) -> None:
        """The caret on the page one is on."""
        self.pages.setFocus(Qt.FocusReason.ShortcutFocusReason)


class FindButton(SecondaryButton):
    """Looks like the field it opens over the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, text=FIND_WORDS, icon="search", key=FIND.shown, height=34)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(FIND_WORDS)
        self.setAccessibleDescription(f"Key {FIND.shown}")

    def set_folded(self, folded: bool) -> None:
        """The lens alone."""
        self.setText("" if folded else FIND_WORDS)
        self.set_key("" if folded else FIND.shown)
        self.setAccessibleDescription(f"Key {FIND.shown}")
        self.setToolTip(f"{FIND_WORDS} ({FIND.shown})" if folded else "")

    def minimumSizeHint(self) -> QSize:
        """Lens, words and key as they are drawn, or the lens."""
        least = super().minimumSizeHint()
        if self.text():
            px, words = self.theme.px, width_of(self.theme, self.words(), Ink(13, "", SEMIBOLD))
            least.setWidth(px(34) + words + px(6) + key_cap_width(self.theme, FIND.shown) + px(9))
        return least

    def _draw_content(self, painter: QPainter, ink: str) -> None:
        """From the left, as in a field, the key at its end."""
        if not self.text():
            super()._draw_content(painter, ink)
            return
        theme, high = self.theme, self.height()
        symbol(painter, theme, "search", theme.px(10), high / 2, 16, theme.tokens.ink3)
        area = QRectF(theme.px(34), 0, self.width() - theme.px(34), high)
        write(painter, theme, area, self.words(), Ink(13, theme.tokens.ink3))
        wide, tall = key_cap_width(theme, FIND.shown), theme.px(18)
        key_cap(painter, theme, QRectF(self.width() - wide - theme.px(9), (high - tall) / 2, wide, tall), FIND.shown)
