"""Actions: who does what by when, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


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
    """One action. `number` is the running number at its meeting. `due` may be moved by carrying on, counted in `carried`."""

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


@dataclass(frozen=True)
class ActionAnswer:
    """One answer to an action, at a meeting or between meetings (`meeting_id` empty)."""

    id: str
    action_id: str
    meeting_id: str
    at: datetime
    by: str
    answer: Answer
    reason: str
    due_before: date | None
    due_after: date | None
