"""Earlier actions answered in place: D done, N not done, C carry on, X no longer possible, with a reason or a day."""

import json
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.common.by_mail import AgreedByMail, decided_words
from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.gui.meeting.live_rows import action_entry
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.answer_panel import ANSWERS
from csp_desktop.gui.widgets.containers import Scroll, reveal
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import ElidedLabel, text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.reason_field import ReasonField
from csp_desktop.gui.window.actions import which
from csp_desktop.gui.window.keys import is_escape, letter, type_into
from csp_desktop.services.meeting.action_review import WHAT_CHANGED, WHY_NOT
from csp_desktop.services.meeting.actions import ActionRow

_ASKS = {
    Answer.NOT_DONE: "Why was it not done?",
    Answer.CARRY_ON: "Carry forward to which date?",
    Answer.NO_LONGER_POSSIBLE: "What changed?",
}
_USUAL = {Answer.NOT_DONE: WHY_NOT, Answer.NO_LONGER_POSSIBLE: WHAT_CHANGED}


class Past(Scroll):
    """What was agreed last time and what was said then, in one column with one bar; arrow keys bring their row into
    view."""

    def __init__(self, answers: "AnswerList", *below: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, margins=(0, 0, 6, 0))
        self._rows = answers.rows
        answers.rows.setMinimumHeight(0)
        answers.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)  # all rows, always
        self.body.setSpacing(current().px(6))
        for widget in (answers, *below):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        answers.rows.current_moved.connect(lambda _: self._follow())
        answers.on_row.connect(lambda: QTimer.singleShot(0, self, self._follow))  # once the field has gone
        answers.asking.connect(lambda: QTimer.singleShot(0, self, lambda: self._show_field(answers)))
        answers.field.marked.connect(lambda _: self._show_field(answers))

    def set_whole(self, whole: bool) -> None:
        """As high as its content where the column around it scrolls, else as low as it is let."""
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Expanding if whole else policy.Ignored)
        super().set_whole(whole)

    def sizeHint(self) -> QSize:
        """Its least."""
        return self.minimumSizeHint()

    def _show_field(self, answers: "AnswerList") -> None:
        """The usual reasons where there is room, the field above them always."""
        reveal(answers.usual)
        reveal(answers.field)

    def _follow(self) -> None:
        row = self._rows.visualRect(self._rows.currentIndex())
        inside = self.widget()
        if inside is not None:
            at = self._rows.viewport().mapTo(inside, row.bottomLeft())
            self.ensureVisible(0, at.y(), 0, row.height())


class BetweenMeetings(QWidget):
    """What was decided by email since this was last at the table, to be told there; hidden where nothing was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text_label("", "second")
        self.setLayout(vbox(text_label("Decided between meetings", "label"), self._words, spacing=4))
        self.hide()

    def show_decisions(self, found: Sequence[AgreedByMail]) -> None:
        """Each on a line of its own, the oldest first."""
        self._words.setText("\n".join(map(decided_words, found)))
        self.setVisible(bool(found))


class AnswerList(QWidget):
    """`answered` gives action, answer, reason and new date. The letters act only while a row has the focus; `on_row`
    when the caret is back on one, `asking` when a reason or a day is asked for."""

    answered = Signal(str, object, str, object)
    on_row = Signal()
    asking = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.field, self.error = EntryList(self), ReasonField(self), FieldError(self)
        self.rows.setAccessibleName("Agreed last time")
        self.rows.set_flush(True)
        self.rows.set_wrapping(True)
        self.rows.setMinimumHeight(44)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._ask, self._row, self.usual = QLabel(self), QFrame(self), QLabel(self)
        set_role(self._ask, "label")
        set_role(self.usual, "caption")
        self.usual.setWordWrap(True)
        wraps = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # takes no width from the minute
        wraps.setHeightForWidth(True)
        self.usual.setSizePolicy(wraps)
        self._ask.setBuddy(self.field)
        self._action, self._answer = "", Answer.DONE
        self._following: date | None = None
        self._on: date | None = None
        self._keys = self._make_keys()
        inside = QHBoxLayout(self._row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._ask)
        inside.addWidget(self.field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self._row)
        layout.addWidget(self.usual)
        layout.addWidget(self.error)
        layout.addWidget(self._keys)
        self._row.hide()
        self.usual.hide()
        self.field.returnPressed.connect(self._give)
        self.field.marked.connect(self._show_usual)
        for watched in (self.field, self.rows, self.rows.viewport()):
            watched.installEventFilter(self)

    def _make_keys(self) -> ElidedLabel:
        """Never wider than the column: the letters come first."""
        keys = ElidedLabel(self)
        set_role(keys, "small")
        keys.setText("   ".join(f"{action.shown} {action.strip}" for action in ANSWERS))
        keys.hide()
        return keys

    def show_actions(self, rows: Sequence[ActionRow], on: date, following: date | None) -> None:
        """These actions; `following` is the next meeting, proposed when one is carried on."""
        self._on, self._following = on, following
        self.rows.set_entries([action_entry(row, on) for row in rows])
        if not any(row.action.id == self._action for row in rows):
            self._close()
        self._fit()

    def _fit(self) -> None:
        """No taller than what it holds, so that the minute of last time stands right under it."""
        px = current().px
        self.rows.setMaximumHeight(max(44, self.rows.content_height() + 4))
        self.rows.updateGeometry()
        more = sum(
            px(high) for part, high in ((self._row, 42), (self.error, 46), (self._keys, 24)) if not part.isHidden()
        )
        self.setMaximumHeight(self.rows.maximumHeight() + more)

    def is_asking(self) -> bool:
        """Whether a reason or a day is being given: letters are its words, whatever has the focus."""
        return not self._row.isHidden()

    def half(self) -> str:
        """The answer being given, for after a lock."""
        return json.dumps([self._action, self._answer.value, self.field.text()]) if self.is_asking() else ""

    def resume(self, half: str) -> None:
        """The same again, where its action still waits for an answer."""
        key, answer, words = json.loads(half)
        if any(entry.key == key for entry in self.rows.entries()) and Answer(answer) in _ASKS:
            self.rows.set_current(key)
            self.ask(key, Answer(answer))
            self.field.setText(words)

    def refuse(self, sentence: str) -> None:
        """The answer was not taken, and why."""
        self.error.set_error(sentence, self.field)
        self._fit()

    def ask(self, key: str, answer: Answer) -> None:
        """Answer a row; what needs a reason or a date asks for it beside the row."""
        self._action, self._answer = key, answer
        self.error.clear(self.field)
        if answer is Answer.DONE:
            self.answered.emit(key, answer, "", None)
            return
        self._ask.setText(_ASKS[answer])
        self.field.setAccessibleName(_ASKS[answer])
        proposed = screen_day(self._following, self._on) if self._following and self._on else ""
        self.field.setText(proposed if answer is Answer.CARRY_ON else "")
        self.field.set_usual(self._usual_reasons())
        self._show_usual(-1)
        self.usual.setVisible(bool(self._usual_reasons()))
        self._row.show()
        self._fit()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.asking.emit()

    def _usual_reasons(self) -> tuple[str, ...]:
        """Those to be taken by key; the last one of the services means any other."""
        return _USUAL.get(self._answer, ())[:-1]

    def _show_usual(self, marked: int) -> None:
        """How they are taken, and which one Enter would take."""
        numbered = [f"{at + 1}&nbsp;{words.replace(' ', '&nbsp;')}" for at, words in enumerate(self._usual_reasons())]
        shown = [f"<b><u>{words}</u></b>" if at == marked else words for at, words in enumerate(numbered)]
        self.usual.setText(f"↓ or Alt and number:&ensp;{' &ensp; '.join(shown)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters answer the row one stands on."""
        action, key = which(event, ANSWERS), self.rows.current_key()
        if action is not None and key:
            self.ask(key, Answer(action.given))
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        words = self.field.words()
        due = None
        if self._answer is Answer.CARRY_ON:
            due = read_day(words, self._on) if self._on else None
            words = ""
            if due is None:
                how = "Type a date: 4 dec, 4/12, fri."
                self.refuse(day_problem(self.field.text(), self._on, how) if self._on else how)
                return
        self.error.clear(self.field)
        self.answered.emit(self._action, self._answer, words, due)
        if not self.error.text():
            self._back()

    def _back(self) -> None:
        key = self._action
        self._close()
        self.rows.set_current(key)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.on_row.emit()

    def _close(self) -> None:
        self._row.hide()
        self.usual.hide()
        self.error.clear(self.field)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leads from the field back to its row; while an answer is being given a letter on a row belongs to it; the
        keys show while the rows have the focus; another width, other lines."""
        if watched is self.rows.viewport():
            if isinstance(event, QResizeEvent) and event.size().width() != event.oldSize().width():
                self._fit()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.field and is_escape(event):
                self._back()
                return True
            if watched is self.rows and self.is_asking() and letter(event):
                type_into(self.field, letter(event))
                return True
        elif watched is self.rows and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._keys.setVisible(event.type() == QEvent.Type.FocusIn and bool(self.rows.entries()))
            self._fit()
            if event.type() == QEvent.Type.FocusIn and not self.rows.current_key() and self.rows.entries():
                self.rows.set_current(self.rows.entries()[0].key)
        return super().eventFilter(watched, event)
