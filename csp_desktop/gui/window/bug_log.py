"""The file bugs are written to: small, this user's only, and with nothing in it but what `bug_report` gives."""

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FILE, PRIVATE_FILE = "bugs.log", "bugs-2.log"  # two programs never write to one file
MOST_BYTES, KEPT = 256 * 1024, 3


def log_folder() -> Path:
    """Where this user's programs keep such files."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "csp-desktop" / "Logs"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / "csp-desktop"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "csp-desktop"


class OwnFile(RotatingFileHandler):
    """Read and written by this user only; the older files too."""

    def _open(self) -> Any:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()


def write(report: str, folder: Path | None = None, name: str = FILE) -> None:
    """Add a bug; the file is made with the first. A folder that cannot be written to is done without."""
    folder = folder or log_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = OwnFile(folder / name, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    file.handle(logging.makeLogRecord({"levelno": logging.ERROR, "levelname": "ERROR", "msg": report}))
    file.close()
