"""What changes in the room of a private session, apart from the view over which its panels stand: who comes, goes,
leads or declares an interest, who is talked about too, and the agenda.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import ItemKind, Place
from csp_desktop.domain.meeting.signatures import closeness
from csp_desktop.domain.private.people import PersonField
from csp_desktop.gui.meeting.agenda_side import AgendaSide
from csp_desktop.gui.meeting.message_bar import Floating
from csp_desktop.gui.private.controller import SessionController
from csp_desktop.gui.private.session_view import SessionView
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.field_errors import AskedOnce
from csp_desktop.gui.widgets.name_finder import LEAST
from csp_desktop.gui.widgets.person_picker import PersonPicker
from csp_desktop.gui.window.actions import BACK
from csp_desktop.gui.window.keys import is_enter, is_escape
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.private import room, room_changes
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.session import Session


class RoomChanges(QObject):
    """Who comes, goes or declares an interest: the room is read again before anything shows.

    `changed` gives words for the bar once the screen is right again.
    """

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
        self.leads, self.added = LeadPicker(session), AddedPicker(session, controller)
        pickers: tuple[PersonPicker, ...] = (self.interests, self.leavers, self.leads, self.added)
        for picker in pickers:
            Floating(picker, over)
            picker.closed.connect(focus)
        for picker in pickers[:2]:
            picker.picked.connect(lambda name: self.follow(f"{name} leaves"))
        self.leads.picked.connect(lambda name: self.follow(f"{name} leads from now on"))
        self.agenda = AgendaPanel()
        Floating(self.agenda, over)
        self.agenda.side.changed.connect(self._agenda_changed)
        self.agenda.closed.connect(focus)

    @property
    def meeting_id(self) -> str:
        """The session's meeting."""
        return self._controller.sitting.meeting_id if self._controller.sitting else ""

    def step_out(self, row_id: str) -> None:
        """Someone has left."""
        try:
            name = room.leave(self._session, row_id).name
        except Refused as refusal:
            self._controller.refused.emit(refusal.sentence)
            return
        self.follow(f"{name} has left")

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
        self.agenda.hide()
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

    def ask_who_leads(self) -> None:
        """Ctrl+Shift+L."""
        if self._controller.running:
            self.leads.open_picker(self.meeting_id)

    def ask_whom_to_add(self, place: Place) -> None:
        """Ctrl+N: whoever is in hand is covered first, for a name may be typed."""
        if self._controller.running:
            if self._controller.person is not None:
                self._controller.cover()
            self.added.place = place
            self.added.open_picker(self.meeting_id)

    def change_agenda(self) -> None:
        """Ctrl+Shift+A: an item is added under the one in hand, or renamed."""
        if self._controller.running and not self._view.is_arriving():
            self._show_agenda()
            self.agenda.open_panel()

    def _show_agenda(self) -> None:
        state = self._controller.state
        if state is not None:
            people = next((one.id for one in state.items if one.kind is ItemKind.PEOPLE), "")
            current = state.meeting.current_item_id or (people if state.meeting.current_turn_id else "")
            self.agenda.side.show_agenda(self._session, self.meeting_id, state.items, current)

    def _agenda_changed(self, words: str) -> None:
        self.follow(words)
        self._show_agenda()

    def ask_who_declares(self) -> None:
        """Ctrl+I."""
        if self._controller.person is not None or self._controller.gate is not None:
            self.interests.sitting = self._controller.sitting
            self.interests.open_picker(self.meeting_id)


NO_NAMES = "Everyone in the room can read the agenda: name nobody in a title."


class AgendaPanel(QFrame):
    """The agenda over the work; `closed` when it goes."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "chosen")
        self.setAccessibleName("Agenda")
        self.side = AgendaSide(self, wide=True)
        told, close = QLabel(NO_NAMES, self), SecondaryButton(self, text="Close", key=BACK.shown, height=28)
        set_role(told, "second")
        told.setWordWrap(True)
        close.clicked.connect(self.close_panel)
        self.setLayout(vbox(hbox((told, 1), close), self.side, spacing=8, margins=(14, 10, 14, 10)))
        self.hide()

    def open_panel(self) -> None:
        """The caret where a new item is named."""
        self.side.clear()
        self.show()
        self.side.take_focus()

    def close_panel(self) -> None:
        """Away; what was done is done."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if is_escape(event):
            self.close_panel()
        elif not is_enter(event):
            super().keyPressEvent(event)


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
        super().__init__(session, "Who is leaving?")

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return _present(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """They leave now."""
        room.leave(self._session, person.attendance_id)


class LeadPicker(PersonPicker):
    """Ctrl+Shift+L: who leads from now on; minuted with the time."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Who leads from now on?")

    def people(self) -> Sequence[PersonRow]:
        """New Hope's lead or deputy, where they are here and do not lead already."""
        may = {row.id for row in room_changes.who_may_lead(self._session, self.meeting_id)}
        return [row for row in _present(self._session, self.meeting_id) if row.attendance_id in may]

    def act(self, person: PersonRow) -> None:
        """They lead."""
        room_changes.hand_over_lead(self._session, self.meeting_id, person.attendance_id)


NEW_PERSON = "New person: put on the list"
NEW = "new"  # the row that puts somebody on the list
SURE = "If this is a different person, press Enter again."


class AddedPicker(PersonPicker):
    """Ctrl+N: who is talked about too. Found by name, alias, initials or reference; shown by reference alone. Somebody
    nobody knew is entered by the name typed."""

    place = Place.NEXT

    def __init__(self, session: Session, controller: SessionController) -> None:
        super().__init__(session, "Reference or name of the person to add")
        self._controller = controller
        self._names: dict[str, tuple[str, ...]] = {}
        self._sure = AskedOnce(PersonField.NAME, SURE)

    def people(self) -> Sequence[PersonRow]:
        """Everybody on the list who is not on this sub-agenda."""
        found = room_changes.offered_people(self._session, self.meeting_id)
        self._names = {one.person_id: one.names for one in found}
        return [_row(one.person_id, one.reference) for one in found]

    def beside(self, text: str) -> Sequence[PersonRow]:
        """Somebody new, once a name is typed."""
        return [_row(NEW, NEW_PERSON)] if len(text.strip()) >= LEAST else []

    def fit(self, text: str, person: PersonRow) -> int | None:
        """By any of their names."""
        near = [closeness(text, name) for name in self._names[person.member_id]]
        return min((one for one in near if one is not None), default=None)

    def act(self, person: PersonRow) -> None:
        """They join the sub-agenda."""
        if person.member_id != NEW:
            self._controller.add_person(person.member_id, self.place)
            return
        name = self.find_edit.text()
        self._sure.require(room_changes.doubt_about_new(self._session, name), name)
        self._controller.add_new_person(name, self.place, although_alike=True)


def _row(key: str, name: str) -> PersonRow:
    return PersonRow(key, key, name, "", "", None, None, None, False, 0, "", ())


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
