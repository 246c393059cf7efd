"""What the private window knows beside its file: the list that came over, who left before anyone unlocked, the pipe
back, and the sitting. It lives as long as the process; a lock takes the sitting away.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from csp_desktop.domain.common.days import clock, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.private_handover import Departed, Departures, Handed, RoomList
from csp_desktop.gui.window.pipe import Pipe

if TYPE_CHECKING:
    from csp_desktop.services.private.session import PrivateSitting
    from csp_desktop.services.session import Session

LEAST_SLOT = timedelta(minutes=30)
GONE = "The group's window has closed. This meeting continues here, and everything is saved in its own file."
LACKS = "The group's window is closed, so its attendance list does not show who left:"


class PrivateTable(QObject):
    """`changed` says that the list, or who left, is another; `untold` what the group's program could not be told."""

    changed = Signal()
    untold = Signal(str)

    def __init__(self, pipe: Pipe | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pipe = pipe
        self.room: RoomList | None = None
        self.left: dict[str, datetime] = {}  # before anyone unlocked: the row of the group's list, and when
        self._sitting: PrivateSitting | None = None
        self._of: Session | None = None
        if pipe is not None:
            pipe.room_came.connect(self._take)
            pipe.gone.connect(lambda: self.untold.emit(GONE))

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
        from csp_desktop.domain.meeting.meeting import MeetingState
        from csp_desktop.services.private import agenda, room

        assert self.room is not None
        agenda.refuse_second(session, self.room.on)
        meeting = agenda.next_meeting(session)
        if meeting is None or meeting.on != self.room.on:
            begins = local(session.now()).replace(second=0, microsecond=0)
            ends = max(self.room.ends, (begins + LEAST_SLOT).time())
            meeting = agenda.plan(session, self.room.on, begins.time(), ends)
        left = [Departed(origin, at) for origin, at in self.left.items()]
        room.receive(session, meeting.id, self.room.people, left)
        if meeting.state is MeetingState.IN_SESSION:  # begun again: perhaps nobody could be told the first time
            self.give_back(room.departures(session, meeting.id))
        return meeting.id

    def sitting(self, session: "Session", meeting_id: str) -> "PrivateSitting":
        """The sitting of this unlocked session: another after every unlock, so that it stands at the gate."""
        from csp_desktop.services.private.session import PrivateSitting

        if self._sitting is None or self._of is not session or self._sitting.meeting_id != meeting_id:
            self._sitting, self._of = PrivateSitting(session, meeting_id), session
        return self._sitting

    def give_back(self, departures: Departures) -> bool:
        """Who left at the crossing, to the group's program; whether it could be told. If it is gone, the lead learns
        whom its list lacks."""
        if self.pipe is None:
            return False
        told = self.pipe.give_back(departures)
        if not told and departures.people and self.room is not None:
            names = {one.origin: one.name for one in self.room.people}
            left = ", ".join(f"{names.get(one.origin, 'someone')} {clock(one.left_at)}" for one in departures.people)
            self.untold.emit(f"{LACKS} {left}. Begin again from there to record it, or record it by hand.")
        return told

    def forget_sitting(self) -> None:
        """At every lock, whatever the disk says."""
        if self._sitting is not None:
            with suppress(Refused):
                self._sitting.lock()
        self._sitting = self._of = None
