"""The group's program holds nothing of the private meeting: not a module of it is loaded, whatever is shown."""

import subprocess
import sys
from pathlib import Path

from csp_desktop.gui.window.registry import GROUP

ROOT = Path(__file__).parents[2]


def test_the_groups_program_loads_nothing_of_the_private_meeting(sample: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.scenarios.group_visitor", str(sample), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    *shown, loaded = done.stdout.splitlines()
    assert shown == [f"shown: {page.stem}" for page in GROUP.pages]
    assert loaded == "loaded: []"
