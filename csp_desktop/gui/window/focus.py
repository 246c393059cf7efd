"""What had the focus, and the way back to it: what it is after the list, the field or the page it was in was left."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from csp_desktop.gui.widgets.three_columns import ThreeColumns


class Held:
    """A widget, and the lists it lies in: a field written in a list's line goes when it is left, the list stays."""

    def __init__(self, widget: QWidget) -> None:
        self._chain = [widget]
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QAbstractItemView):
                self._chain.append(above)
            above = above.parentWidget()

    def restore(self) -> bool:
        """The focus goes back, also into a column that is not shown just now; False when nothing of it is there."""
        for widget in self._chain:
            if shiboken6.isValid(widget) and widget.isEnabled() and _bring_to_view(widget):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False


def in_the_work(widget: QWidget) -> QWidget:
    """The same; where one column is shown at a time and another was gone through, what had the focus in the work."""
    columns = _columns_of(widget)
    before = columns.focus_in_work() if columns is not None else None
    return before if before is not None and shiboken6.isValid(before) else widget


def _columns_of(widget: QWidget) -> ThreeColumns | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, ThreeColumns):
        above = above.parentWidget()
    return above


def _bring_to_view(widget: QWidget) -> bool:
    columns = _columns_of(widget)
    if columns is not None and columns.isVisible() and not widget.isVisible():
        columns.show_column_of(widget)
    return widget.isVisible()
