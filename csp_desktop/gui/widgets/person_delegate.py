"""What the lists of people share: a heading, or a person on ground that shows where one stands."""

from abc import abstractmethod

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from csp_desktop.gui.theme import Theme, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_delegate import EntryDelegate
from csp_desktop.gui.widgets.painting import box


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
