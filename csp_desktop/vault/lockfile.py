"""One program at a time on a vault's folder. The operating system drops the lock when the program ends, however it
ends, so none is ever stale; what stands in the file only tells who holds it.
"""

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.domain.common.plain_json import read_json
from csp_desktop.vault.errors import OpenElsewhere

FILE = "vault.lock"
MOST_BYTES = 1000
_GUARDED = 1 << 20  # the byte that is locked on Windows lies beyond the text, so that the text can be read


class FolderLock:
    """Held while a vault is open; the file itself may stay behind, empty or not."""

    def __init__(self, folder: Path) -> None:
        """Take the lock at once or raise OpenElsewhere with who holds it."""
        self._descriptor = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as held:
            holder = _read(self._descriptor)
            os.close(self._descriptor)
            raise OpenElsewhere(holder.in_words() if holder is not None else "") from held
        _write(self._descriptor)

    def release(self) -> None:
        """Let another program open the folder; twice does no harm."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1


def held_by(folder: Path) -> str:
    """The sentence of OpenElsewhere where another program, or another vault of this one, has the folder open; empty
    where it is free or was never open."""
    held = elsewhere(folder)
    return "" if held is None else held.sentence


def elsewhere(folder: Path) -> OpenElsewhere | None:
    """The same, to be raised. Asked by whoever may only read there, too."""
    descriptor = -1
    for way in (os.O_RDWR, os.O_RDONLY):
        with suppress(OSError):
            descriptor = os.open(folder / FILE, way)
            break
    if descriptor < 0:
        return None
    try:
        _lock(descriptor)
    except OSError:
        holder = _read(descriptor)
        return OpenElsewhere(holder.in_words() if holder is not None else "")
    finally:
        os.close(descriptor)
    return None


@dataclass(frozen=True)
class Holder:
    """Who has the folder open: an account and a computer, never a name of the partnership; since when, by the file."""

    account: str
    computer: str
    process: int
    since: datetime

    def in_words(self) -> str:
        """'since 14:02 by the account nkarim on CSP-LAPTOP-3 (process 4711)'"""
        at = local(self.since)
        return (
            f"since {clock(self.since)} on {dated_day(at.date())}, by the account {self.account} on {self.computer} "
            f"(process {self.process})"
        )


def _write(descriptor: int) -> None:
    holder = {"account": _account(), "computer": platform.node(), "process": os.getpid()}
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(holder).encode())


def _read(descriptor: int) -> Holder | None:
    """Nobody relies on it: a text that is not as expected tells nothing."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = read_json(os.read(descriptor, MOST_BYTES))
        since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
        return Holder(_word(told["account"]), _word(told["computer"]), int(told["process"]), since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


def _word(told: object) -> str:
    """One printable line, and not a long one."""
    return "".join(letter for letter in str(told) if letter.isprintable())[:60] or "unknown"


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _GUARDED, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
