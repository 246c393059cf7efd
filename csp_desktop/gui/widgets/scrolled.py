"""What stands in a column that scrolls: its next step is whole whatever the size of the window, and nothing in it
scrolls by itself.

Where a part of the next step would be out of sight, it stands in a bar at the foot of the column instead, and its place
in the page is kept free for it. Where the column has to scroll, the lists in it are as high as their rows.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import SCROLLS
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.later import Later

_TEXTS = (QPlainTextEdit, QTextEdit)  # where one types, the caret scrolls what is typed
SIDE, ABOVE = 12, 7  # px, the margins of the bar
WIDE, FILL = 0.6, 1000  # of the column's width: a button that fills so much of it fills the bar too


class Place(QWidget):
    """Keeps the place of a button that stands at the foot."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button.parentWidget())
        self._hint, self._least = button.sizeHint(), button.minimumSizeHint()
        self.setSizePolicy(button.sizePolicy())

    def sizeHint(self) -> QSize:
        """As large as the button."""
        return self._hint

    def minimumSizeHint(self) -> QSize:
        """As large as the button."""
        return self._least

    def set_tight(self, tight: bool) -> None:
        """As narrow as one likes: the button is at the foot anyway."""
        self._least.setWidth(0 if tight else self._hint.width())
        self.updateGeometry()


class Foot(QFrame):
    """The bar under a column that scrolls, seen while a button stands in it."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        set_role(self, "foot")
        self.setAccessibleName("Next step")
        self._area, self._pins, self._later = area, list[Pin](), Later(self._look, self)
        self.row = QHBoxLayout(self)
        self.row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.row.addStretch(1)
        self.hide()
        for part in (area, area.viewport()):
            part.installEventFilter(self)
        area.verticalScrollBar().valueChanged.connect(self.look_later)
        area.verticalScrollBar().rangeChanged.connect(self.look_later)

    def add(self, pin: "Pin") -> None:
        """Watch over another button of this column."""
        self._pins.append(pin)

    def drop(self, pin: "Pin") -> None:
        """Watch over it no longer."""
        self._pins = [each for each in self._pins if each is not pin]
        self.look_later()

    def look_later(self) -> None:
        """Where every button stands, once everything has its place."""
        self._later.ask()

    def _look(self) -> None:
        """While one button stands here another that the bar covers does too; all go back where none needs it."""
        high = self.height() if not self.isHidden() else 0
        more = high if all(pin.is_whole(self._area, high) for pin in self._pins) else 0
        for pin in self._pins:
            pin.settle(self._area, more)
        self._lay()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size of the column."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._lay()
            self.look_later()
        return False

    def _lay(self) -> None:
        seen = any(pin.place is not None and not pin.button.isHidden() for pin in self._pins)
        px, high = current().px, 0
        if seen:
            self.row.setContentsMargins(px(SIDE), px(ABOVE), px(SIDE), px(ABOVE))
            self.row.setSpacing(px(8))
            self.row.setDirection(QBoxLayout.Direction.LeftToRight)
            self._tighten()
            if self.row.totalMinimumSize().width() > self._area.viewport().width():
                self.row.setDirection(QBoxLayout.Direction.TopToBottom)
            high = self.row.totalMinimumSize().height()
        if self._area.viewportMargins().bottom() != high:
            self._area.setViewportMargins(0, 0, 0, high)
        above = self._area.viewport().geometry()
        self.setGeometry(above.left(), above.bottom() + 1, above.width(), high)
        self.setVisible(seen)

    def _tighten(self) -> None:
        """Words alone where icon and key have no room beside them."""
        room = self._area.viewport().width() - 2 * current().px(SIDE)
        for button in (pin.button for pin in self._pins if pin.place is not None):
            tighten = getattr(button, "set_tight", None)  # one that draws itself
            if tighten is not None:
                tighten(False)
                tighten(button.minimumSizeHint().width() > room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a button in it does not want go the way they would go from its place in the page."""
        held = self.window().focusWidget()
        place = next((pin.place for pin in self._pins if pin.button is held), None)
        if place is None:
            super().keyPressEvent(event)
        else:
            QCoreApplication.sendEvent(place, event)
            event.accept()


class Pin(QObject):
    """Watches over one button; `place` stands for it in the page while the button stands at the foot."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button)
        self.button = button
        self.place: Place | None = None
        self._foot: Foot | None = None
        button.installEventFilter(self)
        if button.isVisible():
            self._find_foot()
            self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button, or what keeps its place, is shown, hidden or moved."""
        kind = event.type()
        if watched is self.place and kind in (QEvent.Type.Hide, QEvent.Type.Move):
            self._ask()
        elif watched is self.button:
            if kind == QEvent.Type.Show and self.place is None:
                self._find_foot()
            if kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and self.place is not None:
                self.place.setVisible(not self.button.isHidden())
            if kind in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize):
                self._ask()
        return False

    def _ask(self) -> None:
        if self._foot is not None and isValid(self._foot):
            self._foot.look_later()

    def _find_foot(self) -> None:
        around = _around(self.button)
        found = around[-1].findChild(Foot, options=Qt.FindChildOption.FindDirectChildrenOnly) if around else None
        foot = found if found is not None or not around else Foot(around[-1])
        if foot is self._foot:
            return
        if self._foot is not None and isValid(self._foot):
            self._foot.drop(self)
        self._foot = foot
        if foot is not None:
            foot.add(self)
            self.destroyed.connect(lambda: foot.drop(self) if isValid(foot) else None)

    def _stands(self) -> QWidget:
        return self.button if self.place is None else self.place

    def is_whole(self, area: QScrollArea, more: int) -> bool:
        """Whether all of its place in the page is in sight, were `area`'s column so many px higher; one that is not
        shown lacks nothing."""
        stands = self._stands()
        return not stands.isVisible() or all(
            _holds(each, stands, more if each is area else 0) for each in _around(stands)
        )

    def settle(self, area: QScrollArea, more: int) -> None:
        """Move the button to the foot or back into its place; `area` is what the foot belongs to, `more` the px that
        the column gets when nothing stands in it."""
        if not self._stands().isVisible():
            if self.place is not None and not self.button.isHidden():
                self._put_back()
            return
        whole = self.is_whole(area, more)
        if whole and self.place is not None:
            self._put_back()
        elif not whole and self.place is None:
            self._take_out(area)

    def _take_out(self, area: QScrollArea) -> None:
        if self._foot is None:
            return
        place, fills = Place(self.button), self.button.width() > WIDE * area.width()
        held = self._let_go()
        if not _swap(self.button, place):
            place.deleteLater()
            self._shown(held)
            return
        self.place = place
        place.installEventFilter(self)
        place.destroyed.connect(lambda: self._on_place_gone(place))
        self._foot.row.addWidget(self.button, FILL if fills else 0)
        self._shown(held)
        place.show()

    def _put_back(self) -> None:
        place = self.place
        if place is None or self._foot is None:
            return
        held, self.place = self._let_go(), None
        self._foot.row.removeWidget(self.button)
        self.button.setParent(place.parentWidget())
        _swap(place, self.button)
        place.hide()
        place.setParent(None)
        place.deleteLater()
        self._shown(held)

    def _let_go(self) -> bool:
        """Whether it had the focus: from a widget that moves Qt would give it to the next, and scroll there."""
        held = self.button.window().focusWidget() is self.button
        if held:
            self.button.clearFocus()
        return held

    def _shown(self, held: bool) -> None:
        self.button.show()
        if held:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_place_gone(self, place: Place) -> None:
        """With its panel, while the button stood at the foot; one that the button came back to goes too, later."""
        if self.place is place and isValid(self.button):
            self.place = None
            self.button.hide()
            self.button.deleteLater()


def _around(widget: QWidget) -> list[QScrollArea]:
    """The columns around it that scroll, the nearest first."""
    found, above = [], widget.parentWidget()
    while above is not None:
        found += [above] if isinstance(above, QScrollArea) else []
        above = above.parentWidget()
    return found


def _holds(area: QScrollArea, widget: QWidget, more: int) -> bool:
    """Whether all of the widget is in sight in this column, with so many px more below."""
    seen = area.viewport().rect().adjusted(0, 0, 0, more)
    there = QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size())
    return seen.contains(there)


def _swap(old: QWidget, new: QWidget) -> bool:
    """Put one widget where the other is; False where no layout holds it."""
    parent = old.parentWidget()
    layout = parent.layout() if parent is not None else None
    return layout is not None and _swap_in(layout, old, new)


def _swap_in(layout: QLayout, old: QWidget, new: QWidget) -> bool:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if item.widget() is old:
            swap = getattr(layout, "swap", None)  # a layout of ours, which Qt cannot ask
            if swap is not None:
                swap(old, new)
            else:
                layout.replaceWidget(old, new, Qt.FindChildOption.FindDirectChildrenOnly)
            return True
        inner = item.layout()
        if inner is not None and _swap_in(inner, old, new):
            return True
    return False


def _scrolls_itself(view: QWidget, inside: QWidget) -> bool:
    """Whether it belongs to what keeps its own last line in sight: a turn, whose outcomes stand below what scrolls."""
    around: QWidget | None = view
    while around is not None and around is not inside:
        if around.property(SCROLLS):
            return True
        around = around.parentWidget()
    return bool(inside.property(SCROLLS))


def _whole_height(view: QAbstractScrollArea) -> int:
    """As high as it is without a bar, by what it last measured: a list may lay its rows a while after it has grown."""
    bar = view.verticalScrollBar()
    if isinstance(view, EntryList):  # beside its bar it needs more
        return view.content_height() + view.height() - view.viewport().height()
    return bar.maximum() + bar.pageStep() + view.height() - view.viewport().height()


def _content_height(view: QAbstractScrollArea) -> int:
    """What all in it needs now, where it can say so while it stands higher than that; else as high as it stands."""
    around = view.height() - view.viewport().height()
    if isinstance(view, EntryList):
        return view.content_height() + around
    if isinstance(view, QAbstractItemView) and view.model() is not None:
        last = view.model().index(view.model().rowCount() - 1, 0)
        return view.visualRect(last).bottom() + 1 + view.verticalOffset() + around if last.isValid() else around
    inside = view.widget() if isinstance(view, QScrollArea) else None
    if inside is None:
        return view.height()
    wide = view.viewport().width()
    return (inside.heightForWidth(wide) if inside.hasHeightForWidth() else inside.sizeHint().height()) + around


class OneScroll(QObject):
    """Watches over one column: what lies in it scrolls with it, or by itself while the column need not scroll."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area, self._later, self._low = area, Later(self._look, self), 0
        self._least: dict[QAbstractScrollArea, int] = {}  # what stands whole, and how low it may be else
        self._known: set[QAbstractScrollArea] = set()
        self._grown: QAbstractScrollArea | None = None  # asked to stand whole, its rows not yet in their places
        area.viewport().installEventFilter(self)
        area.verticalScrollBar().rangeChanged.connect(self._later.ask)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The column is higher or lower than it was, or what stands whole in it holds something else."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._later.ask()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and isinstance(watched, QWidget):
            if watched.parent() is self._area and self._area.viewport().height() > self._low:
                self._let_go()
            self._later.ask()
        return False

    def _let_go(self) -> None:
        for view, least in self._least.items():
            view.setMinimumHeight(least)
        self._least.clear()

    def _look(self) -> None:
        inside = self._area.widget()
        if inside is None or not inside.isVisible():
            return
        for view in inside.findChildren(QAbstractScrollArea):
            if not view.isVisible() or view.isWindow() or isinstance(view, _TEXTS) or _scrolls_itself(view, inside):
                continue
            self._know(view)
            self._lower(view)
            bar, high = view.verticalScrollBar(), _whole_height(view)
            if bar.maximum() and self._area.verticalScrollBar().maximum() and view.maximumHeight() >= high:
                self._least.setdefault(view, view.minimumHeight())
                self._low = self._area.viewport().height()
                view.setMinimumHeight(high)
                self._grown = view
            elif view is self._grown and view.mapTo(inside, view.rect().bottomLeft()).y() < inside.height():
                self._grown = None
                if isinstance(view, QAbstractItemView):
                    self._follow(view, view.currentIndex())

    def _lower(self, view: QAbstractScrollArea) -> None:
        """What stands whole and has lost rows takes no more room than the others need."""
        if view not in self._least or view is self._grown:
            return
        high = max(self._least[view], _content_height(view))
        if high < view.minimumHeight():
            view.setMinimumHeight(high)

    def _know(self, view: QAbstractScrollArea) -> None:
        if view in self._known:
            return
        self._known.add(view)
        view.destroyed.connect(lambda: self._forget(view))
        view.verticalScrollBar().rangeChanged.connect(self._later.ask)
        held = view.widget() if isinstance(view, QScrollArea) else None
        if held is not None:
            held.installEventFilter(self)
        if isinstance(view, QAbstractItemView) and view.model() is not None:
            view.model().modelReset.connect(self._rows_went)
            view.model().rowsRemoved.connect(self._rows_went)
        if isinstance(view, QAbstractItemView) and view.selectionModel() is not None:
            view.selectionModel().currentChanged.connect(lambda index, _before: self._follow(view, index))

    def _rows_went(self, *_: object) -> None:
        self._later.ask()

    def _forget(self, view: QAbstractScrollArea) -> None:
        self._known.discard(view)
        self._least.pop(view, None)
        self._grown = None if self._grown is view else self._grown

    def _follow(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """The row one comes to is seen."""
        inside = self._area.widget()
        if view in self._least and inside is not None and view.window().focusWidget() is view:
            row = view.visualRect(index)
            at = view.viewport().mapTo(inside, row.center())
            self._area.ensureVisible(at.x(), at.y(), 0, row.height() // 2 + 4)
            self._area.horizontalScrollBar().setValue(0)
