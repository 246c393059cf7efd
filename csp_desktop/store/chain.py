"""Finding out whether anyone changed, took out or moved an entry of the journal, or a record behind its back."""

import hmac
from collections.abc import Callable

from sqlalchemy import Connection, func, select

from csp_desktop.store.aggregates import kind_word
from csp_desktop.store.journal import HASHED, Keys, keyed, link, record_text
from csp_desktop.store.tables import Shelves

LOOK = 2000  # entries between two looks at Cancel

Tell = Callable[[int, int], None]  # so many of so many; raises to end the checking


def verify_chain(
    connection: Connection,
    key: bytes,
    shelves: Shelves,
    witness: tuple[int, str] | None = None,
    tell: Tell = lambda done, total: None,
) -> list[str]:
    """Sentences on every place where the journal is not as it was written; empty when it is.

    `witness`: number and first hexadecimal digits of a chain value kept outside the file (minutes, the keyring).
    """
    journal, keys = shelves.journal, Keys(connection, shelves, key)
    total = connection.execute(select(func.count()).select_from(journal)).scalar_one()
    columns = (journal.c.number, journal.c.chain, *(journal.c[name] for name in HASHED))
    found: list[str] = []
    number, chain = 0, ""
    seen = not witness or witness[0] == 0
    for done, row in enumerate(connection.execute(select(*columns).order_by(journal.c.number))):
        if done % LOOK == 0:
            tell(done, total)
        at, kept = row[0], row[1]
        if at != number + 1:
            found.append(f"Entries are missing from the journal before entry {at}.")
        if not hmac.compare_digest(link(keys.of(at), chain, at, row[2:]), kept):
            found.append(f"Entry {at} of the journal is not as it was written, or was put in another place.")
        number, chain = at, kept
        if witness and number == witness[0]:
            seen = True
            if not chain.startswith(witness[1]):
                found.append(f"Entry {number} of the journal is not the one this computer or the printed minutes saw.")
    if not seen and witness:
        found.append(f"The journal ends at entry {number}, but entry {witness[0]} was seen: this is an older copy.")
    tell(total, total)
    return found


def stands_at(connection: Connection, shelves: Shelves, number: int, digits: str) -> bool:
    """Whether the journal has this entry with a chain value beginning so: cheap, for the moment of opening."""
    journal = shelves.journal
    kept = connection.execute(select(journal.c.chain).where(journal.c.number == number)).scalar()
    return kept is not None and kept.startswith(digits)


def verify_records(connection: Connection, key: bytes, shelves: Shelves) -> list[str]:
    """Sentences on records that are not what the journal last wrote: changed outside the program."""
    journal, salts, keys = shelves.journal, shelves.salts, Keys(connection, shelves, key)
    last: dict[tuple[str, str], tuple[int, str]] = {}
    question = select(journal.c.kind, journal.c.record_id, journal.c.number, journal.c.after).order_by(journal.c.number)
    for kind, record_id, number, after in connection.execute(question):
        last[kind, record_id] = (number, after)
    salt_of = {(kind, record_id): bytes(salt) for kind, record_id, salt in connection.execute(select(salts))}
    found = []
    for kind, table in shelves.register.items():
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
