"""The open file as the services use it: steps that are kept whole or not at all, undo, what is being typed, erasing."""

import dataclasses
import functools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Delete, Engine, Select, bindparam, delete, event, exists, select, update
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlcipher3 import dbapi2

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.mended import mended
from csp_desktop.domain.common.text import whole
from csp_desktop.domain.meeting.held import refuse_of_held
from csp_desktop.services.ports.work import Draft, Step, StepKind
from csp_desktop.store import aggregates, documents, journal
from csp_desktop.store.checks import checkpoint
from csp_desktop.store.columns import plain
from csp_desktop.store.engine import reading, refusal_for
from csp_desktop.store.errors import StoreRefused
from csp_desktop.store.journal import Change, Entry, Key, SqlJournal, kind_of
from csp_desktop.store.searching import keep_current
from csp_desktop.store.tables import CPG, PAST_UNDO, Schema
from csp_desktop.store.transactions import transaction

T = TypeVar("T")
Pair = tuple[str, str]

HELD = (
    "The file's key is being changed, which takes a few seconds. Try again when it is done: "
    "what you typed is still here."
)


class WriteGuard(Protocol):
    """Asked at every commit whether the file may be written to, and after it whether what was written is in it."""

    def before(self, *, typing: bool) -> None:
        """Raises a refusal when nothing may be written. `typing`: what is being typed, not yet a step."""

    def after(self) -> None:
        """Raises a refusal when what was just committed is not in the file that lies at its path."""


class SqlRecords:
    """The records inside one transaction, each read once; in a step also what it has changed so far."""

    def __init__(
        self, connection: Connection, schema: Schema, *, writing: bool, within: "SqlRecords | None" = None
    ) -> None:
        self.connection = connection
        self._schema = schema
        self._writing = writing
        self._known: dict[tuple[type[Any], str], Any] = within._known if within else {}
        self._changed: dict[tuple[type[Any], str], Change] = {}
        self.undoable = True
        self.of_held = False  # whether what belongs to a closed meeting may be written

    def get(self, kind: type[T], record_id: str) -> T:
        """The record; raises NotFound."""
        found: T | None = self._load(kind, record_id)
        if found is None:
            raise aggregates.missing(kind)
        return found

    def find(self, kind: type[T], /, **equals: Any) -> list[T]:
        """Records whose fields equal the values given, in order of position, number or id."""
        found: list[Any] = aggregates.find(self.connection, kind, self._schema.register[kind], mended(equals))
        self._known.update(((kind, record.id), record) for record in found)
        return found

    def _load(self, kind: type[Any], record_id: str) -> Any | None:
        which = (kind, record_id)
        if self._known.get(which) is None:
            self._known[which] = aggregates.load(self.connection, kind, self._schema.register[kind], record_id)
        return self._known[which]

    def save(self, record: Any) -> None:
        """Insert or replace one record; an equal record changes nothing."""
        self.put(type(record), record.id, record)

    def remove(self, record: Any) -> None:
        """Delete one record."""
        self.get(type(record), record.id)
        self.put(type(record), record.id, None)

    def erase(self, record: Any) -> None:
        """Delete one record for good; of a case, everything that was ever kept about it."""
        held, self.of_held = self.of_held, True
        self.remove(record)
        self.of_held = held
        which = (type(record), record.id)
        self._changed[which] = dataclasses.replace(self._changed[which], erased=True)
        self.undoable = False

    def rewrite(self, record: Any) -> None:
        """Replace one record and forget every value it had before; an equal record changes nothing."""
        held, self.of_held = self.of_held, True
        self.save(record)
        self.of_held = held
        which = (type(record), record.id)
        if which in self._changed:
            self._changed[which] = dataclasses.replace(self._changed[which], erased=True)
            self.undoable = False

    def put(self, kind: type[Any], record_id: str, after: Any | None) -> None:
        """Make the record what it shall be; the journal learns at the end of the step. Raises RuntimeError in a
        reading, Refused for part of a closed meeting."""
        if not self._writing:
            raise RuntimeError("Saving in a reading")
        before, after = self._load(kind, record_id), mended(after)
        if before == after:
            return
        if not self.of_held:
            refuse_of_held(self._load, before, after)
        aggregates.write(self.connection, self._schema.register[kind], before, after)
        self._known[kind, record_id] = after
        first = self._changed.get((kind, record_id), Change(kind, record_id, before, after))
        self._changed[kind, record_id] = dataclasses.replace(first, after=after)

    def keep_document(self, content: bytes) -> str:
        """Keep bytes under their SHA-256, which is returned. Raises RuntimeError in a reading."""
        if not self._writing:
            raise RuntimeError("Saving in a reading")
        return documents.keep(self.connection, self._schema, content)

    def document(self, sha256: str) -> bytes:
        """The bytes kept under it; raises NotFound."""
        return documents.one(self.connection, self._schema, sha256)

    def drop_unnamed_documents(self) -> None:
        """Forget for good every document that no record names any more. Raises RuntimeError in a reading."""
        if not self._writing:
            raise RuntimeError("Saving in a reading")
        documents.drop_unnamed(self.connection, self._schema)

    def changes(self) -> list[Change]:
        """What the step did to each record, from its first value to its last."""
        return [change for change in self._changed.values() if change.before != change.after]


class SqlWork:
    """An open, unlocked file. One per unlocked sitting; each thread has its own step or reading. Its copy of the key
    is wiped with the engine's.
    """

    def __init__(self, engine: Engine, journal_key: Key, now: Clock, user_name: str, schema: Schema = CPG) -> None:
        self._engine = engine
        self._reader = reading(engine)
        self._key = bytearray(journal_key)
        event.listen(engine, "engine_disposed", lambda _: self._forget_key())
        self._now = now
        self._user_name = user_name
        self.schema = schema
        self._here = threading.local()
        self._is_held, self._exchanged = False, 0
        self.guard: WriteGuard | None = None  # none in a file nobody else can see yet
        self.journal = SqlJournal(self.connected, schema, lambda: self._key)

    @contextmanager
    def step(
        self, words: str, *, kind: StepKind = StepKind.OTHER, undoable: bool = True, of_held: bool = False
    ) -> Iterator[SqlRecords]:
        """One transaction with its journal entries; a step inside a step is part of it."""
        outer = self._open_step()
        if outer is not None:
            outer.undoable, outer.of_held = outer.undoable and undoable, outer.of_held or of_held
            yield outer
            return
        with self._writing() as records:
            records.undoable, records.of_held = undoable, of_held
            yield records
            at = plain(self._now())
            self._enter(records, Entry(new_id(), whole(words), records.undoable, at, self._user_name, kind))

    @contextmanager
    def reading(self) -> Iterator[SqlRecords]:
        """One moment of the file; inside a step, what the step has done so far."""
        with self.connected() as connection:
            outer = self._open_step() or self._here.reading
            yield SqlRecords(connection, self.schema, writing=False, within=outer)

    def last_step(self) -> Step | None:
        """What `undo` would take back."""
        with self.connected() as connection:
            return self._last_step(connection)

    def undo(self) -> Step | None:
        """Take back the last undoable step in one transaction. Raises Refused if its records changed since,
        RuntimeError inside a step."""
        if self._open_step() is not None:
            raise RuntimeError("Undoing inside a step")
        with self._writing() as records:
            step = self._last_step(records.connection)
            if step is None:
                return None
            records.of_held = True
            for kind, record_id, before, after in self._images(records.connection, step):
                if getattr(kind, "stays_when_undone", False):
                    continue
                current = aggregates.load(records.connection, kind, self.schema.register[kind], record_id)
                if current != after:
                    raise Refused(
                        f"“{step.words}” cannot be undone: part of it ({aggregates.kind_word(kind.__name__)}) was "
                        "changed since. Change it by hand instead."
                    )
                records.put(kind, record_id, before)
            records.drop_unnamed_documents()
            entry = Entry(new_id(), step.words, False, plain(self._now()), self._user_name, step.kind, step.id)
            self._enter(records, entry)
            return step

    def keep_draft(self, kind: type[Any], record_id: str, field: str, text: str) -> datetime:
        """Commit what is being typed (no journal entry); returns the instant of the commit."""
        with self._drafting() as connection:
            _keep_draft(connection, self.schema, Draft(kind.__name__, record_id, field, whole(text), self._now()))
        return self._now()

    def draft(self, kind: type[Any], record_id: str, field: str) -> Draft | None:
        """What was being typed there, if its editing has not ended."""
        with self.connected() as connection:
            return _one_draft(connection, self.schema, kind.__name__, record_id, field)

    def drafts(self) -> list[Draft]:
        """All unended drafts (after a crash)."""
        with self.connected() as connection:
            return _every_draft(connection, self.schema)

    def drop_draft(self, kind: type[Any], record_id: str, field: str) -> None:
        """Forget a draft."""
        with self._drafting() as connection:
            _drop_draft(connection, self.schema, kind.__name__, record_id, field)

    def sweep(self) -> None:
        """Write the file anew, so that nothing erased stays in its free pages. Raises RuntimeError inside a step."""
        if self._open_step() is not None:
            raise RuntimeError("Sweeping inside a step")
        with self._guarded():
            _sweep(self._engine)

    def head(self) -> tuple[int, str]:
        """The journal's last number and the first 16 hex digits of its chain, as printed on minutes."""
        with self.connected() as connection:
            number, chain = journal.head(connection, self.schema)
        return number, chain[:16]

    def head_after(self, kind: type[Any], record_id: str) -> tuple[int, str, datetime]:
        """The same as it stood once the step that last wrote this record was done, and when that was; raises
        NotFound."""
        with self.connected() as connection:
            found = journal.head_after(connection, self.schema, kind.__name__, record_id)
        if found is None:
            raise aggregates.missing(kind)
        return found[0], found[1][:16], found[2]

    def first_written(self, kind: type[Any], record_id: str) -> datetime:
        """When this record was written for the first time; raises NotFound."""
        with self.connected() as connection:
            found = journal.first_written(connection, self.schema, kind.__name__, record_id)
        if found is None:
            raise aggregates.missing(kind)
        return found

    @contextmanager
    def held(self) -> Iterator[None]:
        """While the file is exchanged for another (see `engine.move_engine`) people read on and nobody writes: they are
        refused with a sentence, whoever was writing has ended, and no write is lost in the old file.
        """
        self._is_held = True
        try:
            with transaction(self._engine):
                """The lock of whoever was writing."""
            yield
        finally:
            self._exchanged += 1
            self._is_held = False

    def go_on_under(self, journal_key: Key) -> None:
        """The key of the entries from now on, inside `held`; those before are checked under theirs."""
        self._forget_key()
        self._key = bytearray(journal_key)

    def _forget_key(self) -> None:
        self._key[:] = bytes(len(self._key))

    def _open_step(self) -> SqlRecords | None:
        return getattr(self._here, "step", None)

    @contextmanager
    def _writing(self) -> Iterator[SqlRecords]:
        with self._unheld() as connection:
            self._here.step = SqlRecords(connection, self.schema, writing=True)
            try:
                yield self._here.step
            finally:
                self._here.step = None

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """The connection of the open step or reading of this thread, or one of its own."""
        held: SqlRecords | None = self._open_step() or getattr(self._here, "reading", None)
        if held is not None:
            yield held.connection
            return
        with transaction(self._reader) as connection:
            self._here.reading = SqlRecords(connection, self.schema, writing=False)
            try:
                yield connection
            finally:
                self._here.reading = None

    @contextmanager
    def _drafting(self) -> Iterator[Connection]:
        step = self._open_step()
        if step is not None:
            yield step.connection
            return
        with self._unheld(typing=True) as connection:
            yield connection

    @contextmanager
    def _guarded(self, *, typing: bool = False) -> Iterator[None]:
        """Whatever writes: asked before, and again once it is committed."""
        if self.guard is not None:
            self.guard.before(typing=typing)
        yield
        if self.guard is not None:
            self.guard.after()

    @contextmanager
    def _unheld(self, *, typing: bool = False) -> Iterator[Connection]:
        """A writing transaction, unless the file is being exchanged or was since its connection was asked for."""
        exchanged = self._exchanged
        with self._guarded(typing=typing), transaction(self._engine) as connection:
            if self._is_held or self._exchanged != exchanged:
                raise StoreRefused(HELD)
            yield connection

    def _enter(self, records: SqlRecords, entry: Entry) -> None:
        changes = records.changes()
        if changes:
            last, _ = journal.head(records.connection, self.schema)
            keep_current(records.connection, self.schema, changes)
            journal.append(records.connection, self.schema, self._key, entry, changes)
            _wipe(records.connection, self.schema, changes, last)

    def _last_step(self, connection: Connection) -> Step | None:
        row = connection.execute(_last_entry(self.schema)).first()
        if row is None or not row.undoable or not row.words:
            return None
        kind = kind_of(row.step_kind, row.words)
        return Step(row.step, row.words, datetime.fromisoformat(row.at), row.by, kind)

    def _images(self, connection: Connection, step: Step) -> list[tuple[type[Any], str, Any, Any]]:
        found = []
        for name, record_id, before, after in connection.execute(_images_of(self.schema), {"of_step": step.id}):
            kind = self.schema.kind_named(name)
            found.append((kind, record_id, journal.record_of(kind, before), journal.record_of(kind, after)))
        return found


@functools.cache
def _last_entry(schema: Schema) -> Select[Any]:
    """The newest entry that neither undoes nor was undone, with its words."""
    entries, revisions = schema.journal, schema.revisions
    undoing = entries.alias("undoing")
    return (
        select(entries.c.step, entries.c.undoable, entries.c.at, entries.c.step_kind, revisions.c.words, revisions.c.by)
        .outerjoin_from(entries, revisions, revisions.c.number == entries.c.number)
        .where(entries.c.undoes == "", ~exists().where(undoing.c.undoes == entries.c.step))
        .where(entries.c.kind.not_in(PAST_UNDO))
        .order_by(entries.c.number.desc())
        .limit(1)
    )


@functools.cache
def _images_of(schema: Schema) -> Select[Any]:
    """What the records of one step were before and after it, the newest entry first."""
    entries, revisions = schema.journal, schema.revisions
    return (
        select(entries.c.kind, entries.c.record_id, revisions.c.before, revisions.c.after)
        .outerjoin_from(entries, revisions, revisions.c.number == entries.c.number)
        .where(entries.c.step == bindparam("of_step"))
        .order_by(entries.c.number.desc())
    )


def _keep_draft(connection: Connection, schema: Schema, draft: Draft) -> None:
    """Insert or replace what is being typed: at most a moment behind, outside the journal, until its editing ends."""
    row = {"kind": draft.kind, "record_id": draft.record_id, "field": draft.field, "text": draft.text}
    connection.execute(_keeping_draft(schema.drafts), {**row, "at": plain(draft.at)})


def _one_draft(connection: Connection, schema: Schema, kind: str, record_id: str, field: str) -> Draft | None:
    """The draft of one field, or None."""
    row = connection.execute(_asking_draft(schema.drafts), _which_draft(kind, record_id, field)).first()
    return None if row is None else _draft(row)


def _every_draft(connection: Connection, schema: Schema) -> list[Draft]:
    """All drafts, the oldest first."""
    rows = connection.execute(_all_drafts(schema.drafts)).all()
    return sorted(map(_draft, rows), key=lambda draft: (draft.at, draft.kind, draft.record_id, draft.field))


def _drop_draft(connection: Connection, schema: Schema, kind: str, record_id: str, field: str) -> None:
    """Forget the draft of one field."""
    connection.execute(_dropping_draft(schema.drafts), _which_draft(kind, record_id, field))


def _draft(row: Any) -> Draft:
    return Draft(row.kind, row.record_id, row.field, row.text, datetime.fromisoformat(row.at))


def _which_draft(kind: str, record_id: str, field: str) -> dict[str, str]:
    return {"of_kind": kind, "of_id": record_id, "of_field": field}


def _draft_there(table: Any) -> tuple[Any, ...]:
    return (
        table.c.kind == bindparam("of_kind"),
        table.c.record_id == bindparam("of_id"),
        table.c.field == bindparam("of_field"),
    )


@functools.cache
def _all_drafts(table: Any) -> Select[Any]:
    return select(table)


@functools.cache
def _asking_draft(table: Any) -> Select[Any]:
    return select(table).where(*_draft_there(table))


@functools.cache
def _dropping_draft(table: Any) -> Delete:
    return delete(table).where(*_draft_there(table))


@functools.cache
def _keeping_draft(table: Any) -> Insert:
    fresh = insert(table)
    return fresh.on_conflict_do_update(
        index_elements=[table.c.kind, table.c.record_id, table.c.field],
        set_={"text": fresh.excluded.text, "at": fresh.excluded.at},
    )


def _wipe(connection: Connection, schema: Schema, changes: Sequence[Change], last: int) -> None:
    """After a step's entries were written: everything up to entry `last` that tells of the records it erased, or wrote
    anew, leaves the revisions, the salts and the drafts. The journal's chain holds hashes only and stays whole; without
    the salts nobody can try words against them. What was written anew has a new salt.
    """
    erased = [change for change in changes if change.erased]
    if not erased:
        return
    pairs = {(change.kind.__name__, change.record_id) for change in erased}
    stay = {(change.kind.__name__, change.record_id) for change in erased if change.after is not None}
    for change in erased:
        if change.kind is schema.subject:
            pairs |= _ever_about(connection, schema, change.record_id)
    journal, revisions = schema.journal, schema.revisions
    for kind, record_id in pairs:
        numbers = select(journal.c.number).where(
            journal.c.kind == kind, journal.c.record_id == record_id, journal.c.number <= last
        )
        nothing = {"words": "", "before": None, "after": None}
        connection.execute(update(revisions).where(revisions.c.number.in_(numbers)).values(nothing))
        for kept in (schema.drafts,) if (kind, record_id) in stay else (schema.salts, schema.drafts):
            connection.execute(delete(kept).where(kept.c.kind == kind, kept.c.record_id == record_id))


def _ever_about(connection: Connection, schema: Schema, subject_id: str) -> set[Pair]:
    """Every record that was at any time about this case, and about one that was joined with it."""
    journal = schema.journal
    subjects, pairs = {subject_id}, set[Pair]()
    while True:
        question = select(journal.c.kind, journal.c.record_id).where(journal.c.about.in_(subjects)).distinct()
        pairs |= {(kind, record_id) for kind, record_id in connection.execute(question)}
        known = set(subjects)
        for kind, record_id in pairs:
            also = select(journal.c.about).where(journal.c.kind == kind, journal.c.record_id == record_id)
            subjects |= {about for (about,) in connection.execute(also.distinct()) if about}
        if subjects == known:
            return pairs


def _sweep(engine: Engine) -> None:
    """Write the file anew without what was erased: free pages and the gaps in pages keep nothing, the log neither."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        try:
            driver.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
            driver.execute("VACUUM")
        except dbapi2.Error as error:
            raise refusal_for(error) or error from None
    checkpoint(engine)


def open_work(engine: Engine, journal_key: Key, now: Clock, user_name: str, schema: Schema = CPG) -> SqlWork:
    """An open file, for `opening`. The engine is open and keyed and its tables are current (migrations.upgrade)."""
    return SqlWork(engine, journal_key, now, user_name, schema)
