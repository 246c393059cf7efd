"""Stands by an open session: locks it when nobody is there, keeps it out of pictures, empties our clipboard after it.

Made at the first unlock, so that nothing of it is loaded before the first window stands.
"""

from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.errors import Refused
from csp_desktop.domain.private_settings import PrivateSettings
from csp_desktop.domain.settings import Settings
from csp_desktop.gui.idle_lock import Clocks, IdleLock
from csp_desktop.gui.os_signals import OsSignals
from csp_desktop.gui.own_clipboard import OwnClipboard
from csp_desktop.gui.screen_capture import keep_out
from csp_desktop.gui.widgets.lock_warning import LockWarning
from csp_desktop.services.keeping_settings import settings
from csp_desktop.services.session import Session
from csp_desktop.services.unattended import open_for


class Guard(QObject):
    """`lock_asked` when the program must lock without anybody's key."""

    lock_asked = Signal()

    def __init__(
        self, app: QGuiApplication, window: QWidget, clocks: Clocks, parent: QObject, *, private: bool = False
    ) -> None:
        super().__init__(parent)
        self._window, self._private = window, private
        self._session: Session | None = None
        self._warning = LockWarning(window)
        self._clipboard = OwnClipboard(app, self)
        self._idle = IdleLock(app, clocks, self._open_for, self)
        self._idle.warned.connect(self._warning.count)
        self._idle.back.connect(self._warning.hide)
        self._idle.due.connect(self.lock_asked)
        self._os_signals = OsSignals(self)
        self._os_signals.away.connect(self.lock_asked)

    def stand_by(self, session: Session) -> None:
        """A session is open."""
        self._session = session
        self.follow_settings()
        self._idle.start()
        self._os_signals.start(self._window.windowHandle())

    def follow_settings(self) -> None:
        """They may have changed. The private window is always kept out of pictures."""
        if self._session is not None:
            keep_out(self._window, self._private or settings(self._session).hide_from_capture)

    def step_back(self) -> None:
        """The session ends."""
        self._session = None
        self._idle.stop()
        self._clipboard.clear()

    def _open_for(self) -> timedelta:
        """By the settings; a file that cannot be asked gives nobody more time than usual."""
        try:
            return open_for(self._session, private=self._private) if self._session is not None else timedelta(0)
        except Refused:
            usual = PrivateSettings().lock_after_preparing if self._private else Settings().lock_after_minutes
            return timedelta(minutes=usual)
