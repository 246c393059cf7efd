"""The journal's keyed chain: writing its entries, one for each record a step changes."""

import functools
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select

from csp_desktop.services.ports.work import StepKind
from csp_desktop.store import aggregates
from csp_desktop.store.aggregates import changed_fields, from_values, values
from csp_desktop.store.columns import canonical
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

Key = bytes | bytearray  # a buffer where it lives longer than a call, so that it can be wiped


@dataclass(frozen=True)
class Change:
    """What one step does to one record; None before: added, None after: removed. `erased`: no value of it is kept."""

    kind: type[Any]
    record_id: str
    before: Any | None
    after: Any | None
    erased: bool = False

    @property
    def verb(self) -> str:
        """The neutral word the journal keeps."""
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
            "before": "" if before is None else keyed(key, salt, before.encode()),
            "after": "" if after is None else keyed(key, salt, after.encode()),
            "step_kind": entry.kind.value,
        }
        chain = row["chain"] = link(key, chain, number, [row[name] for name in HASHED])
        rows.append(row)
        if change.erased:
            before = after = None
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
    kept = connection.execute(_salt_of(schema), which).scalar()
    if kept is None:
        kept = secrets.token_bytes(SALT_BYTES)
        connection.execute(insert(salts), {"kind": change.kind.__name__, "record_id": change.record_id, "salt": kept})
    return bytes(kept)


@functools.cache
def _salt_of(schema: Schema) -> Select[Any]:
    salts = schema.salts
    return select(salts.c.salt).where(salts.c.kind == bindparam("of_kind"), salts.c.record_id == bindparam("of_id"))
