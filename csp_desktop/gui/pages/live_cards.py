"""The three cards over a case: the rating and its history, the clock, and what is known to drive the risk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.cases import Case, CaseStatus
from csp_desktop.domain.clocks import PromiseState
from csp_desktop.domain.days import days_words, tiny_day
from csp_desktop.gui.pages.live_words import band_tone, change_words
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.big_number import BigNumber
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.case_clock import CaseClock, ClockMark
from csp_desktop.gui.widgets.pill import Pill
from csp_desktop.gui.widgets.risk_chart import RiskBand, RiskChart, RiskPoint
from csp_desktop.services.reviewing_cases import LiveCaseRow

_SHOWN = 5  # the newest totals
_PROMISES = {
    PromiseState.BROKEN: Tone.HIGH,
    PromiseState.DUE: Tone.MEDIUM,
    PromiseState.KEPT: Tone.LOW,
    PromiseState.UNKNOWN: Tone.NEUTRAL,
}


class RiskCard(Card):
    """The number one reads across the table, its band in words, how it moved, and the history."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Risk rating")
        self._number, self._band, self._moved = BigNumber(self), Pill(self), QLabel(self)
        self._chart = RiskChart(self)
        self._number.set_size(72)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._band)
        below.addWidget(self._moved)
        below.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self._number, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(below)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self._chart, 1)
        self.add(row, 1)

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        case = row.case
        self.set_title("Risk rating", f"Assessed {tiny_day(case.assessed_on)}" if case.assessed_on else "Not assessed")
        tone = band_tone(case.band)
        self._number.set_number("–" if case.total is None else str(case.total), tone=tone)
        self._band.set_text(case.band.value if case.band else "Not rated", tone)
        self._moved.setText(change_words(row.change))
        set_role(self._moved, "high" if row.went_up else "low" if row.change else "second")
        points = row.points[-_SHOWN:]
        shown = [RiskPoint(tiny_day(p.dated), p.total, band_tone(p.band)) for p in points]
        clocks = row.clocks
        waiting = case.status is not CaseStatus.MONITORING and clocks.fallen is False and clocks.fall_due >= row.on
        goal = (tiny_day(clocks.fall_due), max(0, row.points[0].total - 1)) if waiting and points else None
        self._chart.set_history(shown, (RiskBand("", 0, Tone.NEUTRAL),), 1000, goal)


class ClockCard(Card):
    """What was promised by when, and whether it was kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Case clock")
        self._clock, self._words = CaseClock(self), QLabel(self)
        self._words.setWordWrap(True)
        set_role(self._words, "second")
        self.add(self._clock)
        self.add(self._words, 1)

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        clocks = row.clocks
        monitored = row.case.status is CaseStatus.MONITORING and clocks.monitoring_until is not None
        ends = clocks.monitoring_until if monitored and clocks.monitoring_until else clocks.fall_due
        promise = clocks.promise
        tone = _PROMISES[promise.state]
        left = (ends - row.on).days
        done = not monitored and clocks.fallen
        caption = "fallen" if done else f"{days_words(left)} left" if left >= 0 else f"{days_words(-left)} over"
        self.set_title("Case clock", caption, Tone.LOW if done else tone if tone is not Tone.NEUTRAL else None)
        whole = max((ends - clocks.opened).days, 1)
        marks = [ClockMark("Opened", tiny_day(clocks.opened), 0.0, True)]
        review = clocks.first_review or clocks.review_due
        if 0 < (review - clocks.opened).days < whole:
            at = (review - clocks.opened).days / whole
            word = "Reviewed" if clocks.first_review else "Review due"
            marks.append(ClockMark(word, tiny_day(review), at, clocks.first_review is not None))
        marks.append(ClockMark("Monitor to" if monitored else "Fall due", tiny_day(ends), 1.0, bool(done)))
        at_day = clocks.day / whole
        self._clock.set_clock(marks, f"Day {clocks.day}", min(at_day, 1.0) if done else at_day)
        self._clock.updateGeometry()
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
    return "Marked: " + ", ".join(marks) if marks else "No mark on this case."
