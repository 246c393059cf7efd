"""A row that becomes two when the window is too narrow for one: outcome buttons, cards, pills."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Items in reading order. With `fill` those of one line share its whole width (the expanding ones, if there are
    any) and are as high as its highest (cards, outcomes); without, each keeps its own size (pills)."""

    def __init__(self, parent: QWidget | None = None, *, fill: bool = False, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._fill = fill
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way in; `addWidget` leads here."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, or None beyond the end, as Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Only as wide as it is let."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """More lines when narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [self._hint(item) for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max([hint.height() for hint in hints], default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        least = [item.minimumSize() for item in self._shown()]
        wide, high = [size.width() for size in least], [size.height() for size in least]
        return QSize(max(wide, default=0), max(high, default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _hint(self, item: QLayoutItem) -> QSize:
        widget = item.widget()
        if widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
            return item.minimumSize()
        return item.sizeHint().expandedTo(item.minimumSize())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = item.minimumSize().width() if self._fill else self._hint(item).width()
            if lines and used + self.spacing() + wide <= width:
                lines[-1].append(item)
                used += self.spacing() + wide
            else:
                lines.append([item])
                used = wide
        return lines

    def _lay(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for line in self._lines(rect.width()):
            widths = self._widths(line, rect.width())
            highs = [
                item.heightForWidth(wide) if item.hasHeightForWidth() else self._hint(item).height()
                for item, wide in zip(line, widths, strict=True)
            ]
            left, high = rect.left(), max(highs)
            for item, wide, own in zip(line, widths, highs, strict=True):
                if move:
                    tall = high if self._fill else own
                    item.setGeometry(QRect(QPoint(left, top + (high - tall) // 2), QSize(wide, tall)))
                left += wide + self.spacing()
            top += high + self.spacing()
        return max(0, top - self.spacing() - rect.top())

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        hints = [self._hint(item).width() for item in line]
        if not self._fill:
            return [min(hint, width) for hint in hints]
        least = [item.minimumSize().width() for item in line]
        grows = [bool(item.expandingDirections() & Qt.Orientation.Horizontal) for item in line]
        if not any(grows):
            grows = [True] * len(line)
        room = width - self.spacing() * (len(line) - 1)
        widths = [low if grow else hint for low, grow, hint in zip(least, grows, hints, strict=True)]
        if sum(widths) > room:
            widths = least
        weights = [max(1, hint) if grow else 0 for hint, grow in zip(hints, grows, strict=True)]
        spare = max(0, room - sum(widths))
        return [wide + spare * weight // sum(weights) for wide, weight in zip(widths, weights, strict=True)]
