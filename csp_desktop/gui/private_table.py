"""What the private window knows beside its file: the list that came over, who left before anyone unlocked, the pipe
back, and the sitting. It lives as long as the process; a lock takes the sitting away.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from csp_desktop.domain.crossing import Departed, Departures, Handed, RoomList
from csp_desktop.gui.pipe import Pipe

if TYPE_CHECKING:
    from csp_desktop.services.private.sitting import PrivateSitting
    from csp_desktop.services.session import Session

LEAST_SLOT = timedelta(minutes=30)


class PrivateTable(QObject):
    """`changed` says that the list, or who left, is another."""

    changed = Signal()

    def __init__(self, pipe: Pipe | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pipe = pipe
        self.room: RoomList | None = None
        self.left: dict[str, datetime] = {}  # before anyone unlocked: the row of the group's list, and when
        self._sitting: PrivateSitting | None = None
        self._of: Session | None = None
        if pipe is not None:
            pipe.room_came.connect(self._take)

    @property
    def follows_meeting(self) -> bool:
        """Whether the group's meeting sent people over."""
        return self.room is not None

    def _take(self, room: RoomList) -> None:
        self.room = room
        self.changed.emit()

    def here(self) -> tuple[Handed, ...]:
        """Who is still in the room, as far as is known before unlocking."""
        return tuple(one for one in self.room.people if one.origin not in self.left) if self.room else ()

    def goes(self, origin: str, at: datetime) -> None:
        """Someone leaves by themselves before New Hope's lead has unlocked; again: it was a mistake."""
        if origin in self.left:
            del self.left[origin]
        else:
            self.left[origin] = at
        self.changed.emit()

    def cross_over(self, session: "Session") -> str:
        """The lead has unlocked: the list goes into the private file; returns the private meeting's id. Raises
        Refused."""
        from csp_desktop.domain.days import local
        from csp_desktop.services.private import agenda, room

        assert self.room is not None
        meeting = agenda.next_meeting(session)
        if meeting is None or meeting.on != self.room.on:
            begins = local(session.now()).replace(second=0, microsecond=0)
            ends = max(self.room.ends, (begins + LEAST_SLOT).time())
            meeting = agenda.plan(session, self.room.on, begins.time(), ends)
        left = [Departed(origin, at) for origin, at in self.left.items()]
        room.receive(session, meeting.id, self.room.people, left)
        return meeting.id

    def sitting(self, session: "Session", meeting_id: str) -> "PrivateSitting":
        """The sitting of this unlocked session: another after every unlock, so that it stands at the gate."""
        from csp_desktop.services.private.sitting import PrivateSitting

        if self._sitting is None or self._of is not session or self._sitting.meeting_id != meeting_id:
            self._sitting, self._of = PrivateSitting(session, meeting_id), session
        return self._sitting

    def give_back(self, departures: Departures) -> bool:
        """Who left at the crossing, to the group's program; whether there was one to tell."""
        return self.pipe is not None and self.pipe.give_back(departures)

    def forget_sitting(self) -> None:
        """At every lock."""
        if self._sitting is not None:
            self._sitting.lock()
        self._sitting = self._of = None
