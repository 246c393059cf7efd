"""Ours and two floors, each in a process of its own, since whether memory is locked and wiped holds for all of one.
The floor has all our settings, that one too, and no cipher; the second floor does not lock its memory either. All get
ready at the same time and then do one thing each when they are told."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from csp_desktop.store.unit_of_work import SqlWork
from tests.benchmarks.floor import floor_work, our_work
from tests.benchmarks.pairs import Figures, Once, in_pairs
from tests.support.fakes import FixedClock

OURS, FLOOR, UNLOCKED = "ours", "floor", "unlocked"


def measured_apart(what: str, name: str, folder: Path, amount: int, pairs: int, goal: float) -> list[Figures]:
    """A row of the table for each floor. `name` is the module whose `side` makes what is done once; `amount` what it is
    told."""
    with (
        _process(name, folder, OURS, amount) as ours,
        _process(name, folder, FLOOR, amount) as floor,
        _process(name, folder, UNLOCKED, amount) as unlocked,
    ):
        once = ours()
        return [
            in_pairs(what, once, floor(), pairs, goal),
            in_pairs("the same, beside memory that is not locked", once, unlocked(), pairs),
        ]


def work_of(folder: Path, side: str, clock: FixedClock) -> SqlWork:
    """A fresh file for one side."""
    if side == OURS:
        return our_work(folder / f"{side}.db", clock)
    return floor_work(folder / f"{side}.db", clock, locks_memory=side == FLOOR)


@contextmanager
def _process(name: str, folder: Path, side: str, amount: int) -> Iterator[Callable[[], Once]]:
    """It begins at once; what is given waits until it is ready."""
    within = folder / f"{name}-{amount}"
    within.mkdir(exist_ok=True)
    command = [sys.executable, "-m", __spec__.name, name, str(within), side, str(amount)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    told, said = process.stdin, process.stdout
    assert told is not None
    assert said is not None

    def answer() -> float:
        return float(said.readline())

    def once() -> float:
        told.write("once\n")
        return answer()

    def ready() -> Once:
        answer()
        return once

    with process:
        try:
            yield ready
        finally:
            told.close()


def main(name: str, folder: str, side: str, amount: str) -> None:
    """One side: get ready, say so, and do it each time a line comes."""
    once: Once = import_module(f"tests.benchmarks.{name}").side(Path(folder), side, int(amount))
    print(0.0, flush=True)
    for _ in sys.stdin:
        print(once(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
