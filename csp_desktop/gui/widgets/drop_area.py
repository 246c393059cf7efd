"""A place to drop one file on; the button beside it does the same by keyboard."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop.gui.style import set_role


class DropArea(QFrame):
    """`dropped` gives the file. Takes one local file at a time."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        set_role(self, "card")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may come in."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            set_role(self, "chosen")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away again."""
        set_role(self, "card")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        set_role(self, "card")
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))
