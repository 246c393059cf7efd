"""PySide6 6.12.0 gave away a reference to None with every void call, and Python 3.11 aborted when they ran out."""

import subprocess
import sys

from tests.support.patience import SECONDS

CALLS = """
import sys
from PySide6.QtCore import QObject
target = QObject()
before = sys.getrefcount(None)
for number in range(20_000):
    target.blockSignals(False)
    target.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def test_twenty_thousand_void_calls_do_not_drain_none() -> None:
    # In a child: where the fault is back, the interpreter aborts.
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100
