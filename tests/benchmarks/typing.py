"""A burst of typing to its commit: what stands in the note goes to disk, and the commit is waited for."""

from itertools import count
from pathlib import Path

from csp_desktop.services.meeting.case_walk import keep_typing
from tests.benchmarks.apart import measured_apart, work_of
from tests.benchmarks.floor import session_on
from tests.benchmarks.pairs import Figures, Once, taken
from tests.benchmarks.years import NOTE, fill
from tests.support.fakes import FixedClock


def measure(folder: Path, pairs: int, months: int) -> list[Figures]:
    """A row for each floor."""
    return measured_apart("typed burst → committed", "typing", folder, months, pairs, goal=1.5)


def side(folder: Path, which: str, months: int) -> Once:
    """One burst into a file of so many months."""
    clock, numbers = FixedClock(), count()
    work = work_of(folder, which, clock)
    fill(work, months)
    session = session_on(work, clock)
    return taken(lambda: keep_typing(session, "live-1", f"{NOTE} {next(numbers)}"))
