"""Brings up typists one after another, each in a process of its own that is killed some time.

Everything is loaded once; each typist is a copy made before any window, thread or file exists. A line of standard input
is folder, base, mark and how it types; what the typist says comes on standard output, and "ended" when it is gone.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

from tests.scenarios import typist

LOADED = (
    "csp_desktop._built.csp_rc",
    "csp_desktop.gui.window.finder",
    "csp_desktop.gui.lock.session_guard",
    "csp_desktop.gui.lock.idle_lock",
    "csp_desktop.gui.lock.locked_words",
    "csp_desktop.gui.meeting.live",
    "csp_desktop.gui.lock.unlock",
    "csp_desktop.services.file.unlock",
)


def main() -> None:
    for name in LOADED:  # what the program itself loads no earlier than it needs it
        import_module(name)
    for line in sys.stdin:
        folder, base, mark, manner = json.loads(line)
        pid = os.fork()
        if pid == 0:
            begin(Path(folder), Path(base), mark, manner)
        print(json.dumps(["born", pid]), flush=True)
        _, status = os.waitpid(pid, 0)
        how = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        print("\n" + json.dumps(["ended", how]), flush=True)  # on a line of its own, whatever the kill cut off


def begin(folder: Path, base: Path, mark: str, manner: str) -> None:
    """The copy types until it is killed; whatever else happens, it never goes on as a nursery."""
    try:
        {"window": typist.in_the_window, "page": typist.on_the_page}[manner](folder, base, mark)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
