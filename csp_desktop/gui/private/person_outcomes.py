"""How a person's turn ends: the choices by key, what each asks for in place, and the read-back."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import short_day
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import OutcomeButton, PrimaryButton
from csp_desktop.gui.widgets.containers import Flow, reveal
from csp_desktop.gui.widgets.fields import FieldError, LineEdit
from csp_desktop.services.private.session_rows import LivePerson


class PersonOutcomes(QFrame):
    """`chosen` an outcome; `typed` the reason's words; `reason_left` and `day_given`; `read_back_asked`."""

    chosen = Signal(object)
    typed = Signal(str)
    reason_left = Signal(str)
    day_given = Signal(object)
    read_back_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._again, self._on = False, date.min
        self.buttons = {outcome: self._button(outcome) for outcome in PersonOutcome}
        self.next_button = PrimaryButton(self, text="Read back", height=44)
        self.reason_edit, self.day_edit, self.error = LineEdit(self), LineEdit(self), FieldError(self)
        self._reason_label, self._reason = self._field(self.reason_edit, 140)
        self._day_label, self._day = self._field(self.day_edit, 96)
        self.day_edit.setFixedWidth(current().px(112))
        self._day.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # the reason takes the rest
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.next_button.clicked.connect(self._next)
        self.reason_edit.textEdited.connect(self.typed)
        self.reason_edit.editingFinished.connect(self._leave_reason)
        self.day_edit.editingFinished.connect(self._leave_day)
        for line in (self.reason_edit, self.day_edit):
            line.installEventFilter(self)

    def _lay_out(self) -> None:
        choices = Flow(fill=True, spacing=6)
        for button in self.buttons.values():
            choices.addWidget(button)
        asked = Flow(fill=True, spacing=8)
        asked.addWidget(self._reason)
        asked.addWidget(self._day)
        middle, foot = QVBoxLayout(), QHBoxLayout()
        middle.addStretch()
        middle.addLayout(asked)
        middle.addStretch()
        foot.setSpacing(12)
        foot.addLayout(middle, 1)
        foot.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(6)
        whole.addLayout(choices)
        whole.addLayout(foot)
        whole.addWidget(self.error)

    def _button(self, outcome: PersonOutcome) -> OutcomeButton:
        button = OutcomeButton(self, text=outcome.rule.label, key=str(outcome.number), height=44)
        button.setAccessibleDescription(f"Key Ctrl {outcome.number}")
        button.clicked.connect(lambda: self.chosen.emit(outcome))
        return button

    def _field(self, line: QLineEdit, least: int) -> tuple[QLabel, QFrame]:
        frame = QFrame(self)
        label = QLabel(frame)
        set_role(label, "label")
        label.setBuddy(line)
        line.setParent(frame)
        line.setMinimumWidth(least)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(line, 1)
        row.addStretch()
        return label, frame

    def show_person(self, row: LivePerson) -> None:
        """Another person, or the same one after a step."""
        turn, done = row.turn, row.turn.state is TurnState.DONE
        self._on, self._again = row.on, done
        for outcome, button in self.buttons.items():
            button.setChecked(turn.outcome is outcome)
            button.setEnabled(not done)
            button.set_subtitle(row.leads_to[outcome])
        asks = turn.outcome.rule.why_label if turn.outcome else ""
        self._reason.setVisible(bool(asks or turn.reason))
        self._reason_label.setText(asks or "Why")
        self.reason_edit.setAccessibleName(asks or "Why")
        if not self.reason_edit.isModified() and self.reason_edit.text() != turn.reason:
            self.reason_edit.setText(turn.reason)
        dated = turn.outcome.day_label if turn.outcome else ""
        self._day.setVisible(bool(dated))
        self._day_label.setText(dated)
        self.day_edit.setAccessibleName(dated or "See again on")
        if turn.see_again_on and not self.day_edit.isModified():
            self.day_edit.setText(short_day(turn.see_again_on))
        for line in (self.reason_edit, self.day_edit):
            line.setReadOnly(done)
            self.error.clear(line)
        self.next_button.setText("Take up again" if done else "Read back")
        self.next_button.set_key("" if done else "Ctrl Enter")

    def ask_for(self, sentence: str) -> None:
        """Something is missing: say so, and go to where it is said."""
        if self._reason.isVisible():
            self.reason_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.error.set_error(sentence, self.reason_edit)
        else:
            first, *_, last = PersonOutcome
            self.error.set_error(f"{sentence.removesuffix('.')}: Ctrl+{first.number} to Ctrl+{last.number}.")
        QTimer.singleShot(0, self, lambda: reveal(self.error))

    def to_reason(self) -> None:
        """The outcome just chosen needs words."""
        self.reason_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_reason(self) -> None:
        if self.reason_edit.isModified():
            self.reason_edit.setModified(False)
            self.reason_edit.setCursorPosition(0)
            self.reason_left.emit(self.reason_edit.text())

    def _leave_day(self) -> None:
        if not self.day_edit.isModified():
            return
        day = read_day(self.day_edit.text(), self._on)
        if day is None or day <= self._on:
            how = "Type a later day: 17 dec, 17/12, next fri."
            self.error.set_error(day_problem(self.day_edit.text(), self._on, how), self.day_edit)
            return
        self.day_edit.setModified(False)
        self.error.clear(self.day_edit)
        self.day_given.emit(day)

    def _next(self) -> None:
        (self.again_asked if self._again else self.read_back_asked).emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in a field leads back to the outcomes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)
