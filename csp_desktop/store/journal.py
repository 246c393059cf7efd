"""The journal's keyed chain: writing entries, and finding out whether anyone changed, took out or moved one."""

import functools
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select

from csp_desktop.store.aggregates import changed_fields, from_values, kind_word, values
from csp_desktop.store.columns import canonical
from csp_desktop.store.tables import Shelves

HASHED = ("step", "verb", "undoes", "undoable", "at", "by", "kind", "record_id", "fields", "before", "after")
SALT_BYTES = 16


@dataclass(frozen=True)
class Change:
    """What one step does to one record; None before: added, None after: removed."""

    kind: type[Any]
    record_id: str
    before: Any | None
    after: Any | None

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
    undoes: str = ""


def keyed(key: bytes, *parts: bytes) -> str:
    """64 hexadecimal digits of HMAC-SHA256."""
    return hmac.digest(key, b"".join(parts), "sha256").hex()


def head(connection: Connection, shelves: Shelves) -> tuple[int, str]:
    """The number and chain value of the last entry; (0, "") in an empty journal."""
    row = connection.execute(_last(shelves)).first()
    return (row.number, row.chain) if row else (0, "")


@functools.cache
def _last(shelves: Shelves) -> Select[Any]:
    journal = shelves.journal
    return select(journal.c.number, journal.c.chain).order_by(journal.c.number.desc()).limit(1)


def append(connection: Connection, shelves: Shelves, key: bytes, entry: Entry, changes: Iterable[Change]) -> None:
    """Write one entry for each change, and its values into the revisions."""
    number, chain = head(connection, shelves)
    by = keyed(key, b"by", entry.by.encode())
    rows, revisions = [], []
    for change in changes:
        number += 1
        salt = _salt(connection, shelves, change)
        before, after = _text(change.before), _text(change.after)
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
            "fields": " ".join(changed_fields(change.before, change.after)),
            "before": "" if before is None else keyed(key, salt, before.encode()),
            "after": "" if after is None else keyed(key, salt, after.encode()),
        }
        chain = row["chain"] = _link(key, chain, number, row)
        rows.append(row)
        revisions.append({"number": number, "words": entry.words, "by": entry.by, "before": before, "after": after})
    connection.execute(insert(shelves.journal), rows)
    connection.execute(insert(shelves.revisions), revisions)


def _text(record: Any | None) -> str | None:
    return None if record is None else canonical(values(record))


def record_of(kind: type[Any], text: str | None) -> Any | None:
    """The record a revision kept."""
    return None if text is None else from_values(kind, json.loads(text))


def _link(key: bytes, chain: str, number: int, row: Any) -> str:
    return keyed(key, chain.encode(), canonical([number, *(_hashed(row[name]) for name in HASHED)]).encode())


def _hashed(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _salt(connection: Connection, shelves: Shelves, change: Change) -> bytes:
    salts = shelves.salts
    which = {"of_kind": change.kind.__name__, "of_id": change.record_id}
    kept = connection.execute(_salt_of(shelves), which).scalar()
    if kept is None:
        kept = secrets.token_bytes(SALT_BYTES)
        connection.execute(insert(salts), {"kind": change.kind.__name__, "record_id": change.record_id, "salt": kept})
    return bytes(kept)


@functools.cache
def _salt_of(shelves: Shelves) -> Select[Any]:
    salts = shelves.salts
    return select(salts.c.salt).where(salts.c.kind == bindparam("of_kind"), salts.c.record_id == bindparam("of_id"))


def verify_chain(
    connection: Connection, key: bytes, shelves: Shelves, witness: tuple[int, str] | None = None
) -> list[str]:
    """Sentences on every place where the journal is not as it was written; empty when it is.

    `witness`: number and first hexadecimal digits of a chain value kept outside the file (minutes, the keyring).
    """
    journal = shelves.journal
    found: list[str] = []
    number, chain = 0, ""
    seen = not witness or witness[0] == 0
    for row in connection.execute(select(journal).order_by(journal.c.number)).mappings():
        if row["number"] != number + 1:
            found.append(f"Entries are missing from the journal before entry {row['number']}.")
        if not hmac.compare_digest(_link(key, chain, row["number"], row), row["chain"]):
            found.append(f"Entry {row['number']} of the journal is not as it was written, or was put in another place.")
        number, chain = row["number"], row["chain"]
        if witness and number == witness[0]:
            seen = True
            if not chain.startswith(witness[1]):
                found.append(f"Entry {number} of the journal is not the one this computer or the printed minutes saw.")
    if not seen and witness:
        found.append(f"The journal ends at entry {number}, but entry {witness[0]} was seen: this is an older copy.")
    return found


def verify_records(connection: Connection, key: bytes, shelves: Shelves) -> list[str]:
    """Sentences on records that are not what the journal last wrote: changed outside the program."""
    journal, salts = shelves.journal, shelves.salts
    last: dict[tuple[str, str], str] = {}
    question = select(journal.c.kind, journal.c.record_id, journal.c.after).order_by(journal.c.number)
    for kind, record_id, after in connection.execute(question):
        last[kind, record_id] = after
    salt_of = {(kind, record_id): bytes(salt) for kind, record_id, salt in connection.execute(select(salts))}
    found = []
    for kind, table in shelves.register.items():
        changed = 0
        held = {record.id: record for record in (kind(*row) for row in connection.execute(select(table)))}
        for record_id in held.keys() | {i for k, i in last if k == kind.__name__}:
            text, which = _text(held.get(record_id)), (kind.__name__, record_id)
            now = "" if text is None else keyed(key, salt_of.get(which, b""), text.encode())
            changed += now != last.get(which, "")
        if changed:
            found.append(f"Records changed outside the program: {changed} ({kind_word(kind.__name__)}).")
    return found
