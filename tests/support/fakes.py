"""Stand-ins that keep the same contract as the real store (tests/contracts): quick, in memory, without a cipher."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.mended import mended
from csp_desktop.domain.common.text import whole
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.held import refuse_of_held
from csp_desktop.exchange.likeness import likeness
from csp_desktop.services.cases.subject import CASES
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.ports.subject import Subject
from csp_desktop.services.ports.work import Draft, Step, StepKind
from csp_desktop.services.session import Session

T = TypeVar("T")
NOON = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until it is moved on."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **delta: float) -> datetime:
        """Move on by hours=, minutes=, seconds=, days=."""
        self.at += timedelta(**delta)
        return self.at


@dataclass
class _Change:
    kind: type[Any]
    record_id: str
    before: Any
    after: Any


@dataclass
class _Done:
    step: Step
    undoable: bool
    changes: list[_Change] = field(default_factory=list)
    erased: set[tuple[str, str]] = field(default_factory=set)


class FakeRecords:
    """The records of a FakeWork inside one transaction."""

    def __init__(
        self,
        tables: dict[type[Any], dict[str, Any]],
        changes: list[_Change] | None,
        documents: dict[str, bytes],
        erased: set[tuple[str, str]] | None = None,
    ) -> None:
        self._tables, self._documents = tables, documents
        self.of_held = False
        self._changes = changes
        self._erased = set() if erased is None else erased

    def get(self, kind: type[T], record_id: str) -> T:
        """The record; raises NotFound."""
        found: T | None = self._tables.get(kind, {}).get(record_id)
        if found is None:
            raise NotFound(f"This {kind.__name__.lower()} is no longer in the file.")
        return found

    def find(self, kind: type[T], /, **equals: Any) -> list[T]:
        """Records whose fields equal the values given, in order of position, number or id."""
        names = [f.name for f in dataclasses.fields(kind)]  # type: ignore[arg-type]
        unknown = set(equals) - set(names)
        if unknown:
            raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
        order = [name for name in ("position", "number") if name in names] + ["id"]
        asked = mended(equals).items()
        found = [r for r in self._tables.get(kind, {}).values() if all(_fits(r, n, v) for n, v in asked)]
        return sorted(found, key=lambda r: tuple(getattr(r, name) for name in order))

    def save(self, record: Any) -> None:
        """Insert or replace one record; an equal record changes nothing."""
        self._put(type(record), record.id, record)

    def remove(self, record: Any) -> None:
        """Delete one record."""
        self.get(type(record), record.id)
        self._put(type(record), record.id, None)

    def erase(self, record: Any) -> None:
        """Delete one record for good; the step cannot be undone."""
        held, self.of_held = self.of_held, True
        self.remove(record)
        self.of_held = held
        self._erased.add((type(record).__name__, record.id))

    def rewrite(self, record: Any) -> None:
        """Replace one record and forget what it was; the step cannot be undone."""
        if self._tables.get(type(record), {}).get(record.id) == mended(record):
            return
        held, self.of_held = self.of_held, True
        self.save(record)
        self.of_held = held
        self._erased.add((type(record).__name__, record.id))

    def keep_document(self, content: bytes) -> str:
        """Keep bytes under their SHA-256."""
        if self._changes is None:
            raise RuntimeError("Saving in a reading")
        sha256 = hashlib.sha256(content).hexdigest()
        self._documents[sha256] = content
        return sha256

    def document(self, sha256: str) -> bytes:
        """The bytes kept under it; raises NotFound."""
        if sha256 not in self._documents:
            raise NotFound("This document is no longer in the file.")
        return self._documents[sha256]

    def drop_unnamed_documents(self) -> None:
        """Forget every document that no record names."""
        rows = [(record, kind) for kind, kept in self._tables.items() for record in kept.values()]
        named = {getattr(one, field) for one, kind in rows for field in getattr(kind, "names_documents", ())}
        for sha256 in self._documents.keys() - named:
            del self._documents[sha256]

    def _put(self, kind: type[Any], record_id: str, after: Any) -> None:
        if self._changes is None:
            raise RuntimeError("Saving in a reading")
        before, after = self._tables.setdefault(kind, {}).get(record_id), mended(after)
        if before != after:
            if not self.of_held:
                refuse_of_held(lambda kind, wanted: self._tables.get(kind, {}).get(wanted), before, after)
            self._changes.append(_Change(kind, record_id, before, after))
            _set(self._tables, kind, record_id, after)


def _fits(record: Any, name: str, wanted: Any) -> bool:
    value = getattr(record, name)
    return value in wanted if isinstance(wanted, tuple | list) else bool(value == wanted)


def _set(tables: dict[type[Any], dict[str, Any]], kind: type[Any], record_id: str, value: Any) -> None:
    if value is None:
        tables[kind].pop(record_id, None)
    else:
        tables.setdefault(kind, {})[record_id] = value


class FakeWork:
    """An open partnership file in memory, with steps, undo and drafts."""

    def __init__(self, now: Clock | None = None, user_name: str = "Ruth Coyle") -> None:
        self._now = now or FixedClock()
        self._user_name = user_name
        self._tables: dict[type[Any], dict[str, Any]] = {}
        self._drafts: dict[tuple[str, str, str], Draft] = {}
        self._documents: dict[str, bytes] = {}
        self._done: list[_Done] = []
        self._open: _Done | None = None

    @contextmanager
    def step(
        self, words: str, *, kind: StepKind = StepKind.OTHER, undoable: bool = True, of_held: bool = False
    ) -> Iterator[FakeRecords]:
        """One transaction; a step inside a step is part of it."""
        if self._open is not None:
            self._open.undoable = self._open.undoable and undoable
            inner = FakeRecords(self._tables, self._open.changes, self._documents, self._open.erased)
            inner.of_held = of_held
            yield inner
            return
        done = self._open = _Done(Step(new_id(), whole(words), self._now(), self._user_name, kind), undoable)
        drafts = dict(self._drafts)
        kept = False
        try:
            records = FakeRecords(self._tables, done.changes, self._documents, done.erased)
            records.of_held = of_held
            yield records
            kept = True
        finally:
            self._open = None
            if not kept:
                self._take_back(done)
                self._drafts = drafts
        if done.erased:
            done.undoable = False
            self._drafts = {which: d for which, d in self._drafts.items() if which[:2] not in done.erased}
        if any(change.before != change.after for change in _from_first_to_last(done.changes)):
            self._done.append(done)

    @contextmanager
    def reading(self) -> Iterator[FakeRecords]:
        """A view; saving in it is refused."""
        yield FakeRecords(self._tables, None, self._documents)

    def last_step(self) -> Step | None:
        """What `undo` would take back."""
        return self._done[-1].step if self._done and self._done[-1].undoable else None

    def undo(self) -> Step | None:
        """Take back the last undoable step."""
        if self.last_step() is None:
            return None
        done = self._done[-1]
        for change in _from_first_to_last(done.changes):
            if getattr(change.kind, "stays_when_undone", False):
                continue
            if self._tables[change.kind].get(change.record_id) != change.after:
                raise Refused(f"“{done.step.words}” cannot be undone: something in it was changed since.")
        self._take_back(done)
        FakeRecords(self._tables, None, self._documents).drop_unnamed_documents()
        self._done.pop()
        return done.step

    def _take_back(self, done: _Done) -> None:
        for change in reversed(done.changes):
            if getattr(change.kind, "stays_when_undone", False) and done in self._done:
                continue
            _set(self._tables, change.kind, change.record_id, change.before)

    def change_since(self, record: Any) -> None:
        """As if a record was changed without a step: the undo of the step before is refused."""
        _set(self._tables, type(record), record.id, record)

    def keep_draft(self, kind: type[Any], record_id: str, field: str, text: str) -> datetime:
        """Keep what is being typed."""
        at = self._now()
        self._drafts[kind.__name__, record_id, field] = Draft(kind.__name__, record_id, field, whole(text), at)
        return at

    def draft(self, kind: type[Any], record_id: str, field: str) -> Draft | None:
        """What was being typed there."""
        return self._drafts.get((kind.__name__, record_id, field))

    def drafts(self) -> list[Draft]:
        """All unended drafts."""
        return sorted(self._drafts.values(), key=lambda d: (d.at, d.kind, d.record_id, d.field))

    def drop_draft(self, kind: type[Any], record_id: str, field: str) -> None:
        """Forget a draft."""
        self._drafts.pop((kind.__name__, record_id, field), None)

    def sweep(self) -> None:
        """Nothing is kept anywhere."""
        if self._open is not None:
            raise RuntimeError("Sweeping inside a step")

    def head(self) -> tuple[int, str]:
        """The number of steps kept, and that number as 16 hex digits."""
        return len(self._done), f"{len(self._done):016x}"

    def head_after(self, kind: type[Any], record_id: str) -> tuple[int, str, datetime]:
        """The same as it stood after the step that last wrote this record, and when that was."""
        for number, done in reversed(list(enumerate(self._done, 1))):
            if any((change.kind, change.record_id) == (kind, record_id) for change in done.changes):
                return number, f"{number:016x}", done.step.at
        raise NotFound(f"This {kind.__name__.lower()} is no longer in the file.")

    def first_written(self, kind: type[Any], record_id: str) -> datetime:
        """When the first step that wrote this record was done."""
        for done in self._done:
            if any((change.kind, change.record_id) == (kind, record_id) for change in done.changes):
                return done.step.at
        raise NotFound(f"This {kind.__name__.lower()} is no longer in the file.")

    def everything(self) -> dict[type[Any], dict[str, Any]]:
        """All records by class and id, to compare in tests."""
        return {kind: dict(rows) for kind, rows in self._tables.items() if rows}


def _from_first_to_last(changes: list[_Change]) -> list[_Change]:
    merged: dict[tuple[type[Any], str], _Change] = {}
    for change in changes:
        first = merged.get((change.kind, change.record_id), change)
        merged[change.kind, change.record_id] = dataclasses.replace(change, before=first.before)
    return list(merged.values())


@dataclass
class FakeStanding:
    """A file that is where it was until it is said to be lost."""

    folder: Path = Path("papers/partnership")
    reading_only: str = ""
    clock_doubt: str = ""
    lost: str = ""

    def __post_init__(self) -> None:
        self.when_lost: Callable[[], None] = lambda: None

    def look(self) -> str:
        return self.lost

    def accept_clock(self, note: Callable[[], None]) -> None:
        self.clock_doubt = ""
        note()

    def keeping_what_was_typed(self) -> AbstractContextManager[None]:
        return nullcontext()


class NoQueries:
    """Answers no rows: for services that never ask."""

    def page_of_cases(self, query: Any, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        """No rows."""
        return (), 0

    def search(self, text: str, limit: int) -> Sequence[Any]:
        """No rows."""
        return ()


def _no_paper(*_args: Any, **_more: Any) -> Any:
    raise AssertionError("this test handed in no reader or writer of papers")


NO_PAPERS = Papers(
    read_book=_no_paper,
    read_cases=_no_paper,
    read_members=_no_paper,
    members_template=_no_paper,
    print_minutes=_no_paper,
    read_actions=_no_paper,
    actions_template=_no_paper,
    likeness=likeness,
)


def typed_out(minutes: Any, progress: Any = None) -> bytes:
    """A paper as quick as its words: all that its value says, so that another value is another paper."""
    return repr(minutes).encode("utf-8", "surrogatepass")


QUICK_PAPERS = dataclasses.replace(NO_PAPERS, print_minutes=typed_out, print_private_minutes=typed_out)


def fake_session(
    work: Any = None,
    *,
    now: Clock | None = None,
    queries: Any = None,
    papers: Papers = NO_PAPERS,
    user_name: str = "Ruth Coyle",
    member_id: str = "member-ruth",
    roles: frozenset[Role] = frozenset(Role),
    subject: Subject = CASES,
) -> Session:
    """A session on a FakeWork (or the work given), by default of a user alone, who holds every role."""
    now = now or FixedClock()
    return Session(
        work=work if work is not None else FakeWork(now, user_name),
        queries=queries or NoQueries(),
        papers=papers,
        now=now,
        user_name=user_name,
        member_id=member_id,
        roles=roles,
        subject=subject,
    )
