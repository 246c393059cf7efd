"""The private session, person by person: the gate first, always. What shows of a person is made when the gate opens and
destroyed when it falls; nothing of them stays behind it.
"""

import json
from collections.abc import Iterable

from PySide6.QtGui import QKeyEvent, QResizeEvent

from csp_desktop._built.ui_private_live import Ui_PrivateLive
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import Place
from csp_desktop.domain.private.admission import Bar
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.gui.meeting.action_column import AGREED, AgreedActions
from csp_desktop.gui.meeting.agreeing import AGREEING
from csp_desktop.gui.meeting.autosave import NOTE
from csp_desktop.gui.meeting.item_view import ItemView
from csp_desktop.gui.meeting.live_rows import CLOSING
from csp_desktop.gui.meeting.meeting_keys import (
    ARRIVAL,
    BACKWARD,
    FORWARD,
    LAST_TIME,
    LAST_TIMES,
    LEAVING,
    NEW_ACTION,
    PALETTE,
    READ_BACK,
    TO_LIST,
    TO_NOTE,
    outcome_key,
)
from csp_desktop.gui.meeting.meeting_page import MeetingPage, StopView
from csp_desktop.gui.meeting.read_back import SCROLL, SHOW_MARKED
from csp_desktop.gui.private.autosave import PersonTexts
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.controller import SessionController
from csp_desktop.gui.private.gate import ADMIT, COME_IN, HEAR, NUMBERS, SHOW, STEP_OUT
from csp_desktop.gui.private.person_offers import OFFERS
from csp_desktop.gui.private.person_outcomes import REASON
from csp_desktop.gui.private.person_view import PersonView
from csp_desktop.gui.private.room_changes import RoomChanges
from csp_desktop.gui.private.session_rows import BODY, bar_of
from csp_desktop.gui.private.session_view import SessionView
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.gui.window import unsent_text
from csp_desktop.gui.window.actions import BACK, HELP, HIDE, LARGER, SMALLER, UNDO, Action, commands
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.page import MARKS
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.private.session_rows import GateRow

TO_OWN_NOTE = TO_NOTE.called("private note", "note")
TO_PEOPLE = TO_LIST.called("people and agenda", "people")
OUTCOMES = tuple(outcome_key(outcome.number, outcome.rule.label, outcome) for outcome in PersonOutcome)
NEXT_PERSON = FORWARD.called("next person, access check first", FORWARD.strip)
PREVIOUS_PERSON = BACKWARD.called("previous person, access check first", BACKWARD.strip)
COVER = Action("hide this person", ("Ctrl+H",), "_cover", strip="cover")
TO_OFFERS = Action("offers and answers", ("Ctrl+O",), "_to_offers", strip="offers")
COMES_IN = ARRIVAL.called("someone comes in", "comes in")
STEPS_OUT = LEAVING.called("someone leaves", "leaves")
DECLARES = Action("someone declares an interest", ("Ctrl+I",), "_declare")
INTEREST = Action("someone declares an interest", ("I",), "_declare", when="_is_at_gate", strip="interest")
LEADS = Action("someone else leads from now on", ("Ctrl+Shift+L",), "_hand_over")
ADD_PERSON = (
    Action("add a person to this session: next", ("Ctrl+N",), "_add_person", Place.NEXT),
    Action("add a person to this session: now", ("Ctrl+Shift+N",), "_add_person", Place.NOW),
    Action("add a person to this session: at the end", (), "_add_person", Place.END),
)
AGENDA = Action("add an item to the agenda, or rename one", ("Ctrl+Shift+A",), "_change_agenda")
CLOSE = Action("close and lock", ("Ctrl+Shift+W",), "_to_close")
WITH_PERSON = (
    *(STEPS_OUT, TO_OFFERS, COVER, COMES_IN, TO_PEOPLE, TO_OWN_NOTE, NEW_ACTION),
    *(*OUTCOMES, READ_BACK, UNDO, HIDE, HELP),
)
MOVES = (PREVIOUS_PERSON, NEXT_PERSON, COMES_IN.short("someone comes in"))
ROUND_AN_ITEM = (*MOVES, NEW_ACTION, TO_OWN_NOTE, READ_BACK.short("done"), HIDE, HELP)


def gate_actions(gate: GateRow | None) -> tuple[Action, ...]:
    """Only what can be done at this gate, or round an item."""
    if gate is None:
        return ROUND_AN_ITEM
    remote = any(one.bar is Bar.REMOTE for one in gate.clearance.must_leave)
    barred = (*((ADMIT,) if remote else ()), HEAR, STEP_OUT) if gate.clearance.must_leave else ()
    open_to = (SHOW,) if gate.clearance.cleared else ()
    return (*MOVES, INTEREST, *((COME_IN,) if gate.call_in else ()), *barred, *open_to, HIDE, HELP)


LETTERS = tuple(action._replace(when="_is_signing") for action in (LARGER, SMALLER))


class PrivateLivePage(MeetingPage):
    """Fills gate, person, item and end from rows and passes on what people do; the controller does it."""

    ACTIONS = (
        TO_OWN_NOTE,
        *WRITING,
        *MARKS,
        NEW_ACTION,
        TO_PEOPLE,
        *OUTCOMES,
        READ_BACK,
        SHOW_MARKED,
        *SCROLL,
        NEXT_PERSON,
        PREVIOUS_PERSON,
        COVER,
        LAST_TIME,
        TO_OFFERS,
        COMES_IN,
        STEPS_OUT,
        DECLARES,
        INTEREST,
        LEADS,
        *ADD_PERSON,
        AGENDA,
        UNDO,
        PALETTE.called("find any command"),
        CLOSE,
        STEP_OUT,
        *NUMBERS,
        COME_IN,
        ADMIT,
        HEAR,
        SHOW,
        *LETTERS,
        *LAST_TIMES,
        *OFFERS,
        *AGREEING,
        *AGREED,
    )

    _controller: SessionController
    _typed: PersonTexts

    def __init__(self, context: PrivatePageContext) -> None:
        self._ui = Ui_PrivateLive()
        super().__init__(context, self._ui)
        self._table, self._meeting_id = context.table, ""
        self._view = SessionView(
            self._ui,
            self._session,
            self._controller,
            self._connect_person,
            self._connect_side,
            self._typed,
            hands_back=context.table.follows_meeting,
        )
        over = self._ui.work_frame
        self.room = RoomChanges(self._session, self._controller, self._view, over, self._show, self._focus)
        self.command_palette = Palette(self._ui.rail.search, self, lambda _text, tell: tell([]))
        self.command_palette.set_commands(commands(self.ACTIONS))
        self.command_palette.ran.connect(self.run)
        self._connect()

    def _make_controller(self) -> None:
        self._controller = SessionController(self._session, self._autosave.flush, self)
        self._typed = PersonTexts(self._session, self._controller, self._autosave)

    def _connect(self) -> None:
        ui, controller, gate = self._ui, self._controller, self._ui.gate_view
        gate.opened.connect(self._open)
        gate.stepped_out.connect(self.room.step_out)
        gate.came_in.connect(self.room.call)
        gate.admitted.connect(controller.admit)
        gate.remote_admitted.connect(controller.admit_remote)
        gate.passed_on.connect(controller.take_another)
        gate.sign_asked.connect(self._arrive)
        ui.arrival_view.arrived.connect(self.room.follow)
        ui.arrival_view.closed.connect(self._show_and_focus)
        self.room.changed.connect(self._room_changed)
        ui.close_view.closed.connect(self._close)
        ui.close_view.back_asked.connect(self._show_and_focus)
        ui.close_view.sign_asked.connect(self._arrive)
        ui.close_view.place_asked.connect(self._choose)
        ui.close_view.dates_asked.connect(controller.date_actions)
        ui.close_view.day_agreed.connect(controller.fix_date)
        ui.stopped_view.pressed.connect(lambda: self.navigate.emit("private_home", None))

    def _connect_person(self, view: PersonView) -> None:
        """A person's view was made: note, last actions, offers and outcomes."""
        controller, offers, outcomes = self._controller, view.beside.offers, view.outcomes
        self._connect_stop(view)
        offers.typed.connect(self._typed.offer)
        offers.offered.connect(self._offer)
        offers.answered.connect(controller.answer_offer)
        outcomes.chosen.connect(self._choose_outcome)
        outcomes.typed.connect(self._typed.field)
        outcomes.left.connect(lambda _name, words: controller.say(reason=words))
        outcomes.day_given.connect(lambda day: controller.say(see_again=day))
        outcomes.read_back_asked.connect(self._go_on)
        outcomes.again_asked.connect(controller.take_up_again)

    # what the window asks

    def bar_state(self) -> BarState:
        """Where the session stands; never a word of a person."""
        state = self._controller.state
        blank = BarState(title=BODY, kind=BarKind.PLUM, icon="lock")
        self._bar = bar_of(state, self._session.now()) if state else blank
        return self._bar

    def _is_signing(self) -> bool:
        return self._view.here is self._ui.arrival_view

    def set_large(self, large: bool) -> None:
        """The text to be signed, in larger letters or smaller ones."""
        self._ui.arrival_view.signing.set_large(large)

    def strip_actions(self) -> Iterable[Action]:
        """The keys that act here."""
        here = self._view.here
        if here is self._ui.arrival_view:
            return (BACK.short("back to the access check"), READ_BACK.short("sign"), HIDE, HELP)
        if here is self._ui.close_view:
            return (BACK, READ_BACK.short("close"), HIDE, HELP)
        if self._view.is_read_back():
            return (BACK, READ_BACK.short("accept, next access check"), HIDE, HELP)
        return gate_actions(self._controller.gate) if self._view.person is None else WITH_PERSON

    def strip_text(self) -> str:
        """What is true of the file and the room."""
        return "Private file, its own key. The room screen stays blank."

    def entered(self, argument: object = None) -> None:
        """Begin or come back to the session: at the gate."""
        if isinstance(argument, str) and argument:
            self._meeting_id = argument
        table = self._table
        if not self._meeting_id:
            self._show_stopped("No private session is in progress.")
            return
        self._controller.sitting = table.sitting(self._session, self._meeting_id)
        self._controller.load()
        if not self._controller.running:
            self._show_stopped("This private session is not open.")
            return
        self._show_and_focus()

    def _show_stopped(self, sentence: str) -> None:
        self._view.forget_person()
        self._ui.stopped_view.set_content(sentence, "Clear the room first, or open its minutes.", "Home", "lock")
        self._view.turn_to(self._ui.stopped_view)

    def left(self) -> None:
        """Covered, locked or left: the screen first, then what was typed becomes part of the record."""
        self._autosave.flush()
        self.room.agenda.hide()
        self._view.empty()
        if self._controller.sitting is not None and self._controller.running:
            self._controller.sitting.cover()
            self._controller.load()

    def refresh(self) -> None:
        """Something else changed the session."""
        if not self._view.is_arriving() and self._controller.sitting is not None and self._controller.running:
            self._controller.load()
            self._show()

    # showing

    def _show(self) -> None:
        before = self._view.place
        self._view.show()
        if self._view.place != before:
            self.room.agenda.hide()  # it lay over what was in hand
        self.bar_changed.emit()

    def half(self) -> str:
        """What is half typed for the person in hand, for after a lock: they are shown again only at their gate."""
        person, row = self._view.person, self._controller.person
        if person is not None and row is not None:
            self._view.half = row.turn.id, unsent_text.read(person)
        return json.dumps(self._view.half) if self._view.half[1] else ""

    def resume(self, half: str) -> None:
        """It waits for the gate to open."""
        turn_id, texts = json.loads(half)
        self._view.half = turn_id, texts

    def _on_done(self, words: str, changed: tuple[Kind, ...]) -> None:
        """A step was done: the caret follows what is in hand."""
        was = self._view.place
        super()._on_done(words, changed)
        if self._view.place != was or (words and self._controller.gate is not None):
            self._focus()

    def focus_gone(self) -> None:
        """To where one goes on."""
        self._focus()

    def _show_refusal(self, sentence: str) -> None:
        self._show()
        if self._view.person is None and self._view.here is self._ui.gate_view:
            self._ui.gate_view.refuse(sentence)
        else:
            super()._show_refusal(sentence)

    # what is in hand

    def _stop_view(self) -> StopView | None:
        if self._view.person is not None:
            return self._view.person
        item: ItemView = self._ui.item_view
        return item if self._controller.item is not None else None

    def _side(self) -> AgreedActions | None:
        return self._view.actions

    def _has_state(self) -> bool:
        return self._controller.state is not None

    # doing

    def _choose(self, key: str) -> None:
        if key == CLOSING:
            self._to_close()
        else:
            self._controller.go(key)

    def _open(self) -> None:
        if self._controller.open_person():
            self._to_note()

    def _room_changed(self, words: str) -> None:
        """Told where it does not stand over whoever signs."""
        if self._view.is_arriving():
            self._ui.undo_bar.dismiss()
        else:
            self.messages.show_done(words)
            if self._controller.gate is not None:
                self._focus()
        self.bar_changed.emit()
        self._context.changes.tell("attendance")

    def _arrive(self) -> None:
        self._ui.undo_bar.dismiss()
        self.room.arrive()
        self.bar_changed.emit()

    def _choose_outcome(self, outcome: PersonOutcome) -> None:
        view = self._view.person
        if view is None or self._view.is_read_back():
            return
        self._ui.columns.show_work()
        done, row = self._controller.choose(outcome), self._controller.person
        if done and row is not None and row.missing and self._view.person is not None:
            self._view.person.outcomes.ask_for(REASON, "")

    def _go_on(self) -> None:
        """Ctrl+Enter: sign, show, read back, accept, done, close: whatever is next here."""
        ui, here = self._ui, self._view.here
        self._ui.columns.show_work()
        if here is ui.arrival_view:
            ui.arrival_view.sign()
        elif here is ui.close_view:
            ui.close_view.press()
        elif self._view.is_read_back():
            self._controller.accept()
        elif self._controller.gate is not None:
            self._open()
        elif self._controller.item is not None or self._controller.person is not None:
            self._read_back()

    def show_marked(self) -> None:
        """The marked lines of the read-back, or no longer."""
        if self._view.read_back is not None:
            self._view.read_back.toggle_marked()

    def _reading_back(self) -> bool:
        return self._view.is_read_back()

    def _ask_for_missing(self) -> bool:
        """Of a person who is covered meanwhile nothing is asked, nor read back."""
        row, view = self._controller.person, self._view.person
        if self._controller.item is not None:
            return False
        if row is None or view is None:
            self._show()
            return True
        if row.missing:
            view.show_person(row, self._typed.waiting(NOTE, row.turn.id))
            view.outcomes.ask_for(REASON if row.turn.outcome else "", row.missing)
        return bool(row.missing)

    def _show_read_back(self, read: ReadBack) -> None:
        self._view.show_read_back(read, self._accept, self._back)

    def _offer(self, what: str) -> None:
        view = self._view.person
        if view is not None:
            with self._controller.refusing_at(view.beside.offers.refuse):
                self._controller.offer(what)

    def _to_close(self) -> None:
        state = self._controller.state
        if state is None or not self._controller.running:
            return
        if state.meeting.current_turn_id or state.meeting.current_item_id:
            self._controller.leave_person()

    def _close(self, note: str) -> None:
        sitting = self._controller.sitting
        if sitting is None:
            return
        self._autosave.flush()
        try:
            meeting = sitting.close(
                next_on=self._controller.state.meeting.next_on if self._controller.state else None, note=note
            )
        except Refused as refusal:
            self._ui.close_view.error.set_error(refusal.sentence)
            return
        self._controller.load()
        self._context.changes.tell("meeting")
        self.navigate.emit("private_minutes", meeting.id)

    # where the caret goes

    def _show_and_focus(self) -> None:
        self._controller.load()
        self._show()
        self._focus()

    def _focus(self) -> None:
        """Where the next key belongs."""
        ui, here = self._ui, self._view.here
        if here is ui.gate_view:
            ui.gate_view.take_focus()
        elif here is ui.item_view or (self._view.person is not None and here is self._view.person):
            self._to_note()

    def _to_note(self) -> None:
        if self._stop_view() is None and not self._reading_back():
            self._ui.columns.show_work()
            self._focus()
        else:
            super()._to_note()

    def _to_last(self) -> None:
        if self._view.person is not None:
            self._ui.columns.show_work()
            self._view.person.beside.to_last()
        elif self._controller.item is not None:
            super()._to_last()

    def _to_offers(self) -> None:
        if self._view.person is not None:
            self._ui.columns.show_work()
            self._view.person.beside.to_offers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the column scrolls, and what wraps has its whole height."""
        super().resizeEvent(event)
        px = current().px
        self._ui.stack.set_growing(self.width() < px(1300) or self.height() < px(600))

    def _is_at_gate(self) -> bool:
        return self._view.here is self._ui.gate_view and self._controller.gate is not None

    def _declare(self) -> None:
        self.room.ask_who_declares()

    def _hand_over(self) -> None:
        self.room.ask_who_leads()

    def _add_person(self, place: Place) -> None:
        self.room.ask_whom_to_add(place)

    def _change_agenda(self) -> None:
        self.room.change_agenda()

    def _leave(self) -> None:
        self.room.ask_who_leaves()

    def _cover(self) -> None:
        self._controller.cover()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """At the gate letters and digits act wherever no text has the focus."""
        if not (self._is_at_gate() and self._ui.gate_view.press(event)):
            super().keyPressEvent(event)
