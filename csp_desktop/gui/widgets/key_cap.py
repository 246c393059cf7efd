"""One key as it looks on the keyboard."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.widgets.painted import Painted
from csp_desktop.gui.widgets.painting import key_cap, key_cap_width


class KeyCap(Painted):
    """Beside the thing the key does."""

    def __init__(self, parent: QWidget | None = None, *, key: str = "") -> None:
        super().__init__(parent)
        self._key = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """The key's name: "Ctrl Z"."""
        self._key = key
        self.describe(f"Key {key}" if key else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its name."""
        return QSize(key_cap_width(self.theme, self._key), self.theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """Never elides."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The cap."""
        if self._key:
            key_cap(painter, self.theme, QRectF(self.rect()), self._key)
