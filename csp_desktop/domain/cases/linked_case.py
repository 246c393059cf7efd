"""A case of the group as it is shown, in brief, to whom looks at it from the private side; never kept."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action


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
