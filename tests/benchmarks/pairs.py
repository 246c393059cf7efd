"""Ours and the floor, one after the other many times in one run, so that whatever else the machine does meets both."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

HEAD = (
    "| what | ours, ms | 99 of 100 | floor, ms | 99 of 100 | ratio | goal | pairs |\n|---|--:|--:|--:|--:|--:|--:|--:|"
)
WARM_UP = 3

Once = Callable[[], float]  # does it once and returns the seconds it took


@dataclass(frozen=True)
class Figures:
    """The seconds of each side, or its bytes in memory; `goal` is the ratio aimed at, None where only the figures
    count."""

    what: str
    ours: tuple[float, ...]
    floor: tuple[float, ...]
    goal: float | None = None
    in_bytes: bool = False

    @property
    def ratio(self) -> float:
        """Median by median."""
        return median(self.ours) / median(self.floor)

    def line(self) -> str:
        """One row of the table."""
        goal = f"≤ {self.goal}" if self.goal else ""
        said = _mb if self.in_bytes else _ms
        sides = (f"{said(median(side))} | {said(_last_of_hundred(side))}" for side in (self.ours, self.floor))
        return f"| {self.what} | {' | '.join(sides)} | {self.ratio:.2f} | {goal} | {len(self.ours)} |"


def taken(job: Callable[[], object]) -> Once:
    """Something to do, as something that tells how long it took."""

    def once() -> float:
        began = time.perf_counter()
        job()
        return time.perf_counter() - began

    return once


def in_pairs(
    what: str, ours: Once, floor: Once, pairs: int, goal: float | None = None, warm_up: int = WARM_UP
) -> Figures:
    """Measure both `pairs` times, taking turns at who begins."""
    for _ in range(warm_up):
        ours()
        floor()
    gc.collect()
    seconds: dict[Once, list[float]] = {ours: [], floor: []}
    for number in range(pairs):
        for once in (ours, floor) if number % 2 else (floor, ours):
            seconds[once].append(once())
    return Figures(what, tuple(seconds[ours]), tuple(seconds[floor]), goal)


def _last_of_hundred(seconds: tuple[float, ...]) -> float:
    return sorted(seconds)[max(0, -(-len(seconds) * 99 // 100) - 1)]


def _ms(seconds: float) -> str:
    ms = seconds * 1000
    return f"{ms:.2f}" if ms < 10 else f"{ms:.1f}" if ms < 100 else f"{ms:.0f}"


def _mb(count: float) -> str:
    return f"{count / 1_000_000:.0f} MB"
