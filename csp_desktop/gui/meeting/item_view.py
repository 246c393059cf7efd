"""An agenda item that is not a case, while a meeting is at it: what it needs, its note, its actions."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import clock, clock_seconds, screen_day
from csp_desktop.domain.meeting.meeting import ItemKind, TurnState
from csp_desktop.domain.meeting.walk import has_changed_since, read_back_words
from csp_desktop.gui.meeting.action_answers import AnswerList
from csp_desktop.gui.meeting.agreeing import AgreeingMinutes
from csp_desktop.gui.meeting.issue_talk import IssueTalks
from csp_desktop.gui.meeting.live_rows import line_entry
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import SavedLabel, TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.window.actions import GO_ON
from csp_desktop.services.meeting.walk import LiveItemRow


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
        self.issues, self.brought = IssueTalks(self), AgreeingMinutes(self)
        self.lines.setAccessibleName("Prompts for this item")
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
        self.needs.add(self.brought, 24)
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
        self.date_button = SecondaryButton(self._date_frame, text="Agree this date", height=36)
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
        self.next_button.setText("Reopen" if self._done else "Done")
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
        self.brought.setVisible(bool(row.brought))
        self.brought.show_brought(row.brought)
        shown = row.lines or row.answers or row.issues or row.brought
        empty = not shown and kind is not ItemKind.NEXT_DATE
        self._nothing.setText(row.nothing)
        self._nothing.setVisible(empty)
        self._date_frame.setVisible(kind is ItemKind.NEXT_DATE)
        if kind is ItemKind.NEXT_DATE:
            day = row.fixed or row.following
            self.date_edit.set_today(lambda: row.on)
            self.date_edit.set_day(day)
            agreed = (
                f"Agreed: {screen_day(row.fixed, row.on)}." if row.fixed else "Proposed from how often the group meets."
            )
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
