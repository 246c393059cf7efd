"""What stands in the columns of the private session: gate, person, item or end. A person's widgets are made when the
gate opens and destroyed when it falls; nothing of them stays behind it.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QToolTip, QWidget

from csp_desktop._built.ui_private_live import Ui_PrivateLive
from csp_desktop.domain.day_grammar import Days
from csp_desktop.domain.meeting import TurnState
from csp_desktop.gui import half_typed
from csp_desktop.gui.pages.live_read_back import ReadBackView
from csp_desktop.gui.pages.private_live_arrival import ArrivalView
from csp_desktop.gui.pages.private_live_doing import PrivateDoing
from csp_desktop.gui.pages.private_live_person import PersonView
from csp_desktop.gui.pages.private_live_side import ActionsSide, RoomSide, destroy
from csp_desktop.gui.pages.private_live_words import rail_entries, read_back
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.services import agreeing_actions, due_next
from csp_desktop.services.private.sitting import OFFER
from csp_desktop.services.private.sitting_rows import LivePerson
from csp_desktop.services.session import Session


class Stage:
    """`dress_person` and `dress_actions` are called with each widget made anew, to connect it; `waiting` knows a note
    the disk has not taken."""

    def __init__(
        self,
        ui: Ui_PrivateLive,
        session: Session,
        doing: PrivateDoing,
        dress_person: Callable[[PersonView], None],
        dress_actions: Callable[[ActionsSide], None],
        waiting: Callable[[str], str | None],
    ) -> None:
        self._ui, self._session, self._doing = ui, session, doing
        self._dress_person, self._dress_actions, self._waiting = dress_person, dress_actions, waiting
        self.person: PersonView | None = None
        self.read_back: ReadBackView | None = None
        self.actions: ActionsSide | None = None
        self._actions_of = ""
        self._whose = "", ""  # the turn and the item in hand
        self.half: tuple[str, dict[str, str]] = "", {}  # half typed for a turn before a lock

    @property
    def here(self) -> QWidget | None:
        """What stands in the middle."""
        return self._ui.stack.currentWidget()

    @property
    def place(self) -> tuple[object, str, str]:
        """What stands in the middle, and of whom."""
        return self.here, *self._whose

    def to_work(self) -> None:
        """Where one column shows at a time, the middle one: somebody else's turn, or what a key leads to."""
        columns = self._ui.columns
        if columns.is_single() and columns.shown() is not Column.WORK:
            columns.go(Column.WORK)

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
        self.to_work()

    def empty(self) -> None:
        """Nobody stands anywhere: neither in the middle nor in the columns."""
        self.forget_person()
        self._ui.rail.set_entries([])
        self._ui.side.hold(None)
        self.actions = None

    def show(self) -> None:
        """What is in hand; a person only if everyone in the room may hear them now."""
        ui, doing, state = self._ui, self._doing, self._doing.state
        if state is None:
            return
        row = doing.person
        if row is None or (self.person is not None and self.person.turn_id != row.turn.id):
            self.forget_person()
        ui.rail.set_entries(rail_entries(state))
        turn, item = state.meeting.current_turn_id, state.meeting.current_item_id
        ui.rail.set_current(f"turn:{turn}" if turn else f"item:{item}")
        if self._whose != (turn, item):
            self._whose = turn, item
            self.to_work()
        if row is not None:
            self._show_person(row)
        elif doing.gate is not None:
            others = any(r.state is not TurnState.DONE and not r.current for r in state.rail)
            ui.gate_view.show_gate(doing.gate, others)
            self._show_room()
            self.turn_to(ui.gate_view)
        elif doing.item is not None:
            items = [item.id for item in state.items]
            ui.item_view.show_item(doing.item, items.index(doing.item.item.id) + 1, len(items))
            self._column(doing.item.item.id).show_agreed(doing.item.agreed)
            self.turn_to(ui.item_view)
        else:
            self._show_room()
            ui.close_view.show_state(state)
            self.turn_to(ui.close_view)

    def _show_person(self, row: LivePerson) -> None:
        if self.person is None:
            self.person = PersonView()
            self._ui.stack.addWidget(self.person)
            self._dress_person(self.person)
            if self._doing.sitting is not None:
                self.person.beside.offers.line.put(self._doing.sitting.kept_line(OFFER))
        self.person.show_person(row, self._waiting(row.turn.id))
        if self.half[0] == row.turn.id:
            texts, self.half = self.half[1], ("", {})
            half_typed.type_again(self.person, texts)
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
        self._dress_actions(self.actions)
        self._give_people(self.actions)
        sitting = self._doing.sitting
        if self._doing.person is not None and sitting is not None:
            self.actions.line.restore(sitting.kept_line(), self._doing.agreed)
        else:
            self.actions.show_nobody()
        return self.actions

    def _give_people(self, side: ActionsSide) -> None:
        state = self._doing.state
        if state is None:
            return
        people = agreeing_actions.people_for_actions(self._session, state.meeting.id)
        with self._session.work.reading() as records:
            following = due_next.next_meeting_day(self._session, records, state.meeting)
        side.line.set_people(people, Days(state.meeting.on, following, self._session.holidays))

    def _show_room(self) -> None:
        self.actions = None
        held = self._ui.side.held
        if not isinstance(held, RoomSide):
            held = RoomSide()
            self._ui.side.hold(held)
        held.show_room(self._doing.gate.clearance if self._doing.gate else None)

    def show_read_back(self, row: LivePerson, accept: Callable[[], object], back: Callable[[], None]) -> None:
        """Large, to be read out."""
        if self.read_back is None:
            self.read_back = ReadBackView()
            self._ui.stack.addWidget(self.read_back)
            self.read_back.accepted.connect(accept)
            self.read_back.went_back.connect(back)
        self.turn_to(self.read_back)
        self.read_back.show_read_back(read_back(row))

    def forget_person(self) -> None:
        """Destroy whatever shows the person, with tooltips and the words of the last step."""
        if self.person is None:
            return
        self._ui.stack.setCurrentWidget(self._ui.gate_view)
        self.to_work()
        for view in (self.person, self.read_back):
            if view is not None:
                self._ui.stack.removeWidget(view)
                destroy(view)
        self.person = self.read_back = self.actions = None
        self._ui.side.hold(None)
        QToolTip.hideText()
        self._ui.undo_bar.say("", undo="")
        self._ui.undo_bar.dismiss()
