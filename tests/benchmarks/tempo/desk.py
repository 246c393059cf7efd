"""The tempo as a whole: a desktop of its own, the meeting played on it, and the table."""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.tempo.rows import ROWS, STUCK, Row, told
from tests.support.desktop import ROOT, desktop

PEOPLE, CASES = 30, 23


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """A row for each step of both meetings. Raises CalledProcessError where the play did not come to its end."""
    rows, stuck, size = folder / "rows.jsonl", folder / STUCK, (0, 1) if quick else (PEOPLE, CASES)
    with desktop() as on:
        command = (sys.executable, "-m", "tests.benchmarks.tempo.group", str(folder / "partnership"), *map(str, size))
        try:
            subprocess.run(command, env=on.environment | {ROWS: str(rows)}, cwd=ROOT, check=True)
        except subprocess.CalledProcessError as error:
            error.add_note(stuck.read_text(encoding="utf-8") if stuck.exists() else "the group's meeting")
            raise
    return told(rows)
