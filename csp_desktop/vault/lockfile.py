"""One program at a time on a vault's folder. The operating system drops the lock when the program ends, however it
ends, so none is ever stale.
"""

import os
import sys
from pathlib import Path

from csp_desktop.vault.errors import OpenElsewhere

FILE = "vault.lock"


class FolderLock:
    """Held while a vault is open; the file itself is empty and may stay behind."""

    def __init__(self, folder: Path) -> None:
        """Take the lock at once or raise OpenElsewhere."""
        self._descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as held:
            os.close(self._descriptor)
            raise OpenElsewhere from held

    def release(self) -> None:
        """Let another program open the folder; twice does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
