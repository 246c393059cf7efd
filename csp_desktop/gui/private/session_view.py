"""What stands in the columns of the private session: gate, person, item or end; and comings and goings.

A person's widgets are made when the gate opens and destroyed when it falls; nothing of them stays behind it. Each text
belongs to the person or item it was typed under; what the disk has not taken yet is known here, so that it comes back
when the gate opens again.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QToolTip, QWidget

from csp_desktop._built.ui_private_live import Ui_PrivateLive
from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.gui.meeting.action_answers import AnswerList
from csp_desktop.gui.meeting.autosave import NOTE, Autosave
from csp_desktop.gui.meeting.live_undo import Floating
from csp_desktop.gui.meeting.read_back import ReadBackView
from csp_desktop.gui.meeting.sign_in_people import PersonPicker
from csp_desktop.gui.private.arrival import ArrivalView
from csp_desktop.gui.private.autosave import PersonTexts
from csp_desktop.gui.private.controller import PrivateDoing
from csp_desktop.gui.private.person_offers import OfferList
from csp_desktop.gui.private.person_view import PersonView
from csp_desktop.gui.private.session_rows import rail_entries
from csp_desktop.gui.private.session_side import ActionsSide, RoomSide, destroy
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window import unsent_text
from csp_desktop.services.meeting import actions, due_next
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.private import room
from csp_desktop.services.private.session import OFFER, PrivateSitting
from csp_desktop.services.private.session_rows import LivePerson
from csp_desktop.services.session import Session


class Stage:
    """`dress_person` and `dress_actions` are called with each widget made anew, to connect it; `typed` knows a note the
    disk has not taken."""

    def __init__(
        self,
        ui: Ui_PrivateLive,
        session: Session,
        doing: PrivateDoing,
        dress_person: Callable[[PersonView], None],
        dress_actions: Callable[[ActionsSide], None],
        typed: PersonTexts,
    ) -> None:
        self._ui, self._session, self._doing, self._typed = ui, session, doing, typed
        self._dress_person, self._dress_actions = dress_person, dress_actions
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
            number, waiting = items.index(doing.item.item.id) + 1, self._typed.waiting(NOTE, doing.item.item.id)
            ui.item_view.show_item(doing.item, number, len(items), waiting)
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
        self._dress_actions(self.actions)
        self._give_people(self.actions)
        self.actions.line.restore(self._doing.kept_line(), self._doing.agreed)
        if self._doing.person is None:
            self.actions.show_nobody()
        return self.actions

    def _give_people(self, side: ActionsSide) -> None:
        state = self._doing.state
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
        held.show_room(self._doing.gate.clearance if self._doing.gate else None)

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


class Wiring(QObject):
    """Connects what is made anew for each person and item."""

    def __init__(self, doing: PrivateDoing, autosave: Autosave, typed: PersonTexts) -> None:
        super().__init__(doing)
        self._doing, self._autosave, self._typed = doing, autosave, typed

    def person(self, view: PersonView) -> None:
        """A person's note, last actions, offers and outcomes."""
        doing, offers, answers, outcomes = self._doing, view.beside.offers, view.beside.answers, view.outcomes
        view.note.edited.connect(self._typed.note)
        view.note.edit_ended.connect(lambda _text: doing.end_typing())
        view.saved.retry_asked.connect(self._autosave.flush)
        answers.answered.connect(partial(self._answer, answers))
        offers.typed.connect(self._typed.offer)
        offers.offered.connect(partial(self._offer, offers))
        offers.answered.connect(doing.answer_offer)
        outcomes.typed.connect(self._typed.field)
        outcomes.left.connect(lambda _name, words: doing.say(reason=words))
        outcomes.day_given.connect(lambda day: doing.say(see_again=day))
        outcomes.again_asked.connect(doing.take_up_again)

    def actions(self, side: ActionsSide) -> None:
        """The column of actions."""
        side.change_asked.connect(lambda action_id: self._take_up(side, action_id))
        side.removal_asked.connect(self._doing.remove)
        side.line.agreed.connect(lambda said: self._agree(side, said))
        side.line.changed.connect(lambda action_id, change: self._change_action(side, action_id, change))
        side.line.kept = self._typed.line

    def _answer(self, answers: AnswerList, key: str, answer: Answer, why: str, due: date | None) -> None:
        with self._doing.refusing_at(answers.refuse):
            self._doing.answer(key, answer, why, due)

    def _offer(self, offers: OfferList, what: str) -> None:
        with self._doing.refusing_at(offers.refuse):
            self._doing.offer(what)

    def _agree(self, side: ActionsSide, said: object) -> None:
        if self._doing.agree(said):  # type: ignore[arg-type]
            self._empty_line(side)

    def _change_action(self, side: ActionsSide, action_id: str, change: object) -> None:
        if self._doing.change(action_id, change):  # type: ignore[arg-type]
            self._empty_line(side)

    def _empty_line(self, side: ActionsSide) -> None:
        self._autosave.flush()
        self._doing.drop_line()
        side.line.clear()

    def _take_up(self, side: ActionsSide, action_id: str) -> None:
        for row in self._doing.agreed:
            if row.action.id == action_id:
                side.line.change(row)


class RoomHand(QObject):
    """`changed` gives words for the bar once the screen is right again."""

    changed = Signal(str)

    def __init__(
        self,
        session: Session,
        doing: PrivateDoing,
        stage: Stage,
        over: QWidget,
        show: Callable[[], None],
        focus: Callable[[], None],
    ) -> None:
        super().__init__(doing)
        self._session, self._doing, self._stage, self._show = session, doing, stage, show
        self.leavers, self.interests = StepOutPicker(session), InterestPicker(session)
        for picker in (self.interests, self.leavers):
            Floating(picker, over)
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
