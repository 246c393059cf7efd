"""The field one finds with."""

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.style.painting import key_cap, key_cap_width, symbol
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.line_edit import LineEdit
from csp_desktop.gui.window.actions import FIND
from csp_desktop.gui.window.keys import is_escape


class SearchBox(LineEdit):
    """A line edit with a lens and, while empty, the key that comes here. Escape empties it first."""

    def __init__(self, parent: QWidget | None = None, *, hint: str = "Find or command", key: str = FIND.shown) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self._key = key
        self.set_hint(hint, key)

    def set_hint(self, hint: str, key: str = "") -> None:
        """What can be found, and the key that leads here."""
        self._key = key
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setAccessibleDescription(f"Key {key}" if key else "")
        self._make_room()

    def _make_room(self) -> None:
        theme = current()
        right = key_cap_width(theme, self._key) + theme.px(12) if self._key else theme.px(8)
        self.setTextMargins(theme.px(28), 0, right if not self.text() else theme.px(4), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field as styled, then lens and cap."""
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        symbol(painter, theme, "search", theme.px(9), self.height() / 2, 16, theme.tokens.ink3)
        if self._key and not self.text():
            wide = key_cap_width(theme, self._key)
            rect = QRectF(self.width() - wide - theme.px(8), self.height() / 2 - theme.px(9), wide, theme.px(18))
            key_cap(painter, theme, rect, self._key)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties; an empty box lets it go on to the page."""
        if is_escape(event) and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A new text size needs other margins."""
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()
        super().changeEvent(event)
