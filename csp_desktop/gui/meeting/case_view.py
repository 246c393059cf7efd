"""One case in hand, laid out once and filled again for every case, and the cards over its minute."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QWidget

from csp_desktop.domain.cases.cases import CaseStatus
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.days import axis_day, clock_seconds, screen_day
from csp_desktop.domain.common.overdue import countdown_words
from csp_desktop.domain.meeting.asking import Ask
from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import Field, change_words, has_changed_since, read_back_words
from csp_desktop.gui.meeting.action_answers import AnswerList, BetweenMeetings, Past
from csp_desktop.gui.meeting.ask_card import AskCard
from csp_desktop.gui.meeting.live_rows import trend
from csp_desktop.gui.meeting.turn_view import TurnView
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import BAND_TONES, Pill
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.case_clock import PROMISE_TONES, CaseClock
from csp_desktop.gui.widgets.charts import RiskBand, RiskChart, RiskPoint
from csp_desktop.gui.widgets.containers import Flow, reveal
from csp_desktop.gui.widgets.glance_cards import mark_told_twice, show_marks
from csp_desktop.gui.widgets.outcome_bar import Leads, OutcomeBar
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.services.cases.case_links import LinkedCaseRow
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
        self.cmht = self._toggle("cmht_told", "CMHT not informed", 24)
        self.asked_about = self._toggle("repeat_victim_asked", "Repeat victim", 24)
        self.review_told = self._toggle("review_told", "Right to a review", 24)
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
            [Leads(o.leads_to, o.refused, o.brief) for o in row.outcomes], turn.outcome, turn.state is TurnState.DONE
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
        on = f" {screen_day(case.cmht_told_on, row.on)}" if case.cmht_told_on else ""
        self.cmht.setText(f"CMHT informed{on}" if told else "CMHT not informed")
        self.cmht.set_icon("check" if told else "circle-alert")
        self.cmht.setEnabled(case.cmht_told_on is None)
        self.asked_about.setVisible(case.repeat_victim)
        self.asked_about.setChecked(turn.repeat_victim_asked)
        self.asked_about.setText("Repeat victim discussed" if turn.repeat_victim_asked else "Repeat victim: discuss")
        self.asked_about.set_icon("check" if turn.repeat_victim_asked else "circle-alert")
        self.review_told.setVisible(case.repeat_victim)
        told_of = case.review_told_on
        self.review_told.setChecked(told_of is not None)
        since = f"told {screen_day(told_of, row.on)}" if told_of else "tell the victim"
        self.review_told.setText(f"Right to a review: {since}")
        self.review_told.set_icon("check" if told_of else "circle-alert")
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


class HistoryCard(Card):
    """The newest totals, and by when the rating is expected to fall; with one total alone there is nothing to draw."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Risk rating")
        self._chart = RiskChart(self, low=True)
        self.add(self._chart)
        self.body.addStretch(1)
        self.set_edges(12, 6, 12, 6)

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        assessed = f"Assessed {screen_day(row.case.assessed_on, row.on)}" if row.case.assessed_on else "Not assessed"
        self.set_title("Risk rating", assessed)
        points = row.points[-_SHOWN:]
        shown = [RiskPoint(axis_day(p.dated), p.total, BAND_TONES[p.band]) for p in points]
        clocks = row.clocks
        waiting = row.case.status is not CaseStatus.MONITORING and clocks.fallen is False and clocks.fall_due >= row.on
        goal = (axis_day(clocks.fall_due), max(0, row.points[0].total - 1)) if waiting and points else None
        self._chart.set_history(shown, (RiskBand("", 0, Tone.NEUTRAL),), 1000, goal)
        self.setVisible(len(points) > 1)


class ClockCard(Card):
    """What was promised by when, and how many days are left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Deadlines")
        self._clock = CaseClock(self, low=True)
        self.add(self._clock)
        self.body.addStretch(1)
        self.set_edges(12, 6, 12, 6)

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        clocks = row.clocks
        monitored = row.case.status is CaseStatus.MONITORING and clocks.monitoring_until is not None
        ends = clocks.monitoring_until if monitored and clocks.monitoring_until else clocks.fall_due
        tone = PROMISE_TONES[clocks.promise.state]
        done = not monitored and bool(clocks.fallen)
        caption = "fallen" if done else clock_words(ends, row.on)
        self.set_title("Deadlines", caption, Tone.LOW if done else tone if tone is not Tone.NEUTRAL else None)
        show_marks(self._clock, clocks, monitored, done)
        self.setToolTip(". ".join(p.words for p in clocks.promises) + ".")


def clock_words(due: date, today: date) -> str:
    """'12 days left', 'Due today', '21 days overdue'"""
    if due == today:
        return "Due today"
    return f"{countdown_words(due, today)} left" if due > today else countdown_words(due, today)


def _beside(row: LinkedCaseRow) -> str:
    """'SN-2026-087036, SW (same place), High 31', a case that belongs with the one in hand."""
    case = row.case
    rating = f", {case.band.value} {case.total}" if case.band and case.total is not None else ""
    return f"{row.words}{rating}"


_CHIPS = 5


class CaseView(TurnView):
    """Header, cards, minute, last time, outcomes. `show_case` fills what is there and makes nothing new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asks, self.history, self.clock = AskCard(self), HistoryCard(self), ClockCard(self)
        self.last, self.answers = Card(self, title="Agreed last time"), AnswerList(self)
        self.outcomes = CaseOutcomes(self)
        self.note.setAccessibleName("Minute for this case")
        self.minute.set_title("Minute for this case")
        self._turn_id = ""
        self._chips = [Pill(self) for _ in range(_CHIPS)]
        for chip in (*self._chips, self.outcomes.asked_about, self.outcomes.review_told, self.outcomes.cmht):
            self.chips.addWidget(chip)
        self._make_last()
        self.lay_out((self.asks, self.history, self.clock), self.last, self.outcomes)

    def _make_last(self) -> None:
        self._between = BetweenMeetings(self)
        self._last_heading, self._last_words, self.plan = QLabel(self), QLabel(self), QLabel(self)
        set_role(self._last_heading, "label")
        set_role(self._last_words, "second")
        set_role(self.plan, "second")
        for label in (self._last_heading, self._last_words, self.plan):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        line = QFrame(self)
        set_role(line, "line")
        past = Past(self.answers, parent=self)
        for at, widget in enumerate((self._between, self._last_heading, self._last_words, self.plan, line)):
            past.body.insertWidget(at, widget)  # last month's minute is in sight however many actions follow
        self.last.add(past, 1)
        self.last.set_edges(12, 8, 6, 6)

    def show_case(self, row: LiveCaseRow, waiting: str | None = None, asks: Ask | None = None) -> None:
        """Fill everything with this case; the minute's text and caret are left alone while it is the same case.
        `waiting` is typed and not yet written, `asks` what the chair asks now."""
        other = row.turn.id != self._turn_id
        self._turn_id = row.turn.id
        self._show_head(row)
        self.asks.show_ask(asks)
        self.show_agreed(row)
        for card in (self.history, self.clock):
            card.show_case(row)
        if other or not self.note.hasFocus():
            self.note.set_text(row.turn.note if waiting is None else waiting)
        if other:
            self.outcomes.forget_edits()
            self._show_saved(row)
        self.outcomes.show_case(row)
        self._show_last(row)

    def _show_head(self, row: LiveCaseRow) -> None:
        """What the chair reads: the title confirmed for the room, else the whole one; the rating."""
        case, turn = row.case, row.turn
        title = turn.room_title if turn.room_title_confirmed and turn.room_title else case.title
        self.reference.setText(case.reference or "Awaiting reference")
        if self.title.text() != title:
            self.title.setText(title)
        lead = ", ".join(filter(None, (row.lead.name, row.lead.agency)))
        told = mark_told_twice(case, row.on)
        whole = case.title if title != case.title else ""
        with_it = "; ".join(_beside(one) for one in row.linked)
        said = (whole, case.area, f"Lead {lead}" if lead else "", f"Linked: {with_it}" if with_it else "")
        self.under.setText(". ".join(filter(None, said)) + ".")
        self.sign.set_words(" ".join((*(f"{sign.words}." for sign in row.stale), told)).strip())
        tone = BAND_TONES[case.band]
        band, moved = case.band.value if case.band else "Not rated", change_words(row.change)
        self.rating.set_rating("–" if case.total is None else str(case.total), band, tone, moved, trend(row.change))

    def show_agreed(self, row: LiveCaseRow) -> None:
        """Status, a promise not kept, and whether it stands as it was read back."""
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
        self._between.show_decisions(row.between)
        self.plan.setText(f"{row.plan}." if row.plan else "")
        self.plan.setVisible(bool(row.plan))
        last = row.last_minute
        self._last_heading.setText(f"Minute, {screen_day(last.on, row.on)}" if last else "Not discussed before")
        words = last.note or (f"Outcome: {last.outcome.rule.word}." if last and last.outcome else "") if last else ""
        self._last_words.setText(words or ("" if last else "There is no earlier minute of this case."))


def _chips(row: LiveCaseRow) -> list[tuple[str, Tone]]:
    case = row.case
    chips: list[tuple[str, Tone]] = []
    if case.status is not CaseStatus.OPEN:
        chips.append((case.status.value.removeprefix("Open - ").capitalize(), Tone.ACCENT))
    promise = row.clocks.promise
    if promise.state is PromiseState.BROKEN:
        chips.append((promise.words, Tone.HIGH))
    later = any(action.later for action in row.agreed)
    if words := read_back_words(row.turn, later=later):
        chips.append((words, Tone.MEDIUM if has_changed_since(row.turn, later=later) else Tone.LOW))
    return chips
