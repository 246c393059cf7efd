"""The live case walk: where a meeting is run. Everything on it is on disk as soon as it is shown as saved."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_live import Ui_Live
from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.common.days import clock_seconds
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.gui.meeting.action_column import AGREED
from csp_desktop.gui.meeting.action_line import ActionLine, half_said
from csp_desktop.gui.meeting.autosave import NOTE, Autosave, WalkTexts, is_note
from csp_desktop.gui.meeting.controller import Doing, Read
from csp_desktop.gui.meeting.live_bar import bar_of
from csp_desktop.gui.meeting.live_find import Finder
from csp_desktop.gui.meeting.live_rows import CLOSING, rail_entries
from csp_desktop.gui.meeting.live_undo import Floating, Told
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
    READING_BACK,
    TO_LIST,
    TO_NOTE,
    outcome_key,
)
from csp_desktop.gui.meeting.room_screen import RoomHand
from csp_desktop.gui.meeting.sign_in_people import LeaverPicker
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.containers import reveal, reveal_top
from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.room_view import RoomView
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import HELP, HIDE, UNDO, Action
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting import running_meeting
from csp_desktop.services.ports.work import Step

OUTCOMES = tuple(outcome_key(outcome.number, outcome.rule.label, outcome) for outcome in Outcome)
ROOM_SCREEN = Action("room screen", ("F5", "Ctrl+R"), "_toggle_room", strip="room screen")
ELSEWHERE = (
    Action("actions round the table", (), "_leave_for", "actions"),
    Action("close the meeting", (), "_leave_for", CLOSING),
    Action("begin the private meeting", (), "_leave_for", "private_part"),
)
STRIP = (
    *(BACKWARD, FORWARD, ARRIVAL, TO_LIST, TO_NOTE, NEW_ACTION),
    *(*OUTCOMES, READ_BACK, UNDO, ROOM_SCREEN, HIDE, HELP),
)


class LivePage(Page):
    """Fills the form from rows and passes on what people do; `Doing` does it."""

    ACTIONS = (
        TO_NOTE,
        NEW_ACTION,
        TO_LIST,
        *OUTCOMES,
        READ_BACK,
        FORWARD,
        BACKWARD,
        LAST_TIME,
        Action("move this case up in the walk", ("Alt+Up",), "_move", -1),
        Action("move this case down in the walk", ("Alt+Down",), "_move", 1),
        ROOM_SCREEN,
        Action("blank the room screen", ("Shift+F5",), "_blank_room"),
        ARRIVAL,
        LEAVING,
        UNDO,
        PALETTE,
        *ELSEWHERE,
        *LAST_TIMES,
        *AGREED,
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._session = desk.session
        self._ui = Ui_Live()
        self._ui.setupUi(self)
        self._ui.columns.set_columns(self._ui.rail, self._ui.work_frame, self._ui.side)
        self._ui.rail.entries.set_wrapping(True)
        self._autosave = Autosave(self._session.now, self)
        self._doing = Doing(self._session, self._autosave.flush, self)
        self._typed = WalkTexts(self._session, self._doing, self._autosave)
        self._line: ActionLine = self._ui.side.line
        mirror = RoomView(self._ui.side)
        mirror.setFixedHeight(176)
        self._ui.side.below.addWidget(mirror)
        self.room = RoomHand(self._session, self, mirror)
        self.told = Told(self._ui.undo_bar, self._ui.work_frame, self._ui.work_layout, self._ui.rail)
        self.leavers = LeaverPicker(self._session, self._ui.work_frame)
        Floating(self.leavers, self._ui.work_frame)
        self._telling = False
        self._bar = BarState()
        self.finder = Finder(desk, self._doing, self._ui.rail.search, self)
        self._connect()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(1000)

    def _connect(self) -> None:
        ui, doing = self._ui, self._doing
        doing.done.connect(self._on_done)
        doing.reloaded.connect(self._show)
        doing.refused.connect(self.told.refused)
        ui.undo_bar.undo_asked.connect(self.undo)
        ui.rail.chosen.connect(self._choose)
        ui.columns.column_shown.connect(self._column_shown)
        for view in (ui.case_view, ui.item_view):
            view.note.edited.connect(self._typed.note)
            view.note.edit_ended.connect(lambda _text: doing.end_typing())
            view.answers.answered.connect(self._answer)
            view.saved.retry_asked.connect(self._autosave.flush)
        ui.case_view.outcomes.chosen.connect(self._choose_outcome)
        ui.case_view.outcomes.typed.connect(self._typed.field)
        ui.case_view.outcomes.left.connect(doing.say)
        ui.case_view.outcomes.said.connect(doing.say)
        ui.case_view.outcomes.read_back_asked.connect(self._go_on)
        ui.case_view.outcomes.again_asked.connect(doing.take_up_again)
        ui.item_view.done_asked.connect(self._go_on)
        ui.item_view.again_asked.connect(doing.take_up_again)
        ui.item_view.date_fixed.connect(doing.fix_date)
        ui.read_back_view.accepted.connect(self._accept)
        ui.read_back_view.went_back.connect(self._back)
        ui.gate_view.pressed.connect(lambda: self.navigate.emit("sign_in", doing.meeting_id))
        ui.side.change_asked.connect(self._change_action)
        ui.side.removal_asked.connect(doing.remove)
        self._line.agreed.connect(self._agree)
        self._line.changed.connect(self._change)
        self.room.moved.connect(self._tell_of_room)
        self.leavers.picked.connect(self._left_the_room)
        self.leavers.closed.connect(self._to_note)
        self._line.kept = self._typed.line
        self._autosave.saved.connect(self._show_saved)
        self._autosave.saving.connect(lambda field: self._saved_label().set_saving() if is_note(field) else None)
        self._autosave.failing.connect(lambda seconds: self._saved_label().set_not_saved(seconds))
        self.finder.stop_found.connect(self._choose)
        self.finder.case_found.connect(lambda case_id: self.navigate.emit("case", case_id))

    # what the window asks

    def bar_state(self) -> BarState:
        """Where the meeting stands now."""
        self._bar = bar_of(self._doing.live, self._session.now()) if self._doing.live else BarState()
        return self._bar

    def strip_actions(self) -> Iterable[Action]:
        """The keys that act here."""
        return READING_BACK if self._reading_back() else STRIP

    def entered(self, argument: object = None) -> None:
        """Begin or come back to the meeting, at the place where it was."""
        if isinstance(argument, str) and argument:
            self._doing.meeting_id = argument
        if not self._doing.meeting_id:
            running = running_meeting.running(self._session)
            self._doing.meeting_id = running.id if running else ""
        refusal = self._doing.start() if self._doing.meeting_id else "No meeting is running."
        if refusal:
            button = "To the sign-in" if self._doing.meeting_id else ""
            self._ui.gate_view.set_content("The meeting has not started", refusal, button, "users")
            self._ui.stack.setCurrentWidget(self._ui.gate_view)
            return
        self._doing.load()
        self._doing.load_people()
        self._show()
        self._line.restore(self._doing.kept_line(), self._doing.agreed)
        self._to_note()

    def left(self) -> None:
        """What is typed becomes part of the record, and the room sees nothing."""
        self._doing.end_typing()
        self.room.hide_all()

    def refresh(self) -> None:
        """Something else changed the meeting."""
        if self._doing.live is not None and not self._telling:
            self._doing.load()
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: the room follows."""
        super().showEvent(event)
        self.room.show_all(self._doing.live, self._doing.in_hand)

    def hideEvent(self, event: QHideEvent) -> None:
        """Covered, locked or left: the room is blank at once."""
        self.room.hide_all()
        if not self.window().isVisible():
            self.room.window.hide()  # the program is closed or minimised
        super().hideEvent(event)

    # showing

    def _show(self) -> None:
        """Fill the form in place with the meeting and what is in hand."""
        ui, doing = self._ui, self._doing
        live = doing.live
        if live is None:
            return
        ui.rail.set_entries(rail_entries(live))
        ui.rail.set_current(f"turn:{doing.case.turn.id}" if doing.case else f"item:{live.meeting.current_item_id}")
        self._show_stop()
        self.bar_changed.emit()

    def _show_stop(self) -> None:
        """The case or item in hand, its actions, and whom one can be given."""
        ui, doing, live = self._ui, self._doing, self._doing.live
        if doing.case is not None:
            ui.case_view.show_case(doing.case, self._typed.waiting(NOTE, doing.case.turn.id))
            self._turn_to(ui.case_view)
        elif doing.item is not None and live is not None:
            number, waiting = doing.number_of_item(), self._typed.waiting(NOTE, doing.item.item.id)
            ui.item_view.show_item(doing.item, number, len(live.items), waiting)
            self._turn_to(ui.item_view)
        row = doing.in_hand
        if row is not None:
            self._line.set_people(doing.people, Days(row.on, row.following, self._session.holidays))
        self._show_agreed()

    def _show_agreed(self) -> None:
        """The actions agreed now, and how many each officer has."""
        ui, doing = self._ui, self._doing
        if doing.case is not None:
            ui.case_view.show_agreed(doing.case)
        elif doing.item is not None:
            ui.item_view.show_agreed(doing.item)
        ui.side.show_agreed(doing.agreed)
        ui.side.room.show_people(doing.room)
        self.room.follow(doing.live, doing.in_hand)

    def _turn_to(self, view: QWidget) -> None:
        if self._ui.stack.currentWidget() is not view:
            self._ui.stack.setCurrentWidget(view)

    def _on_done(self, words: str, changed: tuple[Kind, ...]) -> None:
        """A step was done: show it, name it, tell the other pages."""
        match self._doing.read:
            case Read.EVERYTHING:
                self._show()
            case Read.STOP:
                self._show_stop()
            case Read.AGREED:
                self._show_agreed()
        self._note().seal()
        if words:
            self.told.did(words, undo=True)
        self._telling = True
        self._desk.changes.tell(*changed)
        self._telling = False

    def take_back(self) -> Step | None:
        """Where it was done."""
        return self._doing.take_back()

    def after_undo(self, step: Step) -> None:
        """The minute as it was before."""
        if self._doing.stop is not None:
            self._note().replace_text(self._doing.stop.note)

    def focus_gone(self) -> None:
        """To where one types."""
        self._to_note()

    def say_undone(self, words: str, tone: Tone) -> None:
        """Where it covers nothing."""
        self.told.say(words, tone)

    def _tick(self) -> None:
        shown = self._bar
        if self._doing.live is not None and self.isVisible() and self.bar_state() != shown:
            self.bar_changed.emit()
            self.room.follow(self._doing.live, self._doing.in_hand)

    # typing

    def _note(self) -> NoteEditor:
        note: NoteEditor = (self._ui.case_view if self._doing.case else self._ui.item_view).note
        return note

    def _saved_label(self) -> SavedLabel:
        label: SavedLabel = (self._ui.case_view if self._doing.case else self._ui.item_view).saved
        return label

    def _show_saved(self, field: str, at: datetime) -> None:
        if is_note(field) or self._saved_label().failed:
            self._saved_label().set_saved(clock_seconds(at))

    # doing

    def _choose(self, key: str) -> None:
        if key == CLOSING:
            self._leave_for(CLOSING)
        elif self._doing.go(key):
            self._to_note()

    def _choose_outcome(self, outcome: Outcome) -> None:
        if self._doing.case is None or self._reading_back():
            return
        self._ui.columns.show_work()
        if not self._doing.choose(outcome):
            self._ui.case_view.outcomes.show_case(self._doing.case)
        elif self._doing.case.missing:
            missing = self._doing.case.missing[0]
            self._ui.case_view.outcomes.ask_for(missing.field.value, "")

    def _go_on(self) -> None:
        """Ctrl+Enter: the read-back, and from the read-back on to the next."""
        doing = self._doing
        if self._reading_back():
            self._accept()
            return
        if doing.stop is None:
            return
        if doing.stop.state is TurnState.DONE:
            self._leave_for(CLOSING) if doing.finished else doing.step_by(1)
            return
        self._autosave.flush()
        doing.load()
        if self._is_half_said():
            return
        if doing.case is not None and doing.case.missing:
            missing = doing.case.missing[0]
            self._ui.case_view.outcomes.ask_for(missing.field.value, missing.sentence)
            return
        read = doing.read_back()
        if read is None:
            self._accept()
            return
        self._ui.stack.setCurrentWidget(self._ui.read_back_view)
        self._ui.read_back_view.show_read_back(read)
        QTimer.singleShot(0, self, lambda: reveal_top(self._ui.read_back_view))
        self.bar_changed.emit()

    def _is_half_said(self) -> bool:
        """Whether something typed is not entered: it would be missing from what is read back."""
        view = self._ui.case_view if self._doing.case else self._ui.item_view
        field, sentence = half_said(view.answers.field, self._ui.side.entry)
        if field is not None:
            if field is self._ui.side.entry.line:
                self._ui.columns.go(Column.SIDE)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.told.refused(sentence)
        return field is not None

    def _reading_back(self) -> bool:
        return self._ui.stack.currentWidget() is self._ui.read_back_view

    def _accept(self) -> None:
        if self._doing.accept():
            self._to_note()

    def _back(self) -> None:
        self._show()
        self._to_note()

    def _agree(self, said: object) -> None:
        if self._doing.agree(said):  # type: ignore[arg-type]
            self._empty_line()

    def _change(self, action_id: str, change: object) -> None:
        if self._doing.change(action_id, change):  # type: ignore[arg-type]
            self._empty_line()

    def _empty_line(self) -> None:
        self._autosave.flush()
        self._doing.drop_line()
        self._line.clear()

    def _change_action(self, action_id: str) -> None:
        for row in self._doing.agreed:
            if row.action.id == action_id:
                self._line.change(row)

    def _answer(self, action_id: str, answer: object, reason: str, due: object) -> None:
        view = self._ui.case_view if self._doing.case else self._ui.item_view
        with self._doing.refusing_at(view.answers.refuse):
            self._doing.answer(action_id, answer, reason, due)  # type: ignore[arg-type]

    def _move(self, step: int) -> None:
        key = self._ui.rail.entries.current_key() if self._ui.rail.entries.hasFocus() else ""
        turn_id = key.removeprefix("turn:") if key.startswith("turn:") else ""
        if not turn_id and self._doing.case is not None:
            turn_id = self._doing.case.turn.id
        self._doing.move_case(turn_id, step)

    # going elsewhere

    def _to_note(self) -> None:
        """Where one types: the minute, or the day that is to be agreed."""
        self._ui.columns.show_work()
        if not self._reading_back():
            asks_day = self._doing.case is None and self._ui.item_view.asks_day()
            field = self._ui.item_view.date_edit if asks_day else self._note()
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            reveal(field)

    def _to_last(self) -> None:
        view = self._ui.case_view if self._doing.case else self._ui.item_view
        view.answers.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(view.answers)

    def _column_shown(self, column: Column) -> None:
        if column is Column.RAIL:
            self._ui.rail.entries.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif column is Column.SIDE:
            self._ui.side.entry.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrive(self) -> None:
        self._leave_for("sign_in")

    def _leave(self) -> None:
        self.leavers.open_picker(self._doing.meeting_id)
        reveal(self.leavers)

    def _left_the_room(self, name: str) -> None:
        self._doing.load()
        self._doing.load_people()
        self._on_done(f"{name} has left", ("attendance", "actions"))

    def _step(self, by: int) -> None:
        self._doing.step_by(by)

    def _to_rail(self) -> None:
        self._ui.columns.go(Column.RAIL)

    def _to_side(self) -> None:
        self._ui.columns.go(Column.SIDE)

    def _leave_for(self, stem: str) -> None:
        self.navigate.emit(stem, self._doing.meeting_id)

    def _open_palette(self) -> None:
        if self._ui.columns.is_single():
            self._ui.columns.go(Column.RAIL)
        self.finder.palette.open()

    def _toggle_room(self) -> None:
        self._tell_of_room(self.room.toggle())

    def _tell_of_room(self, words: str) -> None:
        """Where the room screen is now, and why it shows nothing if it does not."""
        self.room.follow(self._doing.live, self._doing.in_hand)
        self.told.did(f"{words}, blank: {self.room.why_blank()}" if self.room.why_blank() else words, undo=False)

    def _blank_room(self) -> None:
        words = self.room.blank()
        self.room.follow(self._doing.live, self._doing.in_hand)
        self.told.did(words, undo=False)
