"""Stands by an open session: locks it when nobody is there, keeps it out of pictures, empties our clipboard after it.

Made at the first unlock, so that nothing of it is loaded before the first window stands.

What is copied here is marked as not for clipboard histories and the cloud, and gone when the program locks.
"""

import sys
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.idle_lock import LockAfter
from csp_desktop.gui.lock.idle_lock import Clocks, IdleLock
from csp_desktop.gui.lock.os_events import OsSignals
from csp_desktop.gui.lock.screen_capture import keep_out
from csp_desktop.gui.widgets.lock_warning import LockWarning
from csp_desktop.services.file.idle_timeout import open_for
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
MARKS = (
    {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\0",
        _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
        _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    }
    if sys.platform == "win32"
    else {"application/x-nspasteboard-concealed-type": b"", "org.nspasteboard.ConcealedType": b""}
    if sys.platform == "darwin"
    else {"x-kde-passwordManagerHint": b"secret"}
)
NO_DESKTOP = ("offscreen", "minimal")  # there the clipboard is the program's alone, and no history looks at it
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class OwnClipboard(QObject):
    """Follows the clipboard while the program runs. What comes from other programs is left alone."""

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = app.clipboard()
        self._clipboard.dataChanged.connect(self._mark)

    def clear(self) -> None:
        """Take back what lies there if it is ours, and what is selected."""
        for mode in MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() in NO_DESKTOP:
            return mode is QClipboard.Mode.Clipboard
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    def _mark(self) -> None:
        """Fields copy without the marks; the same text is put there again with them."""
        if QGuiApplication.platformName() in NO_DESKTOP or not self._is_ours(QClipboard.Mode.Clipboard):
            return
        held: QMimeData | None = self._clipboard.mimeData()  # none when it was emptied
        if held is not None and held.hasText() and not is_marked(held):
            self._clipboard.setMimeData(marked(held.text()))


def marked(text: str) -> QMimeData:
    """The text as it is put on the clipboard."""
    content = QMimeData()
    content.setText(text)
    for mark, value in MARKS.items():
        content.setData(mark, value)
    return content


def is_marked(content: QMimeData) -> bool:
    """Whether every program that looks for a mark finds its own."""
    return all(content.hasFormat(mark) for mark in MARKS)


class Guard(QObject):
    """`lock_asked` when the program must lock without anybody's key."""

    lock_asked = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        window: QWidget,
        clocks: Clocks,
        parent: QObject,
        *,
        lock_after: Callable[[Session | None], LockAfter],
        keeps_out: bool,
    ) -> None:
        """`lock_after` reads the settings, without a session the usual ones; `keeps_out` keeps the window out of
        pictures whatever they say."""
        super().__init__(parent)
        self._window, self._lock_after, self._keeps_out = window, lock_after, keeps_out
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
        """They may have changed."""
        if self._session is not None:
            keep_out(self._window, self._keeps_out or settings(self._session).hide_from_capture)

    def step_back(self) -> None:
        """The session ends."""
        self._session = None
        self._idle.stop()
        self._clipboard.clear()

    def _open_for(self) -> timedelta:
        """By the settings; a file that cannot be asked gives nobody more time than usual."""
        try:
            session = self._session
            return open_for(session, self._lock_after(session)) if session is not None else timedelta(0)
        except Refused:
            return timedelta(minutes=self._lock_after(None).usual)
