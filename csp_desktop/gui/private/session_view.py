"""What stands in the columns of the private session, and comings and goings: apart from its keys and what they do.

Gate, person, item or end stand there. A person's widgets are made when the gate opens and destroyed when it falls;
nothing of them stays behind it. Each text belongs to the person or item it was typed under; what the disk has not taken
yet is known here, so that it comes back when the gate opens again.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QToolTip, QVBoxLayout, QWidget

from csp_desktop._built.ui_private_live import Ui_PrivateLive
from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.private.admission import Clearance
from csp_desktop.gui.meeting.action_column import AgreedActions, beside
from csp_desktop.gui.meeting.autosave import NOTE
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
from csp_desktop.gui.window import unsent_text
from csp_desktop.services.meeting import actions, due_next
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.private.closing import closing
from csp_desktop.services.private.session import OFFER
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
    taken; `hands_back`: the file is here for the evening only."""

    def __init__(
        self,
        ui: Ui_PrivateLive,
        session: Session,
        controller: SessionController,
        connect_person: Callable[[PersonView], None],
        connect_side: Callable[[ActionsSide], None],
        typed: PersonTexts,
        *,
        hands_back: bool,
    ) -> None:
        self._ui, self._session, self._controller, self._typed = ui, session, controller, typed
        self._connect_person, self._connect_side = connect_person, connect_side
        self._hands_back = hands_back
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
            ui.close_view.show_closing(closing(self._session, state.meeting.id), self._hands_back)
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
