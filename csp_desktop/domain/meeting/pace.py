"""How the walk stands against the clock: a budget for each case, a finish forecast, and how far behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from csp_desktop.domain.cases.cases import Band

WEIGHTS = {Band.HIGH: 3, Band.MEDIUM: 2, Band.STANDARD: 1}
WEIGHT_UNKNOWN = 2  # a case without a rating is no small case
ENOUGH_TO_JUDGE = 3  # cases done before the forecast follows the pace of this very meeting
SAID_FROM = timedelta(minutes=1)  # less than a minute off is on time


def weight(band: Band | None) -> int:
    """How much of the slot a case gets beside the others."""
    return WEIGHT_UNKNOWN if band is None else WEIGHTS[band]


@dataclass(frozen=True)
class Stage:
    """An agenda item, or one case, as the pace sees it. `spent` counts up to now. A case has a weight, an item none."""

    planned: timedelta
    spent: timedelta
    done: bool
    weight: int = 0

    @property
    def is_case(self) -> bool:
        """Whether this is a case of the walk."""
        return self.weight > 0


@dataclass(frozen=True)
class Pace:
    """Where the meeting stands in time."""

    left_for_cases: timedelta  # negative when the slot is over
    budget: timedelta  # for the case in hand
    over_budget: bool
    behind: timedelta  # negative: ahead
    finish: datetime

    @property
    def amber(self) -> bool:
        """Whether the pace is shown as a warning."""
        return self.behind >= SAID_FROM or self.over_budget

    @property
    def words(self) -> str:
        """'4 min behind', 'on time', '3 min ahead'."""
        minutes = int(abs(self.behind) / timedelta(minutes=1))
        if minutes == 0:
            return "on time"
        return f"{minutes} min {'behind' if self.behind > timedelta() else 'ahead'}"


def pace(stages: Sequence[Stage], current: int | None, now: datetime, ends: datetime, most_minutes: int) -> Pace:
    """Read the clock. `stages` are every item and every case in order (the item of the cases itself is not among them);
    `current` is the index of the one in hand, or None between them."""
    left = ends - now - sum((_still(s) for s in stages if not s.is_case and not s.done), timedelta())
    waiting = [(i, s) for i, s in enumerate(stages) if s.is_case and not s.done]
    whole = sum(s.weight for _, s in waiting)
    in_hand = stages[current] if current is not None else None
    budget = timedelta()
    if in_hand is not None and in_hand.is_case and whole:
        share = max(left + in_hand.spent, timedelta()) * in_hand.weight / whole
        budget = min(timedelta(minutes=most_minutes), share)
    over = in_hand is not None and in_hand.is_case and not in_hand.done and in_hand.spent > budget
    behind = sum((s.spent - s.planned for s in stages if s.done), timedelta())
    if in_hand is not None and not in_hand.done:
        behind += max(in_hand.spent - in_hand.planned, timedelta())
    return Pace(left, budget, over, behind, now + _to_come(stages))


def _still(stage: Stage) -> timedelta:
    return max(stage.planned - stage.spent, timedelta())


def _to_come(stages: Sequence[Stage]) -> timedelta:
    """What the rest will take: items as planned, cases at the pace of those done here once there are enough of them."""
    done = [s for s in stages if s.is_case and s.done and s.spent]
    rest = timedelta()
    per_weight = None
    if len(done) >= ENOUGH_TO_JUDGE:
        per_weight = sum((s.spent for s in done), timedelta()) / sum(s.weight for s in done)
    for stage in stages:
        if stage.done:
            continue
        if stage.is_case and per_weight is not None:
            rest += max(per_weight * stage.weight - stage.spent, timedelta())
        else:
            rest += _still(stage)
    return rest
