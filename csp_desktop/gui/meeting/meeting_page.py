"""The page of a meeting that runs, the group's or the private one: typing, agreeing, reading back, undo."""

from abc import abstractmethod
from datetime import datetime
from itertools import pairwise
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import clock, clock_seconds, long_day
from csp_desktop.domain.meeting.meeting import ItemKind, TurnState
from csp_desktop.domain.meeting.walk import has_changed_since, read_back_words
from csp_desktop.gui.meeting.action_answers import AnswerList
from csp_desktop.gui.meeting.action_column import AgreedActions
from csp_desktop.gui.meeting.action_line import half_said
from csp_desktop.gui.meeting.autosave import Autosave, TypedTexts, is_note
from csp_desktop.gui.meeting.controller import MeetingController
from csp_desktop.gui.meeting.issue_talk import IssueTalks
from csp_desktop.gui.meeting.live_rows import line_entry
from csp_desktop.gui.meeting.message_bar import MessageBar
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.containers import StillStack, reveal
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import SavedLabel, TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.palette import Palette
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.gui.widgets.three_columns import Column, ThreeColumns
from csp_desktop.gui.window.actions import GO_ON
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.meeting.walk import LiveItemRow
from csp_desktop.services.ports.work import Step


class ItemView(QWidget):
    """An agenda item that is not a case: what it needs, its note, its actions, done.

    `done_asked` ends the item; `again_asked` takes it up again; `date_fixed` agrees the next date.
    """

    done_asked = Signal()
    again_asked = Signal()
    date_fixed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item_id = ""
        self._done = self._agreed = False
        self._caption, self._title, self._state = QLabel(self), TitleLabel(self), Pill(self)
        set_role(self._caption, "accent")
        self.note, self.saved = NoteEditor(self), SavedLabel(self)
        self.note.setAccessibleName("Note on this item")
        self.needs, self.lines, self.answers = Card(self), EntryList(self), AnswerList(self)
        self.issues = IssueTalks(self)
        self.lines.setAccessibleName("What this item needs")
        self.lines.set_flush(True)
        for yielding in (self.note, self.lines):
            yielding.setMinimumHeight(80)
            yielding.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._nothing = QLabel(self)
        set_role(self._nothing, "second")
        self._nothing.setWordWrap(True)
        self.next_button = PrimaryButton(self, text="Done", key=GO_ON.shown, height=48)
        self.next_button.clicked.connect(self._press)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._caption)
        head.addWidget(self._state)
        head.addStretch(1)
        minute = Card(self, title="Note")
        minute.head.addWidget(self.saved)
        minute.add(self.note, 1)
        self.needs.add(self._make_date())
        self.needs.add(self._nothing)
        self.needs.add(self.issues, 24)
        self.needs.add(self.lines, 8)
        self.needs.add(self.answers, 8)
        self.needs.body.addStretch(1)
        work = QHBoxLayout()
        work.setSpacing(14)
        work.addWidget(minute, 1)
        work.addWidget(self.needs, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addLayout(work, 1)
        layout.addLayout(foot)
        for before, after in pairwise((self.note, self.date_edit, self.date_button, self.next_button)):
            QWidget.setTabOrder(before, after)

    def _make_date(self) -> QFrame:
        self._date_frame = QFrame(self)
        label, self.date_edit = QLabel("&Next meeting on", self._date_frame), DayField(self._date_frame)
        label.setBuddy(self.date_edit)
        set_role(label, "label")
        self.date_edit.setAccessibleName("Next meeting on")
        self.date_button = SecondaryButton(self._date_frame, text="Agree this day", height=36)
        self.date_button.clicked.connect(self._fix)
        self.date_edit.returnPressed.connect(self._fix)
        self._date_words, self.date_error = QLabel(self._date_frame), FieldError(self._date_frame)
        self.date_edit.textEdited.connect(lambda: self.date_error.clear(self.date_edit))
        set_role(self._date_words, "second")
        self._date_words.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.date_edit)
        row.addWidget(self.date_button)
        row.addStretch(1)
        column = QVBoxLayout(self._date_frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self.date_error)
        column.addWidget(self._date_words)
        column.addStretch(1)
        return self._date_frame

    def _fix(self) -> None:
        chosen = self.date_edit.day()
        if chosen is None:
            self.date_error.set_error(HOW, self.date_edit)
        else:
            self.date_fixed.emit(chosen)

    def show_item(self, row: LiveItemRow, number: int, total: int, waiting: str | None = None) -> None:
        """Another item, or the same one after a step. `waiting` is typed in its note and not yet written."""
        item = row.item
        other = item.id != self._item_id
        self._item_id = item.id
        self._caption.setText(f"Item {number} of {total}, {item.planned_minutes} min")
        if self._title.text() != item.title:
            self._title.setText(item.title)
        self._done = item.state is TurnState.DONE
        self.show_agreed(row)
        self.next_button.setText("Take up again" if self._done else "Done")
        self.next_button.set_key("" if self._done else GO_ON.shown)
        if other or not self.note.hasFocus():
            self.note.set_text(item.note if waiting is None else waiting)
        if other and row.saved_at is not None:
            self.saved.set_saved(clock_seconds(row.saved_at))
        elif other:
            self.saved.clear()
        self._show_needs(row)

    def show_agreed(self, row: LiveItemRow) -> None:
        """Whether it is done, and stands as it was read back."""
        item = row.item
        done = f"Done {clock(item.read_back_at)}" if item.read_back_at else "Done" if self._done else ""
        later = any(action.later for action in row.agreed)
        changed = has_changed_since(item, later=later)
        self._state.set_text(
            read_back_words(item, later=later) if changed else done, Tone.MEDIUM if changed else Tone.LOW
        )

    def _show_needs(self, row: LiveItemRow) -> None:
        kind = row.item.kind
        self.needs.set_title(row.heading, row.caption)
        self.lines.set_entries([line_entry(line, n) for n, line in enumerate(row.lines)])
        self.lines.setVisible(bool(row.lines))
        self.answers.show_actions(row.answers, row.on, row.following)
        self.answers.setVisible(bool(row.answers))
        self.issues.show_talks(row.issues)
        self.issues.setVisible(bool(row.issues))
        empty = not row.lines and not row.answers and not row.issues and kind is not ItemKind.NEXT_DATE
        self._nothing.setText(row.nothing)
        self._nothing.setVisible(empty)
        self._date_frame.setVisible(kind is ItemKind.NEXT_DATE)
        if kind is ItemKind.NEXT_DATE:
            day = row.fixed or row.following
            self.date_edit.set_today(lambda: row.on)
            self.date_edit.set_day(day)
            agreed = f"Agreed: {long_day(row.fixed)}." if row.fixed else "Proposed from how often the group meets."
            self._date_words.setText(agreed)
            self._agreed = row.fixed is not None
            self.date_error.clear(self.date_edit)

    def asks_day(self) -> bool:
        """Whether the day of the next meeting is still to be agreed here."""
        return not self._date_frame.isHidden() and not self._done and not self._agreed

    def _press(self) -> None:
        if self._done:
            self.again_asked.emit()
        else:
            self.done_asked.emit()


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
        self.messages = MessageBar(form.undo_bar, form.work_frame, form.work_layout, form.rail)
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
        self._connect_stop(form.item_view)
        autosave.saved.connect(self._show_saved)
        autosave.saving.connect(self._show_saving)
        autosave.failing.connect(self._show_not_saved)

    def _connect_stop(self, view: StopView) -> None:
        """Its note and the answers given in it."""
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
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(field)

    def _to_last(self) -> None:
        stop = self._stop_view()
        if stop is not None:
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
