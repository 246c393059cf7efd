"""Looking through a file whose journal has 100,000 entries, and reading a page of it.

Beside it the least one could do: the file's own integrity check, and each entry read from a plain file and hashed once.
"""

import hmac
from dataclasses import replace
from pathlib import Path
from typing import Any

from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.services.file.journal import page_of_journal
from csp_desktop.services.ports.journal import JournalQuery
from csp_desktop.store.checks import checkpoint, verify
from csp_desktop.store.unit_of_work import SqlWork
from tests.benchmarks.floor import session_on
from tests.benchmarks.pairs import Figures, in_pairs, taken
from tests.support.fakes import FixedClock
from tests.support.vaults import JOURNAL_KEY, new_engine, work_on

IN_A_STEP = 50


def measure(folder: Path, pairs: int, entries: int) -> list[Figures]:
    """Two rows."""
    clock = FixedClock()
    engine = new_engine(folder / "verifying.db")
    work = work_on(engine, clock)
    _fill(work, entries)
    checkpoint(engine)
    plain = _plain_copy(work, folder / "verifying-floor.db")
    session = replace(session_on(work, clock), journal=work.journal)

    def ours() -> None:
        assert verify(engine, JOURNAL_KEY, work.head()) == []

    def read() -> None:
        assert work.journal.count(JournalQuery()) and page_of_journal(session, JournalQuery(), 0, 50)

    figures = [
        in_pairs(f"verify, {entries:,} journal entries", taken(ours), taken(lambda: _least(plain)), pairs, warm_up=1),
        in_pairs(f"journal page, {entries:,} entries", taken(read), taken(lambda: _page(plain)), pairs * 10),
    ]
    plain.close()
    engine.dispose()
    return figures


def _fill(work: SqlWork, entries: int) -> None:
    agencies = [Agency(f"a{n}", f"Agency {n}", f"A{n}", AgencyKind.OTHER) for n in range(IN_A_STEP)]
    for step in range(entries // IN_A_STEP):
        with work.step(f"change {step}") as records:
            for agency in agencies:
                records.save(replace(agency, name=f"{agency.name}, change {step}"))


def _plain_copy(work: SqlWork, path: Path) -> Any:
    """The same journal and revisions in a plain file."""
    from sqlcipher3 import dbapi2

    plain = dbapi2.connect(str(path))
    with work.reading() as records:
        connection = records.connection
        for table in ("journal", "revisions"):
            rows = [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]
            names = ", ".join(connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").keys())
            plain.execute(f"CREATE TABLE {table} ({names.replace('by', chr(34) + 'by' + chr(34))})")
            plain.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    plain.execute("CREATE INDEX steps ON journal (step)")
    plain.commit()
    return plain


def _least(plain: Any) -> None:
    plain.execute("PRAGMA integrity_check").fetchall()
    chain = b""
    for row in plain.execute("SELECT * FROM journal ORDER BY number"):
        chain = hmac.digest(JOURNAL_KEY, chain + repr(row).encode(), "sha256")


def _page(plain: Any) -> None:
    plain.execute("SELECT count(DISTINCT step) FROM journal").fetchone()
    plain.execute("SELECT step, max(number) AS last FROM journal GROUP BY step ORDER BY last DESC LIMIT 50").fetchall()
