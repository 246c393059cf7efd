"""A year of tasks for risk factors: which kinds of action were followed by a fall of which factor.

Counts, and no more: a factor can fall for other reasons than the task, and a task can help without a factor falling.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.factor_tasks import Fall, fall_of, fell_without_task, since
from csp_desktop.domain.cases.risk_matrix import Matrix
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState


@dataclass(frozen=True)
class KindCount:
    """The tasks of one kind for one factor: `fell` and `stayed` of those that are done and whose factor was assessed
    since, `unknown` done but not assessed since; `ended` not done or no longer possible."""

    label: str
    kind: ActionKind
    tasks: int
    done: int
    fell: int
    stayed: int
    unknown: int
    ended: int
    open: int


@dataclass(frozen=True)
class FactorYear:
    """The tasks agreed in one year, and the factors that fell in it while no task was meant to reduce them."""

    year: int
    rows: tuple[KindCount, ...]
    fell_alone: tuple[tuple[str, int], ...]  # label and how often, the most first

    @property
    def done_without_fall(self) -> int:
        """Tasks that were done and whose factor did not fall."""
        return sum(row.stayed for row in self.rows)

    @property
    def fell_after(self) -> int:
        """Tasks that were done and whose factor fell."""
        return sum(row.fell for row in self.rows)

    @property
    def unknown(self) -> int:
        """Tasks that were done and whose factor nobody assessed since."""
        return sum(row.unknown for row in self.rows)

    @property
    def alone(self) -> int:
        """How often a factor fell without a task."""
        return sum(count for _, count in self.fell_alone)


def year_of(
    year: int, tasks: Iterable[Action], made: Mapping[str, Sequence[CaseAssessment]], matrices: Mapping[str, Matrix]
) -> FactorYear:
    """The tasks agreed in that year, judged by the assessments up to its end. `made` by the case's id."""
    every = [one for one in tasks if one.factor]
    until = {key: [one for one in found if one.on.year <= year] for key, found in made.items()}
    groups: dict[tuple[str, ActionKind], list[Action]] = {}
    for one in every:
        if one.agreed_on.year == year:
            groups.setdefault((one.factor_label, one.kind), []).append(one)
    rows = [_counted(label, kind, found, until, matrices) for (label, kind), found in groups.items()]
    alone: Counter[str] = Counter()
    for case_id, found in until.items():
        mine = [one for one in every if one.case_id == case_id]
        alone.update(label for _, label, on in fell_without_task(found, mine, matrices) if on.year == year)
    order = tuple(ActionKind)
    return FactorYear(
        year,
        tuple(sorted(rows, key=lambda row: (row.label, order.index(row.kind)))),
        tuple(sorted(alone.items(), key=lambda one: (-one[1], one[0]))),
    )


def _counted(
    label: str,
    kind: ActionKind,
    tasks: Sequence[Action],
    made: Mapping[str, Sequence[CaseAssessment]],
    matrices: Mapping[str, Matrix],
) -> KindCount:
    done = [one for one in tasks if one.state is ActionState.DONE]
    falls = Counter(fall_of(one, since(one, made.get(one.case_id, ()), matrices)) for one in done)
    still = sum(one.state is ActionState.OPEN for one in tasks)
    return KindCount(
        label,
        kind,
        len(tasks),
        len(done),
        falls[Fall.FELL],
        falls[Fall.STAYED],
        falls[Fall.UNKNOWN],
        len(tasks) - len(done) - still,
        still,
    )


def years_of(tasks: Iterable[Action], made: Iterable[CaseAssessment], today: date) -> tuple[int, ...]:
    """The years there is something to count in, the newest first; this one always."""
    found = {one.agreed_on.year for one in tasks if one.factor} | {one.on.year for one in made} | {today.year}
    return tuple(sorted(found, reverse=True))
