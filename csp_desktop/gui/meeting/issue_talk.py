"""The emerging issues while the meeting is at them: one after another, each with its note, or closed with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csp_desktop.domain.meeting.issues import OFTEN, IssueState, place_words, times_words
from csp_desktop.gui.meeting.issue_list import area_words
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import Action, which
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.services.meeting.issue_talks import IssueTalk

DISCUSSED = Action("an issue: discussed, or not", ("D",), strip="discussed")
CLOSED = Action("an issue: close it, with a reason", ("X",), strip="close it")
WRITE = Action("an issue: write the discussion", ("Return",), strip="write")
TALKS = (WRITE, DISCUSSED, CLOSED)


class IssueTalks(QWidget):
    """`typed` gives the issue and what is being written, `ended` that its note was left, `discussed` the issue and
    whether, `closed` the issue and why. The keys act while a row has the focus.
    """

    typed = Signal(str, str)
    ended = Signal(str)
    discussed = Signal(str, bool)
    closed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._talks: tuple[IssueTalk, ...] = ()
        self._shown = ""
        self.rows, self.note = EntryList(self), NoteEditor(self)
        self.reason, self.error = ProseLine(self), FieldError(self)
        self._last, self._label, self._why, self._keys = (
            ElidedLabel(self),
            QLabel(self),
            QLabel(self),
            ElidedLabel(self),
        )
        self.rows.setAccessibleName("Emerging issues")
        self.rows.set_flush(True)
        self.rows.setMinimumHeight(current().px(88))
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.note.setAccessibleName("Discussion of this issue")
        self.note.setMinimumHeight(current().px(60))
        self.note.setMaximumHeight(current().px(96))
        set_role(self.note, "")
        self.reason.setAccessibleName("Why is it closed?")
        self._label.setText("Discussion at this meeting")
        self._label.setContentsMargins(0, current().px(10), 0, 0)  # off the last row, which is cut where they scroll
        self._why.setText("Why is it closed?")
        for label, role in ((self._label, "label"), (self._why, "label"), (self._last, "small"), (self._keys, "small")):
            set_role(label, role)
        self._keys.setText("   ".join(f"{action.shown} {action.strip}" for action in TALKS))
        closing = hbox(self._why, (self.reason, 1))
        parts = (self._label, self._last, self.note, closing, self.error, self._keys)
        self.setLayout(vbox((self.rows, 1), *parts, spacing=4))
        self._asks(False)
        self.rows.current_moved.connect(lambda _: self._turn())
        self.rows.chosen.connect(lambda _: self.write())
        self.note.edited.connect(lambda text: self.typed.emit(self._shown, text))
        self.note.edit_ended.connect(lambda _: self._end())
        self.reason.returnPressed.connect(self._close)
        for watched in (self.rows, self.note, self.reason):
            watched.installEventFilter(self)

    def show_talks(self, talks: Sequence[IssueTalk]) -> None:
        """These issues; the one in hand stays in hand, and what is being written stays as it is."""
        self._talks = tuple(talks)
        self.rows.set_entries([_entry(talk) for talk in talks])
        if not self.rows.current_key() and talks:
            following = next((talk for talk in talks if not talk.discussed), talks[0])
            self.rows.set_current(following.issue.id)
        self._show_note()

    def reset(self) -> None:
        """Something was taken back: the note as it is now."""
        self._shown = ""
        self._show_note()

    def _talk(self) -> IssueTalk | None:
        key = self.rows.current_key()
        return next((talk for talk in self._talks if talk.issue.id == key), None)

    def _show_note(self) -> None:
        talk = self._talk()
        other = talk is None or talk.issue.id != self._shown
        self._shown = talk.issue.id if talk is not None else ""
        if other or not self.note.hasFocus():
            self.note.set_text(talk.note if talk is not None else "")
        self.note.setEnabled(talk is not None)
        last = talk.last if talk is not None else ""
        self._last.setText(f"Last time: {last}" if last else "")
        self._last.setVisible(bool(last))

    def _turn(self) -> None:
        """To another issue: what was written of the one before is ended by its field."""
        self._asks(False)
        self._show_note()

    def write(self) -> None:
        """The caret into the note of the issue in hand."""
        if self._talk() is not None:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _end(self) -> None:
        if self._shown:
            self.ended.emit(self._shown)

    def refuse(self, sentence: str) -> None:
        """What was asked for was not done, and why."""
        self.error.set_error(sentence, self.reason)

    def _asks(self, asks: bool) -> None:
        self._why.setVisible(asks)
        self.reason.setVisible(asks)
        self.reason.clear()
        self.error.clear(self.reason)

    def _close(self) -> None:
        self.error.clear(self.reason)
        self.closed.emit(self._shown, self.reason.text())
        if not self.error.text():
            self._back()

    def _back(self) -> None:
        self._asks(False)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters act on the row one stands on."""
        action, talk = which(event, (DISCUSSED, CLOSED)), self._talk()
        if action is None or talk is None or not self.rows.hasFocus():
            super().keyPressEvent(event)
        elif action is DISCUSSED:
            self.discussed.emit(talk.issue.id, not talk.discussed)
        elif talk.issue.state is IssueState.OPEN:
            self._asks(True)
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leads from a field back to the rows."""
        field = watched in (self.note, self.reason) and event.type() == QEvent.Type.KeyPress
        if field and isinstance(event, QKeyEvent) and is_escape(event):
            self._back()
            return True
        return super().eventFilter(watched, event)


def _entry(talk: IssueTalk) -> Entry:
    issue = talk.issue
    where = ", ".join(filter(None, (area_words(issue.area), place_words(issue), talk.owner)))
    closed = issue.state is IssueState.CLOSED
    return Entry(
        issue.id,
        issue.title,
        where,
        mark=EntryMark.DONE if talk.discussed else EntryMark.AHEAD,
        caption="" if closed else times_words(talk.times + talk.discussed),
        tone=Tone.MEDIUM if talk.times + talk.discussed >= OFTEN else Tone.NEUTRAL,
        pill="Closed" if closed else "",
    )
