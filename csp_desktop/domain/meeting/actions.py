"""Actions: who does what by when, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.meeting import Meeting


class ActionState(Enum):
    """Not done and no longer possible are different things, and both need a reason."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not done"
    NO_LONGER_POSSIBLE = "no longer possible"


class ActionKind(Enum):
    """Support or intervention: the group's dual approach; or information to be given or got."""

    SUPPORT = "support"
    INTERVENTION = "intervention"
    INFORMATION = "information"


class Answer(Enum):
    """What an officer answers round the table."""

    DONE = "done"
    NOT_DONE = "not done"
    CARRY_ON = "carried on"
    NO_LONGER_POSSIBLE = "no longer possible"


@dataclass(frozen=True)
class Action:
    """One action. `number` is its running number at its meeting. The officer leads, `with_ids` do it with them.
    Carrying on may move `due`, counted in `carried`. A task for a risk factor carries the factor (its key and words in
    the matrix of that id) and its points when the task was agreed."""

    id: str
    meeting_id: str
    number: int
    what: str
    officer_id: str
    due: date | None
    agreed_on: date
    case_id: str = ""
    item_id: str = ""
    kind: ActionKind = ActionKind.SUPPORT
    power: str = ""
    state: ActionState = ActionState.OPEN
    carried: int = 0
    reason: str = ""
    waiting_on: str = ""
    closed_on: date | None = None
    next_of_id: str | None = None  # due at the meeting after this one; empty: on a day that was said; None: not known
    agreed_at: datetime | None = None  # None in files of 0.1.0
    changed_at: datetime | None = None  # when its words, officers, day, kind or power were last put right
    with_ids: tuple[str, ...] = ()
    factor: str = ""
    factor_label: str = ""
    factor_points: int | None = None
    matrix_id: str = ""

    @property
    def owner_ids(self) -> tuple[str, ...]:
        """Whose action it is: who leads, then who is with them."""
        return (self.officer_id, *self.with_ids)


@dataclass(frozen=True)
class ActionAnswer:
    """One answer to an action, at a meeting or between meetings (`meeting_id` empty)."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    action_id: str
    meeting_id: str
    at: datetime
    by: str
    answer: Answer
    reason: str
    due_before: date | None
    due_after: date | None


def answered(action: Action, answer: Answer, reason: str, due: date | None, on: date, *, again: bool = False) -> Action:
    """The action after its officer was asked. Not done and no longer possible need a reason, carrying on a new date;
    carrying on is counted, once a meeting (`again`: it was carried on at this one already; only the date changes).
    Raises Refused where one is missing, and for a date that has passed."""
    reason = " ".join(reason.split())
    if answer is Answer.CARRY_ON:
        if due is None:
            raise Refused("Give the new date for the action.")
        if due < on:
            raise Refused("The new date is in the past. Give a date in the future.")
        carried = action.carried if again else action.carried + 1
        return replace(action, state=ActionState.OPEN, due=due, carried=carried, reason=reason, closed_on=None)
    if answer is Answer.DONE:
        return replace(action, state=ActionState.DONE, reason=reason, closed_on=on)
    if not reason:
        raise Refused(
            "Say why it was not done."
            if answer is Answer.NOT_DONE
            else "Say what changed, so that the action is no longer possible."
        )
    state = ActionState.NOT_DONE if answer is Answer.NOT_DONE else ActionState.NO_LONGER_POSSIBLE
    return replace(action, state=state, reason=reason, closed_on=on)


def of_owners(action: Action, officer_id: str | None = None, with_ids: tuple[str, ...] | None = None) -> Action:
    """The action led by somebody else, or with others; None leaves one as it is. Nobody stands on it twice."""
    leads = action.officer_id if officer_id is None else officer_id
    beside = action.with_ids if with_ids is None else with_ids
    return replace(action, officer_id=leads, with_ids=tuple(one for one in dict.fromkeys(beside) if one != leads))


def of_kind(action: Action, kind: ActionKind | None = None, power: str | None = None) -> Action:
    """The action with another kind or legal power; None leaves one as it is. A power is an intervention's: naming one
    makes it an intervention, another kind has none."""
    power = action.power if power is None else " ".join(power.split())
    named = bool(power) and power != action.power
    kind = kind or (ActionKind.INTERVENTION if named else action.kind)
    return replace(action, kind=kind, power=power if kind is ActionKind.INTERVENTION else "")


def after_read_back(action: Action, read_back_at: datetime | None) -> str:
    """'agreed after the read-back, 14:04'; empty for what was read back as it stands."""
    if read_back_at is None:
        return ""
    for word, at in (("agreed", action.agreed_at), ("changed", action.changed_at)):
        if at is not None and at > read_back_at:
            return f"{word} after the read-back, {clock(at)}"
    return ""


def days_late(action: Action, on: date) -> int:
    """How many days an open action is past its date; 0 when it is not."""
    return days_overdue(action.due, on) if action.state is ActionState.OPEN else 0


def owner_words(leads: str, beside: Iterable[str]) -> str:
    """'PS Dan Holt, with Liam Reed and Joy Okafor'"""
    others = list(beside)
    named = " and ".join(filter(None, (", ".join(others[:-1]), *others[-1:])))
    return f"{leads}, with {named}" if named else leads


def factor_words(action: Action) -> str:
    """'to reduce “Threats and fear”, 4 points then'; empty where it is for no factor."""
    if not action.factor_label:
        return ""
    points = "" if action.factor_points is None else f", {count_of(action.factor_points, 'point', 'points')} then"
    return f"to reduce “{action.factor_label}”{points}"


def action_label(action: Action, meeting: Meeting | None) -> str:
    """Its number on paper, the month of its meeting and the running number: '2026-11/07'; of a meeting called for a
    case its day: '2026-12-03/01'."""
    of = f"{action.agreed_on:%Y-%m}" if meeting is None else f"{meeting.on:%Y-%m}"
    return f"{of if meeting is None or meeting.is_regular else f'{meeting.on:%Y-%m-%d}'}/{action.number:02}"


def times_carried(action: Action) -> str:
    """'3rd time' when it has been carried on twice already; empty when it is new."""
    if not action.carried:
        return ""
    time = action.carried + 1
    ending = "th" if 10 <= time % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(time % 10, "th")
    return f"{time}{ending} time"
