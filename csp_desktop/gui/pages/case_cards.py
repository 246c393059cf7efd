"""The cards of a case's page: its rating through time, its clock, what meetings said, and its actions."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop.domain.cases import CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.days import clock, days_words, long_day, tiny_day
from csp_desktop.domain.meeting import Outcome
from csp_desktop.gui.pages.glance_cards import PromiseCard, RatingCard
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets import risk_chart
from csp_desktop.gui.widgets.case_table import BANDS, PROMISES
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.risk_chart import RiskBand
from csp_desktop.services.agreeing_actions import ActionRow
from csp_desktop.services.disclosing import DisclosureRow
from csp_desktop.services.keeping_cases import CasePage, NoteRow

SHOWN = 8  # the newest totals in the chart; the caption says when there are more
_TONES = {"high": Tone.HIGH, "medium": Tone.MEDIUM, "low": Tone.LOW}


class RiskCard(RatingCard):
    """The rating with every total known, and those that changed silently."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = QLabel(self)
        self._silent.setWordWrap(True)
        set_role(self._silent, "caption")
        self.add(self._silent)

    def show_case(self, page: CasePage) -> None:
        """Another case, in place."""
        points = page.points
        change = points[-1].total - points[-2].total if len(points) > 1 else None
        self.show_rating(page.case, change, f", last {SHOWN} of {len(points)}" if len(points) > SHOWN else "")
        shown = [risk_chart.RiskPoint(tiny_day(p.dated), p.total, BANDS[p.band]) for p in points[-SHOWN:]]
        self._chart.set_history(shown, (RiskBand("", 0, Tone.NEUTRAL),), 1000)
        self._chart.setVisible(bool(shown))
        self._silent.setText(silent_words(points))
        self._silent.setVisible(bool(self._silent.text()))
        self.show_signs(page.stale)


def silent_words(points: Sequence[RiskPoint]) -> str:
    """Totals that changed in Safety Net under an unchanged assessment date are marked so."""
    days = [f"{p.total} of {tiny_day(p.dated)}" for p in points if p.without_assessment]
    return f"Changed without a new assessment, dated by the import: {', '.join(days)}." if days else ""


class ClockCard(PromiseCard):
    """What was promised by when, and whether it was kept."""

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
        monitored = case.status is CaseStatus.MONITORING and clocks.monitoring_until is not None
        self.show_marks(clocks, monitored, not monitored and bool(clocks.fallen))
        left = days_words(abs(clocks.promise.days_late)) if clocks.promise.days_late else ""
        said = [p.words for p in clocks.promises]
        told = ". ".join(said) + "."
        self._words.setText(f"{told} {left} late." if left and left not in told else told)


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


def heard_words(rows: Sequence[DisclosureRow]) -> str:
    """Each meeting at which a case was opened: the day, the agencies in the room, and why they may know."""
    if not rows:
        return "It has not been opened in a meeting yet."
    lines = [f"{tiny_day(row.on)} {row.on.year}, {clock(row.at)}: {', '.join(row.agencies)}." for row in rows]
    return "\n".join([*lines, f"Purpose: {rows[0].purpose}.", f"Basis: {rows[0].basis}."])


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
