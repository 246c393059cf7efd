"""A row that becomes two when the window is too narrow for one: outcome buttons, cards, pills."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


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
    any) and are as high as its highest (cards, outcomes); without, each keeps its own size (pills)."""

    def __init__(self, parent: QWidget | None = None, *, fill: bool = False, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._measured: list[_Measured] | None = None
        self._heights: dict[int, int] = {}
        self._fill = fill
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
            self._measured = [_measure(item) for item in self._items if not item.isEmpty()]
        return self._measured

    def _lines(self, width: int) -> list[list[_Measured]]:
        lines: list[list[_Measured]] = []
        used, spacing = 0, self.spacing()
        for item in self._shown():
            wide = item.least.width() if self._fill else item.hint.width()
            if lines and used + spacing + wide <= width:
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


def _measure(item: QLayoutItem) -> _Measured:
    widget, least = item.widget(), item.minimumSize()
    ignored = widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    hint = least if ignored else item.sizeHint().expandedTo(least)
    grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return _Measured(item, hint, least, grows, item.hasHeightForWidth())
