"""The live page's hand on the room screen: shown on the second display, or as a small mirror at the side."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.pages.room import RoomWindow, second_display
from csp_desktop.gui.widgets.room_view import RoomView
from csp_desktop.services.running_meeting import LiveMeeting
from csp_desktop.services.session import Session
from csp_desktop.services.showing_room import RoomRow, room_row

BLANKED = RoomRow(blank="blanked by hand")
HIDDEN = RoomRow(blank="the program shows nothing")


class RoomHand(QObject):
    """Keeps both views of the room alike. `blanked` is Shift+F5; `hidden` while the page itself is not to be seen."""

    def __init__(self, session: Session, page: QWidget, mirror: RoomView) -> None:
        super().__init__(page)
        self._session, self._page, self._mirror = session, page, mirror
        self.window = RoomWindow()
        self.blanked = False
        self._hidden = True
        mirror.hide()
        page.destroyed.connect(self.window.deleteLater)

    def toggle(self) -> str:
        """F5: show it, or take it away; what happened in words."""
        if self.is_shown():
            self.window.hide()
            self._mirror.hide()
            return "Room screen off"
        display = second_display(self._page)
        if display is not None:
            self.window.show_on(display)
            return "Room screen on the second display"
        self._mirror.show()
        return "No second display: the room screen is shown small, at the side"

    def is_shown(self) -> bool:
        """Whether anyone can see it."""
        return self.window.isVisible() or not self._mirror.isHidden()

    def blank(self) -> str:
        """Shift+F5: blank it, or show the case again."""
        self.blanked = not self.blanked
        return "Room screen blanked" if self.blanked else "Room screen shows the case"

    def hide_all(self) -> None:
        """The page is covered or left: at once, and without reading anything."""
        self._hidden = True
        self._show(HIDDEN)

    def show_all(self, live: LiveMeeting | None) -> None:
        """The page is seen again."""
        self._hidden = False
        self.follow(live)

    def follow(self, live: LiveMeeting | None) -> None:
        """Show what the room may see of the case in hand."""
        if self._hidden or live is None:
            self._show(HIDDEN)
        elif self.blanked:
            self._show(BLANKED)
        elif self.is_shown():
            self._show(room_row(self._session, live, self._session.now()))

    def why_blank(self) -> str:
        """Why the room sees nothing; empty when it sees the case."""
        return self._mirror.row().blank

    def _show(self, row: RoomRow) -> None:
        self.window.view.show_row(row)
        self._mirror.show_row(row)
