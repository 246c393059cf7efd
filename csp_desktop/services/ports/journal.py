"""The journal as the store answers questions about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class JournalQuery:
    """Which steps, the newest first. Empty means every one."""

    by: str = ""  # a key of `JournalQueries.people`
    case_id: str = ""
    kind: type[Any] | None = None  # only steps that touched such a record
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class JournalStep:
    """One step as the file keeps it. Words are empty once they were erased."""

    step: str
    first: int  # numbers of its entries
    last: int
    at: datetime
    by: str  # a name, or empty when nobody's name is known any more
    words: str
    undoes: bool
    undone: bool
    about: tuple[str, ...]  # ids of the cases it concerns


@dataclass(frozen=True)
class JournalChange:
    """What a step did to one record; None for a value that was erased, or was not there."""

    kind: type[Any]
    record_id: str
    verb: str  # added, changed, removed
    fields: tuple[str, ...]
    before: Any | None
    after: Any | None
    erased: bool


class JournalQueries(Protocol):
    """Questions about the journal, answered in SQL."""

    def page(self, query: JournalQuery, offset: int, limit: int) -> Sequence[JournalStep]:
        """One page of steps."""

    def count(self, query: JournalQuery) -> int:
        """How many steps there are in all."""

    def changes(self, step: str, limit: int) -> tuple[Sequence[JournalChange], int]:
        """What a step did, record by record, and to how many in all."""

    def people(self) -> Sequence[tuple[str, str]]:
        """Everyone who ever wrote: key and name."""
