"""The encrypted store: records in transactions that journal and undo, drafts, and questions about many cases."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Records(Protocol):
    """The records inside one transaction. `kind` is any domain record class with an `id` field."""

    def get(self, kind: type[T], record_id: str) -> T:
        """The record; raises NotFound."""

    def find(self, kind: type[T], /, **equals: Any) -> list[T]:
        """Records whose fields equal the values given (None: empty; a tuple or list: any of), in order of position,
        number or id."""

    def save(self, record: Any) -> None:
        """Insert or replace one record (journalled with its values before and after)."""

    def remove(self, record: Any) -> None:
        """Delete one record (journalled)."""

    def erase(self, record: Any) -> None:
        """Delete one record for good: no value of it stays in journal, drafts or search; of a case, nothing that was
        ever kept about it. The step cannot be undone."""

    def rewrite(self, record: Any) -> None:
        """Replace one record and forget for good every value it had before, in journal and drafts. The step cannot be
        undone."""

    def keep_document(self, content: bytes) -> str:
        """Keep bytes under their SHA-256 (64 hex digits, returned) outside the journal; a record names them by it."""

    def document(self, sha256: str) -> bytes:
        """The bytes kept under it; raises NotFound."""

    def drop_unnamed_documents(self) -> None:
        """Forget for good every document that no record names any more: a record class lists in `names_documents` which
        of its fields do. Undoing does it too."""


class StepKind(Enum):
    """What kind of thing a step did, where that decides what can be done about it. The values stand in people's files
    and never change; the words of a step are for people alone.
    """

    OTHER = ""
    START = "start"  # of a meeting: what was before stays
    GOING = "going"  # to another item or case: nothing was done there
    NOTE = "note"  # what was written at the table is taken back when asked twice
    CLOSING = "closing"  # of a meeting
    APPROVAL = "approval"  # of minutes


@dataclass(frozen=True)
class Step:
    """One undoable thing that was done."""

    id: str
    words: str
    at: datetime
    by: str
    kind: StepKind = StepKind.OTHER


@dataclass(frozen=True)
class Draft:
    """What is being typed in one field of one record, not yet an entry of the journal."""

    kind: str  # the record class's name
    record_id: str
    field: str
    text: str
    at: datetime


class Work(Protocol):
    """The open partnership file as the services use it."""

    def step(
        self, words: str, *, kind: StepKind = StepKind.OTHER, undoable: bool = True, of_held: bool = False
    ) -> AbstractContextManager[Records]:
        """One transaction: committed when the block ends, nothing kept when it raises. `words` name it for undo and the
        journal: 'sign-in of Ruth Coyle'. A step that is not undoable also forbids undoing what was done before it. A
        step inside a step is part of it, and has its kind. Only with `of_held` is what belongs to a closed meeting
        written (see domain.meeting.held); erasing and undoing always may."""

    def reading(self) -> AbstractContextManager[Records]:
        """A consistent view; saving in it is refused."""

    def last_step(self) -> Step | None:
        """What `undo` would take back."""

    def undo(self) -> Step | None:
        """Take back the last undoable step in one transaction; refused with a sentence if its records changed since."""

    def keep_draft(self, kind: type[Any], record_id: str, field: str, text: str) -> datetime:
        """Commit what is being typed (no journal entry); returns the instant of the commit."""

    def draft(self, kind: type[Any], record_id: str, field: str) -> Draft | None:
        """What was being typed there, if its editing has not ended."""

    def drafts(self) -> list[Draft]:
        """All unended drafts (after a crash)."""

    def drop_draft(self, kind: type[Any], record_id: str, field: str) -> None:
        """Forget a draft; called inside or right after the step that saved its text."""

    def sweep(self) -> None:
        """Write the file anew, so that nothing erased stays in its free pages; not inside a step."""

    def head(self) -> tuple[int, str]:
        """The journal's last number and the first 16 hex digits of its chain, as printed on minutes."""

    def head_after(self, kind: type[Any], record_id: str) -> tuple[int, str, datetime]:
        """The same as it stood once the step that last wrote this record was done, and when that was; raises NotFound
        for one that was never written."""

    def first_written(self, kind: type[Any], record_id: str) -> datetime:
        """When this record was written for the first time; raises NotFound for one that never was."""


class CaseQueries(Protocol):
    """Questions about many cases, answered in SQL."""

    def page_of_cases(self, query: Any, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        """One page of rows and the number of all rows matching (see services.keeping_cases)."""

    def search(self, text: str, limit: int) -> Sequence[Any]:
        """Full-text search as you type over cases, notes and actions (see services.finding)."""
