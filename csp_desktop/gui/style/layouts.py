"""Rows and columns of widgets in one call."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from csp_desktop.gui.style.theme import current

Item = QWidget | QLayout | None  # None is what takes the room that is left
Margins = tuple[int, int, int, int]


def hbox(*items: Item | tuple[Item, int], spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Side by side; an item with a number takes that share of the room. Spacing and margins in px at the usual text
    size.
    """
    box = QHBoxLayout()
    _fill(box, items, spacing, margins)
    return box


def vbox(*items: Item | tuple[Item, int], spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """The same from top to bottom."""
    box = QVBoxLayout()
    _fill(box, items, spacing, margins)
    return box


def _fill(box: QBoxLayout, items: tuple[Item | tuple[Item, int], ...], spacing: int, margins: Margins) -> None:
    px = current().px
    box.setSpacing(px(spacing))
    box.setContentsMargins(*(px(margin) for margin in margins))
    for entry in items:
        item, share = entry if isinstance(entry, tuple) else (entry, 0)
        if isinstance(item, QWidget):
            box.addWidget(item, share)
        elif isinstance(item, QLayout):
            box.addLayout(item, share)
        else:
            box.addStretch(share or 1)
