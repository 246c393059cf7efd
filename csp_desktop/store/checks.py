"""Is the file sound? Asked by the `verify` command and the journal's page; answers are sentences, none when all is
well."""

from sqlalchemy import Connection, Engine

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.store.chain import verify_chain, verify_records, verify_revisions
from csp_desktop.store.documents import verify as verify_documents
from csp_desktop.store.engine import reading
from csp_desktop.store.journal import Key
from csp_desktop.store.tables import CPG, Schema
from csp_desktop.store.transactions import transaction


def verify(
    engine: Engine,
    journal_key: Key,
    last_seen: tuple[int, str] | None = None,
    schema: Schema = CPG,
    progress: Progress = unheard,
) -> list[str]:
    """Everything that is wrong with the open file: its pages, its structure, its journal, its records."""
    progress(0, 100, "Checking every page")
    checkpoint(engine)
    with transaction(reading(engine)) as connection:
        found = check_pages(connection, thoroughly=True)
        if found:
            return found

        def heard(done: int, total: int, _: str) -> None:
            progress(30 + 50 * done // max(1, total), 100, "Checking every entry of the journal")

        found = verify_chain(connection, journal_key, schema, last_seen, heard)
        progress(80, 100, "Comparing the records with the journal")
        found += verify_records(connection, journal_key, schema)
        progress(90, 100, "Comparing earlier values")
        found += verify_revisions(connection, journal_key, schema)
        found += verify_documents(connection, schema)
    progress(100, 100, "Checked")
    return found


def checkpoint(engine: Engine) -> None:
    """Bring the write-ahead log into the file: the cipher's own check reads the file alone."""
    raw = engine.raw_connection()
    try:
        raw.driver_connection.execute("PRAGMA wal_checkpoint(truncate)").fetchall()  # type: ignore[union-attr]
    finally:
        raw.close()


def check_pages(connection: Connection, *, thoroughly: bool = False) -> list[str]:
    """Pages that do not authenticate, records that point nowhere; thoroughly also whether every index and the words of
    the search say what the tables do.
    """
    found = [f"The file is damaged: {row[0]}." for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    found += [
        f"The file's structure is damaged: {row[0]}."
        for row in connection.exec_driver_sql(f"PRAGMA {'integrity_check' if thoroughly else 'quick_check'}")
        if row[0] != "ok"
    ]
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"A row of {table} refers to a missing row in {parent}.")
    return found
