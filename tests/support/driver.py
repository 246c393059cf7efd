"""Drives the program in a process that forks: nothing of the tests' own process, threads or windows is in the forks."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.patience import SECONDS

ROOT = Path(__file__).resolve().parents[2]


def driven(script: str, folder: Path) -> list[dict[str, Any]]:
    """What the script, handed the folder, printed as JSON: one outcome for each moment it killed a child at, and the
    last of the child that came to its end."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    outcomes: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(outcomes) > 12 and outcomes[-1]["code"] == 0
    return outcomes
