"""Who is missing where it matters: an agency that sends nobody although cases of this meeting are its own, and who
comes instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csp_desktop.domain.common.text import count_of


@dataclass(frozen=True)
class StandIn:
    """A member who comes instead of an agency that sends nobody."""

    id: str
    meeting_id: str
    agency_id: str
    member_id: str


@dataclass(frozen=True)
class Need:
    """Why a meeting needs an agency: so many cases of one kind."""

    agency_id: str
    cases: int
    actions: int
    health: bool = False  # the cases are those with a mental-health factor


@dataclass(frozen=True)
class Gap:
    """An agency that sends nobody although it is needed."""

    agency_id: str
    name: str
    words: str  # 'CMHT not coming: 7 cases with mental health'
    cases: int


def gaps(needs: Iterable[Need], names: dict[str, str], coming: Iterable[str]) -> tuple[Gap, ...]:
    """The agencies needed from which nobody comes, those with the most cases first. `coming` are the ids of those
    somebody comes from, or for whom somebody comes instead.
    """
    there = set(coming)
    missing = [
        Gap(need.agency_id, names[need.agency_id], _words(names[need.agency_id], need), need.cases)
        for need in needs
        if need.agency_id in names and need.agency_id not in there and (need.cases or need.actions)
    ]
    return tuple(sorted(missing, key=lambda gap: (-gap.cases, gap.name)))


def _words(name: str, need: Need) -> str:
    parts: Sequence[str] = [
        f"{count_of(need.cases, 'case', 'cases')} {'with mental health' if need.health else 'for them'}"
        if need.cases
        else "",
        count_of(need.actions, "open action", "open actions") if need.actions else "",
    ]
    return f"{name} not coming: {' and '.join(filter(None, parts))}"
