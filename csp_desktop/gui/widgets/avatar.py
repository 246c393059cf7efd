"""A person's disc. Apart from the other marks: the unlock screen shows who was here last, and none of those."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop.gui.style.painting import Painted, avatar


class Avatar(Painted):
    """The colour goes by the name, so that a person has one on every screen."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "", group: str = "", size: int = 32) -> None:
        super().__init__(parent)
        self._initials, self._size = "", size
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_person(name, group)

    def set_person(self, name: str, group: str = "", initials: str = "") -> None:
        """Whose initials; `initials` when the person chose other ones, `group` their agency."""
        self._name, self._initials = name, initials
        self.describe(name)
        self.update()

    def set_size(self, size: int) -> None:
        """The disc's width in the design's pixels: 24, 32, 40, 52, 60."""
        self._size = size
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self.theme.px(self._size), self.theme.px(self._size))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The disc, once there is somebody."""
        if self._name:
            avatar(painter, self.theme, QRectF(self.rect()), self._name, self._initials)


MOST_DISCS = 3


class Avatars(Painted):
    """The discs of everybody whose action it is, who leads in front; of many the first few."""

    def __init__(self, parent: QWidget | None = None, *, size: int = 32) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_people(self, names: Sequence[str]) -> None:
        """Who leads, then who is with them."""
        self._names = tuple(names[:MOST_DISCS])
        self.describe(", ".join(names))
        self.updateGeometry()
        self.update()

    def _step(self) -> int:
        return self.theme.px(self._size * 5 // 8)

    def sizeHint(self) -> QSize:
        """One disc, and of each further one what looks out behind it."""
        size = self.theme.px(self._size)
        return QSize(size + self._step() * max(len(self._names) - 1, 0), size)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def draw(self, painter: QPainter) -> None:
        """The last first, so that who leads is in front."""
        size = self.theme.px(self._size)
        for number, name in reversed(list(enumerate(self._names))):
            avatar(painter, self.theme, QRectF(number * self._step(), 0, size, size), name)
