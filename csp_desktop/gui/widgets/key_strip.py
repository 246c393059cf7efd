"""The strip at the bottom: what is true of the file at the left, the keys that act here at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import Ink, Painted, fill_rect, key_cap, key_cap_width, symbol, width_of

Key = tuple[str, str]


class KeyStrip(Painted):
    """32 px. When room is short the leftmost keys go first and whole; F1 lists all of them anyway."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[Key, ...] = ()
        self._text, self._icon = "", "lock"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName("key_strip")

    def set_keys(self, keys: Sequence[Key]) -> None:
        """Keys and their words in order, the most needed last: [("F2", "minute"), ("F1", "all keys")]."""
        self._put(tuple(keys), self._text, self._icon)

    def set_text(self, text: str, icon: str = "lock") -> None:
        """The sentence at the left."""
        self._put(self._keys, text, icon)

    def shown_keys(self) -> list[Key]:
        """The keys there is room for, left to right."""
        return [key for key, _ in self._fitting()]

    def sizeHint(self) -> QSize:
        """Full width, 32 px."""
        return QSize(self.theme.px(640), self.theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(0, self.theme.px(32))

    def _put(self, keys: tuple[Key, ...], text: str, icon: str) -> None:
        """Told after every step; drawn again only when it says something else."""
        if (keys, text, icon) == (self._keys, self._text, self._icon):
            return
        self._keys, self._text, self._icon = keys, text, icon
        self.describe("Keys", "; ".join(f"{key} {label}" for key, label in self._keys))
        self.update()

    def _width(self, key: Key) -> int:
        label = Ink(12, self.theme.tokens.ink2)
        return key_cap_width(self.theme, key[0]) + self.theme.px(7) + width_of(self.theme, key[1], label)

    def _fitting(self) -> list[tuple[Key, float]]:
        px, right, placed = self.theme.px, float(self.width() - self.theme.px(22)), []
        for key in reversed(self._keys):
            left = right - self._width(key)
            if left < px(16):
                break
            placed.append((key, left))
            right = left - px(14)
        return placed[::-1]

    def draw(self, painter: QPainter) -> None:
        """A hairline above, the sentence, the keys."""
        px, tokens = self.theme.px, self.theme.tokens
        fill_rect(painter, self.rect(), tokens.surface)
        fill_rect(painter, QRect(0, 0, self.width(), 1), tokens.line)
        placed = self._fitting()
        ink, middle = Ink(12, tokens.ink2), self.height() / 2
        end = placed[0][1] - px(20) if placed else self.width() - px(16)
        if end - px(36) > min(px(120), width_of(self.theme, self._text, ink)):
            symbol(painter, self.theme, self._icon, px(16), middle, 14, tokens.ink2)
            self.write(painter, QRectF(px(36), 0, end - px(36), self.height()), self._text, ink)
        for (key, label), left in placed:
            wide = key_cap_width(self.theme, key)
            key_cap(painter, self.theme, QRectF(left, middle - px(8), wide, px(17)), key)
            room = width_of(self.theme, label, ink) + 1
            self.write(painter, QRectF(left + wide + px(7), 0, room, self.height()), label, ink)
