"""Comings and goings during the private session: each covers the person at once if somebody may then not hear."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from csp_desktop.domain.errors import Refused
from csp_desktop.gui.pages.private_live_doing import PrivateDoing
from csp_desktop.gui.pages.private_live_pickers import InterestPicker, StepOutPicker
from csp_desktop.gui.pages.private_live_stage import Stage
from csp_desktop.services.private import room
from csp_desktop.services.session import Session


class RoomHand(QObject):
    """`changed` gives words for the bar once the screen is right again."""

    changed = Signal(str)

    def __init__(
        self,
        session: Session,
        doing: PrivateDoing,
        stage: Stage,
        over: QVBoxLayout,
        show: Callable[[], None],
        focus: Callable[[], None],
    ) -> None:
        super().__init__(doing)
        self._session, self._doing, self._stage, self._show = session, doing, stage, show
        self.leavers, self.interests = StepOutPicker(session), InterestPicker(session)
        for picker in (self.interests, self.leavers):
            over.insertWidget(0, picker)
            picker.picked.connect(lambda name: self.follow(f"{name} steps out"))
            picker.closed.connect(focus)

    @property
    def meeting_id(self) -> str:
        """The session's meeting."""
        return self._doing.sitting.meeting_id if self._doing.sitting else ""

    def step_out(self, row_id: str) -> None:
        """Someone has left the room."""
        try:
            name = room.leave(self._session, row_id).name
        except Refused as refusal:
            self._doing.refused.emit(refusal.sentence)
            return
        self.follow(f"{name} has stepped out")

    def follow(self, words: str) -> None:
        """The room has changed: read it again before anything else shows."""
        self._doing.load()
        if self._stage.is_arriving():
            self._stage.show_arrival()
        else:
            self._show()
        self.changed.emit(words)

    def arrive(self) -> None:
        """Someone comes in: the person is covered first, then the screen can be turned to whoever signs."""
        if self._doing.person is not None:
            self._doing.cover()
        gate = self._doing.gate
        self._stage.show_arrival()
        self._stage.arrival.open_for(self._session, self.meeting_id, gate.call_in if gate else ())

    def call(self, member_id: str) -> None:
        """A worker who should be called in has come."""
        gate = self._doing.gate
        worker = next((one for one in gate.call_in if one.member_id == member_id), None) if gate else None
        if worker is not None:
            self.arrive()
            self._stage.arrival.came(worker.name, worker.agency)

    def ask_who_leaves(self) -> None:
        """Shift+F6."""
        self.leavers.open_picker(self.meeting_id)

    def ask_who_declares(self) -> None:
        """Ctrl+I."""
        if self._doing.person is not None or self._doing.gate is not None:
            self.interests.sitting = self._doing.sitting
            self.interests.open_picker(self.meeting_id)
