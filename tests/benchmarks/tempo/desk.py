"""The tempo as a whole: a desktop of its own, the meeting played on it, and the table."""

import subprocess
import sys
from pathlib import Path

from csp_desktop.rehearsal.hands import Stuck
from tests.benchmarks.tempo.rows import ROWS, STUCK, Row, told
from tests.support.desktop import ROOT, desktop

PEOPLE, CASES = 30, 23


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """A row for each step of both meetings. Raises CalledProcessError where the group's play did not come to its end,
    Stuck where the private one's did not."""
    rows, stuck, size = folder / "rows.jsonl", folder / STUCK, (0, 1) if quick else (PEOPLE, CASES)
    with desktop() as on:
        command = (sys.executable, "-m", "tests.benchmarks.tempo.group", str(folder / "partnership"), *map(str, size))
        subprocess.run(command, env=on.environment | {ROWS: str(rows)}, cwd=ROOT, check=True)
    if stuck.exists():
        raise Stuck(stuck.read_text(encoding="utf-8"))
    return told(rows)
