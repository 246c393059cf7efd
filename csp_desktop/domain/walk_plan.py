"""Which cases fit the time there is for cases, how long each may take, and which to put off."""

from collections.abc import Sequence
from dataclasses import dataclass

from csp_desktop.domain.cases import Band
from csp_desktop.domain.pace import weight

LEAST = {Band.HIGH: 4, Band.MEDIUM: 3, Band.STANDARD: 2}
LEAST_UNKNOWN = 3  # a case without a rating is no small case


@dataclass(frozen=True)
class WalkCase:
    """What the plan needs to know of a case, in its place of the walk."""

    case_id: str
    band: Band | None
    broken: bool  # a promise about it is broken


@dataclass(frozen=True)
class WalkPlan:
    """Planned minutes of every case that fits, and the cases proposed to defer; the meeting decides."""

    room: int  # minutes there are for cases
    minutes: tuple[tuple[str, int], ...]
    deferred: tuple[str, ...]

    @property
    def words(self) -> str:
        """'All 12 cases fit the 80 minutes for cases.' '27 of 46 cases fit the 80 minutes for cases.'"""
        fit, whole = len(self.minutes), len(self.minutes) + len(self.deferred)
        if not whole:
            return "No case is on the agenda."
        if whole == 1:
            return f"The one case {'fits' if fit else 'does not fit'} the {self.room} minutes for cases."
        if fit == whole:
            return f"All {whole} cases fit the {self.room} minutes for cases."
        return f"{fit or 'None'} of {whole} cases {'fits' if fit == 1 else 'fit'} the {self.room} minutes for cases."


def least_minutes(band: Band | None) -> int:
    """The least a case is planned with: less than this says nothing about it."""
    return LEAST_UNKNOWN if band is None else LEAST[band]


def plan_walk(cases: Sequence[WalkCase], room: int, most: int) -> WalkPlan:
    """Put off from the end of the walk until the rest fit with their least minutes, broken promises only when nothing
    else is left; what is then spare is shared by band, a minute at a time, nobody above `most`."""
    least = [min(most, least_minutes(c.band)) for c in cases]
    stay = set(range(len(cases)))
    for index in sorted(stay, key=lambda n: (cases[n].broken, -n)):
        if sum(least[n] for n in stay) <= room:
            break
        stay.remove(index)
    planned = {n: least[n] for n in sorted(stay)}
    _share(planned, [weight(c.band) for c in cases], room - sum(planned.values()), most)
    return WalkPlan(
        room,
        tuple((cases[n].case_id, minutes) for n, minutes in planned.items()),
        tuple(case.case_id for n, case in enumerate(cases) if n not in stay),
    )


def _share(planned: dict[int, int], weights: Sequence[int], spare: int, most: int) -> None:
    """Give each spare minute to the case that has least for its weight; the earlier in the walk goes first."""
    while spare > 0:
        waiting = [n for n, minutes in planned.items() if minutes < most]
        if not waiting:
            return
        planned[min(waiting, key=lambda n: (planned[n] / weights[n], n))] += 1
        spare -= 1
