"""The three cards over a case: the rating and its history, the clock, and what is known to drive the risk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop.domain.cases import Case, CaseStatus
from csp_desktop.domain.days import days_words, tiny_day
from csp_desktop.gui.pages.glance_cards import PromiseCard, RatingCard, mark_told_twice
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.case_table import BANDS, PROMISES
from csp_desktop.gui.widgets.risk_chart import RiskBand, RiskPoint
from csp_desktop.services.reviewing_cases import LiveCaseRow

_SHOWN = 5  # the newest totals


class RiskCard(RatingCard):
    """The rating with the newest totals, and where it is expected to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, size=72)

    def show_case(self, row: LiveCaseRow) -> None:
        """Another case, in place."""
        self.show_rating(row.case, row.change)
        points = row.points[-_SHOWN:]
        shown = [RiskPoint(tiny_day(p.dated), p.total, BANDS[p.band]) for p in points]
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
        tone = PROMISES[clocks.promise.state]
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
