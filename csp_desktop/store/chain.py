"""Finding out whether anyone changed, took out or moved an entry of the journal, or a record behind its back."""

import hmac
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, inspect, null, select

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.store.aggregates import kind_word
from csp_desktop.store.journal import HASHED, REWRITTEN, Key, Keys, by_hash, keyed, link, record_text
from csp_desktop.store.tables import Schema

LOOK = 2000  # entries between two looks at Cancel


def verify_chain(
    connection: Connection,
    key: Key,
    schema: Schema,
    last_seen: tuple[int, str] | None = None,
    progress: Progress = unheard,
) -> list[str]:
    """Sentences on every place where the journal is not as it was written; empty when it is.

    `last_seen`: number and first hexadecimal digits of a chain value kept outside the file (minutes, the keyring).
    """
    journal, keys = schema.journal, Keys(connection, schema, key)
    total = connection.execute(select(func.count()).select_from(journal)).scalar_one()
    columns = (journal.c.number, journal.c.chain, *_hashed(connection, journal))
    found: list[str] = []
    number, chain = 0, ""
    seen = not last_seen or last_seen[0] == 0
    for done, row in enumerate(connection.execute(select(*columns).order_by(journal.c.number))):
        if done % LOOK == 0:
            progress(done, total, "")
        at, kept = row[0], row[1]
        if at != number + 1:
            found.append(f"Entries are missing from the journal before entry {at}.")
        if not hmac.compare_digest(link(keys.of(at), chain, at, row[2:]), kept):
            found.append(f"Entry {at} of the journal was changed or moved.")
        number, chain = at, kept
        if last_seen and number == last_seen[0]:
            seen = True
            if not chain.startswith(last_seen[1]):
                found.append(
                    f"Entry {number} of the journal is not the one this computer or the printed minutes recorded."
                )
    if not seen and last_seen:
        found.append(
            f"The journal ends at entry {number}, but entry {last_seen[0]} was seen before: this is an older copy."
        )
    progress(total, total, "")
    return found


def _hashed(connection: Connection, journal: Table) -> list[ColumnElement[Any]]:
    """What the chain holds of each entry; a file not yet migrated has fewer columns, and no entry with the others."""
    kept = {column["name"] for column in inspect(connection).get_columns(journal.name)}
    return [journal.c[name] if name in kept else null() for name in HASHED]


def stands_at(connection: Connection, schema: Schema, number: int, digits: str) -> bool:
    """Whether the journal has this entry with a chain value beginning so: cheap, for the moment of opening."""
    journal = schema.journal
    kept = connection.execute(select(journal.c.chain).where(journal.c.number == number)).scalar()
    return kept is not None and kept.startswith(digits)


def verify_records(connection: Connection, key: Key, schema: Schema) -> list[str]:
    """Sentences on records that are not what the journal last wrote: changed outside the program."""
    journal, salts, keys = schema.journal, schema.salts, Keys(connection, schema, key)
    last: dict[tuple[str, str], tuple[int, str]] = {}
    question = select(journal.c.kind, journal.c.record_id, journal.c.number, journal.c.after).order_by(journal.c.number)
    for kind, record_id, number, after in connection.execute(question):
        last[kind, record_id] = (number, after)
    salt_of = {(kind, record_id): bytes(salt) for kind, record_id, salt in connection.execute(select(salts))}
    found = []
    for kind, table in schema.register.items():
        changed = 0
        held = {record.id: record for record in (kind(*row) for row in connection.execute(select(table)))}
        for record_id in held.keys() | {i for k, i in last if k == kind.__name__}:
            text, which = record_text(held.get(record_id)), (kind.__name__, record_id)
            number, after = last.get(which, (0, ""))
            now = "" if text is None else keyed(keys.of(number), salt_of.get(which, b""), text.encode())
            changed += now != after
        if changed:
            found.append(f"Records changed outside the program: {changed} ({kind_word(kind.__name__)}).")
    return found


def verify_revisions(connection: Connection, key: Key, schema: Schema) -> list[str]:
    """A sentence when kept values are not those the journal vouches for, are gone, or stand under another name.

    Erased ones are no finding: with them went the record and its salt, or an entry of the chain says that the record
    was written anew; so nobody can take away the values of a record that is still there and call them erased.
    """
    journal, revisions, salts = schema.journal, schema.revisions, schema.salts
    keys = Keys(connection, schema, key)
    salt_of = {(kind, record_id): bytes(salt) for kind, record_id, salt in connection.execute(select(salts))}
    anew = {(kind, record_id): number for kind, record_id, number in connection.execute(_written_anew(journal))}
    names: dict[tuple[int, str | None], str] = {}  # a key is a buffer and stands for itself
    changed = 0
    asked = select(
        journal.c.number,
        journal.c.kind,
        journal.c.record_id,
        journal.c.by,
        journal.c.before,
        journal.c.after,
        revisions.c.by,
        revisions.c.before,
        revisions.c.after,
    ).outerjoin_from(journal, revisions, revisions.c.number == journal.c.number)
    for number, kind, record_id, by, was, became, name, before, after in connection.execute(asked):
        own, which = keys.of(number), (kind, record_id)
        salt = salt_of.get(which) if number >= anew.get(which, 0) else None
        if (id(own), name) not in names:
            names[id(own), name] = by_hash(own, name or "")
        stand = _stands(own, salt, before, was) and _stands(own, salt, after, became)
        changed += not stand or names[id(own), name] != by
    if not changed:
        return []
    return [f"Earlier values kept by the journal were changed outside the program: {changed} entries."]


def _written_anew(journal: Table) -> Select[Any]:
    """The last entry of each record before which nothing of it is kept."""
    last = func.max(journal.c.number)
    written = journal.c.verb == REWRITTEN
    return (
        select(journal.c.kind, journal.c.record_id, last).where(written).group_by(journal.c.kind, journal.c.record_id)
    )


def _stands(key: Key, salt: bytes | None, text: str | None, kept: str) -> bool:
    """Whether a kept value is the one hashed; without a salt there must be none."""
    if text is None or salt is None:
        return text is None and (not kept or salt is None)
    return keyed(key, salt, text.encode()) == kept
