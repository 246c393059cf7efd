"""A case of the group about the same person, looked at from the private side: what is shown of it, and who looked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action


@dataclass(frozen=True)
class CaseLook:
    """Somebody looked at the linked case. Kept in the private file alone: the group's learns of no look at it."""

    stays_when_undone: ClassVar[bool] = True

    id: str
    person_id: str
    reference: str
    at: datetime
    by: str


@dataclass(frozen=True)
class OpenAction:
    """One open action of the group's: whose it is and until when."""

    what: str
    officer: str
    due: date | None


@dataclass(frozen=True)
class LinkedCase:
    """What is shown of the case, and no more: never kept."""

    reference: str
    title: str
    rating: str  # 'High 44', or 'not rated'
    status: str
    actions: tuple[OpenAction, ...]


def linked_case(case: Case, actions: tuple[tuple[Action, str], ...]) -> LinkedCase:
    """The case with its open actions and their officers' names, the earliest first."""
    rating = f"{case.band.value} {case.total}" if case.band is not None and case.total is not None else "not rated"
    rows = sorted(actions, key=lambda row: (row[0].due is None, row[0].due or date.max, row[0].number))
    open_actions = tuple(OpenAction(action.what, officer, action.due) for action, officer in rows)
    return LinkedCase(case.reference, case.title, rating, case.status.value, open_actions)
