"""The process that holds keys: no core dumps, and no other program of this user reads its memory."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import ctypes, resource, sys
from csp_desktop.app import AppEnvironment, system_clock
get_dumpable = 3
AppEnvironment().vaults(system_clock)
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(get_dumpable, 0, 0, 0, 0))
"""

if sys.platform == "linux":

    def test_before_the_first_key_the_process_leaves_no_dump_and_lets_nobody_look() -> None:
        told = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True, cwd=ROOT)
        assert told.stdout.split("\n")[0] == "(0, 0) 0"
