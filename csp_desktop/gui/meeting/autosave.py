"""What is typed at the table goes to disk at most 300 ms behind the keys, to the stop it was typed under.

When it cannot, typing goes on and the failure shows.
"""

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.meeting.walk_controller import WalkController
from csp_desktop.services.meeting import actions, case_walk, running_meeting
from csp_desktop.services.session import Session

BEHIND = 250  # ms after the first letter not yet written; the commit itself takes the rest
AGAIN = 1000  # ms between tries after a failure
NOTE, LINE = "note", "line"  # the fields every stop has: its note, and the action that is typed

Keep = Callable[[str], datetime]


class Autosave(QObject):
    """Keeps the newest text of each field not yet written. `saved` comes after the commit with its time, `failing`
    every second with how long nothing could be written."""

    saved = Signal(str, object)  # field, instant
    saving = Signal(str)
    failing = Signal(int)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
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

    def waiting(self, field: str) -> str | None:
        """What the disk has not taken of a field; None when all is written."""
        return self._waiting[field][1] if field in self._waiting else None

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

    def _fail(self) -> None:
        now = self._now()
        if self._failed_at is None:
            self._failed_at = now
        self.failing.emit(int((now - self._failed_at).total_seconds()))
        self._timer.start(AGAIN)


class TypedTexts:
    """Hands each text to `autosave` with the use case that keeps it, by its field and the stop it was typed under."""

    def __init__(self, autosave: Autosave) -> None:
        self._autosave = autosave

    @abstractmethod
    def _keeps(self, field: str) -> tuple[str, Keep] | None:
        """The id of what is in hand, and what keeps a text of this field of it; None where nothing does."""

    def note(self, text: str) -> None:
        """The minute of a case or person, or the note of an item."""
        self.field(NOTE, text)

    def line(self, text: str) -> None:
        """An action in one line, until it is agreed."""
        self.field(LINE, text)

    def field(self, name: str, text: str) -> None:
        """What belongs to an outcome."""
        kept = self._keeps(name)
        if kept is not None:
            stop_id, keep = kept
            self._autosave.typed(f"{name} {stop_id}", keep, text)

    def waiting(self, name: str, stop_id: str) -> str | None:
        """What was typed in a field of this stop, when the disk has not taken it yet."""
        return self._autosave.waiting(f"{name} {stop_id}")


def is_note(field: str) -> bool:
    """Whether a field of `Autosave` is a note: its saving is shown beside it."""
    return field.startswith(f"{NOTE} ")


class WalkTexts(TypedTexts):
    """The texts of a case or an item in hand. The action line is one for the whole meeting."""

    def __init__(self, session: Session, controller: WalkController, autosave: Autosave) -> None:
        super().__init__(autosave)
        self._session, self._controller = session, controller

    def _keeps(self, field: str) -> tuple[str, Keep] | None:
        session, stop, meeting_id = self._session, self._controller.stop, self._controller.meeting_id
        if field == LINE:
            return meeting_id, lambda words: actions.keep_line(session, meeting_id, words)
        if stop is None:
            return None
        if self._controller.case is None:
            return stop.id, lambda words: running_meeting.keep_item_note(session, stop.id, words)
        return stop.id, lambda words: case_walk.keep_typing(session, stop.id, words, field)
