"""One case in hand, laid out once and filled again for every case, and the three cards over it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.days import clock_seconds, days_words, month_day, tiny_day
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import Field, has_changed_since, read_back_words
from csp_desktop.gui.meeting.action_answers import AnswerList, Past
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.badges import BAND_TONES, Pill
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.case_clock import PROMISE_TONES
from csp_desktop.gui.widgets.charts import RiskBand, RiskPoint
from csp_desktop.gui.widgets.containers import Flow, reveal
from csp_desktop.gui.widgets.glance_cards import PromiseCard, RatingCard, mark_told_twice
from csp_desktop.gui.widgets.labels import SavedLabel, TitleLabel
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.outcome_bar import Leads, OutcomeBar
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.services.meeting.case_walk import LiveCaseRow

_SHOWN = 5  # the newest totals
SMALL = 30  # of the buttons beside a field: a referral asks for all of them in one line
A_SENTENCE = 280  # wide; beside a name stand two buttons more


class CaseOutcomes(OutcomeBar):
    """What a case's outcome asks for in place: a reason, a referral, a dissent, and what was not asked yet.

    `said` is one answer to a question beside the fields.
    """

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


class RiskCard(RatingCard):
    """The rating with the newest totals, and where it is expected to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, size=72)

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        self.show_rating(row.case, row.change)
        points = row.points[-_SHOWN:]
        shown = [RiskPoint(tiny_day(p.dated), p.total, BAND_TONES[p.band]) for p in points]
        clocks = row.clocks
        waiting = row.case.status is not CaseStatus.MONITORING and clocks.fallen is False and clocks.fall_due >= row.on
        goal = (tiny_day(clocks.fall_due), max(0, row.points[0].total - 1)) if waiting and points else None
        self._chart.set_history(shown, (RiskBand("", 0, Tone.NEUTRAL),), 1000, goal)
        self.show_signs(row.stale)


class ClockCard(PromiseCard):
    """What was promised by when, and how many days are left."""

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        clocks = row.clocks
        monitored = row.case.status is CaseStatus.MONITORING and clocks.monitoring_until is not None
        ends = clocks.monitoring_until if monitored and clocks.monitoring_until else clocks.fall_due
        tone = PROMISE_TONES[clocks.promise.state]
        left = (ends - row.on).days
        done = not monitored and bool(clocks.fallen)
        caption = "fallen" if done else f"{days_words(left)} left" if left >= 0 else f"{days_words(-left)} over"
        self.set_title("Case clock", caption, Tone.LOW if done else tone if tone is not Tone.NEUTRAL else None)
        self.show_marks(clocks, monitored, done)
        self._words.setText(". ".join(p.words for p in clocks.promises) + ".")


class DriversCard(Card):
    """Safety Net exports the total alone; the card says so and invents nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="What drives the risk")
        self._words, self._known = QLabel(self), QLabel(self)
        for label in (self._words, self._known):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self._words, "second")
        set_role(self._known, "strong")
        self._words.setText("Safety Net gave the total only. Its answers are not held here.")
        self.add(self._known)
        self.add(self._words)
        self.body.addStretch(1)

    def show_case(self, row: LiveCaseRow) -> None:
        """What Safety Net marks on this case."""
        self._known.setText(_marks(row.case))


def _marks(case: Case) -> str:
    marks = []
    if case.mental_health:
        marks.append("mental health")
    if case.repeat_victim:
        marks.append("repeat victim")
    words = "Marked: " + ", ".join(marks) if marks else "No mark on this case."
    told = mark_told_twice(case)
    return f"{words} {told}" if told and not marks else f"{words}. {told}" if told else words


_CHIPS = 5


class CaseView(QWidget):
    """Header, cards, minute, last time, outcomes. `show_case` fills what is there and makes nothing new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.risk, self.clock, self.drivers = RiskCard(self), ClockCard(self), DriversCard(self)
        self.note, self.saved = NoteEditor(self), SavedLabel(self)
        self.last, self.answers = Card(self, title="Agreed last time"), AnswerList(self)
        self.outcomes = CaseOutcomes(self)
        self.note.setAccessibleName("Minute for this case")
        self._turn_id = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(self._make_header())
        layout.addWidget(self._title)
        cards = Flow(fill=True, spacing=14)
        for card in (self.risk, self.clock, self.drivers):
            cards.addWidget(card)
        layout.addLayout(cards)
        layout.addLayout(self._make_work(), 1)
        layout.addWidget(self.outcomes)

    def _make_header(self) -> QHBoxLayout:
        self._reference, self._title = QLabel(self), TitleLabel(self)
        self._lead, self._avatar = QLabel(self), Avatar(self, size=24)
        lead_word = QLabel("Lead", self)
        set_role(self._reference, "accent")
        set_role(self._lead, "strong")
        set_role(lead_word, "second")
        self._chips = [Pill(self) for _ in range(_CHIPS)]
        chips = Flow(spacing=8)
        chips.addWidget(self._reference)
        for pill in self._chips:
            chips.addWidget(pill)
        chips.addWidget(self.outcomes.asked_about)
        chips.addWidget(self.outcomes.cmht)
        row = QHBoxLayout()
        row.addLayout(chips, 1)
        row.addWidget(lead_word)
        row.addWidget(self._avatar)
        row.addWidget(self._lead)
        return row

    def _make_work(self) -> QHBoxLayout:
        minute = Card(self, title="Minute for this case")
        minute.head.addWidget(self.saved)
        minute.add(self.note, 1)
        self._last_heading, self._last_words = QLabel(self), QLabel(self)
        set_role(self._last_heading, "label")
        set_role(self._last_words, "second")
        self._last_words.setWordWrap(True)
        self._last_words.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setMinimumHeight(60)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        line = QFrame(self)
        set_role(line, "line")
        self.last.add(Past(self.answers, line, self._last_heading, self._last_words, parent=self), 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(minute, 1)
        row.addWidget(self.last, 1)
        return row

    def show_case(self, row: LiveCaseRow, waiting: str | None = None) -> None:
        """Fill everything with this case; the minute's text and caret are left alone while it is the same case.
        `waiting` is typed and not yet written."""
        other = row.turn.id != self._turn_id
        self._turn_id = row.turn.id
        case = row.case
        self._reference.setText(case.reference or "Awaits its reference")
        if self._title.text() != case.title:
            self._title.setText(case.title)
        self._lead.setText(row.lead.name)
        self._avatar.set_person(row.lead.name, row.lead.agency)
        self.show_agreed(row)
        for card in (self.risk, self.clock, self.drivers):
            card.show_case(row)
        if other or not self.note.hasFocus():
            self.note.set_text(row.turn.note if waiting is None else waiting)
        if other:
            self.outcomes.forget_edits()
            self._show_saved(row)
        self.outcomes.show_case(row)
        self._show_last(row)

    def show_agreed(self, row: LiveCaseRow) -> None:
        """Area, status, a promise not kept, and whether it stands as it was read back."""
        for pill, (words, tone) in zip(self._chips, [*_chips(row), *[("", Tone.NEUTRAL)] * _CHIPS], strict=False):
            pill.set_text(words, tone)

    def _show_saved(self, row: LiveCaseRow) -> None:
        if row.saved_at is not None:
            self.saved.set_saved(clock_seconds(row.saved_at))
        else:
            self.saved.clear()

    def _show_last(self, row: LiveCaseRow) -> None:
        count = f"{row.answered} of {len(row.last)} done" if row.last else "nothing open"
        self.last.set_title("Agreed last time", count)
        self.answers.show_actions(row.last, row.on, row.following)
        last = row.last_minute
        self._last_heading.setText(f"Minute, {month_day(last.on)}" if last else "Not at the table before")
        words = last.note or (f"Outcome: {last.outcome.rule.word}." if last and last.outcome else "") if last else ""
        self._last_words.setText(words or ("" if last else "There is no earlier minute of this case."))


def _chips(row: LiveCaseRow) -> list[tuple[str, Tone]]:
    case = row.case
    chips = [(case.area, Tone.NEUTRAL)]
    if case.status is not CaseStatus.OPEN:
        chips.append((case.status.value.removeprefix("Open - ").capitalize(), Tone.ACCENT))
    promise = row.clocks.promise
    if promise.state is PromiseState.BROKEN:
        chips.append((promise.words, Tone.HIGH))
    later = any(action.later for action in row.agreed)
    if words := read_back_words(row.turn, later=later):
        chips.append((words, Tone.MEDIUM if has_changed_since(row.turn, later=later) else Tone.LOW))
    return chips
