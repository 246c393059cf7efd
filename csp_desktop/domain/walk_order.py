"""The order of the walk: broken promises (most days late first), then band, then oldest; the chair can reorder."""

from collections.abc import Iterable
from dataclasses import dataclass

from csp_desktop.domain.cases import Band, Case, CaseStatus
from csp_desktop.domain.clocks import CaseClocks, Promise, PromiseState
from csp_desktop.domain.days import tiny_day

BANDS = (Band.HIGH, Band.MEDIUM, Band.STANDARD, None)


@dataclass(frozen=True)
class Walked:
    """A case with its clocks, ready for its place in the walk."""

    case: Case
    clocks: CaseClocks

    @property
    def promise(self) -> Promise:
        """The promise that counts."""
        return self.clocks.promise

    @property
    def why(self) -> str:
        """Why it stands where it stands, in words."""
        if self.promise.state in (PromiseState.BROKEN, PromiseState.DUE):
            return self.promise.words
        band = self.case.band.value if self.case.band else "No rating"
        return f"{band}, open since {tiny_day(self.case.created_on)}"


def is_walked(case: Case) -> bool:
    """Every open case is walked, monitored ones too; closed ones are not."""
    return case.status is not CaseStatus.CLOSED


def order_of_walk(cases: Iterable[Walked]) -> list[Walked]:
    """The open cases in the order of the walk."""
    return sorted((w for w in cases if is_walked(w.case)), key=_place)


def _place(walked: Walked) -> tuple[int, int, int, int, str]:
    late = walked.promise.days_late if walked.promise.state is PromiseState.BROKEN else 0
    broken = 0 if walked.promise.state is PromiseState.BROKEN else 1
    case = walked.case
    return broken, -late, BANDS.index(case.band), case.created_on.toordinal(), case.reference
