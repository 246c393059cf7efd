"""What every view of a case shows at a glance: its rating and the marks of its clock. The pages add what is theirs."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.clocks import CaseClocks, StaleSign
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.walk import change_words
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.badges import BAND_TONES, BigNumber, Pill
from csp_desktop.gui.widgets.case_clock import CaseClock, ClockMark
from csp_desktop.gui.widgets.labels import SignLine
from csp_desktop.gui.widgets.panels import Card


class RatingCard(Card):
    """The number one reads across the table, its level in words, how it moved."""

    def __init__(self, parent: QWidget | None = None, *, size: int = 56) -> None:
        super().__init__(parent, title="Risk rating")
        self._number, self._band, self._moved = BigNumber(self), Pill(self), QLabel(self)
        self._number.set_size(size)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._band)
        below.addWidget(self._moved)
        below.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self._number, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(below)
        left.addStretch(1)
        self.add(left, 1)
        self._sign = SignLine(self)
        self.add(self._sign)

    def show_signs(self, signs: Sequence[StaleSign]) -> None:
        """Why the rating may no longer tell how things are."""
        self._sign.set_words(". ".join(sign.words for sign in signs) + "." if signs else "")

    def show_rating(self, case: Case, change: int | None, today: date, more: str = "") -> None:
        """Total, level and movement; `more` follows the day of the assessment."""
        assessed = f"Assessed {screen_day(case.assessed_on, today)}" if case.assessed_on else "Not assessed"
        self.set_title("Risk rating", assessed + more)
        tone = BAND_TONES[case.band]
        self._number.set_number("–" if case.total is None else str(case.total), tone=tone)
        self._band.set_text(case.band.value if case.band else "Not rated", tone)
        self._moved.setText(change_words(change))
        set_role(self._moved, "high" if change and change > 0 else "low" if change else "second")


class PromiseCard(Card):
    """The clock and what was promised, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Deadlines")
        self._clock, self._words = CaseClock(self), QLabel(self)
        self._words.setWordWrap(True)
        set_role(self._words, "second")
        self.add(self._clock)
        self.add(self._words, 1)

    def show_marks(self, clocks: CaseClocks, monitored: bool, fallen: bool) -> None:
        """From the opening to the day the fall is due, or to the end of monitoring."""
        show_marks(self._clock, clocks, monitored, fallen)


def show_marks(clock: CaseClock, clocks: CaseClocks, monitored: bool, fallen: bool) -> None:
    """From the opening to the day the fall is due, or to the end of monitoring."""
    ends = clocks.monitoring_until if monitored and clocks.monitoring_until else clocks.fall_due
    whole = max((ends - clocks.opened).days, 1)
    marks = [ClockMark("Opened", screen_day(clocks.opened, clocks.today), 0.0, True)]
    review = clocks.first_review or clocks.review_due
    if 0 < (review - clocks.opened).days < whole:
        word = "1st review" if clocks.first_review else "Review due"
        at = (review - clocks.opened).days / whole
        marks.append(ClockMark(word, screen_day(review, clocks.today), at, clocks.first_review is not None))
    marks.append(ClockMark("Monitor to" if monitored else "Reduction due", screen_day(ends, clocks.today), 1.0, fallen))
    at_day = clocks.day / whole
    clock.set_clock(marks, f"Day {clocks.day}", min(at_day, 1.0) if fallen else at_day)
    clock.updateGeometry()


def mark_told_twice(case: Case, today: date) -> str:
    """Where a person set the repeat-victim mark and Safety Net says otherwise, both: who set it here, and what is
    there."""
    if not case.repeat_by or case.repeat_in_safety_net in (None, case.repeat_victim):
        return ""
    here = "Flagged as a repeat victim" if case.repeat_victim else "Repeat victim flag removed"
    there = "a repeat victim" if case.repeat_in_safety_net else "no repeat victim"
    on = f" on {screen_day(case.repeat_on, today)}" if case.repeat_on else ""
    return f"{here} by {case.repeat_by}{on}; Safety Net shows {there}."
