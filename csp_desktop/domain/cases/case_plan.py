"""The case management plan: what a case is to come to, who leads, what is done month by month, and when it would close.

The group's dual approach is support and, where that is not enough, a legal power: a power chosen before any support was
tried is asked about, and says why. Restorative work is a step like every other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, StrEnum

from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState, days_late

MONTHS_AHEAD = 12  # how far ahead a step can be planned


class PlanStepKind(Enum):
    """What kind of work a step is."""

    SUPPORT = "support"
    RESTORATIVE = "restorative work"
    INFORMATION = "information"
    LEGAL = "legal power"


class PlanStepState(Enum):
    """How far a step is; one that became an action stands as the action does."""

    PLANNED = "planned"
    DONE = "done"
    NOT_DONE = "not done"


SUPPORTING = frozenset({PlanStepKind.SUPPORT, PlanStepKind.RESTORATIVE})


class PlanField(StrEnum):
    """What a form asks of a plan and of a step; the value is the attribute."""

    AIM = "aim"
    CLOSE_WHEN = "close_when"
    REVIEW_ON = "review_on"
    WHAT = "what"
    POWER = "power"
    WHY_FIRST = "why_first"
    REASON = "reason"


@dataclass(frozen=True)
class CasePlan:
    """The plan of one case. `agency_id` leads it; `close_when` says in words when the case would be closed."""

    id: str
    case_id: str
    aim: str
    agency_id: str
    close_when: str
    review_on: date | None
    on: date
    by: str


@dataclass(frozen=True)
class PlanStep:
    """One step, due by the end of its month, of which `month` is the first day. For a legal `power`: `tried` says what
    support was tried before, or `why_first` why none was. `action_id` names the action it became."""

    id: str
    case_id: str
    number: int
    month: date
    what: str
    kind: PlanStepKind
    owner_id: str = ""
    power: str = ""
    tried: str = ""
    why_first: str = ""
    action_id: str = ""
    state: PlanStepState = PlanStepState.PLANNED
    ended_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class PlanSheet:
    """A plan as it is printed; of marked words only that there are some. A row each: month, step, whose, how it
    stands."""

    reference: str
    aim: str
    lead: str
    close_when: str
    review_on: date | None
    tried: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class StepStands:
    """A step and how it stands, with the action it became."""

    step: PlanStep
    action: Action | None = None

    @property
    def words(self) -> str:
        """'planned', 'agreed as an action', 'done', 'not done'"""
        if self.action is None:
            return self.step.state.value
        return "agreed as an action" if self.action.state is ActionState.OPEN else self.action.state.value

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        if self.action is not None:
            return self.action.state is ActionState.OPEN
        return self.step.state is PlanStepState.PLANNED

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        if self.action is not None:
            return self.action.state is ActionState.DONE
        return self.step.state is PlanStepState.DONE

    def days_late(self, today: date) -> int:
        """Days since it was due: its action's date, else the last day of its month. 0 when nothing is to be done."""
        if self.action is not None:
            return days_late(self.action, today)
        return days_overdue(last_day(self.step.month), today) if self.is_open else 0


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """The day by which a step of this month is due."""
    return add_months(month_of(month), 1) - timedelta(days=1)


def planned(before: CasePlan | None, said: CasePlan, today: date) -> CasePlan:
    """The plan as it was said. Raises FieldRefused without an aim, and for a review that is set on a day gone by."""
    aim = entered(said.aim, "The aim", PlanField.AIM)
    if not aim:
        raise FieldRefused(PlanField.AIM, "Say what the plan is to achieve, for example “No calls for two months”.")
    when = entered(said.close_when, "When the case would close", PlanField.CLOSE_WHEN)
    moved = before is None or before.review_on != said.review_on
    if moved and said.review_on is not None and said.review_on < today:
        raise FieldRefused(
            PlanField.REVIEW_ON, "This date has passed. Give the day on which the plan is looked at next."
        )
    return replace(said, id=before.id if before else new_id(), aim=aim, close_when=when)


def added(said: PlanStep, steps: Sequence[PlanStep], tried: str) -> PlanStep:
    """A new step after those there are; `tried` is the support that was tried so far, in words. Raises FieldRefused
    without words, and for a legal power without its name, or before any support was tried without a reason."""
    what = _what(said.what)
    power = why_first = ""
    if said.kind is PlanStepKind.LEGAL:
        power = entered(said.power, "The legal power", PlanField.POWER)
        if not power:
            raise FieldRefused(PlanField.POWER, "Name the legal power, for example “community protection notice”.")
        if not tried:
            why_first = entered(said.why_first, "The reason", PlanField.WHY_FIRST)
            if not why_first:
                raise FieldRefused(
                    PlanField.WHY_FIRST, "No support has been tried yet. Say why a legal power is chosen first."
                )
    return replace(
        said,
        id=new_id(),
        number=max((one.number for one in steps), default=0) + 1,
        month=month_of(said.month),
        what=what,
        power=power,
        tried=tried if said.kind is PlanStepKind.LEGAL else "",
        why_first=why_first,
    )


def changed(step: PlanStep, *, what: str, month: date, owner_id: str) -> PlanStep:
    """A step with other words, in another month or somebody else's. Raises FieldRefused without words, Refused for one
    that became an action."""
    if step.action_id:
        raise Refused("This step became an action. Change the action.")
    return replace(step, what=_what(what), month=month_of(month), owner_id=owner_id)


def _what(words: str) -> str:
    what = entered(words, "The step", PlanField.WHAT)
    if not what:
        raise FieldRefused(PlanField.WHAT, "Say what is to be done.")
    return what


def ended(step: PlanStep, state: PlanStepState, reason: str, on: date) -> PlanStep:
    """A step is done, not done, or planned again. Raises FieldRefused for one not done without a reason, Refused for
    one that became an action: that is answered."""
    if step.action_id:
        raise Refused("This step became an action. Answer the action; the step follows it.")
    words = entered(reason, "The reason", PlanField.REASON)
    if state is PlanStepState.NOT_DONE and not words:
        raise FieldRefused(PlanField.REASON, "Say why it was not done.")
    if state is PlanStepState.PLANNED:
        return replace(step, state=state, ended_on=None, reason="")
    return replace(step, state=state, ended_on=on, reason=words)


def tried_before(steps: Iterable[StepStands], actions: Iterable[Action]) -> str:
    """What support was tried so far: steps of support and restorative work that are done, and actions of support."""
    told = [one.step.what for one in steps if one.is_done and one.step.kind in SUPPORTING]
    told += [one.what for one in actions if one.state is ActionState.DONE and one.kind is ActionKind.SUPPORT]
    return "; ".join(dict.fromkeys(told))


def next_step(steps: Iterable[StepStands]) -> StepStands | None:
    """The first by month that is still to be done."""
    still = [one for one in steps if one.is_open]
    return min(still, key=lambda one: (one.step.month, one.step.number), default=None)
