"""What readers of papers hand over: rows that are in order, and for each other its line, column, value and reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.domain.cases.cases import Band, CaseStatus, SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.services.common.import_columns import ColumnMapping, LeftOut


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a row that cannot go in; one may have several. `line` counts from 1 with the header, as a
    spreadsheet shows it.
    """

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class ImportWarning:
    """Something a person should look at before the list goes in; `line` is None where it is about the whole file."""

    line: int | None
    column: str
    value: str
    why: str

    @property
    def sentence(self) -> str:
        """With its place."""
        place = [f"line {self.line}" if self.line else "", self.column]
        where = ", ".join(part for part in place if part)
        return f"{where[:1].upper()}{where[1:]}: {self.why}" if where else self.why


def rows_refused(refused: Iterable[Refusal]) -> int:
    """How many rows those are."""
    return len({refusal.line for refusal in refused})


@dataclass(frozen=True)
class CaseLine:
    """One row of a Safety Net export, its values already of their kinds. `doubtful` names the fields that hold a '?'
    where a letter was lost on the way."""

    line: int
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
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseFile:
    """A Safety Net export as read. `named_day` is the day its name gives, `named_month` the month (its first day)."""

    name: str
    rows: tuple[CaseLine, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[ImportWarning, ...]
    named_day: date | None = None
    named_month: date | None = None
    mapping: ColumnMapping | None = None
    left_out: tuple[LeftOut, ...] = ()
    seen: frozenset[str] = frozenset()  # every reference in it, also of rows that are refused
    full_names: frozenset[int] = frozenset()  # lines with a full name instead of initials
    lacking: frozenset[str] = frozenset()  # fields of `CaseLine` that the file has no column for: what is known stays

    def proposed_as_of(self, today: date) -> date:
        """The day the export shows: from the file's name; a name that gives a month: the latest date of that month in
        the file; else the latest date in it. Dates still to come count for nothing."""
        if self.named_day and self.named_day <= today:
            return self.named_day
        days = sorted({d for r in self.rows for d in (r.created_on, r.assessed_on) if d and d <= today})
        if self.named_month:
            month = self.named_month
            inside = [d for d in days if (d.year, d.month) == (month.year, month.month)]
            return inside[-1] if inside else min(month, today)
        return days[-1] if days else today


@dataclass(frozen=True)
class MemberLine:
    """One row of a list of people. What is empty or None was not said: a person already known keeps what is known.
    `said` has the other fields of the person by their names, where the row gives them.
    """

    line: int
    name: str
    agency: str
    agency_short_name: str
    agency_kind: AgencyKind | None
    said: Mapping[str, Any]


@dataclass(frozen=True)
class MemberFile:
    """A list of people as read. `others` are the lines somebody was asked about and said: that is someone else."""

    name: str
    rows: tuple[MemberLine, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[ImportWarning, ...] = ()
    mapping: ColumnMapping | None = None
    left_out: tuple[LeftOut, ...] = ()
    others: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()  # every name in it, folded, also of rows that are refused


@dataclass(frozen=True)
class OpenActionLine:
    """One action of a list that was kept elsewhere, as its cells say it: the officers by name, initials or agency.
    `follows`: due at the next meeting, whenever that is."""

    line: int
    officer: str
    beside: str
    what: str
    by: date | None
    reference: str
    agreed_on: date | None
    status: str = ""
    follows: bool = False


@dataclass(frozen=True)
class OpenActionFile:
    """A list of open actions as read. `prose` is the text of the document it stands in, line by line, `named_day` the
    first day in that: likely of the meeting."""

    name: str
    rows: tuple[OpenActionLine, ...]
    refused: tuple[Refusal, ...]
    warnings: tuple[ImportWarning, ...] = ()
    mapping: ColumnMapping | None = None
    left_out: tuple[LeftOut, ...] = ()
    prose: tuple[str, ...] = ()
    named_day: date | None = None


class OnlyText(Refused):
    """A document without a table, so no list: its text, line by line, and the first day in that."""

    def __init__(self, sentence: str, name: str, prose: tuple[str, ...], named_day: date | None) -> None:
        super().__init__(sentence)
        self.name, self.prose, self.named_day = name, prose, named_day
