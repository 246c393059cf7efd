"""Erasing for good: what was ever kept about a case leaves the revisions, the salts and the drafts, and then the pages
themselves. The journal's chain holds hashes only and stays whole; without the salts nobody can try words against them.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, delete, select, update
from sqlcipher3 import dbapi2

from csp_desktop.store.checks import checkpoint
from csp_desktop.store.engine import refusal_for
from csp_desktop.store.journal import Change
from csp_desktop.store.tables import Schema

Pair = tuple[str, str]


def wipe(connection: Connection, schema: Schema, changes: Sequence[Change], last: int) -> None:
    """After a step's entries were written: everything up to entry `last` that tells of the records it erased."""
    erased = [change for change in changes if change.erased]
    if not erased:
        return
    pairs = {(change.kind.__name__, change.record_id) for change in erased}
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
        for kept in (schema.salts, schema.drafts):
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


def sweep(engine: Engine) -> None:
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
