"""What stands in a column that scrolls takes the width there is: it scrolls up and down, never sideways.

Where the column is narrower than its content needs, words break into lines and rows become one under another, and all
of it is as it was once there is room again.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import DrawnButton
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.later import Later
from csp_desktop.gui.widgets.scrolled import OneScroll, Place

MARGIN = 10  # px at both sides of what is within another
WORDS = 120  # px: what words that break into lines are left with at the least in a row
ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Narrow(QObject):
    """Watches over one column. `least` is what its content would need beside each other, whatever it takes now."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area, self._later = area, Later(self._look, self)
        self._undo: list[tuple[QObject, Callable[[], object]]] = []
        self._fitted, self._natural = 0, 0
        self._inside: QWidget | None = None
        area.installEventFilter(self)
        area.viewport().installEventFilter(self)
        self._watch()

    def least(self) -> int:
        """The width in px that its content needs for all of its rows to stay rows."""
        inside = self._area.widget()
        now = inside.minimumSizeHint().width() if inside is not None else 0
        return max(now, self._natural) if self._undo else now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width, other content or larger letters."""
        kind = event.type()
        if kind == QEvent.Type.StyleChange and watched is self._area:
            self._widen()
        if kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.Show):
            self._watch()
            self._later.ask()
        return False

    def _watch(self) -> None:
        inside = self._area.widget()
        if inside is not self._inside and inside is not None:
            self._inside = inside
            inside.installEventFilter(self)

    def _look(self) -> None:
        inside, wide = self._area.widget(), self._area.viewport().width()
        if inside is None or not inside.isVisible():
            return
        if self._undo and wide > self._fitted:
            self._widen()
        least = inside.minimumSizeHint().width()
        if least > wide:
            self._natural = max(self._natural, least)
            self._fitted = wide
            self._fit_widget(inside, wide)

    def _widen(self) -> None:
        for owner, undo in reversed(self._undo):
            if isValid(owner):
                undo()
        self._undo.clear()
        self._natural = 0
        inside = self._area.widget()
        layout = inside.layout() if inside is not None else None
        if layout is not None:
            layout.activate()

    def _fit_item(self, item: QLayoutItem, room: int) -> None:
        if item.isEmpty() or item.minimumSize().width() <= room:
            return
        widget, layout = item.widget(), item.layout()
        if widget is not None:
            self._fit_widget(widget, room)
        elif layout is not None:
            self._fit_layout(layout, room)

    def _fit_widget(self, widget: QWidget, room: int) -> None:
        if (before := widget.minimumWidth()) > room:
            self._keep(widget, lambda: widget.setMinimumWidth(before))
            widget.setMinimumWidth(0)
        policy = widget.sizePolicy()
        if policy.horizontalPolicy() == QSizePolicy.Policy.Minimum:
            self._keep(widget, lambda: widget.setSizePolicy(policy))
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, policy.verticalPolicy())
        if isinstance(widget, DrawnButton | Place):
            if widget.minimumSizeHint().width() > room:
                self._keep(widget, lambda: widget.set_tight(False))
                widget.set_tight(True)
        elif isinstance(widget, QLabel):
            self._break_lines(widget)
        elif isinstance(widget, QScrollArea):
            inside = widget.widget()
            if inside is not None:
                self._fit_widget(inside, room - widget.verticalScrollBar().sizeHint().width())
        elif isinstance(widget, QStackedWidget):
            page = widget.currentWidget()
            if page is not None:
                self._fit_widget(page, room)
        elif (layout := widget.layout()) is not None:
            margins = widget.contentsMargins()
            self._fit_layout(layout, room - margins.left() - margins.right())

    def _fit_layout(self, layout: QLayout, room: int) -> None:
        room -= self._thin(layout)
        items = [item for at in range(layout.count()) if (item := layout.itemAt(at)) is not None and not item.isEmpty()]
        if not isinstance(layout, QBoxLayout) or layout.direction() != ACROSS or len(items) < 2:
            for item in items:
                self._fit_item(item, room)
        elif not self._break_row(layout, items, room):
            self._keep(layout, lambda: layout.setDirection(ACROSS))
            layout.setDirection(DOWN)
            for item in items:
                self._fit_item(item, room)

    def _thin(self, layout: QLayout) -> int:
        """What its margins at both sides take now: no more than they must."""
        before, most = layout.contentsMargins(), current().px(MARGIN)
        if max(before.left(), before.right()) > most:
            self._keep(layout, lambda: layout.setContentsMargins(before))
            left, right = min(before.left(), most), min(before.right(), most)
            layout.setContentsMargins(left, before.top(), right, before.bottom())
        after = layout.contentsMargins()
        return after.left() + after.right()

    def _break_row(self, layout: QBoxLayout, items: list[QLayoutItem], room: int) -> bool:
        """Whether it is enough that the words of a row break into lines."""
        labels = [label for item in items if (label := _breakable(item)) is not None]
        most = current().px(WORDS)
        saved = sum(max(0, label.minimumSizeHint().width() - most) for label in labels)
        margins = layout.contentsMargins()
        needed = layout.minimumSize().width() - margins.left() - margins.right()
        if needed - saved > room:
            return False
        for label in labels:
            if label.minimumSizeHint().width() > most:
                self._break_lines(label)
        return True

    def _break_lines(self, label: QLabel) -> None:
        if not isinstance(label, ElidedLabel) and not label.wordWrap():
            self._keep(label, lambda: label.setWordWrap(False))
            label.setWordWrap(True)

    def _keep(self, owner: QObject, undo: Callable[[], object]) -> None:
        self._undo.append((owner, undo))


def one_column(page: QWidget) -> QScrollArea:
    """Put what lies on a page into a column that scrolls up and down where the page is too small for it."""
    area, inside = QScrollArea(page), QWidget()
    inside.setProperty("role", "scrolled")
    held = page.layout()
    assert held is not None, "a page of a form has a layout"
    inside.setLayout(held)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    page.setLayout(vbox(area, spacing=0))
    OneScroll(area)
    Narrow(area)
    return area


def _breakable(item: QLayoutItem) -> QLabel | None:
    """Words that stand in one line now and need not."""
    label = item.widget()
    one_line = isinstance(label, QLabel) and not isinstance(label, ElidedLabel) and not label.wordWrap()
    return label if one_line and isinstance(label, QLabel) and label.pixmap().isNull() else None
