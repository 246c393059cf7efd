"""The outcome bar: the choices by key, what each asks for in place, and the read-back."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import tiny_day
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import Field
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import OutcomeButton, PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, reveal
from csp_desktop.gui.widgets.fields import FieldError, LineEdit
from csp_desktop.services.meeting.case_walk import LiveCaseRow

SMALL = 30  # of the buttons beside a field: a referral asks for all of them in one line
_FIELDS = {"reason": "Why", "refer_to": "Refer to", "dissent": "Dissent"}

WIDTHS = {"reason": 280, "dissent": 280}  # a sentence; beside a name stand two buttons more


class OutcomeBar(QFrame):
    """`chosen` an outcome; `typed` and `left` a field and its words; `said` one answer; `read_back_asked`."""

    chosen = Signal(object)
    typed = Signal(str, str)
    left = Signal(str, str)
    said = Signal(str, bool)
    read_back_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._again = False
        self._agencies: tuple[str, ...] = ()
        self.buttons = {outcome: self._button(outcome) for outcome in Outcome}
        self.next_button = PrimaryButton(self, text="Read back", height=40)
        self.next_button.clicked.connect(self._next)
        self.fields = {name: LineEdit(self) for name in _FIELDS}
        self._frames = {name: self._field(name, words) for name, words in _FIELDS.items()}
        self.planned = self._yes_no("intervention_planned", "Intervention planned", "None planned")
        self.cmht = self._toggle("cmht_told", "CMHT not told", 28)
        self.asked = self._toggle("repeat_victim_asked", "Repeat victim", 28)
        self.dissent_button = SecondaryButton(self, text="Dissent", height=SMALL)
        self.dissent_button.clicked.connect(lambda: self.open_field("dissent"))
        self._leads, self.error = QLabel(self), FieldError(self)
        set_role(self._leads, "strong")
        self._lay_out()

    def _lay_out(self) -> None:
        choices = Flow(fill=True)
        for button in self.buttons.values():
            choices.addWidget(button)
        below = Flow(spacing=8)
        for widget in (self._leads, *self._frames.values(), *self.planned, self.dissent_button):
            below.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 14, 10)
        whole.setSpacing(8)
        whole.addLayout(choices)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addLayout(below, 1)
        foot.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(foot)
        whole.addWidget(self.error)

    def _button(self, outcome: Outcome) -> OutcomeButton:
        button = OutcomeButton(self, text=outcome.rule.label, key=str(outcome.number), height=44)
        button.setAccessibleDescription(f"Key Ctrl {outcome.number}")
        button.clicked.connect(lambda: self.chosen.emit(outcome))
        return button

    def _field(self, name: str, words: str) -> QFrame:
        frame, line = QFrame(self), self.fields[name]
        label = QLabel(words, frame)
        set_role(label, "label")
        label.setBuddy(line)
        line.setParent(frame)
        line.setAccessibleName(words)
        line.setMinimumWidth(current().px(WIDTHS.get(name, 170)))
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 4, 0)
        row.addWidget(label)
        row.addWidget(line, 1)
        line.textEdited.connect(lambda text: self.typed.emit(name, text))
        line.editingFinished.connect(lambda: self._leave(name))
        line.installEventFilter(self)
        return frame

    def _leave(self, name: str) -> None:
        if self.fields[name].isModified():
            self.fields[name].setModified(False)
            self.left.emit(name, self.fields[name].text())

    def _toggle(self, name: str, words: str, height: int = SMALL) -> SecondaryButton:
        button = SecondaryButton(self, text=words, height=height)
        button.setCheckable(True)
        button.clicked.connect(lambda checked: self.said.emit(name, checked))
        return button

    def _yes_no(self, name: str, yes: str, no: str) -> tuple[SecondaryButton, SecondaryButton]:
        pair = (self._toggle(name, yes), self._toggle(name, no))
        pair[1].clicked.disconnect()
        pair[0].clicked.disconnect()
        pair[0].clicked.connect(lambda: self.said.emit(name, True))
        pair[1].clicked.connect(lambda: self.said.emit(name, False))
        return pair

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, or the same one after a step."""
        turn, done = row.turn, row.turn.state is TurnState.DONE
        for offered in row.outcomes:
            button = self.buttons[offered.outcome]
            button.setChecked(turn.outcome is offered.outcome)
            button.setEnabled(not done and (not offered.refused or turn.outcome is offered.outcome))
            button.set_subtitle(offered.leads_to)
            button.setToolTip(offered.refused or offered.leads_to)
            if turn.outcome is offered.outcome:
                words = offered.leads_to.removesuffix(", say why")  # the field beside it asks
                self._leads.setText(words[:1].upper() + words[1:])
        self._leads.setVisible(turn.outcome is not None and not row.names_someone)
        for name, line in self.fields.items():
            if line.text() != getattr(turn, name) and not line.isModified():
                line.setText(getattr(turn, name))
        self._offer(row)
        self._again = done
        self.next_button.setText("Take up again" if done else "Read back")
        self.next_button.setAccessibleDescription("" if done else "Key Ctrl Enter")
        self._forget_error()

    def _offer(self, row: LiveCaseRow) -> None:
        """Only what this outcome and this case ask for."""
        turn, case = row.turn, row.case
        asks_why = turn.outcome is not None and turn.outcome.rule.why is not None
        self._frames["reason"].setVisible(asks_why or bool(turn.reason))
        self._frames["refer_to"].setVisible(row.names_someone or bool(turn.refer_to))
        self._frames["dissent"].setVisible(bool(turn.dissent) or self.fields["dissent"].hasFocus())
        self.dissent_button.setVisible(turn.outcome is not None and self._frames["dissent"].isHidden())
        for button, value in zip(self.planned, (True, False), strict=True):
            button.setVisible(row.names_someone)
            button.setChecked(turn.intervention_planned is value)
        self.cmht.setVisible(case.mental_health)
        told = case.cmht_told_on or turn.cmht_told
        self.cmht.setChecked(bool(told))
        on = f" {tiny_day(case.cmht_told_on)}" if case.cmht_told_on else ""
        self.cmht.setText(f"CMHT told{on}" if told else "CMHT not told")
        self.cmht.set_icon("check" if told else "circle-alert")
        self.cmht.setEnabled(case.cmht_told_on is None)
        self.asked.setVisible(case.repeat_victim)
        self.asked.setChecked(turn.repeat_victim_asked)
        self.asked.setText("Repeat victim asked about" if turn.repeat_victim_asked else "Repeat victim: ask")
        self.asked.set_icon("check" if turn.repeat_victim_asked else "circle-alert")
        if self._agencies != row.agencies:
            self._agencies = row.agencies
            completer = QCompleter(list(row.agencies), self.fields["refer_to"])
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)  # no popup over the case
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.fields["refer_to"].setCompleter(completer)

    def _forget_error(self) -> None:
        """Nothing is missing: neither the sentence nor a red field of the case before stays."""
        for line in self.fields.values():
            self.error.clear(line)

    def forget_edits(self) -> None:
        """Another case comes: what is in the fields belongs to the one before, and is on disk."""
        for line in self.fields.values():
            line.setModified(False)

    def open_field(self, name: str) -> None:
        """Show a field and put the caret in it."""
        self._frames[name].show()
        self.fields[name].setFocus(Qt.FocusReason.ShortcutFocusReason)
        if name == "dissent":
            self.dissent_button.hide()
        QTimer.singleShot(0, self, lambda: reveal(self.fields[name]))

    def ask_for(self, field: Field, sentence: str) -> None:
        """Something is missing: say so, and go to where it is said."""
        if field.value in self.fields:
            self.open_field(field.value)
            self.error.set_error(sentence, self.fields[field.value])
        elif field is Field.INTERVENTION:
            self.planned[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.error.set_error(sentence)
        else:
            first, *_, last = Outcome
            self.error.set_error(f"{sentence.removesuffix('.')}: Ctrl+{first.number} to Ctrl+{last.number}.")
        QTimer.singleShot(0, self, lambda: reveal(self.error))

    def _next(self) -> None:
        if self._again:
            self.again_asked.emit()
        else:
            self.read_back_asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in a field leads back to the outcomes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)
