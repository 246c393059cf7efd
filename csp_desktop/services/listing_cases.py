"""The paged table of all cases: what can be asked of it, and the rows it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.cases import Band, CaseStatus, SubjectType
from csp_desktop.services.session import Session


class CaseSort(Enum):
    """By what the table can be sorted."""

    REFERENCE = "reference"
    TITLE = "title"
    STATUS = "status"
    BAND = "band"
    TOTAL = "total"
    CREATED = "created on"
    ASSESSED = "assessed on"
    REVIEWED = "last reviewed on"
    AREA = "area of work"
    WARD = "ward"
    LEAD = "lead agency"
    OPEN_ACTIONS = "open actions"


@dataclass(frozen=True)
class CaseQuery:
    """A question about cases; an empty field asks nothing. `text` holds the beginnings of words, as in a search."""

    text: str = ""
    statuses: tuple[CaseStatus, ...] = ()
    bands: tuple[Band, ...] = ()
    subjects: tuple[SubjectType, ...] = ()
    areas: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    lead_agency: str = ""
    awaiting_reference: bool = False
    sort: CaseSort = CaseSort.CREATED
    descending: bool = True


@dataclass(frozen=True)
class CaseRow:
    """One line of the table."""

    case_id: str
    reference: str
    title: str
    subject_type: SubjectType
    status: CaseStatus
    band: Band | None
    total: int | None
    created_on: date
    assessed_on: date | None
    last_reviewed_on: date | None
    area: str
    ward: str
    lead_agency: str
    lead_officer: str
    open_actions: int


def page_of_cases(session: Session, query: CaseQuery, offset: int, limit: int) -> tuple[Sequence[CaseRow], int]:
    """One page of rows and the number of all cases that match."""
    return session.queries.page_of_cases(query, offset, limit)
