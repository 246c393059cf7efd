"""What a meeting goes through, how long each part may take, and how many cases fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from csp_desktop.domain.cases import Band
from csp_desktop.domain.meeting import ItemKind
from csp_desktop.domain.pace import budgets

DEFAULT_ITEMS: tuple[tuple[ItemKind, str, int], ...] = (
    (ItemKind.CONFIDENTIALITY, "Confidentiality", 5),
    (ItemKind.APOLOGIES, "Apologies", 2),
    (ItemKind.MATTERS_ARISING, "Minutes of the last meeting, matters arising", 8),
    (ItemKind.CASES, "Open Safety Net cases", 80),
    (ItemKind.EMERGING, "Emerging issues by area of work", 12),
    (ItemKind.CASE_REVIEWS, "ASB case reviews", 6),
    (ItemKind.OTHER, "Other business", 5),
    (ItemKind.NEXT_DATE, "Next date", 2),
)
LEAST_MINUTES = {Band.HIGH: 4, Band.MEDIUM: 3, Band.STANDARD: 2}  # below this a case is only read out, not reviewed
LEAST_UNKNOWN = 3


@dataclass(frozen=True)
class PlannedItem:
    """One line of an agenda before it is a meeting's own."""

    kind: ItemKind
    title: str
    minutes: int


def default_items(own_minutes: Sequence[tuple[str, int]] = ()) -> tuple[PlannedItem, ...]:
    """The usual agenda in its order, with the partnership's own minutes (by kind) where it has set them."""
    own = dict(own_minutes)
    return tuple(PlannedItem(kind, title, own.get(kind.value, minutes)) for kind, title, minutes in DEFAULT_ITEMS)


def least_minutes(band: Band | None) -> int:
    """The shortest time in which a case of this band can be reviewed at all."""
    return LEAST_UNKNOWN if band is None else LEAST_MINUTES[band]


@dataclass(frozen=True)
class WalkCase:
    """A case as the plan of the walk sees it; `promised` when a broken promise forbids putting it off."""

    id: str
    band: Band | None
    promised: bool = False


@dataclass(frozen=True)
class WalkPlan:
    """Which cases fit the slot, which are proposed for deferral, and the minutes of each that stays."""

    walked: tuple[str, ...]
    deferred: tuple[str, ...]
    minutes: tuple[tuple[str, int], ...]
    short_by: int  # minutes still missing although everything that may wait was put off

    @property
    def words(self) -> str:
        """'32 of 46 cases fit; 14 proposed to defer'."""
        total = len(self.walked) + len(self.deferred)
        if not self.deferred:
            fit = f"All {total} cases fit" if total != 1 else "The one case fits"
        else:
            fit = f"{len(self.walked)} of {total} cases fit; {len(self.deferred)} proposed to defer"
        return f"{fit}, {self.short_by} min short" if self.short_by else fit


def plan_walk(cases: Sequence[WalkCase], minutes: int, most_minutes: int) -> WalkPlan:
    """Walk as many as the minutes allow. Put off from the end of the order, standard before medium; never a case of high
    risk or one that breaks a promise."""
    needed = sum(least_minutes(c.band) for c in cases)
    deferred: set[str] = set()
    for band in (Band.STANDARD, Band.MEDIUM):
        for case in reversed(cases):
            if needed > minutes and case.band is band and not case.promised:
                deferred.add(case.id)
                needed -= least_minutes(case.band)
    walked = [c for c in cases if c.id not in deferred]
    spare = timedelta(minutes=max(0, minutes - sum(least_minutes(c.band) for c in walked)))
    shares = budgets(spare, [c.band for c in walked], most_minutes)
    planned = tuple(
        (c.id, min(most_minutes, least_minutes(c.band) + int(share / timedelta(minutes=1))))
        for c, share in zip(walked, shares, strict=True)
    )
    put_off = tuple(c.id for c in cases if c.id in deferred)
    return WalkPlan(tuple(c.id for c in walked), put_off, planned, max(0, needed - minutes))

