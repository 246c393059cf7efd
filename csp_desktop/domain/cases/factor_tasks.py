"""From a risk factor to a task, and back: which tasks were meant to reduce a factor, and did it fall.

Points are compared only between assessments made with the same version of the matrix. That a factor fell after a task
was done does not say that it fell because of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.risk_matrix import Matrix
from csp_desktop.domain.meeting.actions import Action, ActionState


@dataclass(frozen=True)
class FactorThen:
    """A factor as it was last answered when a task was agreed for it."""

    key: str
    label: str
    points: int
    matrix_id: str


@dataclass(frozen=True)
class FactorNow:
    """What a factor came to on the day it was last assessed."""

    points: int
    on: date


class Fall(Enum):
    """How the factor of a task stands against its points when the task was agreed."""

    FELL = "fell"
    STAYED = "did not fall"
    UNKNOWN = "not assessed since"


class Came(Enum):
    """What came of a factor and the tasks that were meant to reduce it, in the words shown."""

    DONE_FELL = "Done, fell"
    DONE_STAYED = "Done, did not fall"
    DONE_UNKNOWN = "Done, not assessed since"
    NOT_DONE = "Not done"
    NOT_DONE_FELL = "Not done, fell"
    OPEN = "Task open"
    OPEN_FELL = "Task open, fell"
    FELL_ALONE = "Fell without a task"
    NO_TASK = "No task was set"


@dataclass(frozen=True)
class FactorMoved:
    """One factor between two assessments, the later made `on` that day. `before` and `now` are its points, None where
    it was not answered or the versions of the matrix differ; `tasks` were meant to reduce it meanwhile, `coming` were
    agreed since."""

    key: str
    label: str
    before: int | None
    now: int | None
    on: date
    tasks: tuple[Action, ...] = ()
    coming: tuple[Action, ...] = ()

    @property
    def change(self) -> int | None:
        """By how many points, where both are known."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def came(self) -> Came:
        """What came of it: a task that was done says more than one that is open, and that more than one not done."""
        fell = self.change is not None and self.change < 0
        states = {task.state for task in (*self.tasks, *self.coming)}
        if not states:
            return Came.FELL_ALONE if fell else Came.NO_TASK
        if ActionState.DONE in states:
            if self.change is None or not any(_is_done_by(one, self.on) for one in self.tasks):
                return Came.DONE_UNKNOWN
            return Came.DONE_FELL if fell else Came.DONE_STAYED
        if ActionState.OPEN in states:
            return Came.OPEN_FELL if fell else Came.OPEN
        return Came.NOT_DONE_FELL if fell else Came.NOT_DONE


def _is_done_by(task: Action, on: date) -> bool:
    return task.state is ActionState.DONE and (task.closed_on is None or task.closed_on <= on)


def for_factor(action: Action, then: FactorThen) -> Action:
    """The action as a task for this factor: it carries the factor and its points at this time."""
    return replace(
        action, factor=then.key, factor_label=then.label, factor_points=then.points, matrix_id=then.matrix_id
    )


def points_in(matrix: Matrix, made: CaseAssessment, factor: str) -> int | None:
    """What one factor came to in an assessment; None where it was not answered or is not of this matrix."""
    found = matrix.factor(factor)
    option = found.option(dict(made.answers).get(factor, "")) if found is not None else None
    return option.points if option is not None else None


def since(task: Action, made: Iterable[CaseAssessment], matrices: Mapping[str, Matrix]) -> FactorNow | None:
    """What the factor of a task came to when it was last assessed after the task was agreed and, if it is done, not
    before that day; None where it was not. Other versions of the matrix than the task's are passed over. `matrices` by
    the id of their file."""
    matrix = matrices.get(task.matrix_id)
    if not task.factor or matrix is None:
        return None
    for one in sorted(made, key=lambda assessed: assessed.on, reverse=True):
        late_enough = one.on > task.agreed_on and (task.closed_on is None or one.on >= task.closed_on)
        if one.matrix_id == task.matrix_id and late_enough:
            points = points_in(matrix, one, task.factor)
            if points is not None:
                return FactorNow(points, one.on)
    return None


def fall_of(task: Action, now: FactorNow | None) -> Fall:
    """Whether the factor of a task fell."""
    if now is None or task.factor_points is None:
        return Fall.UNKNOWN
    return Fall.FELL if now.points < task.factor_points else Fall.STAYED


def what_moved_it(
    matrix: Matrix, earlier: CaseAssessment | None, later: CaseAssessment, actions: Iterable[Action]
) -> tuple[FactorMoved, ...]:
    """Between two assessments of a case, the factors that changed and those a task was meant to reduce; the largest
    change first, those that rose before those that fell. `matrix` is that of the later one; where the earlier was made
    with another, or there is none, nothing is compared."""
    alike = earlier if earlier is not None and earlier.matrix_id == later.matrix_id else None
    tasks: dict[str, list[Action]] = {}
    for action in sorted(actions, key=lambda one: (one.agreed_on, one.number)):
        if action.factor and (earlier is None or action.closed_on is None or action.closed_on >= earlier.on):
            tasks.setdefault(action.factor, []).append(action)
    rows = []
    for factor in matrix.factors:
        before = points_in(matrix, alike, factor.key) if alike is not None else None
        now = points_in(matrix, later, factor.key) if alike is not None else None
        mine = tasks.pop(factor.key, [])
        if mine or (before is not None and now is not None and before != now):
            meant = tuple(one for one in mine if one.agreed_on < later.on)
            rows.append(FactorMoved(factor.key, factor.label, before, now, later.on, meant, tuple(mine[len(meant) :])))
    for key, left in tasks.items():  # factors of another version
        rows.append(FactorMoved(key, left[-1].factor_label, None, None, later.on, tuple(left)))
    return tuple(sorted(rows, key=lambda row: (-abs(row.change or 0), -(row.change or 0))))


def fell_without_task(
    made: Sequence[CaseAssessment], actions: Iterable[Action], matrices: Mapping[str, Matrix]
) -> tuple[tuple[str, str, date], ...]:
    """The factors of one case that fell from one assessment to the next while no task was meant to reduce them: key,
    label, and the day of the later assessment."""
    asked, found = list(actions), []
    ordered = sorted(made, key=lambda one: one.on)
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        matrix = matrices.get(later.matrix_id)
        if matrix is not None:
            rows = what_moved_it(matrix, earlier, later, asked)
            found += [(row.key, row.label, later.on) for row in rows if not row.tasks and (row.change or 0) < 0]
    return tuple(found)
