"""The group's side of the private meeting: the second process, the list that goes over, the departures that come back.

While it runs this window shows nothing of the group's meeting, and learns nothing of the other.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.private_handover import (
    Begin,
    Departures,
    Ended,
    Hide,
    Message,
    RoomList,
    line_of,
    message_of,
)

if TYPE_CHECKING:
    from csp_desktop.services.session import Session


class PrivateState(Enum):
    """How it stands, as far as this side may know."""

    NOT_BEGUN = "not begun"
    RUNNING = "running"
    ENDED = "ended"
    BROKEN = "ended unexpectedly"


class Crossing(QObject):
    """Starts the private program and listens to it. `command` is what starts it, for every account of the computer to
    read; `first` what it works on, told by the pipe; `session` gives whoever is unlocked here, or none."""

    changed = Signal()
    hide_asked = Signal()

    def __init__(
        self,
        command: Sequence[str],
        session: "Callable[[], Session | None]",
        parent: QObject | None = None,
        first: Begin | None = None,
    ) -> None:
        super().__init__(parent)
        self._command, self._session, self._first = list(command), session, first
        self.state = PrivateState.NOT_BEGUN
        self.departed: int | None = None  # how many left at the crossing; None before it is known
        self.meeting_id = ""
        self._pending: Departures | None = None
        self._said_goodbye = False
        self._process: QProcess | None = None

    def is_running(self) -> bool:
        """Whether the private window is open."""
        return self.state is PrivateState.RUNNING

    def begin(self, meeting_id: str) -> None:
        """Start the private program with the list of who is in the room. Raises Refused."""
        from csp_desktop.services.meeting.private_handover import room_list

        session = self._session()
        if self.is_running() or session is None:
            return
        people = room_list(session, meeting_id)
        self.meeting_id, self.departed, self._said_goodbye = meeting_id, None, False
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())  # its bugs stand in a log of its own, not on our terminal
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self._set(PrivateState.RUNNING)
        process.start(self._command[0], self._command[1:])
        if self._first is not None:
            self._say(self._first)
        self._say(people)

    def hide(self) -> None:
        """This window was hidden: so is the other."""
        if self.is_running():
            self._say(Hide())

    def catch_up(self) -> None:
        """Somebody unlocked here: what came back meanwhile is written down."""
        session = self._session()
        if self._pending is None or session is None:
            return
        from csp_desktop.services.meeting.private_handover import note_departures

        self.departed = note_departures(session, self.meeting_id, self._pending)
        self._pending = None
        self.changed.emit()

    def _say(self, message: Begin | RoomList | Hide) -> None:
        if self._process is not None:
            self._process.write(line_of(message).encode("ascii") + b"\n")

    def _hear(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                said: Message = message_of(bytes(self._process.readLine().data()))
            except Refused:
                continue  # nothing of it is used, nothing of it is kept
            if isinstance(said, Departures):
                self._pending = said
                self.catch_up()
            elif isinstance(said, Hide):
                self.hide_asked.emit()
            elif isinstance(said, Ended):
                self._said_goodbye = True

    def _finished(self, code: int) -> None:
        self._hear()
        self._process = None
        self._set(PrivateState.ENDED if self._said_goodbye and code == 0 else PrivateState.BROKEN)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self._set(PrivateState.BROKEN)

    def _set(self, state: PrivateState) -> None:
        self.state = state
        self.changed.emit()
