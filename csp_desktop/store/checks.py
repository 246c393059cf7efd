"""Is the file sound? Asked by the `verify` command; answers are sentences, none when all is well."""

from sqlalchemy import Connection, Engine

from csp_desktop.store.engine import reading
from csp_desktop.store.journal import verify_chain, verify_records
from csp_desktop.store.tables import CPG, Shelves
from csp_desktop.store.transactions import transaction


def verify(
    engine: Engine, journal_key: bytes, witness: tuple[int, str] | None = None, shelves: Shelves = CPG
) -> list[str]:
    """Everything that is wrong with the open file: its pages, its structure, its journal, its records."""
    checkpoint(engine)
    with transaction(reading(engine)) as connection:
        found = check_pages(connection)
        return found or verify_chain(connection, journal_key, shelves, witness) + verify_records(
            connection, journal_key, shelves
        )


def checkpoint(engine: Engine) -> None:
    """Bring the write-ahead log into the file: the cipher's own check reads the file alone."""
    raw = engine.raw_connection()
    try:
        raw.driver_connection.execute("PRAGMA wal_checkpoint(truncate)").fetchall()  # type: ignore[union-attr]
    finally:
        raw.close()


def check_pages(connection: Connection) -> list[str]:
    """Pages that do not authenticate, tables and indexes that disagree, records that point nowhere."""
    found = [f"The file is damaged: {row[0]}." for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    found += [
        f"The file's structure is damaged: {row[0]}."
        for row in connection.exec_driver_sql("PRAGMA quick_check")
        if row[0] != "ok"
    ]
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"A row of {table} points to nothing in {parent}.")
    return found
