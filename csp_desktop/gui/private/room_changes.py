"""Who comes, goes or declares an interest in the private session: the room is read again before anything shows."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.meeting.message_bar import Floating
from csp_desktop.gui.private.controller import SessionController
from csp_desktop.gui.private.session_view import SessionView
from csp_desktop.gui.widgets.person_picker import PersonPicker
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.private import room
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.session import Session


class RoomChanges(QObject):
    """`changed` gives words for the bar once the screen is right again."""

    changed = Signal(str)

    def __init__(
        self,
        session: Session,
        controller: SessionController,
        view: SessionView,
        over: QWidget,
        show: Callable[[], None],
        focus: Callable[[], None],
    ) -> None:
        super().__init__(controller)
        self._session, self._controller, self._view, self._show = session, controller, view, show
        self.leavers, self.interests = StepOutPicker(session), InterestPicker(session)
        for picker in (self.interests, self.leavers):
            Floating(picker, over)
            picker.picked.connect(lambda name: self.follow(f"{name} steps out"))
            picker.closed.connect(focus)

    @property
    def meeting_id(self) -> str:
        """The session's meeting."""
        return self._controller.sitting.meeting_id if self._controller.sitting else ""

    def step_out(self, row_id: str) -> None:
        """Someone has left the room."""
        try:
            name = room.leave(self._session, row_id).name
        except Refused as refusal:
            self._controller.refused.emit(refusal.sentence)
            return
        self.follow(f"{name} has stepped out")

    def follow(self, words: str) -> None:
        """The room has changed: read it again before anything else shows."""
        self._controller.load()
        if self._view.is_arriving():
            self._view.show_arrival()
        else:
            self._show()
        self.changed.emit(words)

    def arrive(self) -> None:
        """Someone comes in: the person is covered first, then the screen can be turned to whoever signs."""
        if self._controller.person is not None:
            self._controller.cover()
        gate = self._controller.gate
        self._view.show_arrival()
        self._view.arrival.open_for(self._session, self.meeting_id, gate.call_in if gate else ())

    def call(self, member_id: str) -> None:
        """A worker who should be called in has come."""
        gate = self._controller.gate
        worker = next((one for one in gate.call_in if one.member_id == member_id), None) if gate else None
        if worker is not None:
            self.arrive()
            self._view.arrival.came(worker.name, worker.agency)

    def ask_who_leaves(self) -> None:
        """Shift+F6."""
        self.leavers.open_picker(self.meeting_id)

    def ask_who_declares(self) -> None:
        """Ctrl+I."""
        if self._controller.person is not None or self._controller.gate is not None:
            self.interests.sitting = self._controller.sitting
            self.interests.open_picker(self.meeting_id)


def _present(session: Session, meeting_id: str) -> list[PersonRow]:
    check = room.check(session, meeting_id)
    rows = sorted((row for row in (*check.staying, *check.leaving) if row.present), key=lambda row: row.name)
    return [
        PersonRow(row.id, row.id, row.name, row.agency, row.agency, None, row.signed_at, None, True, 0, "", ())
        for row in rows
    ]


class StepOutPicker(PersonPicker):
    """Shift+F6: who leaves the room; the time is kept."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Who steps out?")

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return _present(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """They leave now."""
        room.leave(self._session, person.attendance_id)


class InterestPicker(PersonPicker):
    """Ctrl+I: who declares an interest in the person in hand; they step out for them."""

    sitting: PrivateSitting | None = None

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Who declares an interest?")

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return _present(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """It is written down with the person in hand."""
        assert self.sitting is not None
        self.sitting.declare_interest(person.attendance_id)
