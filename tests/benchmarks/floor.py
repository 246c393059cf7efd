"""The floors: the same tables, indexes, full text, settings and code on a plain file, without cipher and journal."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from csp_desktop.domain.common.users import Role
from csp_desktop.services.cases.subject import CASES
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.session import Session
from csp_desktop.store.engine import SETTINGS, STATEMENTS_KEPT, engine_on
from csp_desktop.store.journal import Entry
from csp_desktop.store.migrations import upgrade
from csp_desktop.store.queries import SqlQueries
from csp_desktop.store.searching import keep_current
from csp_desktop.store.unit_of_work import SqlRecords, SqlWork
from tests.support.fakes import FixedClock
from tests.support.vaults import JOURNAL_KEY, new_engine, work_on

USER = "Ruth Coyle"


class FloorWork(SqlWork):
    """Steps without journal entries; the index of words is kept as in ours."""

    def _enter(self, records: SqlRecords, entry: Entry) -> None:
        keep_current(records.connection, self.schema, records.changes())


def floor_work(path: Path, clock: FixedClock, *, locks_memory: bool) -> SqlWork:
    """A fresh plain file; with `locks_memory` SQLite's memory is locked and wiped as ours is."""
    return FloorWork(_plain_engine(path, locks_memory=locks_memory), JOURNAL_KEY, clock, USER)


def our_work(path: Path, clock: FixedClock) -> SqlWork:
    """A fresh encrypted file with its journal."""
    return work_on(new_engine(path), clock, USER)


def session_on(work: SqlWork, clock: FixedClock) -> Session:
    """A sitting of one person with every role; no papers go in or out here."""

    def no_papers(*_: Any) -> Any:
        raise AssertionError("the benchmarks read no papers")

    papers = Papers(no_papers, no_papers, no_papers, no_papers, no_papers)
    return Session(work, SqlQueries(work), papers, clock, USER, "", frozenset(Role), CASES)


def _plain_engine(path: Path, *, locks_memory: bool) -> Engine:
    path.touch(0o600)
    engine = engine_on(lambda: plain_connection(path, locks_memory=locks_memory))
    upgrade(engine)
    return engine


def plain_connection(path: Path, *, locks_memory: bool = False) -> Any:
    """As the store opens one, but for the key."""
    connection = dbapi2.connect(
        os.fspath(path), isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS_KEPT
    )
    for pragma in (*(("cipher_memory_security = on",) if locks_memory else ()), *SETTINGS):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection
