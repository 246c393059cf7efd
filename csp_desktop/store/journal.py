"""The journal: its keyed chain, one entry for each record a step changes, and its steps as its page reads them."""

import functools
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Select, bindparam, delete, distinct, func, insert, select

from csp_desktop.services.ports.journal import JournalChange, JournalQuery, JournalStep
from csp_desktop.services.ports.work import StepKind
from csp_desktop.store import aggregates
from csp_desktop.store.aggregates import changed_fields, from_values, values
from csp_desktop.store.columns import canonical, plain
from csp_desktop.store.tables import Schema

HASHED = (
    "step",
    "verb",
    "undoes",
    "undoable",
    "at",
    "by",
    "kind",
    "record_id",
    "about",
    "fields",
    "before",
    "after",
    "step_kind",  # last, since entries of version 0.1.0 have none
)
SALT_BYTES = 16

BY_WORDS = {  # the kinds of steps in entries of version 0.1.0, which have none
    "start of the meeting": StepKind.START,
    "going to another item": StepKind.GOING,
    "going to another case": StepKind.GOING,
    "going to an item": StepKind.GOING,
    "leaving an item": StepKind.GOING,
    "going to another person": StepKind.GOING,
    "turning away from a person": StepKind.GOING,
    "hiding a person": StepKind.GOING,
    "leaving a person": StepKind.GOING,
    "minute of a case": StepKind.NOTE,
    "note of an item": StepKind.NOTE,
    "private note": StepKind.NOTE,
    "closing of the meeting": StepKind.CLOSING,
    "approval of the private minutes": StepKind.APPROVAL,
}

Key = bytes | bytearray  # a buffer where it lives longer than a call, so that it can be wiped


REWRITTEN = "rewritten"  # the verb of an entry before which no value of the record is kept


@dataclass(frozen=True)
class Change:
    """What one step does to one record; None before: added, None after: removed. `erased`: no value it had until then
    is kept."""

    kind: type[Any]
    record_id: str
    before: Any | None
    after: Any | None
    erased: bool = False

    @property
    def verb(self) -> str:
        """The neutral word the journal keeps."""
        if self.erased and self.after is not None:
            return REWRITTEN
        return "added" if self.before is None else "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class Entry:
    """What all entries of one step share."""

    step: str
    words: str
    undoable: bool
    at: str
    by: str
    kind: StepKind
    undoes: str = ""


def keyed(key: Key, *parts: bytes) -> str:
    """64 hexadecimal digits of HMAC-SHA256."""
    return hmac.digest(key, b"".join(parts), "sha256").hex()


def by_hash(key: Key, name: str) -> str:
    """How the journal names a user."""
    return keyed(key, b"by", name.encode())


def head(connection: Connection, schema: Schema) -> tuple[int, str]:
    """The number and chain value of the last entry; (0, "") in an empty journal."""
    row = connection.execute(_last(schema)).first()
    return (row.number, row.chain) if row else (0, "")


def head_after(connection: Connection, schema: Schema, kind: str, record_id: str) -> tuple[int, str, datetime] | None:
    """Number, chain value and instant of the last entry of the step that last wrote a record; None where none did."""
    journal = schema.journal
    of_record = (
        select(journal.c.step)
        .where(journal.c.kind == kind, journal.c.record_id == record_id)
        .order_by(journal.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    last = select(journal.c.number, journal.c.chain, journal.c.at).where(journal.c.step == of_record)
    row = connection.execute(last.order_by(journal.c.number.desc()).limit(1)).first()
    return (row.number, row.chain, datetime.fromisoformat(row.at)) if row else None


def first_written(connection: Connection, schema: Schema, kind: str, record_id: str) -> datetime | None:
    """The instant of the first entry about a record; None where there is none."""
    journal = schema.journal
    of_record = select(journal.c.at).where(journal.c.kind == kind, journal.c.record_id == record_id)
    row = connection.execute(of_record.order_by(journal.c.number).limit(1)).first()
    return datetime.fromisoformat(row.at) if row else None


@functools.cache
def _last(schema: Schema) -> Select[Any]:
    journal = schema.journal
    return select(journal.c.number, journal.c.chain).order_by(journal.c.number.desc()).limit(1)


def append(connection: Connection, schema: Schema, key: Key, entry: Entry, changes: Sequence[Change]) -> None:
    """Write one entry for each change, and its values into the revisions."""
    number, chain = head(connection, schema)
    by = by_hash(key, entry.by)
    rows, revisions = [], []
    for change in changes:
        number += 1
        salt = _salt(connection, schema, change)
        before, after = record_text(change.before), record_text(change.after)
        row = {
            "number": number,
            "step": entry.step,
            "verb": change.verb,
            "undoes": entry.undoes,
            "undoable": entry.undoable,
            "at": entry.at,
            "by": by,
            "kind": change.kind.__name__,
            "record_id": change.record_id,
            "about": _about(connection, schema, change, changes),
            "fields": " ".join(changed_fields(change.before, change.after)),
            "before": "" if before is None or change.verb == REWRITTEN else keyed(key, salt, before.encode()),
            "after": "" if after is None else keyed(key, salt, after.encode()),
            "step_kind": entry.kind.value,
        }
        chain = row["chain"] = link(key, chain, number, [row[name] for name in HASHED])
        rows.append(row)
        if change.erased:
            before, after = None, after if change.verb == REWRITTEN else None
        revisions.append({"number": number, "words": entry.words, "by": entry.by, "before": before, "after": after})
    connection.execute(insert(schema.journal), rows)
    connection.execute(insert(schema.revisions), revisions)


def record_text(record: Any | None) -> str | None:
    """A record as its revisions and hashes have it."""
    return None if record is None else canonical(values(record))


def record_of(kind: type[Any], text: str | None) -> Any | None:
    """The record a revision kept."""
    return None if text is None else from_values(kind, json.loads(text))


def link(key: Key, chain: str, number: int, hashed: Iterable[Any]) -> str:
    """The chain value of an entry after the one whose value is given; `hashed` in the order of `HASHED`. An entry of
    version 0.1.0 stays the text it was: where the last is None it is no part of it.
    """
    *values, step_kind = hashed
    plain = [int(value) if value is True or value is False else value for value in values]
    if step_kind is not None:
        plain.append(step_kind)
    return keyed(key, chain.encode(), canonical([number, *plain]).encode())


def retire_key(connection: Connection, schema: Schema, key: Key) -> None:
    """The vault gets a new key: what was written so far stays checkable under the old one. To be called in the copy
    that the new key will open, before anything is written there."""
    number, _ = head(connection, schema)
    already = connection.execute(select(schema.retired_keys.c.until).order_by(schema.retired_keys.c.until.desc()))
    if number and already.scalar() != number:
        connection.execute(insert(schema.retired_keys), {"until": number, "key": key})


class Keys:
    """Which key each entry was written under."""

    def __init__(self, connection: Connection, schema: Schema, current: Key) -> None:
        retired = schema.retired_keys
        rows = connection.execute(select(retired).order_by(retired.c.until))
        self._retired = [(until, bytes(key)) for until, key in rows]
        self._current = current

    def of(self, number: int) -> Key:
        """The key of one entry."""
        return next((key for until, key in self._retired if number <= until), self._current)

    def every(self) -> list[Key]:
        """All of them, the current one last."""
        return [*(key for _, key in self._retired), self._current]


def _about(connection: Connection, schema: Schema, change: Change, changes: Sequence[Change]) -> str:
    """The id of the case (in the private file: the person) a change is about; empty for none."""
    if change.kind is schema.subject:
        return change.record_id
    record = change.before if change.after is None else change.after
    direct = _named(schema, record)
    for field, parent in schema.through.items():
        parent_id = getattr(record, field, "")
        if parent_id and not direct:
            held = aggregates.load(connection, parent, schema.register[parent], parent_id)
            if held is None:  # gone in this very step
                held = next((c.before for c in changes if (c.kind, c.record_id) == (parent, parent_id)), None)
            direct = _named(schema, held)
    return direct


def _named(schema: Schema, record: Any) -> str:
    return next((str(getattr(record, field)) for field in schema.subject_fields if hasattr(record, field)), "")


def _salt(connection: Connection, schema: Schema, change: Change) -> bytes:
    salts = schema.salts
    which = {"of_kind": change.kind.__name__, "of_id": change.record_id}
    if change.verb == REWRITTEN:
        connection.execute(_forgetting_salt(schema), which)
    kept = connection.execute(_salt_of(schema), which).scalar()
    if kept is None:
        kept = secrets.token_bytes(SALT_BYTES)
        connection.execute(insert(salts), {"kind": change.kind.__name__, "record_id": change.record_id, "salt": kept})
    return bytes(kept)


@functools.cache
def _salt_of(schema: Schema) -> Select[Any]:
    salts = schema.salts
    return select(salts.c.salt).where(salts.c.kind == bindparam("of_kind"), salts.c.record_id == bindparam("of_id"))


@functools.cache
def _forgetting_salt(schema: Schema) -> Delete:
    salts = schema.salts
    return delete(salts).where(salts.c.kind == bindparam("of_kind"), salts.c.record_id == bindparam("of_id"))


def kind_of(kept: str | None, words: str) -> StepKind:
    """The kind of a step as its journal entry has it: `kept` is None in one written before kinds were kept."""
    return BY_WORDS.get(words, StepKind.OTHER) if kept is None else StepKind(kept)


class SqlJournal:
    """services.file.journal.JournalQueries on the open file: one line a step, found by person, case, day or kind."""

    def __init__(
        self, connected: Callable[[], AbstractContextManager[Connection]], schema: Schema, key: Callable[[], Key]
    ) -> None:
        self._connected, self._schema, self._key = connected, schema, key

    def page(self, query: JournalQuery, offset: int, limit: int) -> Sequence[JournalStep]:
        """One page of steps, the newest first."""
        journal = self._schema.journal
        with self._connected() as connection:
            last = func.max(journal.c.number).label("last")
            wanted = self._filtered(connection, select(journal.c.step, last), query)
            wanted = wanted.group_by(journal.c.step).order_by(last.desc()).offset(offset).limit(limit)
            steps = [step for step, _ in connection.execute(wanted)]
            return self._steps(connection, steps, query.kind) if steps else ()

    def newest(self) -> datetime | None:
        """When the last entry was written, by the clock of that day; None before the first."""
        journal = self._schema.journal
        with self._connected() as connection:
            at = connection.execute(select(journal.c.at).order_by(journal.c.number.desc()).limit(1)).scalar()
        return None if at is None else datetime.fromisoformat(at)

    def count(self, query: JournalQuery) -> int:
        """How many steps match."""
        journal = self._schema.journal
        with self._connected() as connection:
            counted = self._filtered(connection, select(func.count(distinct(journal.c.step))), query)
            return int(connection.execute(counted).scalar_one())

    def changes(self, step: str, limit: int) -> tuple[Sequence[JournalChange], int]:
        """What a step did, record by record."""
        journal, revisions = self._schema.journal, self._schema.revisions
        asked = (
            select(
                journal.c.kind,
                journal.c.record_id,
                journal.c.verb,
                journal.c.fields,
                journal.c.undoes,
                revisions.c.before,
                revisions.c.after,
            )
            .outerjoin_from(journal, revisions, revisions.c.number == journal.c.number)
            .where(journal.c.step == step)
            .order_by(journal.c.number)
            .limit(limit)
        )
        with self._connected() as connection:
            rows = connection.execute(asked).all()
            total = connection.execute(select(func.count()).where(journal.c.step == step)).scalar_one()
        return [self._change(row) for row in rows], int(total)

    def people(self) -> Sequence[tuple[str, str]]:
        """Everyone who ever wrote, by name; the key is the name, which the journal itself has only hashed."""
        journal, revisions = self._schema.journal, self._schema.revisions
        with self._connected() as connection:
            first = select(func.min(journal.c.number)).group_by(journal.c.by)
            names = connection.execute(select(revisions.c.by).where(revisions.c.number.in_(first)).distinct())
            found = sorted({name for (name,) in names if name}, key=str.casefold)
        return [(name, name) for name in found]

    def _filtered(self, connection: Connection, asked: Select[Any], query: JournalQuery) -> Select[Any]:
        journal = self._schema.journal
        if query.by:
            keys = Keys(connection, self._schema, self._key()).every()
            asked = asked.where(journal.c.by.in_([by_hash(key, query.by) for key in keys]))
        if query.case_id:
            asked = asked.where(journal.c.about == query.case_id)
        if query.kind is not None:
            asked = asked.where(journal.c.kind == query.kind.__name__)
        if query.since is not None:
            asked = asked.where(journal.c.at >= plain(query.since))
        if query.before is not None:
            asked = asked.where(journal.c.at < plain(query.before))
        return asked

    def _steps(self, connection: Connection, steps: Sequence[str], kind: type[Any] | None) -> list[JournalStep]:
        journal, revisions = self._schema.journal, self._schema.revisions
        asked = (
            select(
                journal.c.step,
                func.min(journal.c.number).label("first"),
                func.max(journal.c.number).label("last"),
                func.min(journal.c.at).label("at"),
                func.max(journal.c.undoes).label("undoes"),
                func.max(revisions.c.words).label("words"),
                func.max(revisions.c.by).label("by"),
            )
            .outerjoin_from(journal, revisions, revisions.c.number == journal.c.number)
            .where(journal.c.step.in_(steps))
            .group_by(journal.c.step)
        )
        rows = {row.step: row for row in connection.execute(asked)}
        undone = set(connection.execute(select(journal.c.undoes).where(journal.c.undoes.in_(steps))).scalars())
        about: dict[str, list[str]] = {}
        named = select(journal.c.step, journal.c.about).where(journal.c.step.in_(steps), journal.c.about != "")
        if kind is not None:
            named = named.where(journal.c.kind == kind.__name__)
        for step, case_id in connection.execute(named.distinct()):
            about.setdefault(step, []).append(case_id)
        return [self._step(rows[step], step in undone, tuple(about.get(step, ()))) for step in steps]

    def _step(self, row: Any, undone: bool, about: tuple[str, ...]) -> JournalStep:
        at = datetime.fromisoformat(row.at)
        return JournalStep(
            row.step, row.first, row.last, at, row.by or "", row.words or "", bool(row.undoes), undone, about
        )

    def _change(self, row: Any) -> JournalChange:
        kind = self._schema.kind_named(row.kind)
        before, after = record_of(kind, row.before), record_of(kind, row.after)
        erased = (row.verb != "added" and before is None) or (row.verb != "removed" and after is None)
        fields = tuple(row.fields.split())
        return JournalChange(kind, row.record_id, row.verb, fields, before, after, erased)
