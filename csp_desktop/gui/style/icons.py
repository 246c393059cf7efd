"""Lucide icons (ISC licence) in the colour and at the sharpness asked for, each drawn once and kept."""

from functools import lru_cache

from PySide6 import QtGui  # QIcon is asked for below: PySide takes long to make it
from PySide6.QtCore import QByteArray, QRectF, QResource, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from csp_desktop._built import csp_rc  # noqa: F401 - brings the drawings with it


def draw(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw the icon to fill `rect` at the painter's own pixel ratio."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(rect.topLeft(), pixmap(name, round(rect.width()), colour, ratio))


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `size` logical pixels."""
    drawing = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, size: int = 18) -> "QtGui.QIcon":
    """For the few places that take a QIcon (menu actions, the window)."""
    made = QtGui.QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, colour, ratio))
    return made


def exists(name: str) -> bool:
    """Whether the icon is among the program's resources."""
    return QResource(path(name)).isValid()


def path(name: str) -> str:
    """Where the icon lies among the compiled resources."""
    return f":/icons/{name}.svg"


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    drawing = QResource(path(name))
    if not drawing.isValid():
        raise LookupError(f"There is no icon called {name}.")
    return bytes(drawing.uncompressedData().data())
