"""The management plan of a case: its aim, who leads, the steps by month, each of which may become an action, and when
the case would close."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.domain.cases.case_plan import (
    CasePlan,
    PlanSheet,
    PlanStep,
    PlanStepKind,
    PlanStepState,
    StepStands,
    added,
    changed,
    ended,
    last_day,
    month_of,
    next_step,
    planned,
    tried_before,
)
from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.unnamed_bodies import to_do
from csp_desktop.domain.common.days import column_day, month_year, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.domain.meeting.actions import Action, ActionKind
from csp_desktop.domain.minutes.protection import sent, shown
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.cases.factor_tasks import who_and_when
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting.actions import Officer, agree_action, officers
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

_ACTION_KINDS = {
    PlanStepKind.SUPPORT: ActionKind.SUPPORT,
    PlanStepKind.RESTORATIVE: ActionKind.SUPPORT,
    PlanStepKind.INFORMATION: ActionKind.INFORMATION,
    PlanStepKind.LEGAL: ActionKind.INTERVENTION,
}


@dataclass(frozen=True)
class PlanRow:
    """One step as the plan shows it today."""

    stands: StepStands
    owner: Officer | None
    today: date

    @property
    def step(self) -> PlanStep:
        """The step itself."""
        return self.stands.step

    @property
    def late(self) -> int:
        """Days since it was due."""
        return self.stands.days_late(self.today)

    @property
    def standing(self) -> str:
        """'3 days overdue', 'planned', 'agreed as an action', 'done'"""
        return overdue_words(self.late) or self.stands.words

    @property
    def who(self) -> str:
        """'Ada Field, Watford BC'; empty while it is nobody's."""
        owner = self.owner
        return ", ".join(filter(None, (owner.name, owner.agency))) if owner is not None else ""


@dataclass(frozen=True)
class PlanOfCase:
    """Everything the plan of a case shows; without a plan there are no steps either."""

    case: Case
    plan: CasePlan | None
    lead: str  # the agency that leads
    rows: tuple[PlanRow, ...]  # by month, then in their order
    tried: str  # what support was tried so far
    today: date

    @property
    def late(self) -> tuple[PlanRow, ...]:
        """The steps that are overdue, the most days first."""
        return tuple(sorted((row for row in self.rows if row.late), key=lambda row: -row.late))

    @property
    def review_late(self) -> int:
        """Days since the plan was to be looked at again."""
        return days_overdue(self.plan.review_on, self.today) if self.plan is not None else 0

    @property
    def most_late(self) -> int:
        """Days since the first of its steps, or its review, was due."""
        return max(self.review_late, *(row.late for row in self.rows), 0)

    @property
    def next(self) -> PlanRow | None:
        """The first step by month that is still to be done."""
        first = next_step(row.stands for row in self.rows)
        return next((row for row in self.rows if row.stands is first), None)

    @property
    def words(self) -> str:
        """'Plan: no calls for two months; next step Door chain, lead Ada Field, by Mon 30 Nov; review Thu 17 Dec', for
        one line; of marked words only that there are some. Empty without a plan."""
        if self.plan is None:
            return ""
        none = "no step to come" if self.rows else "no steps yet"
        coming = f"next step {self.next_words}" if self.next_words else none
        parts = [f"Plan: {shown(self.plan.aim).rstrip('.')}", coming]
        if self.plan.review_on is not None:
            late = overdue_words(self.review_late)
            parts.append(f"review {late or screen_day(self.plan.review_on, self.today)}")
        return "; ".join(parts)

    @property
    def next_words(self) -> str:
        """'Door chain, lead Ada Field, by Mon 30 Nov': the next step. Empty where none is to come."""
        row = self.next
        if row is None:
            return ""
        lead = row.owner.name if row.owner is not None else self.lead
        action = row.stands.action
        due = (action.due if action is not None else None) or last_day(row.step.month)
        when = overdue_words(row.late) or f"by {screen_day(due, self.today)}"
        return ", ".join(filter(None, (shown(row.step.what).rstrip("."), f"lead {lead}" if lead else "", when)))


def plan_of(session: Session, case_id: str) -> PlanOfCase:
    """Of one case; raises NotFound."""
    with session.work.reading() as records:
        return plan_in(records, records.get(Case, case_id), session.today)


def plan_in(records: Records, case: Case, today: date) -> PlanOfCase:
    """Inside a transaction: of one case."""
    return plans_of(records, [case], today)[0]


def plans_of(records: Records, cases: Iterable[Case], today: date) -> tuple[PlanOfCase, ...]:
    """Inside a transaction: of each of these, in their order; a few questions to the file, not some per case."""
    cases = tuple(cases)
    ids = tuple(case.id for case in cases)
    plans = {plan.case_id: plan for plan in records.find(CasePlan, case_id=ids)} if ids else {}
    held = tuple(plans)
    steps = records.find(PlanStep, case_id=held) if held else []
    actions = records.find(Action, case_id=held) if held else []
    known = officers(records) if held else {}
    agencies = {one.id: one.short_name for one in records.find(Agency)} if held else {}
    found = []
    for case in cases:
        mine = [one for one in actions if one.case_id == case.id]
        named = {action.id: action for action in mine}
        ordered = sorted((one for one in steps if one.case_id == case.id), key=lambda one: (one.month, one.number))
        rows = tuple(
            PlanRow(StepStands(one, named.get(one.action_id)), known.get(one.owner_id), today) for one in ordered
        )
        plan = plans.get(case.id)
        lead = agencies.get(plan.agency_id, "") if plan is not None else ""
        found.append(PlanOfCase(case, plan, lead, rows, tried_before([row.stands for row in rows], mine), today))
    return tuple(found)


def overdue_plans(records: Records, today: date) -> tuple[PlanOfCase, ...]:
    """Inside a transaction: the plans of open cases with a step overdue, or that were to be looked at again."""
    held = tuple(plan.case_id for plan in records.find(CasePlan))
    cases = [one for one in records.find(Case, id=held) if one.status is not CaseStatus.CLOSED] if held else []
    plans = [one for one in plans_of(records, cases, today) if one.late or one.review_late]
    return tuple(sorted(plans, key=lambda one: -one.most_late))


def lead_agencies(session: Session) -> tuple[tuple[str, str], ...]:
    """Who can lead a plan: (id, name) of each agency, by name."""
    with session.work.reading() as records:
        agencies = [one for one in records.find(Agency) if one.active]
    return tuple((one.id, one.name) for one in sorted(agencies, key=lambda one: one.name.casefold()))


def step_owners(session: Session) -> tuple[Officer, ...]:
    """Whom a step can be given, by name."""
    with session.work.reading() as records:
        return tuple(sorted(officers(records).values(), key=lambda one: one.name.casefold()))


def save_plan(
    session: Session,
    case_id: str,
    *,
    aim: str,
    agency_id: str = "",
    close_when: str = "",
    review_on: date | None = None,
) -> CasePlan:
    """What the plan is to achieve, who leads, when the case would close and when the plan is looked at again. Saying
    the same again changes nothing. Raises FieldRefused without an aim, and for a review on a day gone by."""
    session.require_case_worker()
    with session.work.reading() as records:
        records.get(Case, case_id)
        before = next(iter(records.find(CasePlan, case_id=case_id)), None)
    said = CasePlan("", case_id, aim, agency_id, close_when, review_on, session.today, session.user_name)
    after = planned(before, said, session.today)
    if before is not None and replace(after, on=before.on, by=before.by) == before:
        return before
    with session.work.step("plan of a case") as records:
        records.save(after)
    return after


def _step(records: Records, step_id: str) -> PlanStep:
    """The step; one whose action was removed is planned again."""
    step = records.get(PlanStep, step_id)
    return step if records.find(Action, id=step.action_id) else replace(step, action_id="")


def add_step(
    session: Session,
    case_id: str,
    *,
    what: str,
    kind: PlanStepKind,
    month: date | None = None,
    owner_id: str = "",
    power: str = "",
    why_first: str = "",
) -> PlanStep:
    """A step of the plan, in this month unless another is said. A legal power takes along what support was tried so
    far. Raises FieldRefused where something is missing, Refused before the plan has an aim."""
    session.require_case_worker()
    with session.work.step("step of a plan") as records:
        plan = plan_in(records, records.get(Case, case_id), session.today)
        if plan.plan is None:
            raise Refused("Say what the plan is to achieve first.")
        said = PlanStep(
            "", case_id, 0, month_of(month or session.today), what, kind, owner_id, power, why_first=why_first
        )
        made = added(said, [row.step for row in plan.rows], plan.tried)
        records.save(made)
    return made


def change_step(session: Session, step_id: str, *, what: str, month: date, owner_id: str) -> PlanStep:
    """A step with other words, in another month or somebody else's; the same again changes nothing. Raises FieldRefused
    without words, Refused for one that became an action."""
    session.require_case_worker()
    with session.work.reading() as records:
        before = _step(records, step_id)
    after = changed(before, what=what, month=month, owner_id=owner_id)
    if after != before:
        with session.work.step("step of a plan changed") as records:
            records.save(after)
    return after


def end_step(session: Session, step_id: str, state: PlanStepState, reason: str = "") -> PlanStep:
    """A step is done, not done, or planned again. Raises FieldRefused for one not done without a reason."""
    session.require_case_worker()
    with session.work.step(f"step of a plan: {state.value}") as records:
        after = ended(_step(records, step_id), state, reason, session.today)
        records.save(after)
    return after


def drop_step(session: Session, step_id: str) -> None:
    """A step was no part of the plan after all. Raises Refused for one that became an action."""
    session.require_case_worker()
    with session.work.step("step taken out of a plan") as records:
        step = _step(records, step_id)
        if step.action_id:
            raise Refused("This step became an action, so it stays in the plan.")
        records.remove(step)


def agree_step(session: Session, step_id: str) -> Action:
    """A step becomes an action of its owner at the meeting that runs or the next one, due by the end of its month, but
    not before that meeting. Raises Refused without an owner, without a meeting, and for a step that is one already."""
    session.require_case_worker()
    with session.work.reading() as records:
        step = _step(records, step_id)
    if step.action_id:
        raise Refused("This step is an action already.")
    if step.state is not PlanStepState.PLANNED:
        raise Refused("This step has ended. Plan it again first.")
    if not step.owner_id:
        raise Refused("Choose whose step it is first: an action has an officer.")
    now = who_and_when(session)
    owner = next((one for one in now.people if one.id == step.owner_id), None)
    if owner is None:
        raise Refused("The person this step belongs to is no longer on the list. Choose someone else.")
    due = max(last_day(step.month), now.days.next_meeting or now.meeting.on)
    said = ParsedAction(step.what, (owner,), (), due, True, _ACTION_KINDS[step.kind], "", (), step.power)
    with session.work.step("action from a step of the plan") as records:
        made = agree_action(session, now.meeting.id, said, case_id=step.case_id)
        records.save(replace(step, action_id=made.id))
    return made


def plan_paper(session: Session, case_id: str) -> bytes:
    """The plan as a PDF of one page. Raises Refused without a plan; RuntimeError in a session without a printer."""
    if session.papers.print_case_plan is None:
        raise RuntimeError("a session without a printer of plans")
    with session.work.reading() as records:
        plan, named = plan_in(records, records.get(Case, case_id), session.today), settings_in(records)
    if plan.plan is None:
        raise Refused("Say what the plan is to achieve first.")
    rows = tuple((month_year(row.step.month), _printed(row.step), row.who, _ended(row)) for row in plan.rows)
    kept = plan.plan
    sheet = PlanSheet(
        reference_of(plan.case),
        sent(kept.aim),
        plan.lead,
        sent(kept.close_when),
        kept.review_on,
        sent(plan.tried),
        rows,
    )
    return session.papers.print_case_plan(sheet, paper_name(named.town, named.partnership), session.now())


def _printed(step: PlanStep) -> str:
    """The step with its kind and, for a legal power, what was tried before or why it came first."""
    parts = [f"{sent(to_do(step.what)).rstrip('.')} ({step.kind.value})"]
    if step.kind is PlanStepKind.LEGAL:
        parts.append(f"Power: {sent(step.power)}")
        parts.append(
            f"Tried before: {sent(step.tried)}" if step.tried else f"Comes first because: {sent(step.why_first)}"
        )
    return ". ".join(parts)


def _ended(row: PlanRow) -> str:
    """'done 12 Nov 2026', 'not done: moved away', '3 days overdue'"""
    step = row.step
    if row.stands.action is not None or step.ended_on is None:
        return row.standing
    day = column_day(step.ended_on)
    return f"{step.state.value} {day}{f': {sent(step.reason)}' if step.reason else ''}"


def hand_over_plan(records: Records, case_id: str, to_id: str) -> None:
    """Inside a transaction: a case entered by hand turned out to be another one. Its plan goes there, unless that has
    one; its steps follow those there."""
    theirs = records.find(CasePlan, case_id=to_id)
    for plan in records.find(CasePlan, case_id=case_id):
        if theirs:
            records.remove(plan)
        else:
            records.save(replace(plan, case_id=to_id))
    number = max((one.number for one in records.find(PlanStep, case_id=to_id)), default=0)
    for step in records.find(PlanStep, case_id=case_id):
        records.save(replace(step, case_id=to_id, number=number + step.number))


def plan_facts(plan: PlanOfCase) -> dict[str, Any] | None:
    """For the command line: `{"aim", "lead", "close_when", "review_on", "review_days_overdue", "tried", "steps":
    [{"month", "what", "kind", "who", "power", "tried", "why_first", "state", "days_overdue"}]}`; None without one."""
    kept = plan.plan
    if kept is None:
        return None
    return {
        "aim": shown(kept.aim),
        "lead": plan.lead,
        "close_when": shown(kept.close_when),
        "review_on": kept.review_on.isoformat() if kept.review_on else None,
        "review_days_overdue": plan.review_late,
        "tried": shown(plan.tried),
        "steps": [
            {
                "month": f"{row.step.month:%Y-%m}",
                "what": shown(row.step.what),
                "kind": row.step.kind.value,
                "who": row.who,
                "power": row.step.power,
                "tried": shown(row.step.tried),
                "why_first": shown(row.step.why_first),
                "state": row.stands.words,
                "days_overdue": row.late,
            }
            for row in plan.rows
        ],
    }
