"""The room screen: apart from the live page, for it is a second window, which nobody operates.

It follows the case in hand, shown on the second display, or as a small mirror at the side. Displays come and go; it
goes with them and comes back by itself.
"""

from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_room import Ui_Room
from csp_desktop.gui.widgets.room_view import RoomView
from csp_desktop.services.meeting.room_screen import InHand, RoomRow, room_row
from csp_desktop.services.meeting.running_meeting import LiveMeeting
from csp_desktop.services.session import Session


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


BLANKED = RoomRow(blank="blanked by you")
HIDDEN = RoomRow(blank="nothing to show")


class Where(Enum):
    """Where the room screen is, in the words of who asked for it."""

    OFF = "Room screen off"
    DISPLAY = "Room screen on the second display"
    MIRROR = "No second display: the room screen is shown small on this screen"


UNPLUGGED = "The second display was disconnected: the room screen is shown small on this screen"
BACK = "The second display is connected: the room screen is on it"


class RoomScreen(QObject):
    """Keeps both views of the room alike. `blanked` is Shift+F5; `hidden` while the page itself is not to be seen.
    `moved` gives words when a display came or went and the room screen with it."""

    moved = Signal(str)

    def __init__(self, session: Session, page: QWidget, mirror: RoomView) -> None:
        super().__init__(page)
        self._session, self._page, self._mirror = session, page, mirror
        self.window = RoomWindow()
        self.blanked = False
        self._hidden = True
        self._where = Where.OFF
        mirror.hide()
        page.destroyed.connect(self.window.deleteLater)
        self.window.closed.connect(self._closed)
        self._watch_displays()

    def _watch_displays(self) -> None:
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._display_goes)
        app.screenAdded.connect(self._display_comes)
        for screen in app.screens():
            screen.geometryChanged.connect(self._look_again)

    def _display_comes(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._look_again)
        self._look_again()

    def _display_goes(self, screen: QScreen) -> None:
        """At once: Qt would lay the window over the laptop's."""
        if self.window.isVisible() and self.window.screen() is screen:
            self.window.hide()
        self._look_again()

    def _look_again(self) -> None:
        """Once the windows lie where the display that came or went leaves them."""
        QTimer.singleShot(0, self, self._follow_displays)

    def _follow_displays(self) -> None:
        """While the page is not seen nothing comes up and nothing is told: both wait until it is."""
        before = self._where
        if before is Where.OFF or self._hidden:
            return
        self._go(Where.DISPLAY)
        if self._where is not before:
            self.moved.emit(BACK if self._where is Where.DISPLAY else UNPLUGGED)

    def toggle(self) -> str:
        """F5: show it, or take it away; what happened in words."""
        self._go(Where.DISPLAY if self._where is Where.OFF else Where.OFF)
        return self._where.value

    def _go(self, wanted: Where) -> None:
        """There, or to the mirror where there is no second display."""
        display = second_display(self._page) if wanted is Where.DISPLAY else None
        self._where = Where.MIRROR if wanted is Where.DISPLAY and display is None else wanted
        self._mirror.setVisible(self._where is Where.MIRROR)
        if display is not None and self._page.window().isVisible():
            self.window.show_on(display)
        else:
            self.window.hide()

    def _closed(self) -> None:
        """By hand, from a list of windows."""
        if self._where is Where.DISPLAY:
            self._where = Where.OFF

    def is_shown(self) -> bool:
        """Whether anyone can see it."""
        return self._where is not Where.OFF

    def blank(self) -> str:
        """Shift+F5: blank it, or show the case again."""
        self.blanked = not self.blanked
        return "Room screen blanked" if self.blanked else "Room screen shows the case"

    def hide_all(self) -> None:
        """The page is covered or left: at once, and without reading anything."""
        self._hidden = True
        self._show(HIDDEN)

    def show_all(self, live: LiveMeeting | None, in_hand: InHand) -> None:
        """The page is seen again, and so is what the room sees."""
        self._hidden = False
        self._follow_displays()
        self.follow(live, in_hand)

    def follow(self, live: LiveMeeting | None, in_hand: InHand) -> None:
        """Show what the room may see of the case or item in hand."""
        if self._hidden or live is None:
            self._show(HIDDEN)
        elif self.blanked:
            self._show(BLANKED)
        elif self.is_shown():
            self._show(room_row(self._session, live, self._session.now(), in_hand))

    def why_blank(self) -> str:
        """Why the room sees nothing; empty when it sees the case."""
        return self._mirror.row().blank

    def _show(self, row: RoomRow) -> None:
        self.window.view.show_row(row)
        self._mirror.show_row(row)
