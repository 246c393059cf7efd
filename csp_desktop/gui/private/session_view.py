"""What stands in the columns of the private session, and comings and goings: apart from its keys and what they do.

Gate, person, item or end stand there. A person's widgets are made when the gate opens and destroyed when it falls;
nothing of them stays behind it. Each text belongs to the person or item it was typed under; what the disk has not taken
yet is known here, so that it comes back when the gate opens again.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QToolTip, QVBoxLayout, QWidget

from csp_desktop._built.ui_private_live import Ui_PrivateLive
from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import Place, TurnState
from csp_desktop.domain.meeting.signatures import closeness
from csp_desktop.domain.private.admission import Clearance
from csp_desktop.domain.private.people import PersonField
from csp_desktop.gui.meeting.action_column import AgreedActions, beside
from csp_desktop.gui.meeting.autosave import NOTE
from csp_desktop.gui.meeting.message_bar import Floating
from csp_desktop.gui.meeting.read_back import ReadBackView
from csp_desktop.gui.private.autosave import PersonTexts
from csp_desktop.gui.private.controller import SessionController
from csp_desktop.gui.private.person_view import PersonView
from csp_desktop.gui.private.session_rows import hearing_entries, rail_entries, worker_entries
from csp_desktop.gui.private.signing import ArrivalView
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import destroy
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_errors import AskedOnce
from csp_desktop.gui.widgets.name_finder import LEAST
from csp_desktop.gui.widgets.person_picker import PersonPicker
from csp_desktop.gui.window import unsent_text
from csp_desktop.services.meeting import actions, due_next
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.private import room, room_changes
from csp_desktop.services.private.session import OFFER, PrivateSitting
from csp_desktop.services.private.session_rows import LivePerson
from csp_desktop.services.session import Session


class ActionsSide(AgreedActions):
    """Under the actions a list of people: who works with the person in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._caption, self.people = QLabel(self), QLabel(self), EntryList(self)
        set_role(self._title, "strong")
        set_role(self._caption, "caption")
        self.people.set_flush(True)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(beside(self._title, self._caption))
        self.column.addWidget(self.people, 3)

    def after_cards(self) -> QWidget | None:
        """The people."""
        return self.people

    def show_workers(self, row: LivePerson) -> None:
        """Who works with the person."""
        here = sum(worker.here for worker in row.workers)
        self._title.setText(f"Involved with {row.page.person.initials}")
        self._caption.setText(f"{here} of {len(row.workers)} here" if row.workers else "nobody yet")
        self.people.setAccessibleName(self._title.text())
        self.people.set_entries(worker_entries(row.workers))

    def show_nobody(self) -> None:
        """An item of the agenda: no person, no workers."""
        for widget in (self._title, self._caption, self.people):
            widget.hide()


class RoomSide(QWidget):
    """At the gate: everyone in the room, and on what ground they may hear."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._caption, self.people = QLabel("Present", self), QLabel(self), EntryList(self)
        set_role(self._title, "subheading")
        set_role(self._caption, "caption")
        self.people.set_flush(True)
        self.people.setAccessibleName("Present")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(10))
        column.addLayout(beside(self._title, self._caption))
        column.addWidget(self.people, 1)

    def show_room(self, clear: Clearance | None) -> None:
        """Fill it."""
        rows = hearing_entries(clear) if clear else []
        self.people.set_entries(rows)
        self._caption.setText(f"{len(clear.may_hear)} of {len(rows)} may stay" if clear else "")
        self.setVisible(clear is not None)


class SessionView:
    """`connect_person` and `connect_side` are called with each widget made anew; `typed` knows a note the disk has not
    taken."""

    def __init__(
        self,
        ui: Ui_PrivateLive,
        session: Session,
        controller: SessionController,
        connect_person: Callable[[PersonView], None],
        connect_side: Callable[[ActionsSide], None],
        typed: PersonTexts,
    ) -> None:
        self._ui, self._session, self._controller, self._typed = ui, session, controller, typed
        self._connect_person, self._connect_side = connect_person, connect_side
        self.person: PersonView | None = None
        self.read_back: ReadBackView | None = None
        self.actions: ActionsSide | None = None
        self._actions_of = ""
        self._whose = ""  # what is in hand, by its key in the rail
        self.half: tuple[str, dict[str, str]] = "", {}  # half typed for a turn before a lock

    @property
    def here(self) -> QWidget | None:
        """What stands in the middle."""
        return self._ui.stack.currentWidget()

    @property
    def place(self) -> tuple[object, str]:
        """What stands in the middle, and of whom."""
        return self.here, self._whose

    def turn_to(self, view: QWidget) -> None:
        """Show that one in the middle."""
        if self.here is not view:
            self._ui.stack.setCurrentWidget(view)

    def is_read_back(self) -> bool:
        """Whether the read-back stands there."""
        return self.read_back is not None and self.here is self.read_back

    @property
    def arrival(self) -> ArrivalView:
        """Where whoever comes in is written down and signs."""
        view: ArrivalView = self._ui.arrival_view
        return view

    def is_arriving(self) -> bool:
        """Whether someone is coming in now."""
        return self.here is self._ui.arrival_view

    def show_arrival(self) -> None:
        """Nothing but the arrival: neither people nor who works with whom, for the screen is turned round."""
        self.empty()
        self.turn_to(self._ui.arrival_view)
        self._ui.columns.show_work()

    def empty(self) -> None:
        """Nobody stands anywhere: neither in the middle nor in the columns."""
        self.forget_person()
        self._ui.rail.set_entries([])
        self._ui.side.hold(None)
        self.actions = None

    def show(self) -> None:
        """What is in hand; a person only if everyone in the room may hear them now."""
        ui, controller, state = self._ui, self._controller, self._controller.state
        if state is None:
            return
        row = controller.person
        if row is None or (self.person is not None and self.person.turn_id != row.turn.id):
            self.forget_person()
        ui.rail.set_entries(rail_entries(state))
        ui.rail.set_current(controller.here)
        if self._whose != controller.here:
            self._whose = controller.here
            ui.columns.show_work()
        if row is not None:
            self._show_person(row)
        elif controller.gate is not None:
            others = any(r.state is not TurnState.DONE and not r.current for r in state.rail)
            ui.gate_view.show_gate(controller.gate, others)
            self._show_room()
            self.turn_to(ui.gate_view)
        elif controller.item is not None:
            items = [item.id for item in state.items]
            number, waiting = (
                items.index(controller.item.item.id) + 1,
                self._typed.waiting(NOTE, controller.item.item.id),
            )
            ui.item_view.show_item(controller.item, number, len(items), waiting)
            self._column(controller.item.item.id).show_agreed(controller.item.agreed)
            self.turn_to(ui.item_view)
        else:
            self._show_room()
            ui.close_view.show_state(state)
            self.turn_to(ui.close_view)

    def _show_person(self, row: LivePerson) -> None:
        if self.person is None:
            self.person = PersonView()
            self._ui.stack.addWidget(self.person)
            self._connect_person(self.person)
            if self._controller.sitting is not None:
                self.person.beside.offers.line.put(self._controller.sitting.kept_line(OFFER))
        self.person.show_person(row, self._typed.waiting(NOTE, row.turn.id))
        if self.half[0] == row.turn.id:
            texts, self.half = self.half[1], ("", {})
            unsent_text.type_again(self.person, texts)
        side = self._column(row.turn.id)
        side.show_agreed(row.agreed)
        side.show_workers(row)
        self.turn_to(self.person)

    def _column(self, of: str) -> ActionsSide:
        """The column of actions for what is in hand; another one for another person or item."""
        if self.actions is not None and self._actions_of == of:
            return self.actions
        self.actions, self._actions_of = ActionsSide(), of
        self._ui.side.hold(self.actions)
        self._connect_side(self.actions)
        self._give_people(self.actions)
        self.actions.line.restore(self._controller.kept_line(), self._controller.agreed)
        if self._controller.person is None:
            self.actions.show_nobody()
        return self.actions

    def _give_people(self, side: ActionsSide) -> None:
        state = self._controller.state
        if state is None:
            return
        people = actions.people_for_actions(self._session, state.meeting.id)
        with self._session.work.reading() as records:
            following = due_next.next_meeting_day(self._session, records, state.meeting)
        side.line.set_people(people, Days(state.meeting.on, following, self._session.holidays))

    def _show_room(self) -> None:
        self.actions = None
        held = self._ui.side.held
        if not isinstance(held, RoomSide):
            held = RoomSide()
            self._ui.side.hold(held)
        held.show_room(self._controller.gate.clearance if self._controller.gate else None)

    def show_read_back(self, read: ReadBack, accept: Callable[[], object], back: Callable[[], None]) -> None:
        """Large, to be read out."""
        if self.read_back is None:
            self.read_back = ReadBackView()
            self._ui.stack.addWidget(self.read_back)
            self.read_back.accepted.connect(accept)
            self.read_back.went_back.connect(back)
        self.turn_to(self.read_back)
        self.read_back.show_read_back(read)

    def forget_person(self) -> None:
        """Destroy whatever shows the person, with tooltips and the words of the last step."""
        if self.person is None and self.read_back is None:
            return
        self._ui.stack.setCurrentWidget(self._ui.gate_view)
        self._ui.columns.show_work()
        for view in (self.person, self.read_back):
            if view is not None:
                self._ui.stack.removeWidget(view)
                destroy(view)
        self.person = self.read_back = self.actions = None
        self._ui.side.hold(None)
        QToolTip.hideText()
        self._ui.undo_bar.say("", undo="")
        self._ui.undo_bar.dismiss()


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
