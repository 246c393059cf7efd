"""Containers Qt lacks: a row that becomes two, a column that scrolls up and down only, pages of which one shows,
a frame for one widget at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current

LINE_STEP = 60  # px an arrow scrolls


@dataclass(frozen=True)
class _Measured:
    """An item that is shown, with what it says of itself: asked once, since Qt asks a row dozens of times a change."""

    item: QLayoutItem
    hint: QSize
    least: QSize
    grows: bool
    has_height: bool

    def height(self, width: int) -> int:
        """How high it is at that width."""
        return self.item.heightForWidth(width) if self.has_height else self.hint.height()


class Flow(QLayout):
    """Items in reading order. With `fill` those of one line share its whole width (the expanding ones, if there are
    any) and are as high as its highest (cards, outcomes); without, each keeps its own size (pills). With `heads` the
    first, a title, has a line to itself where not all have room beside it."""

    def __init__(
        self, parent: QWidget | None = None, *, fill: bool = False, heads: bool = False, spacing: int = 8
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._growing: list[QLayoutItem] = []
        self._measured: list[_Measured] | None = None
        self._heights: dict[int, int] = {}
        self._fill, self._heads = fill, heads
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way in; `addWidget` leads here."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, or None beyond the end, as Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def grow_last(self) -> None:
        """What came last takes the room that is left in its line, whatever it says of itself."""
        self._growing.append(self._items[-1])

    def adopt(self, layout: QLayout) -> None:
        """A layout that stood in another."""
        self.addItem(layout)
        self.addChildLayout(layout)

    def swap(self, old: QWidget, new: QWidget) -> None:
        """Put one widget in the place of another."""
        at = self.indexOf(old)
        self.addWidget(new)
        self._items[at] = self._items.pop()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Only as wide as it is let."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """More lines when narrower."""
        return True

    def invalidate(self) -> None:
        """Something in it changed: measure again when asked."""
        self._measured = None
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.hint for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max([hint.height() for hint in hints], default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        least = [item.least for item in self._shown()]
        wide, high = [size.width() for size in least], [size.height() for size in least]
        return QSize(max(wide, default=0), max(high, default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _shown(self) -> list[_Measured]:
        if self._measured is None:
            shown = (item for item in self._items if not item.isEmpty())
            self._measured = [_measure(item, any(item is each for each in self._growing)) for item in shown]
        return self._measured

    def _lines(self, width: int) -> list[list[_Measured]]:
        lines: list[list[_Measured]] = []
        used, spacing = 0, self.spacing()
        parted = self._heads and self.sizeHint().width() > width
        for item in self._shown():
            wide = item.least.width() if self._fill else item.hint.width()
            if lines and used + spacing + wide <= width and not (parted and len(lines) == 1):
                lines[-1].append(item)
                used += spacing + wide
            else:
                lines.append([item])
                used = wide
        return lines

    def _lay(self, rect: QRect, *, move: bool) -> int:
        top, spacing = rect.top(), self.spacing()
        for line in self._lines(rect.width()):
            widths = self._widths(line, rect.width())
            highs = [item.height(wide) for item, wide in zip(line, widths, strict=True)]
            left, high = rect.left(), max(highs)
            for item, wide, own in zip(line, widths, highs, strict=True) if move else ():
                if not any(item.item is each for each in self._items):
                    continue  # a widget moved before it took this one away, and Qt has deleted the item
                tall = high if self._fill else own
                item.item.setGeometry(QRect(QPoint(left, top + (high - tall) // 2), QSize(wide, tall)))
                left += wide + spacing
            top += high + spacing
        return max(0, top - spacing - rect.top())

    def _widths(self, line: list[_Measured], width: int) -> list[int]:
        hints = [item.hint.width() for item in line]
        if not self._fill:
            return [min(hint, width) for hint in hints]
        least = [item.least.width() for item in line]
        grows = [item.grows for item in line]
        if not any(grows):
            grows = [True] * len(line)
        room = width - self.spacing() * (len(line) - 1)
        widths = [low if grow else hint for low, grow, hint in zip(least, grows, hints, strict=True)]
        if sum(widths) > room:
            widths = least
        weights = [max(1, hint) if grow else 0 for hint, grow in zip(hints, grows, strict=True)]
        spare = max(0, room - sum(widths))
        return [wide + spare * weight // sum(weights) for wide, weight in zip(widths, weights, strict=True)]


def wrapping(row: QBoxLayout, *, fill: bool = True, heads: bool = False) -> None:
    """A form's row becomes as many lines as it needs where there is no room for all of it beside each other."""
    flow = Flow(fill=fill, heads=heads, spacing=max(row.spacing(), 0))
    items = [(item, row.stretch(at)) for at in range(row.count()) if (item := row.itemAt(at)) is not None]
    for item, share in items:
        widget, inner = item.widget(), item.layout()
        row.removeItem(item)
        if widget is not None:
            flow.addWidget(widget)
        elif inner is not None:
            flow.adopt(inner)
        if share:
            flow.grow_last()
    row.addLayout(flow, 1)


def _measure(item: QLayoutItem, growing: bool) -> _Measured:
    widget, least = item.widget(), item.minimumSize()
    ignored = widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    hint = least if ignored else item.sizeHint().expandedTo(least)
    grows = growing or bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return _Measured(item, hint, least, grows, item.hasHeightForWidth())


class Scroll(QScrollArea):
    """`body` is the vertical layout to fill; add a stretch at its end."""

    LEAST = 80  # px of its height

    def __init__(self, parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (16, 14, 16, 14)) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self.body = QVBoxLayout(inside)
        px = current().px
        self.body.setContentsMargins(*(px(margin) for margin in margins))
        self.body.setSpacing(px(12))
        self.setWidget(inside)
        inside.installEventFilter(self)
        self._whole = False

    def set_whole(self, whole: bool) -> None:
        """As high as its content: where the column around it scrolls anyway, nothing scrolls inside."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the content needs at least."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content's least, as low as one likes unless it is to stand whole."""
        inside = self.widget()
        wide = inside.minimumSizeHint().width() if inside is not None else 0
        wide += self.verticalScrollBar().sizeHint().width()
        high = self.body.minimumHeightForWidth(max(wide, self.width())) if self._whole else 0
        return QSize(wide, max(current().px(self.LEAST), high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        if self._whole and event.oldSize().width() != event.size().width():
            self.updateGeometry()


def reveal(widget: QWidget) -> None:
    """Where the window is too small for all of it, every column around scrolls to this."""
    for area in areas_around(widget):
        area.ensureWidgetVisible(widget)


def focus_in_view(widget: QWidget) -> None:
    """The caret there, and the columns around scrolled to it once what opened has its place."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    QTimer.singleShot(0, widget, lambda: reveal(widget))


def reveal_top(widget: QWidget) -> None:
    """The same from its beginning."""
    for area in areas_around(widget):
        inside = area.widget()
        if inside is not None:
            area.verticalScrollBar().setValue(widget.mapTo(inside, QPoint(0, 0)).y())


def scroll_step(areas: Iterable[QScrollArea], step: int, *, page: bool) -> None:
    """Move the first of the areas that is not at its end that way: by a line, or with `page` by what is seen of it."""
    for area in areas:
        bar = area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + step * (bar.pageStep() if page else current().px(LINE_STEP)))
        if bar.value() != before:
            return


def areas_around(widget: QWidget) -> list[QScrollArea]:
    """The scroll areas that hold it, the nearest first."""
    found, above = [], widget.parentWidget()
    while above is not None:
        found += [above] if isinstance(above, QScrollArea) else []
        above = above.parentWidget()
    return found


SCROLLS = "scrolls"  # a property of a page of a stack: what is too high for it scrolls inside


class StillStack(QStackedWidget):
    """Where a column scrolls, Qt gives every wrapping page its whole wished height, and the text inside that has a
    scroll bar of its own pushes the buttons off the screen. Unless told to `set_growing`, this stack asks for its
    page's least height only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._growing = False
        self.currentChanged.connect(self.updateGeometry)

    def set_growing(self, growing: bool) -> None:
        """Ask for the whole height: in a window so small that the column scrolls anyway."""
        if growing != self._growing:
            self._growing = growing
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Only when growing; a page that scrolls by itself never asks for more than its least."""
        page = self.currentWidget()
        itself = page is not None and bool(page.property(SCROLLS))
        return self._growing and not itself and super().hasHeightForWidth()

    def minimumSizeHint(self) -> QSize:
        """The least of the page shown, at the width there is; the others do not matter. A wrapping page's own answer
        is for words at their narrowest, where every line breaks, and for rows of cards that never do."""
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        least, layout = page.minimumSizeHint(), page.layout()
        if layout is not None and layout.hasHeightForWidth() and self.width() >= least.width():
            least.setHeight(layout.totalMinimumHeightForWidth(self.width()))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class SideFrame(QFrame):
    """Holds one column at a time; the one before is destroyed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "side")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 12)
        self.held: QWidget | None = None

    def hold(self, widget: QWidget | None) -> None:
        """Show this one instead."""
        if self.held is not None:
            destroy(self.held)
        self.held = widget
        if widget is not None:
            self._column.addWidget(widget)


def destroy(widget: QWidget) -> None:
    """Out of the window at once; its memory goes with the next event."""
    widget.blockSignals(True)
    for child in widget.findChildren(QWidget):
        child.blockSignals(True)
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def bring_into_view(widget: QWidget) -> None:
    """Once it is laid out, all of it can be seen where what it stands in scrolls."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget, 0, 12)
