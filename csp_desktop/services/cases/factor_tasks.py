"""Tasks for the risk factors of a case: agreed from the assessment, and what came of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.factor_tasks import FactorMoved, FactorNow, FactorThen, since, what_moved_it
from csp_desktop.domain.cases.factor_year import FactorYear, year_of, years_of
from csp_desktop.domain.cases.risk_matrix import Matrix, RiskMatrixFile, read_matrix
from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.domain.meeting.action_owners import Person
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.services.cases.assessing import Sheet, assessments_in
from csp_desktop.services.meeting.actions import (
    ActionRow,
    action_rows,
    agree_action,
    people_for_actions,
    register_people,
)
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.regular import regular_to_come
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

LINE = "factor_task"  # the draft of a line half typed


@dataclass(frozen=True)
class WhoAndWhen:
    """Whom a task can be given, and the days its line is read by; the meeting at which it is minuted."""

    meeting: Meeting
    people: tuple[Person, ...]
    days: Days


def who_and_when(session: Session) -> WhoAndWhen:
    """For the meeting that runs, else for the next one planned. Raises Refused where none is."""
    with session.work.reading() as records:
        to_come = regular_to_come(records)
        if not to_come:
            raise Refused("Plan the next meeting first: actions are numbered and minuted at a meeting.")
        meeting = min(to_come, key=lambda m: (m.state is not MeetingState.IN_SESSION, m.on, m.starts))
        if meeting.state is MeetingState.PLANNED:
            days = Days(session.today, max(session.today, meeting.on), session.holidays)
            return WhoAndWhen(meeting, register_people(records), days)
        days = Days(meeting.on, next_meeting_day(session, records, meeting), session.holidays)
    return WhoAndWhen(meeting, people_for_actions(session, meeting.id), days)


def factor_then(now: Sheet, key: str) -> FactorThen:
    """A factor as it stands on the sheet: today's answer, else the last one. Raises Refused where it has neither, and
    where it has no points that could fall."""
    factor = now.matrix.factor(key)
    option = factor.option(now.answers.get(key) or now.then.get(key, "")) if factor is not None else None
    if factor is None or option is None:
        raise Refused("Answer this factor first: a task carries the points the factor had.")
    if not option.points:
        raise Refused(
            f"“{factor.label}” has 0 points, so there is nothing to reduce. Agree an action for the case instead."
        )
    return FactorThen(factor.key, factor.label, option.points, now.file.id)


def agree_for_factor(session: Session, now: Sheet, key: str, said: ParsedAction) -> Action:
    """An action meant to reduce one factor of a case: it carries the factor and its points. Agreed at the meeting that
    runs, else for the next one. Raises Refused without a meeting, an answer, or an officer."""
    then = factor_then(now, key)
    return agree_action(session, who_and_when(session).meeting.id, said, case_id=now.case.id, then=then)


def keep_line(session: Session, case_id: str, factor: str, text: str) -> None:
    """Commit the line while it is typed; an empty one is forgotten."""
    if text.strip():
        session.work.keep_draft(Case, case_id, LINE, f"{factor}\n{text}")
    elif session.work.draft(Case, case_id, LINE) is not None:
        session.work.drop_draft(Case, case_id, LINE)


def kept_line(session: Session, case_id: str) -> tuple[str, str]:
    """The factor and the line half typed for it; both empty without one."""
    draft = session.work.draft(Case, case_id, LINE)
    factor, _, text = draft.text.partition("\n") if draft is not None else ("", "", "")
    return factor, text


def tasks_by_factor(session: Session, case_id: str) -> dict[str, tuple[ActionRow, ...]]:
    """The open tasks of a case, by the factor they are meant to reduce, the soonest due first."""
    with session.work.reading() as records:
        found = [one for one in records.find(Action, case_id=case_id, state=ActionState.OPEN) if one.factor]
        found.sort(key=lambda one: (one.due is None, one.due, one.number))
        rows = action_rows(records, found, session.today)
    by_factor: dict[str, tuple[ActionRow, ...]] = {}
    for row in rows:
        by_factor[row.action.factor] = (*by_factor.get(row.action.factor, ()), row)
    return by_factor


@dataclass(frozen=True)
class WhatMoved:
    """Which factors of a case changed between its last two assessments, and the tasks for them. `refused` says why
    nothing is compared; `rows` may then still hold tasks."""

    rows: tuple[FactorMoved, ...] = ()
    earlier: CaseAssessment | None = None
    later: CaseAssessment | None = None
    refused: str = ""
    named: Mapping[str, ActionRow] = field(default_factory=dict)  # the tasks, by id

    @property
    def change(self) -> int | None:
        """Of the total, where the two can be compared and are whole."""
        if self.earlier is None or self.later is None or self.refused:
            return None
        return self.later.total - self.earlier.total if self.earlier.is_whole and self.later.is_whole else None


def what_moved_in(session: Session, records: Records, case_id: str) -> WhatMoved:
    """Of one case. Without an assessment made here there is nothing to show."""
    made = assessments_in(records, case_id)
    if not made:
        return WhatMoved()
    later, earlier = made[-1], made[-2] if len(made) > 1 else None
    matrix = read_matrix(records.get(RiskMatrixFile, later.matrix_id).text)
    actions = [one for one in records.find(Action, case_id=case_id) if one.factor]
    rows = what_moved_it(matrix, earlier, later, actions)
    named = {row.action.id: row for row in action_rows(records, actions, session.today)}
    return WhatMoved(rows, earlier, later, _not_compared(earlier, later), named)


def _not_compared(earlier: CaseAssessment | None, later: CaseAssessment) -> str:
    if earlier is None:
        return "Assessed once here: nothing to compare yet."
    if earlier.matrix_id != later.matrix_id:
        return (
            f"The matrix changed from version {earlier.matrix_version} to {later.matrix_version}: "
            "points of different versions are not compared."
        )
    return ""


def matrices_in(records: Records, made: Iterable[CaseAssessment]) -> dict[str, Matrix]:
    """The matrices these assessments were made with, by the id of their file."""
    ids = {one.matrix_id for one in made}
    return {file.id: read_matrix(file.text) for file in records.find(RiskMatrixFile) if file.id in ids}


@dataclass(frozen=True)
class FactorYears:
    """One year of tasks for factors, and the years there are, the newest first."""

    shown: FactorYear
    years: tuple[int, ...]


def factor_year(session: Session, year: int | None = None) -> FactorYears:
    """A year's tasks for risk factors; none asks for this one."""
    with session.work.reading() as records:
        tasks = [one for one in records.find(Action) if one.factor]
        assessed = records.find(CaseAssessment)
        matrices = matrices_in(records, assessed)
    made: dict[str, list[CaseAssessment]] = {}
    for one in assessed:
        made.setdefault(one.case_id, []).append(one)
    years = years_of(tasks, assessed, session.today)
    return FactorYears(year_of(year or session.today.year, tasks, made, matrices), years)


def now_of(records: Records, case_id: str, tasks: Sequence[Action]) -> dict[str, FactorNow]:
    """By the id of a task of this case, what its factor came to since; those not assessed since are left out."""
    if not any(one.factor for one in tasks):
        return {}
    made = assessments_in(records, case_id)
    matrices = matrices_in(records, made)
    found = {one.id: since(one, made, matrices) for one in tasks if one.factor}
    return {key: value for key, value in found.items() if value is not None}
