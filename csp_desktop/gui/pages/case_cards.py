"""The cards of a case's page: its rating through time, its clock, what meetings said, and its actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.cases import CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.days import days_words, long_day, tiny_day
from csp_desktop.domain.meeting import Outcome
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets import risk_chart
from csp_desktop.gui.widgets.big_number import BigNumber
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.case_clock import CaseClock, ClockMark
from csp_desktop.gui.widgets.case_table import BANDS, PROMISES
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.pill import Pill
from csp_desktop.gui.widgets.risk_chart import RiskBand, RiskChart
from csp_desktop.services.agreeing_actions import ActionRow
from csp_desktop.services.keeping_cases import CasePage, NoteRow

SHOWN = 8  # the newest totals in the chart; the caption says when there are more
_TONES = {"high": Tone.HIGH, "medium": Tone.MEDIUM, "low": Tone.LOW}


class RiskCard(Card):
    """The total, its level in words, how it moved, and every total known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Risk rating")
        self._number, self._band, self._moved = BigNumber(self), Pill(self), QLabel(self)
        self._number.set_size(56)
        self._chart, self._silent = RiskChart(self), QLabel(self)
        self._silent.setWordWrap(True)
        set_role(self._silent, "caption")
        below = QHBoxLayout()
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
        self.add(self._silent)

    def show_case(self, page: CasePage) -> None:
        """Another case, in place."""
        case, points = page.case, page.points
        caption = f"Assessed {tiny_day(case.assessed_on)}" if case.assessed_on else "Not assessed"
        more = f", last {SHOWN} of {len(points)}" if len(points) > SHOWN else ""
        self.set_title("Risk rating", caption + more)
        tone = BANDS[case.band]
        self._number.set_number("–" if case.total is None else str(case.total), tone=tone)
        self._band.set_text(case.band.value if case.band else "Not rated", tone)
        change = points[-1].total - points[-2].total if len(points) > 1 else None
        self._moved.setText(moved_words(change))
        set_role(self._moved, "high" if change and change > 0 else "low" if change else "second")
        shown = [risk_chart.RiskPoint(tiny_day(p.dated), p.total, BANDS[p.band]) for p in points[-SHOWN:]]
        self._chart.set_history(shown, (RiskBand("", 0, Tone.NEUTRAL),), 1000)
        self._chart.setVisible(bool(shown))
        self._silent.setText(silent_words(points))
        self._silent.setVisible(bool(self._silent.text()))


def moved_words(change: int | None) -> str:
    """'down 6', 'no change'; empty when only one total is known."""
    if change is None:
        return ""
    return f"{'up' if change > 0 else 'down'} {abs(change)}" if change else "no change"


def silent_words(points: Sequence[RiskPoint]) -> str:
    """Totals that changed in Safety Net under an unchanged assessment date are marked so."""
    days = [f"{p.total} of {tiny_day(p.dated)}" for p in points if p.without_assessment]
    return f"Changed without a new assessment, dated by the import: {', '.join(days)}." if days else ""


class ClockCard(Card):
    """What was promised by when, and whether it was kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Case clock")
        self._clock, self._words = CaseClock(self), QLabel(self)
        self._words.setWordWrap(True)
        set_role(self._words, "second")
        self.add(self._clock)
        self.add(self._words, 1)

    def show_case(self, page: CasePage) -> None:
        """Another case, in place; a closed one has no clock that runs."""
        clocks, case = page.clocks, page.case
        closed = case.status is CaseStatus.CLOSED
        self._clock.setVisible(not closed)
        if closed:
            self.set_title("Case clock", "closed")
            self._words.setText(f"Opened {long_day(clocks.opened)}. Its promises no longer count.")
            return
        self.set_title("Case clock", clocks.promise.state.value.capitalize(), PROMISES[clocks.promise.state])
        monitored = clocks.monitoring_until if case.status is CaseStatus.MONITORING else None
        ends = monitored or clocks.fall_due
        whole = max((ends - clocks.opened).days, 1)
        marks = [ClockMark("Opened", tiny_day(clocks.opened), 0.0, True)]
        review = clocks.first_review or clocks.review_due
        if 0 < (review - clocks.opened).days < whole:
            word = "Reviewed" if clocks.first_review else "Review due"
            at = (review - clocks.opened).days / whole
            marks.append(ClockMark(word, tiny_day(review), at, clocks.first_review is not None))
        fallen = monitored is None and bool(clocks.fallen)
        marks.append(ClockMark("Monitor to" if monitored else "Fall due", tiny_day(ends), 1.0, fallen))
        at_day = clocks.day / whole
        self._clock.set_clock(marks, f"Day {clocks.day}", min(at_day, 1.0) if fallen else at_day)
        left = days_words(abs(clocks.promise.days_late)) if clocks.promise.days_late else ""
        said = [p.words for p in clocks.promises]
        self._words.setText(". ".join(said) + "." + (f" {left} late." if left and left not in said[0] else ""))


def note_entries(notes: Sequence[NoteRow]) -> list[str]:
    """Heads of notes: 'Thursday 29 October 2026 · continue'."""
    return [f"{long_day(n.on)}{f' · {n.outcome.value}' if n.outcome else ''}" for n in notes]


def note_text(note: NoteRow) -> str:
    """All that was said and decided."""
    parts = [note.note]
    if note.outcome is Outcome.DEFER and note.reason:
        parts.append(f"Deferred: {note.reason}")
    elif note.reason:
        parts.append(note.reason)
    if note.refer_to:
        parts.append(f"Referred to {note.refer_to}.")
    if note.dissent:
        parts.append(f"Dissent: {note.dissent}")
    return "\n".join(part for part in parts if part) or "No words were minuted."


def action_entries(rows: Sequence[ActionRow]) -> list[Entry]:
    """Actions with what became of them."""
    return [
        Entry(
            row.action.id,
            row.action.what,
            row.line,
            person=row.officer.name,
            group=row.officer.agency_id,
            pill=row.status,
            pill_tone=_TONES.get(row.tone, Tone.NEUTRAL),
        )
        for row in rows
    ]


def life_entries(changes: Sequence[StatusChange]) -> list[Entry]:
    """Each step in the life of the case: what, when, who, why."""
    return [
        Entry(
            change.id,
            change.after.value,
            f"{change.reason}, {change.by}" if change.by else change.reason,
            mark=EntryMark.CURRENT if number == 0 else EntryMark.DONE,
            caption=tiny_day(change.on),
        )
        for number, change in enumerate(changes)
    ]
