"""The private program's end of the pipe to the group's program: lines in, lines out, strict both ways. Bytes: what
the system takes for its code page has no part in it.
"""

import sys
from io import TextIOWrapper
from typing import BinaryIO

from PySide6.QtCore import QObject, Signal

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.private_handover import Departures, Ended, Hide, Message, RoomList, line_of, message_of
from csp_desktop.gui.window.tasks import LineReader


class Pipe(QObject):
    """`room_came` gives the list of who is in the room, `hide_asked` that the other window was hidden, `gone` that the
    other program has ended. Departures are given back once, whatever is asked."""

    room_came = Signal(object)
    hide_asked = Signal()
    gone = Signal()

    def __init__(self, reads: BinaryIO, writes: BinaryIO, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writes, self._is_open, self._has_departed = writes, True, False
        self._reader = LineReader(reads, self)
        self._reader.line.connect(self._hear)
        self._reader.ended.connect(self._end)

    def start(self) -> None:
        """Begin to listen."""
        self._reader.start()

    @property
    def is_open(self) -> bool:
        """Whether the group's program still listens."""
        return self._is_open

    def give_back(self, departures: Departures) -> bool:
        """Who left at the crossing; once. Whether it could be said."""
        if self._has_departed:
            return True
        self._has_departed = self._say(departures)
        return self._has_departed

    def hide(self) -> None:
        """This window was hidden: so is the other."""
        self._say(Hide())

    def end(self) -> None:
        """This program ends."""
        self._say(Ended())

    def _say(self, message: Message) -> bool:
        if not self._is_open:
            return False
        try:
            self._writes.write(line_of(message).encode("ascii") + b"\n")
            self._writes.flush()
        except (OSError, ValueError):
            self._end()
            return False
        return True

    def _hear(self, line: bytes) -> None:
        try:
            said = message_of(line)
        except Refused:
            return  # nothing of it is used, nothing of it is kept
        if isinstance(said, RoomList):
            self.room_came.emit(said)
        elif isinstance(said, Hide):
            self.hide_asked.emit()

    def _end(self) -> None:
        if self._is_open:
            self._is_open = False
            self.gone.emit()


def own_pipe() -> Pipe:
    """The pipe on this process's own standard input and output. Raises Refused when it was started without them.

    Whoever reads a line before reads it from `sys.stdin.buffer`: the text layer may take more than it gives. Then that
    layer is taken off, because Python would close the stream at its end, and abort where the reader still waits in it.
    """
    if not isinstance(sys.stdin, TextIOWrapper) or sys.stdout is None:
        raise Refused("The private window only follows a meeting when that meeting's window opened it.")
    return Pipe(sys.stdin.detach(), sys.stdout.buffer)
