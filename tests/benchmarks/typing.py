"""A burst of typing to its commit: what stands in the note goes to disk, and the commit is waited for."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from csp_desktop.services.reviewing_cases import keep_typing
from csp_desktop.services.session import Session
from tests.benchmarks.floor import floor_work, our_work, session_on
from tests.benchmarks.pairs import Figures, in_pairs, taken
from tests.benchmarks.years import NOTE, fill
from tests.support.fakes import FixedClock


def measure(folder: Path, pairs: int, months: int) -> list[Figures]:
    """One row."""
    clock = FixedClock()
    works = our_work(folder / "typing.db", clock), floor_work(folder / "typing-floor.db", clock)
    for work in works:
        fill(work, months)
    ours, floor = (taken(_burst(session_on(work, clock))) for work in works)
    return [in_pairs("typed burst → committed", ours, floor, pairs, goal=1.5)]


def _burst(session: Session) -> Callable[[], object]:
    numbers = count()
    return lambda: keep_typing(session, "live-1", f"{NOTE} {next(numbers)}")
