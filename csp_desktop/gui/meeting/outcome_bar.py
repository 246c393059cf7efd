"""What a case's outcome asks for in place: a reason, a referral, a dissent, and what was not asked yet."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLabel, QWidget

from csp_desktop.domain.common.days import tiny_day
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import Field
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, reveal
from csp_desktop.gui.widgets.outcome_bar import Leads, OutcomeBar
from csp_desktop.services.meeting.case_walk import LiveCaseRow

SMALL = 30  # of the buttons beside a field: a referral asks for all of them in one line
A_SENTENCE = 280  # wide; beside a name stand two buttons more


class CaseOutcomes(OutcomeBar):
    """`said` is one answer to a question beside the fields."""

    said = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, [(outcome, outcome.rule.label) for outcome in Outcome])
        self.add_field("reason", "Why", A_SENTENCE)
        self.add_field("refer_to", "Refer to")
        self.add_field("dissent", "Dissent", A_SENTENCE)
        self._agencies: tuple[str, ...] = ()
        self.planned = self._yes_no("intervention_planned", "Intervention planned", "None planned")
        self.cmht = self._toggle("cmht_told", "CMHT not told", 28)
        self.asked_about = self._toggle("repeat_victim_asked", "Repeat victim", 28)
        self.dissent_button = SecondaryButton(self, text="Dissent", height=SMALL)
        self.dissent_button.clicked.connect(lambda: self.open_field("dissent"))
        self._leads = QLabel(self)
        set_role(self._leads, "strong")
        below = Flow(spacing=8)
        for widget in (self._leads, *self.asked.values(), *self.planned, self.dissent_button):
            below.addWidget(widget)
        self.lay_out(below)

    def _toggle(self, name: str, words: str, height: int = SMALL) -> SecondaryButton:
        button = SecondaryButton(self, text=words, height=height)
        button.setCheckable(True)
        button.clicked.connect(lambda checked: self.said.emit(name, checked))
        return button

    def _yes_no(self, name: str, yes: str, no: str) -> tuple[SecondaryButton, SecondaryButton]:
        pair = (self._toggle(name, yes), self._toggle(name, no))
        for button, value in zip(pair, (True, False), strict=True):
            button.clicked.disconnect()
            button.clicked.connect(lambda _checked, value=value: self.said.emit(name, value))
        return pair

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, or the same one after a step."""
        turn = row.turn
        self.show_choices(
            [Leads(o.leads_to, o.refused) for o in row.outcomes], turn.outcome, turn.state is TurnState.DONE
        )
        for offered in row.outcomes:
            if offered.outcome is turn.outcome:
                words = offered.leads_to.removesuffix(", say why")  # the field beside it asks
                self._leads.setText(words[:1].upper() + words[1:])
        self._leads.setVisible(turn.outcome is not None and not row.names_someone)
        for name in self.fields:
            self.show_text(name, getattr(turn, name))
        self._ask(row)

    def _ask(self, row: LiveCaseRow) -> None:
        """Only what this outcome and this case ask for."""
        turn, case = row.turn, row.case
        asks_why = turn.outcome is not None and turn.outcome.rule.why is not None
        self.asked["reason"].setVisible(asks_why or bool(turn.reason))
        self.asked["refer_to"].setVisible(row.names_someone or bool(turn.refer_to))
        self.asked["dissent"].setVisible(bool(turn.dissent) or self.fields["dissent"].hasFocus())
        self.dissent_button.setVisible(turn.outcome is not None and self.asked["dissent"].isHidden())
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
        self.asked_about.setVisible(case.repeat_victim)
        self.asked_about.setChecked(turn.repeat_victim_asked)
        self.asked_about.setText("Repeat victim asked about" if turn.repeat_victim_asked else "Repeat victim: ask")
        self.asked_about.set_icon("check" if turn.repeat_victim_asked else "circle-alert")
        self._offer_agencies(row.agencies)

    def _offer_agencies(self, agencies: tuple[str, ...]) -> None:
        if self._agencies == agencies:
            return
        self._agencies = agencies
        completer = QCompleter(list(agencies), self.fields["refer_to"])
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)  # no popup over the case
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.fields["refer_to"].setCompleter(completer)

    def open_field(self, name: str) -> None:
        """The button of a dissent gives way to its field."""
        super().open_field(name)
        if name == "dissent":
            self.dissent_button.hide()

    def ask_for(self, name: str, sentence: str) -> None:
        """Whether an intervention is planned is answered by its buttons."""
        if name != Field.INTERVENTION.value:
            super().ask_for(name, sentence)
            return
        self.planned[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.error.set_error(sentence)
        QTimer.singleShot(0, self, lambda: reveal(self.error))
