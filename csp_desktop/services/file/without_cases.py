"""The open file as an IT administrator has it: who can open it and its backups, and nothing of what it is about.

Whoever opens the file has its key, so this is a rule of the program; it stands below every use case and page, so that
none of them can forget it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from csp_desktop.domain.common.errors import NotAllowed
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafekeepingRules
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.ports.journal import JournalChange, JournalQueries, JournalQuery, JournalStep
from csp_desktop.services.ports.work import Draft, Records, Step, StepKind, Work
from csp_desktop.services.session import Session

T = TypeVar("T")
NO_CASES = "An IT administrator makes backups and manages users, and opens no case. Ask the chair if you need more."
READ: tuple[type[Any], ...] = (User, Member, Agency, Settings, SafekeepingRules, SafeCopy, Meeting)
WRITTEN: tuple[type[Any], ...] = (User, Member, SafekeepingRules, SafeCopy)


def is_without_cases(session: Session) -> bool:
    """Whether the user is an IT administrator and nothing else."""
    return session.roles == frozenset({Role.IT_ADMINISTRATOR})


def without_cases(session: Session) -> Session:
    """The session through which nothing about a case is read, found, printed or undone."""
    return replace(
        session,
        work=WorkWithoutCases(session.work, session.user_name),
        queries=NoQueries(),
        journal=None if session.journal is None else BareJournal(session.journal),
        linked_cases=None,
    )


def refuse() -> NoReturn:
    """Raise NotAllowed."""
    raise NotAllowed(NO_CASES)


class RecordsWithoutCases:
    """services.ports.work.Records, of the kinds that have to do with opening and keeping the file."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def get(self, kind: type[T], record_id: str) -> T:
        """The record; a meeting without what was said of it."""
        _require(kind, READ)
        return _bare(self._records.get(kind, record_id))

    def find(self, kind: type[T], /, **equals: Any) -> list[T]:
        """The records; meetings without what was said of them."""
        _require(kind, READ)
        return [_bare(one) for one in self._records.find(kind, **equals)]

    def save(self, record: Any) -> None:
        """Insert or replace."""
        _require(type(record), WRITTEN)
        self._records.save(record)

    def remove(self, record: Any) -> None:
        """Delete."""
        _require(type(record), WRITTEN)
        self._records.remove(record)

    def erase(self, record: Any) -> None:
        """Nothing is erased."""
        refuse()

    def rewrite(self, record: Any) -> None:
        """Nothing is rewritten."""
        refuse()

    def keep_document(self, content: bytes) -> str:
        """No document is kept."""
        refuse()

    def document(self, sha256: str) -> bytes:
        """No document is read."""
        refuse()

    def drop_unnamed_documents(self) -> None:
        """No document is forgotten."""
        refuse()


class WorkWithoutCases:
    """services.ports.work.Work for the same; only the user's own last step is undone."""

    def __init__(self, work: Work, user_name: str) -> None:
        self._work, self._user = work, user_name

    @contextmanager
    def step(
        self, words: str, *, kind: StepKind = StepKind.OTHER, undoable: bool = True, of_held: bool = False
    ) -> Iterator[RecordsWithoutCases]:
        """One transaction."""
        with self._work.step(words, kind=kind, undoable=undoable) as records:
            yield RecordsWithoutCases(records)

    @contextmanager
    def reading(self) -> Iterator[RecordsWithoutCases]:
        """A consistent view."""
        with self._work.reading() as records:
            yield RecordsWithoutCases(records)

    def last_step(self) -> Step | None:
        """What the user did last; nobody else's words are shown."""
        last = self._work.last_step()
        return last if last is not None and last.by == self._user else None

    def undo(self) -> Step | None:
        """Take the user's own last step back."""
        return self._work.undo() if self.last_step() is not None else None

    def keep_draft(self, kind: type[Any], record_id: str, field: str, text: str) -> datetime:
        """No draft is kept."""
        refuse()

    def draft(self, kind: type[Any], record_id: str, field: str) -> Draft | None:
        """No draft is shown."""
        return None

    def drafts(self) -> list[Draft]:
        """No draft is shown."""
        return []

    def drop_draft(self, kind: type[Any], record_id: str, field: str) -> None:
        """No draft is forgotten."""
        refuse()

    def sweep(self) -> None:
        """Write the file anew."""
        self._work.sweep()

    def head(self) -> tuple[int, str]:
        """The journal's last number and mark: neither says what was done."""
        return self._work.head()

    def head_after(self, kind: type[Any], record_id: str) -> tuple[int, str, datetime]:
        """Of the kinds there are."""
        _require(kind, READ)
        return self._work.head_after(kind, record_id)

    def first_written(self, kind: type[Any], record_id: str) -> datetime:
        """Of the kinds there are."""
        _require(kind, READ)
        return self._work.first_written(kind, record_id)


class NoQueries:
    """services.ports.work.CaseQueries: none is answered."""

    def page_of_cases(self, query: Any, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        """Refused."""
        refuse()

    def search(self, text: str, limit: int) -> Sequence[Any]:
        """Refused."""
        refuse()


class BareJournal:
    """services.ports.journal.JournalQueries: that something was done and when, but not what, by whom or about whom."""

    def __init__(self, journal: JournalQueries) -> None:
        self._journal = journal

    def page(self, query: JournalQuery, offset: int, limit: int) -> Sequence[JournalStep]:
        """The steps without their words; not by case or kind."""
        steps = self._journal.page(JournalQuery(since=query.since, before=query.before), offset, limit)
        return [replace(step, by="", words="", about=()) for step in steps]

    def count(self, query: JournalQuery) -> int:
        """How many steps there are in all, whatever they are about."""
        return self._journal.count(JournalQuery(since=query.since, before=query.before))

    def changes(self, step: str, limit: int) -> tuple[Sequence[JournalChange], int]:
        """Refused."""
        refuse()

    def people(self) -> Sequence[tuple[str, str]]:
        """Refused."""
        refuse()


def _require(kind: type[Any], allowed: tuple[type[Any], ...]) -> None:
    if kind not in allowed:
        refuse()


def _bare(record: T) -> T:
    if isinstance(record, Meeting):
        bare: Any = replace(record, closing_note="", current_item_id="", current_turn_id="", agenda_order=())
        return bare  # type: ignore[no-any-return]
    return record
