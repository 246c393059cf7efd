"""What is typed at the table goes to disk at most 300 ms behind the keys, to the stop it was typed under.

When it cannot, typing goes on and the failure shows.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.meeting.controller import Doing
from csp_desktop.services.meeting import actions, case_walk, running_meeting
from csp_desktop.services.session import Session

BEHIND = 250  # ms after the first letter not yet written; the commit itself takes the rest
AGAIN = 1000  # ms between tries after a failure

Keep = Callable[[str], datetime]


class Typing(QObject):
    """Keeps the newest text of each field not yet written. `saved` comes after the commit with its time, `failing`
    every second with how long nothing could be written."""

    saved = Signal(str, object)  # field, instant
    saving = Signal(str)
    failing = Signal(int)

    def __init__(self, now: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._waiting: dict[str, tuple[Keep, str]] = {}
        self._failed_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def typed(self, field: str, keep: Keep, text: str) -> None:
        """A letter was typed: written soon, together with those that follow at once."""
        self._waiting[field] = (keep, text)
        if self._failed_at is None:  # else it goes on saying that nothing could be saved
            self.saving.emit(field)
        if not self._timer.isActive():
            self._timer.start(BEHIND if self._failed_at is None else AGAIN)

    def flush(self) -> bool:
        """Write now whatever waits; whether everything is on disk."""
        self._timer.stop()
        for field in list(self._waiting):
            keep, text = self._waiting[field]
            try:
                at = keep(text)
            except (Refused, OSError):
                self._fail()
                return False
            self._failed_at = None
            self._waiting.pop(field, None)
            self.saved.emit(field, at)
        return True

    @property
    def failed(self) -> bool:
        """Whether something typed is not on disk because the last try failed."""
        return self._failed_at is not None

    def _fail(self) -> None:
        now = self._now()
        if self._failed_at is None:
            self._failed_at = now
        self.failing.emit(int((now - self._failed_at).total_seconds()))
        self._timer.start(AGAIN)


class Typed:
    """Hands each text to `typing` with the use case that keeps it."""

    def __init__(self, session: Session, doing: Doing, typing: Typing) -> None:
        self._session, self._doing, self._typing = session, doing, typing

    def note(self, text: str) -> None:
        """The minute of a case, or the note of an item."""
        stop = self._doing.stop
        if stop is None:
            return
        keep = case_walk.keep_typing if self._doing.case else running_meeting.keep_item_note
        self._typing.typed("note", lambda words: keep(self._session, stop.id, words), text)

    def field(self, name: str, text: str) -> None:
        """What belongs to an outcome."""
        stop = self._doing.stop
        if stop is not None:
            self._typing.typed(name, lambda words: case_walk.keep_typing(self._session, stop.id, words, name), text)

    def line(self, text: str) -> None:
        """An action in one line, until it is agreed."""
        meeting_id = self._doing.meeting_id
        self._typing.typed("line", lambda words: actions.keep_line(self._session, meeting_id, words), text)
