"""The room screen: a second window that nobody operates; it follows the case in hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_room import Ui_Room
from csp_desktop.gui.widgets.room_view import RoomView


class RoomWindow(QWidget):
    """The second window, full screen on the second display. It takes no key: `WA_ShowWithoutActivating` asks the window
    manager, `WindowDoesNotAcceptFocus` leaves it no choice, also when somebody clicks on it.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._ui = Ui_Room()
        self._ui.setupUi(self)
        self.view: RoomView = self._ui.room_view
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def show_on(self, screen: QScreen) -> None:
        """Fill that display; the keyboard stays with the laptop."""
        if self.isVisible() and self.screen() is screen and self.geometry() == screen.geometry():
            return
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by hand: the page must know."""
        self.closed.emit()
        super().closeEvent(event)


def second_display(beside: QWidget) -> QScreen | None:
    """The display the laptop's window is not on, if there is one. One that only repeats the laptop's is none: the room
    screen would lie over the work."""
    here = beside.screen()
    others = (s for s in QGuiApplication.screens() if s is not here)
    return next((s for s in others if not s.geometry().intersects(here.geometry())), None)
