"""Numbers and times one types or steps; Qt's style sheets cannot give these two their inner margin, so they do."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QTimeEdit, QWidget

from csp_desktop.gui.theme import current


class NumberField(QSpinBox):
    """A whole number: minutes, days, a score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _give_margin(self)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, another margin."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            _give_margin(self)


class TimeField(QTimeEdit):
    """A time of day, 14:00."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        _give_margin(self)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, another margin."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            _give_margin(self)


def _give_margin(field: QAbstractSpinBox) -> None:
    field.lineEdit().setTextMargins(current().px(9), 0, 0, 0)
