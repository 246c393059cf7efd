"""The private session, person by person: the gate first, always. What shows of a person is made when the gate opens and
destroyed when it falls; nothing of them stays behind it.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from csp_desktop._built.ui_private_live import Ui_PrivateLive
from csp_desktop.domain.common.days import clock_seconds
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.gui.meeting.action_column import AGREED
from csp_desktop.gui.meeting.action_line import half_said
from csp_desktop.gui.meeting.autosave import NOTE, Autosave, is_note
from csp_desktop.gui.meeting.live_rows import CLOSING
from csp_desktop.gui.meeting.live_undo import Told
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
from csp_desktop.gui.private.autosave import PersonTexts
from csp_desktop.gui.private.context import PrivateDesk
from csp_desktop.gui.private.controller import PrivateDoing
from csp_desktop.gui.private.gate import COME_IN, HEAR, NUMBERS, SHOW, STEP_OUT
from csp_desktop.gui.private.person_offers import OFFERS
from csp_desktop.gui.private.person_outcomes import REASON
from csp_desktop.gui.private.person_view import PersonView
from csp_desktop.gui.private.session_rows import BODY, bar_of, read_back
from csp_desktop.gui.private.session_view import RoomHand, Stage, Wiring
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window import unsent_text
from csp_desktop.gui.window.actions import BACK, HELP, HIDE, UNDO, Action, commands
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting.walk import read_back_of
from csp_desktop.services.ports.work import Step
from csp_desktop.services.private.session_rows import GateRow

TO_OWN_NOTE = TO_NOTE.called("private note", "note")
TO_PEOPLE = TO_LIST.called("people and agenda", "people")
OUTCOMES = tuple(outcome_key(outcome.number, outcome.rule.label, outcome) for outcome in PersonOutcome)
NEXT_PERSON = FORWARD.called("next person, at the gate", FORWARD.strip)
PREVIOUS_PERSON = BACKWARD.called("previous person, at the gate", BACKWARD.strip)
COVER = Action("cover this person", ("Ctrl+H",), "_cover", strip="cover")
TO_OFFERS = Action("offers and answers", ("Ctrl+O",), "_to_offers", strip="offers")
COMES_IN = ARRIVAL.called("someone comes in", "comes in")
STEPS_OUT = LEAVING.called("someone steps out", "steps out")
DECLARES = Action("someone declares an interest", ("Ctrl+I",), "_declare")
INTEREST = Action("someone declares an interest", ("I",), "_declare", when="_is_at_gate", strip="interest")
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
    barred = (HEAR, STEP_OUT) if gate.clearance.must_leave else ()
    open_to = (SHOW,) if gate.clearance.cleared else ()
    return (*MOVES, INTEREST, *((COME_IN,) if gate.call_in else ()), *barred, *open_to, HIDE, HELP)


class PrivateLivePage(Page):
    """Fills gate, person, item and end from rows and passes on what people do; `PrivateDoing` does it."""

    ACTIONS = (
        TO_OWN_NOTE,
        NEW_ACTION,
        TO_PEOPLE,
        *OUTCOMES,
        READ_BACK,
        NEXT_PERSON,
        PREVIOUS_PERSON,
        COVER,
        LAST_TIME,
        TO_OFFERS,
        COMES_IN,
        STEPS_OUT,
        DECLARES,
        INTEREST,
        UNDO,
        PALETTE.called("find any command"),
        CLOSE,
        STEP_OUT,
        *NUMBERS,
        COME_IN,
        HEAR,
        SHOW,
        *LAST_TIMES,
        *OFFERS,
        *AGREED,
    )

    def __init__(self, desk: PrivateDesk) -> None:
        super().__init__(desk)
        self._table = desk.table
        self._session = desk.session
        self._ui = Ui_PrivateLive()
        self._ui.setupUi(self)
        self._ui.columns.set_columns(self._ui.rail, self._ui.work_frame, self._ui.side)
        self._meeting_id, self._telling = "", False
        self._autosave = Autosave(self._session.now, self)
        self._doing = PrivateDoing(self._session, self._autosave.flush, self)
        self._typed = PersonTexts(self._session, self._doing, self._autosave)
        self._wiring = Wiring(self._doing, self._autosave, self._typed)
        self._stage = Stage(self._ui, self._session, self._doing, self._dress_person, self._wiring.actions, self._typed)
        over = self._ui.work_frame
        self.room = RoomHand(self._session, self._doing, self._stage, over, self._show, self._focus)
        self.told = Told(self._ui.undo_bar, self._ui.work_frame, self._ui.work_layout, self._ui.rail)
        self.palette_box = Palette(self._ui.rail.search, self, lambda _text, tell: tell([]))
        self.palette_box.set_commands(commands(self.ACTIONS))
        self.palette_box.ran.connect(self.run)
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(1000)

    def _connect(self) -> None:
        ui, doing, gate = self._ui, self._doing, self._ui.gate_view
        doing.done.connect(self._on_done)
        doing.reloaded.connect(self._show)
        doing.refused.connect(self._refused)
        ui.undo_bar.undo_asked.connect(self.undo)
        ui.rail.chosen.connect(self._choose)
        ui.columns.column_shown.connect(self._column_shown)
        gate.opened.connect(self._open)
        gate.stepped_out.connect(self.room.step_out)
        gate.came_in.connect(self.room.call)
        gate.admitted.connect(doing.admit)
        gate.passed_on.connect(doing.take_another)
        gate.sign_asked.connect(self._arrive)
        ui.arrival_view.arrived.connect(self.room.follow)
        ui.arrival_view.closed.connect(self._show_and_focus)
        self.room.changed.connect(self._room_changed)
        ui.item_view.note.edited.connect(self._typed.note)
        ui.item_view.note.edit_ended.connect(lambda _text: doing.end_typing())
        ui.item_view.saved.retry_asked.connect(self._autosave.flush)
        ui.item_view.done_asked.connect(self._go_on)
        ui.item_view.again_asked.connect(doing.take_up_again)
        ui.item_view.date_fixed.connect(doing.fix_date)
        ui.close_view.closed.connect(self._close)
        ui.close_view.back_asked.connect(self._show_and_focus)
        ui.stopped_view.pressed.connect(lambda: self.navigate.emit("private_home", None))
        self._autosave.saved.connect(self._show_saved)
        self._autosave.saving.connect(lambda field: self._saved_label().set_saving() if is_note(field) else None)
        self._autosave.failing.connect(lambda seconds: self._saved_label().set_not_saved(seconds))

    # what the window asks

    def bar_state(self) -> BarState:
        """Where the session stands; never a word of a person."""
        state = self._doing.state
        return bar_of(state, self._session.now()) if state else BarState(title=BODY, kind=BarKind.PLUM, icon="lock")

    def strip_actions(self) -> Iterable[Action]:
        """The keys that act here."""
        here = self._stage.here
        if here is self._ui.arrival_view:
            return (BACK.short("back to the gate"), READ_BACK.short("sign"), HIDE, HELP)
        if here is self._ui.close_view:
            return (BACK, READ_BACK.short("close"), HIDE, HELP)
        if self._stage.is_read_back():
            return (BACK, READ_BACK.short("accept, next gate"), HIDE, HELP)
        return gate_actions(self._doing.gate) if self._stage.person is None else WITH_PERSON

    def strip_text(self) -> str:
        """What is true of the file and the room."""
        return "Private file, its own key. The room screen stays blank."

    def entered(self, argument: object = None) -> None:
        """Begin or come back to the session: at the gate."""
        if isinstance(argument, str) and argument:
            self._meeting_id = argument
        table = self._table
        if not self._meeting_id:
            self._stop("No private session is running.")
            return
        self._doing.sitting = table.sitting(self._session, self._meeting_id)
        self._doing.load()
        if not self._doing.running:
            self._stop("This private session is not open.")
            return
        self._show_and_focus()

    def _stop(self, sentence: str) -> None:
        self._stage.forget_person()
        self._ui.stopped_view.set_content(sentence, "Clear the room first, or look at its minutes.", "Home", "lock")
        self._stage.turn_to(self._ui.stopped_view)

    def left(self) -> None:
        """Covered, locked or left: the screen first, then what was typed becomes part of the record."""
        self._autosave.flush()
        self._stage.empty()
        if self._doing.sitting is not None and self._doing.running:
            self._doing.sitting.cover()
            self._doing.load()

    def refresh(self) -> None:
        """Something else changed the session."""
        if (
            not self._stage.is_arriving()
            and self._doing.sitting is not None
            and self._doing.running
            and not self._telling
        ):
            self._doing.load()
            self._show()

    # showing

    def _show(self) -> None:
        self._stage.show()
        self.bar_changed.emit()

    def _dress_person(self, view: PersonView) -> None:
        self._wiring.person(view)
        view.outcomes.chosen.connect(self._choose_outcome)
        view.outcomes.read_back_asked.connect(self._go_on)

    def half(self) -> str:
        """What is half typed for the person in hand, for after a lock: they are shown again only at their gate."""
        person, row = self._stage.person, self._doing.person
        if person is not None and row is not None:
            self._stage.half = row.turn.id, unsent_text.read(person)
        return json.dumps(self._stage.half) if self._stage.half[1] else ""

    def resume(self, half: str) -> None:
        """It waits for the gate to open."""
        turn_id, texts = json.loads(half)
        self._stage.half = turn_id, texts

    def _on_done(self, words: str, changed: tuple[Kind, ...]) -> None:
        """A step was done: show it, name it, tell the other pages."""
        was = self._stage.place
        self._show()
        note = self._note()
        if note is not None:
            note.seal()
        if words:
            self.told.did(words, undo=True)
        if self._stage.place != was or (words and self._doing.gate is not None):
            self._focus()
        self._telling = True
        self._desk.changes.tell(*changed)
        self._telling = False

    def take_back(self) -> Step | None:
        """Of a person only where they are shown."""
        return self._doing.take_back()

    def after_undo(self, step: Step) -> None:
        """The note as it was before."""
        note, row = self._note(), self._doing.person
        text = row.note if row is not None else self._doing.item.item.note if self._doing.item is not None else ""
        if note is not None:
            note.replace_text(text)

    def focus_gone(self) -> None:
        """To where one goes on."""
        self._focus()

    def say_undone(self, words: str, tone: Tone) -> None:
        """Where it covers nothing."""
        self.told.say(words, tone)

    def _refused(self, sentence: str) -> None:
        self._show()
        if self._stage.person is None and self._stage.here is self._ui.gate_view:
            self._ui.gate_view.refuse(sentence)
        else:
            self.told.refused(sentence)

    def _tick(self) -> None:
        if self._doing.state is not None and self.isVisible():
            self.bar_changed.emit()

    # typing

    def _note(self) -> NoteEditor | None:
        note: NoteEditor | None = None
        if self._stage.person is not None or self._doing.item is not None:
            note = (self._stage.person or self._ui.item_view).note
        return note

    def _saved_label(self) -> SavedLabel:
        label: SavedLabel = (self._stage.person or self._ui.item_view).saved
        return label

    def _show_saved(self, field: str, at: datetime) -> None:
        if is_note(field) or self._saved_label().failed:
            self._saved_label().set_saved(clock_seconds(at))

    # doing

    def _choose(self, key: str) -> None:
        if key == CLOSING:
            self._to_close()
        else:
            self._doing.go(key)

    def _open(self) -> None:
        if self._doing.open_person():
            self._to_note()

    def _room_changed(self, words: str) -> None:
        """Told where it does not stand over whoever signs."""
        if self._stage.is_arriving():
            self._ui.undo_bar.dismiss()
        else:
            self.told.did(words, undo=True)
            if self._doing.gate is not None:
                self._focus()
        self.bar_changed.emit()
        self._telling = True
        self._desk.changes.tell("attendance")
        self._telling = False

    def _arrive(self) -> None:
        self._ui.undo_bar.dismiss()
        self.room.arrive()
        self.bar_changed.emit()

    def _choose_outcome(self, outcome: PersonOutcome) -> None:
        view = self._stage.person
        if view is None or self._stage.is_read_back():
            return
        self._stage.to_work()
        done, row = self._doing.choose(outcome), self._doing.person
        if done and row is not None and row.missing and self._stage.person is not None:
            self._stage.person.outcomes.ask_for(REASON, "")

    def _go_on(self) -> None:
        """Ctrl+Enter: sign, show, read back, accept, done, close: whatever is next here."""
        ui, here = self._ui, self._stage.here
        self._stage.to_work()
        if here is ui.arrival_view:
            ui.arrival_view.sign()
        elif here is ui.close_view:
            ui.close_view.press()
        elif self._stage.is_read_back():
            self._doing.accept()
        elif self._doing.gate is not None:
            self._open()
        elif self._is_half_said():
            return
        elif self._doing.item is not None:
            self._read_item_back()
        elif self._doing.person is not None:
            self._read_person_back()

    def _is_half_said(self) -> bool:
        """Whether something typed is not entered: it would be missing from what is read back."""
        side, person = self._stage.actions, self._stage.person
        if side is None:
            return False
        field, sentence = half_said(person.beside.answers.field if person is not None else None, side.entry)
        if field is not None:
            if field is side.entry.line:
                self._ui.columns.go(Column.SIDE)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.told.refused(sentence)
        return field is not None

    def _read_item_back(self) -> None:
        self._autosave.flush()
        self._doing.load()
        row = self._doing.item
        if row is None:
            self._show()
        elif row.item.state is TurnState.DONE:
            self._doing.step_by(1)
        elif (read := read_back_of(row)) is not None:
            self._stage.show_read_back(read, self._doing.accept, self._back)
            self.bar_changed.emit()
        else:
            self._doing.accept()

    def _read_person_back(self) -> None:
        self._autosave.flush()
        self._doing.load()
        row = self._doing.person
        if row is None or self._stage.person is None:
            self._show()
            return
        if row.turn.state is TurnState.DONE:
            self._doing.step_by(1)
            return
        if row.missing:
            self._stage.person.show_person(row, self._typed.waiting(NOTE, row.turn.id))
            self._stage.person.outcomes.ask_for(REASON if row.turn.outcome else "", row.missing)
            return
        self._stage.show_read_back(read_back(row), self._doing.accept, self._back)
        self.bar_changed.emit()

    def _back(self) -> None:
        self._show()
        self._to_note()

    def _to_close(self) -> None:
        state = self._doing.state
        if state is None or not self._doing.running:
            return
        if state.meeting.current_turn_id or state.meeting.current_item_id:
            self._doing.leave_person()

    def _close(self, note: str) -> None:
        sitting = self._doing.sitting
        if sitting is None:
            return
        self._autosave.flush()
        try:
            meeting = sitting.close(next_on=self._doing.state.meeting.next_on if self._doing.state else None, note=note)
        except Refused as refusal:
            self._ui.close_view.error.set_error(refusal.sentence)
            return
        self._doing.load()
        self._desk.changes.tell("meeting")
        self.navigate.emit("private_minutes", meeting.id)

    # where the caret goes

    def _show_and_focus(self) -> None:
        self._doing.load()
        self._show()
        self._focus()

    def _focus(self) -> None:
        """Where the next key belongs."""
        ui, here = self._ui, self._stage.here
        if here is ui.gate_view:
            ui.gate_view.take_focus()
        elif here is ui.item_view or (self._stage.person is not None and here is self._stage.person):
            self._to_note()

    def _to_note(self) -> None:
        if self._stage.is_read_back():
            return
        self._stage.to_work()
        note = self._note()
        if note is None:
            self._focus()
            return
        note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        above: QWidget | None = self._ui.work_frame
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(note)

    def _to_last(self) -> None:
        if self._stage.person is not None:
            self._stage.to_work()
            self._stage.person.beside.to_last()

    def _to_offers(self) -> None:
        if self._stage.person is not None:
            self._stage.to_work()
            self._stage.person.beside.to_offers()

    def _column_shown(self, column: Column) -> None:
        if column is Column.RAIL:
            self._ui.rail.entries.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif column is Column.SIDE and self._stage.actions is not None:
            self._stage.actions.entry.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_palette(self) -> None:
        if self._ui.columns.is_single():
            self._ui.columns.go(Column.RAIL)
        self.palette_box.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the column scrolls, and what wraps has its whole height."""
        super().resizeEvent(event)
        px = current().px
        self._ui.stack.set_growing(self.width() < px(1300) or self.height() < px(600))

    def _is_at_gate(self) -> bool:
        return self._stage.here is self._ui.gate_view and self._doing.gate is not None

    def _declare(self) -> None:
        self.room.ask_who_declares()

    def _leave(self) -> None:
        self.room.ask_who_leaves()

    def _step(self, by: int) -> None:
        self._doing.step_by(by)

    def _cover(self) -> None:
        self._doing.cover()

    def _to_rail(self) -> None:
        self._ui.columns.go(Column.RAIL)

    def _to_side(self) -> None:
        self._ui.columns.go(Column.SIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """At the gate letters and digits act wherever no text has the focus."""
        if not (self._is_at_gate() and self._ui.gate_view.press(event)):
            super().keyPressEvent(event)
