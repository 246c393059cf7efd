"""A row of the tempo: a step of the meeting, how often it was done, and what the robot needed for it. The programs that
play write them as lines of JSON to a file that their environment names: what they print belongs to the pipe between
them."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.tempo.keyboard import Beats

ROWS = "CSP_TEMPO_ROWS"
STUCK = "stuck.txt"  # beside the partnership: what the private side waited for
HEAD = (
    "| step | times | keys | of them chords | clicks | seconds each | behind a key, ms | 99 of 100, ms |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True)
class Row:
    """Means of one time; how far behind is over all keys of all times."""

    step: str
    times: int
    keys: float
    chords: float
    clicks: float
    seconds: float
    behind: float  # seconds, as the next
    behind_p99: float

    def line(self) -> str:
        """One row of the table."""
        counts = " | ".join(f"{count:.0f}" for count in (self.keys, self.chords, self.clicks))
        late = f"{self.behind * 1000:.0f} | {self.behind_p99 * 1000:.0f}"
        return f"| {self.step} | {self.times} | {counts} | {self.seconds:.1f} | {late} |"


def row(step: str, done: Sequence[Beats]) -> Row:
    """Of a step done once or more. Raises StatisticsError without a key pressed."""
    whole, times = Beats(), len(done)
    for one in done:
        whole.add(one)
    behind = sorted(whole.behind)
    last = behind[max(0, -(-len(behind) * 99 // 100) - 1)]
    return Row(
        step,
        times,
        keys=whole.keys / times,
        chords=whole.chords / times,
        clicks=whole.clicks / times,
        seconds=whole.seconds / times,
        behind=median(behind),
        behind_p99=last,
    )


def tell(step: str, done: Sequence[Beats]) -> None:
    """To the program that prints the table."""
    with open(os.environ[ROWS], "a", encoding="utf-8") as rows:
        rows.write(json.dumps(asdict(row(step, done))) + "\n")


def told(file: Path) -> list[Row]:
    """What was written there."""
    return [Row(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
