"""Safety Net cases as this product holds them for the meeting: a working snapshot, never a second master."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

REFERENCE = re.compile(r"SN-\d{4}-\d{3,8}")  # how Safety Net names a case; use fullmatch


class SubjectType(Enum):
    """Who or what a case is about."""

    VICTIM = "Victim"
    PERPETRATOR = "Perpetrator"
    LOCATION = "Location"


class Band(Enum):
    """The level Safety Net gives with the total."""

    STANDARD = "Standard"
    MEDIUM = "Medium"
    HIGH = "High"


class CaseStatus(Enum):
    """The life of a case: open → de-escalated, monitoring → closed; or → intensive support → monitoring → closed."""

    OPEN = "Open"
    MONITORING = "Open - monitoring"
    INTENSIVE = "Open - intensive support"
    CLOSED = "Closed"


@dataclass(frozen=True)
class Case:
    """One case. `reference` is empty while a case entered by hand awaits its Safety Net reference."""

    id: str
    reference: str
    created_on: date
    area: str
    subject_type: SubjectType
    initials: str
    location: str
    ward: str
    lead_agency: str
    lead_officer: str
    total: int | None
    band: Band | None
    assessed_on: date | None
    mental_health: bool
    repeat_victim: bool
    status: CaseStatus
    summary: str
    as_of: date | None = None
    monitoring_since: date | None = None
    cmht_told_on: date | None = None
    last_reviewed_on: date | None = None  # assessment or CPG outcome after creation, whichever is later
    entered_by_hand: bool = False
    repeat_in_safety_net: bool | None = None  # what the newest export says; None: not yet seen there
    repeat_by: str = ""  # who set the mark otherwise here: it stays until a person changes it
    repeat_on: date | None = None  # when it was set here, or the export that first showed it
    review_told_on: date | None = None  # the victim was told of the right to a review
    review_told_by: str = ""

    @property
    def title(self) -> str:
        """What people call it at the table."""
        return self.summary or self.location


@dataclass(frozen=True)
class RiskPoint:
    """One known total of a case. `dated` is the day it counts from: the assessment date, or the snapshot's day when the
    total changed under an unchanged assessment date (`without_assessment`)."""

    id: str
    case_id: str
    dated: date
    total: int
    band: Band | None
    assessed_on: date | None
    as_of: date
    without_assessment: bool = False


@dataclass(frozen=True)
class StatusChange:
    """One step in the life of a case: a person, a reason, a day and, if made there, the meeting."""

    id: str
    case_id: str
    before: CaseStatus | None
    after: CaseStatus
    on: date
    by: str
    reason: str
    meeting_id: str = ""


@dataclass(frozen=True)
class Snapshot:
    """One import of the Safety Net export. `content_sha256` is over the rows' values, so CSV and XLSX of one content
    are equal."""

    id: str
    file_name: str
    as_of: date
    imported_at: datetime
    imported_by: str
    content_sha256: str
    new: int
    changed: int
    unchanged: int
    refused: int
