"""What somebody owns is handed on when they leave: to whom, by whom and when stays with each thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum

from csp_desktop.domain.common.days import day_and_time
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.people.agencies import Member


class OwnedKind(Enum):
    """What a person can own. The value is the word that is stored."""

    ACTIONS = "actions"
    ACTIONS_WITH = "actions with others"
    ISSUES = "emerging issues"
    REFERRALS = "referrals"
    CASES = "cases"
    PLAN_STEPS = "steps of plans"
    REPORTS = "reports of professionals’ meetings"
    CHAIR = "meetings to chair"
    MINUTES = "minutes to take"
    VISITORS = "visitors to host"
    STAND_INS = "places to stand in"


class HandingField(StrEnum):
    """What is asked of whoever hands on."""

    TO = "to"


@dataclass(frozen=True)
class HandedOn:
    """One thing handed on. `record_id` is the thing's, `case_id` its case's where it has one."""

    id: str
    kind: OwnedKind
    record_id: str
    case_id: str
    from_id: str
    from_name: str
    to_id: str
    to_name: str
    at: datetime
    by: str


def require_successor(owner: Member, to: Member | None) -> Member:
    """Who takes it on. Raises FieldRefused without anybody, for the owner, and for somebody who has left."""
    if to is None:
        raise FieldRefused(HandingField.TO, "Choose who takes it on.")
    if to.id == owner.id:
        raise FieldRefused(HandingField.TO, f"{owner.name} owns it already. Choose someone else.")
    if not to.active:
        raise FieldRefused(HandingField.TO, f"{to.name} has left the group. Choose someone else.")
    return to


def require_some(count: int) -> None:
    """Raises Refused where nothing is chosen to be handed on."""
    if not count:
        raise Refused("Nothing is left to hand on.")


def handed_words(one: HandedOn, today: date) -> str:
    """'Handed on from PS Dan Holt to Liam Reed by Joy Okafor, Thu 3 Dec, 14:10'"""
    return f"Handed on from {one.from_name} to {one.to_name} by {one.by}, {day_and_time(one.at, today)}"


def kept_lead(named: str, of_case: Iterable[HandedOn]) -> str:
    """The reporting officer of a case Safety Net names: who took it on from them here, as long as it names the one
    before."""
    for one in sorted(of_case, key=lambda one: one.at):
        if one.kind is OwnedKind.CASES and is_called(one.from_name, named):
            named = one.to_name
    return named


def is_called(name: str, lead: str) -> bool:
    """Whether the officer a case names is this person: by the whole name, or without their rank."""
    return bool(lead) and (name == lead or name.endswith(f" {lead}"))
