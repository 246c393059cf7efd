"""The page of a meeting that runs, the group's or the private one: typing, agreeing, reading back, undo."""

from abc import abstractmethod
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import clock_seconds
from csp_desktop.domain.minutes.protection import Protection
from csp_desktop.gui.meeting.action_answers import AnswerList
from csp_desktop.gui.meeting.action_column import AgreedActions
from csp_desktop.gui.meeting.autosave import Autosave, TypedTexts, is_note
from csp_desktop.gui.meeting.controller import MeetingController
from csp_desktop.gui.meeting.item_view import ItemView
from csp_desktop.gui.meeting.message_bar import MessageBar
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.action_line import half_said
from csp_desktop.gui.widgets.containers import StillStack, reveal
from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.gui.widgets.prose_edit import ProseEdit
from csp_desktop.gui.widgets.prose_line import Prose
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.gui.widgets.three_columns import Column, ThreeColumns
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.ports.work import Step


class StopView(Protocol):
    """The view of what is in hand."""

    note: NoteEditor
    saved: SavedLabel

    @property
    def answers(self) -> AnswerList:
        """To last time's actions."""


class MeetingForm(Protocol):
    """What the forms of both pages have."""

    columns: ThreeColumns
    rail: Rail
    stack: StillStack
    work_frame: QFrame
    work_layout: QVBoxLayout
    undo_bar: InlineBar
    item_view: ItemView

    @property
    def side(self) -> QWidget:
        """The column at the right."""

    def setupUi(self, page: QWidget) -> None:
        """Fill the page."""


class MeetingPage(Page):
    """A subclass makes the controller and says what is in hand and what is shown; nothing here reads a record."""

    command_palette: Palette
    _controller: MeetingController
    _typed: TypedTexts

    def __init__(self, context: PageContext, form: MeetingForm) -> None:
        super().__init__(context)
        self._session, self._form, self._bar = context.session, form, BarState()
        form.setupUi(self)
        form.columns.set_columns(form.rail, form.work_frame, form.side)
        self._autosave = Autosave(self._session.now, self)
        self._make_controller()
        self.messages = MessageBar(form.undo_bar, form.work_layout, form.rail)
        self._connect_form()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(1000)

    def _connect_form(self) -> None:
        form, controller, autosave = self._form, self._controller, self._autosave
        controller.done.connect(self._on_done)
        controller.reloaded.connect(self._show)
        controller.refused.connect(self._show_refusal)
        form.undo_bar.undo_asked.connect(self.undo)
        form.rail.chosen.connect(self._choose)
        form.columns.column_shown.connect(self._column_shown)
        form.item_view.done_asked.connect(self._go_on)
        form.item_view.again_asked.connect(controller.take_up_again)
        form.item_view.date_fixed.connect(controller.fix_date)
        brought = form.item_view.brought
        brought.pages_of = controller.version_pages
        brought.agreed.connect(controller.agree_minutes)
        brought.asked.connect(self._ask_correction)
        brought.taken_away.connect(controller.drop_correction)
        self._connect_stop(form.item_view)
        autosave.saved.connect(self._show_saved)
        autosave.saving.connect(self._show_saving)
        autosave.failing.connect(self._show_not_saved)

    def _connect_stop(self, view: StopView) -> None:
        """Its note and the answers given in it."""
        self.writing.watch(view.note)
        view.note.edited.connect(self._typed.note)
        view.note.edit_ended.connect(lambda _text: self._controller.end_typing())
        view.saved.retry_asked.connect(self._autosave.flush)
        view.answers.answered.connect(self._answer)

    def _connect_side(self, side: AgreedActions) -> None:
        """The line actions are agreed in, and those agreed."""
        side.change_asked.connect(self._take_into_line)
        side.removal_asked.connect(self._controller.remove)
        side.line.agreed.connect(self._agree)
        side.line.changed.connect(self._change)
        side.line.kept = self._typed.line

    def _ask_correction(self, of_meeting_id: str, words: str) -> None:
        with self._controller.refusing_at(self._form.item_view.brought.refuse):
            self._controller.ask_correction(of_meeting_id, words)

    # what a meeting hands in

    @abstractmethod
    def _make_controller(self) -> None:
        """Make `_controller`, and `_typed` for what is typed."""

    @abstractmethod
    def _stop_view(self) -> StopView | None:
        """The view of what is in hand; None where no note is written."""

    @abstractmethod
    def _side(self) -> AgreedActions | None:
        """The column in which actions are agreed now."""

    @abstractmethod
    def _show(self) -> None:
        """Fill the form with what the controller knows."""

    @abstractmethod
    def _choose(self, key: str) -> None:
        """A row of the rail."""

    @abstractmethod
    def _go_on(self) -> None:
        """Ctrl+Enter: whatever is next here."""

    @abstractmethod
    def _reading_back(self) -> bool:
        """Whether the read-back is shown."""

    @abstractmethod
    def _show_read_back(self, read: ReadBack) -> None:
        """Large, to be read out."""

    @abstractmethod
    def _ask_for_missing(self) -> bool:
        """Go to what must still be said before the read-back; whether there is any."""

    @abstractmethod
    def _has_state(self) -> bool:
        """Whether a meeting has been read."""

    def _show_done(self) -> None:
        """What a step may have changed."""
        self._show()

    def _show_refusal(self, sentence: str) -> None:
        self.messages.refuse(sentence)

    def _go_beyond(self) -> None:
        """From what is done already."""
        self._controller.step_by(1)

    # showing

    def _on_done(self, words: str, changed: tuple[Kind, ...]) -> None:
        """A step was done: show it, name it, tell the other pages."""
        self._show_done()
        stop = self._stop_view()
        if stop is not None:
            stop.note.seal()
        if words:
            self.messages.show_done(words)
        self._context.changes.tell(*changed)

    def take_back(self) -> Step | None:
        """Where it was done."""
        return self._controller.take_back()

    def after_undo(self, step: Step) -> None:
        """The note as it was before."""
        stop = self._stop_view()
        if stop is not None:
            stop.note.replace_text(self._controller.note)

    def focus_gone(self) -> None:
        """To where one goes on."""
        self._to_note()

    def say_undone(self, words: str, tone: Tone) -> None:
        """Where it covers nothing."""
        self.messages.say(words, tone)

    def _tick(self) -> None:
        shown = self._bar
        if self._has_state() and self.isVisible() and self.bar_state() != shown:
            self.bar_changed.emit()
            self._on_time()

    def _on_time(self) -> None:
        """What else shows the time."""

    # typing

    def _saved_label(self) -> SavedLabel:
        return (self._stop_view() or self._form.item_view).saved

    def _show_saving(self, field: str) -> None:
        if is_note(field):
            self._saved_label().set_saving()

    def _show_not_saved(self, seconds: int) -> None:
        self._saved_label().set_not_saved(seconds)

    def _show_saved(self, field: str, at: datetime) -> None:
        if is_note(field) or self._saved_label().failed:
            self._saved_label().set_saved(clock_seconds(at))

    # actions

    def _agree(self, said: object) -> None:
        if self._controller.agree(said):  # type: ignore[arg-type]
            self._empty_line()

    def _change(self, action_id: str, change: object) -> None:
        if self._controller.change(action_id, change):  # type: ignore[arg-type]
            self._empty_line()

    def _empty_line(self) -> None:
        side = self._side()
        if side is not None:
            self._autosave.flush()
            self._controller.drop_line()
            side.line.clear()

    def _take_into_line(self, action_id: str) -> None:
        side = self._side()
        for row in self._controller.agreed:
            if row.action.id == action_id and side is not None:
                side.line.change(row)

    def mark(self, kind: Protection) -> None:
        """The line of the caret, in the note that has it or else in that of what is in hand."""
        editor = self._note_in_hand()
        if editor is not None:
            editor.mark_line(kind)

    def _tell_writer(self, sentence: str) -> None:
        self.messages.say(sentence, Tone.LOW)

    def _note_in_hand(self) -> NoteEditor | None:
        held, stop = self.focusWidget(), self._stop_view()
        editor = held if isinstance(held, NoteEditor) else stop.note if stop is not None else None
        return editor if editor is not None and editor.isVisible() else None

    def _prose(self) -> Prose | None:
        """From where nothing is written too: the note of what is in hand."""
        return super()._prose() or self._note_in_hand()

    def _for_phrases(self) -> ProseEdit | None:
        """From the line of actions too: the note."""
        return self._note_in_hand()

    def _answer(self, action_id: str, answer: object, reason: str, due: object) -> None:
        stop = self._stop_view()
        if stop is not None:
            with self._controller.refusing_at(stop.answers.refuse):
                self._controller.answer(action_id, answer, reason, due)  # type: ignore[arg-type]

    # going on

    def _read_back(self) -> None:
        """Read out what is in hand, unless something is missing; on to the next where there is nothing to read."""
        if self._is_half_said():
            return
        if self._controller.is_done:
            self._go_beyond()
            return
        self._autosave.flush()
        self._controller.load()
        if self._ask_for_missing():
            return
        read = self._controller.read_back()
        if read is None:
            self._accept()
            return
        self._show_read_back(read)
        self.bar_changed.emit()

    def _is_half_said(self) -> bool:
        """Whether something typed is not entered: it would be missing from what is read back."""
        side, stop = self._side(), self._stop_view()
        if side is None:
            return False
        field, sentence = half_said(stop.answers.field if stop is not None else None, side.entry)
        if field is not None:
            if field is side.entry.line:
                self._to_side()
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.messages.refuse(sentence)
        return field is not None

    def _accept(self) -> None:
        self._controller.accept()

    def _back(self) -> None:
        self._show()
        self._to_note()

    # where the caret goes

    def _to_note(self) -> None:
        """Where one types: the note, or the day that is to be agreed."""
        stop = self._stop_view()
        self._form.columns.show_work()
        if stop is None or self._reading_back():
            return
        item = self._form.item_view
        field: QWidget = item.date_edit if stop is item and item.asks_day() else stop.note
        if stop is item and item.brought.waits() and not item.brought.rows.hasFocus():
            field = item.brought.rows
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(field)

    def _to_last(self) -> None:
        stop, item = self._stop_view(), self._form.item_view
        if stop is item and not item.brought.isHidden():
            self._form.columns.show_work()
            item.brought.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
            reveal(item.brought)
        elif stop is not None:
            self._form.columns.show_work()
            stop.answers.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
            reveal(stop.answers)

    def _column_shown(self, column: Column) -> None:
        side = self._side()
        if column is Column.RAIL:
            self._form.rail.entries.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif column is Column.SIDE and side is not None:
            side.entry.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_rail(self) -> None:
        self._form.columns.go(Column.RAIL)

    def _to_side(self) -> None:
        self._form.columns.go(Column.SIDE)

    def _step(self, by: int) -> None:
        self._controller.step_by(by)

    def _open_palette(self) -> None:
        if self._form.columns.is_single():
            self._to_rail()
        self.command_palette.open()
