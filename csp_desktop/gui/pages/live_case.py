"""One case in hand, laid out once and filled again for every case."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.cases import CaseStatus
from csp_desktop.domain.clocks import PromiseState
from csp_desktop.domain.days import clock_seconds, month_day
from csp_desktop.domain.walk import read_back_words
from csp_desktop.gui.pages.live_answers import AnswerList, Past
from csp_desktop.gui.pages.live_cards import ClockCard, DriversCard, RiskCard
from csp_desktop.gui.pages.live_outcomes import OutcomeBar
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.flow import Flow
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.pill import Pill
from csp_desktop.gui.widgets.saved_label import SavedLabel
from csp_desktop.gui.widgets.title_label import TitleLabel
from csp_desktop.services.reviewing_cases import LiveCaseRow

_CHIPS = 5


class CaseView(QWidget):
    """Header, cards, minute, last time, outcomes. `show_case` fills what is there and makes nothing new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.risk, self.clock, self.drivers = RiskCard(self), ClockCard(self), DriversCard(self)
        self.note, self.saved = NoteEditor(self), SavedLabel(self)
        self.last, self.answers = Card(self, title="Agreed last time"), AnswerList(self)
        self.outcomes = OutcomeBar(self)
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
        chips.addWidget(self.outcomes.asked)
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

    def show_case(self, row: LiveCaseRow) -> None:
        """Fill everything with this case; the minute's text and caret are left alone while it is the same case."""
        other = row.turn.id != self._turn_id
        self._turn_id = row.turn.id
        case = row.case
        self._reference.setText(case.reference or "Awaits its reference")
        if self._title.text() != case.title:
            self._title.setText(case.title)
        self._lead.setText(row.lead.name)
        self._avatar.set_person(row.lead.name, row.lead.agency)
        for pill, (words, tone) in zip(self._chips, [*_chips(row), *[("", Tone.NEUTRAL)] * _CHIPS], strict=False):
            pill.set_text(words, tone)
        for card in (self.risk, self.clock, self.drivers):
            card.show_case(row)
        if other or not self.note.hasFocus():
            self.note.set_text(row.turn.note)
        if other:
            self.outcomes.forget_edits()
            self._show_saved(row)
        self.outcomes.show_case(row)
        self._show_last(row)

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
        words = last.note or (f"Outcome: {last.outcome.value}." if last and last.outcome else "") if last else ""
        self._last_words.setText(words or ("" if last else "There is no earlier minute of this case."))


def _chips(row: LiveCaseRow) -> list[tuple[str, Tone]]:
    case = row.case
    chips = [(case.area, Tone.NEUTRAL)]
    if case.status is not CaseStatus.OPEN:
        chips.append((case.status.value.removeprefix("Open - ").capitalize(), Tone.ACCENT))
    promise = row.clocks.promise
    if promise.state is PromiseState.BROKEN:
        chips.append((promise.words, Tone.HIGH))
    words = read_back_words(row.turn, later=any(action.later for action in row.agreed))
    if words:
        chips.append((words, Tone.LOW if words.startswith("Read back") else Tone.MEDIUM))
    return chips
