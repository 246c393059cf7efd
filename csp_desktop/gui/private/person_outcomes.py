"""What a person's outcome asks for in place: why, and the day to look again."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.outcome_bar import Leads, OutcomeBar
from csp_desktop.services.private.session_rows import LivePerson

REASON, DAY = "reason", "see_again_on"


class PersonOutcomes(OutcomeBar):
    """`left` gives the reason, `day_given` a day that can be read and lies after the session."""

    day_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        choices = [(outcome, outcome.rule.label) for outcome in PersonOutcome]
        super().__init__(parent, choices)
        self._on = date.min
        self._reason, self._day = self.add_field(REASON, "Why", 140), self.add_field(DAY, "See again on", 96)
        self._day.line.setFixedWidth(current().px(142))
        self._day.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # the reason takes the rest
        asked, middle = Flow(fill=True, spacing=8), QVBoxLayout()
        asked.addWidget(self._reason)
        asked.addWidget(self._day)
        middle.addStretch()
        middle.addLayout(asked)
        middle.addStretch()
        self.lay_out(middle)

    def show_person(self, row: LivePerson) -> None:
        """Another person, or the same one after a step."""
        turn, self._on = row.turn, row.on
        leads = [Leads(words, brief=brief) for words, brief in (row.leads_to[o] for o in PersonOutcome)]
        self.show_choices(leads, turn.outcome, turn.state is TurnState.DONE)
        why = turn.outcome.rule.why_label if turn.outcome else ""
        self._reason.setVisible(bool(why or turn.reason))
        self._reason.set_words(why or "Why")
        self.show_text(REASON, turn.reason)
        again = turn.outcome.day_label if turn.outcome else ""
        self._day.setVisible(bool(again))
        self._day.set_words(again or "See again on")
        if turn.see_again_on:
            self.show_text(DAY, dated_day(turn.see_again_on))

    def leave(self, name: str) -> None:
        """A day that cannot be read stays in its field, with the reason below."""
        line = self.fields[name]
        if name != DAY or not line.isModified():
            super().leave(name)
            return
        day = read_day(line.text(), self._on)
        if day is None or day <= self._on:
            how = "Type a later date: 17 dec, 17/12, fri."
            self.error.set_error(day_problem(line.text(), self._on, how), line)
            return
        line.setModified(False)
        self.error.clear(line)
        self.day_given.emit(day)
