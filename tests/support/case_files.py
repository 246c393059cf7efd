"""A real encrypted file with both Safety Net exports in it and a meeting planned: for what is answered in SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind
from csp_desktop.exchange.likeness import likeness
from csp_desktop.exchange.members import members_template, read_members
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.cases.case_import import import_cases
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.session import Session
from csp_desktop.store.queries import SqlQueries
from tests.support.fakes import NO_PAPERS, FixedClock, fake_session
from tests.support.vaults import copy_engine, new_engine, work_on

EXPORTS = Path(__file__).parents[1] / "data" / "safety-net"
OCTOBER, NOVEMBER = EXPORTS / "cases-2026-10.csv", EXPORTS / "cases-2026-11.csv"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PAPERS = Papers(read_book, read_cases, read_members, members_template, NO_PAPERS.print_minutes, likeness=likeness)


def make_file(path: Path, *exports: Path) -> Path:
    """A closed file with these exports imported and the meeting of 26 November planned."""
    engine = new_engine(path)
    session = _session(engine, FixedClock(MONDAY))
    for export in exports:
        import_cases(session, read_cases(export))
    with session.work.step("meeting") as records:
        records.save(Meeting("november", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Town Hall", "", ""))
    engine.dispose()
    return path


@contextmanager
def opened(source: Path, target: Path, now: Clock | None = None) -> Iterator[Session]:
    """A session on a copy of a file."""
    engine = copy_engine(source, target)
    yield _session(engine, now or FixedClock(MONDAY))
    engine.dispose()


def _session(engine, now):
    work = work_on(engine, now)
    return fake_session(work, now=now, queries=SqlQueries(work), papers=PAPERS)
