"""How the file stands on its disk, and a copy to read from where nothing can be written: apart, for it knows no user.

Asked before opening, at every commit and, by the window, every few seconds. The copy is as encrypted as the file. It
lies in a temporary folder of this account alone, is worked on as any file is (its write-ahead log can be opened there),
and is taken away at closing; what a killed program left goes next time.
"""

import errno
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from csp_desktop.domain.common.errors import NotWritable, Refused
from csp_desktop.saving import copy_file, new_file, reason
from csp_desktop.store.engine import is_in_place, open_every_connection
from csp_desktop.vault import lockfile
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.vault_presence import HEADER

LOST = (
    "Not saved: the file is no longer in its folder ({folder}). It was moved, renamed, deleted "
    "or replaced by another copy. What you typed is still on the screen. Save a rescue copy "
    "now."
)
CLOCK_FIRST = "Nothing is saved until someone confirms the clock at the top of the window."
LEAST_ROOM = 1 << 20  # bytes; with less, the first minute typed could not be saved
PROBE = "vault.probe"
PREFIX = "csp-desktop-reading-"
READING = (
    "Read only: {reason}. You can look, check the file, save minutes to another disk and back "
    "up to a USB stick, but not change anything. {remedy}, then lock and unlock."
)
NO_COPY = (
    "The file cannot be opened: {reason}, and a read-only copy could not be made in {places}: "
    "{why}. {remedy}, or free some space there, and try again."
)


class OpenFileStanding:
    """services.file.file_standing.FileStanding and store.unit_of_work.WriteGuard on an open vault. Once the file was
    not where it was, nothing is called saved any more, also if it comes back: another program has had its hands on it.
    """

    def __init__(
        self, vault: OpenVault, engine: Engine, folder: Path, *, reading_only: str = "", clock_doubt: str = ""
    ) -> None:
        self._vault, self._engine = vault, engine
        self.folder, self.reading_only, self.clock_doubt = folder, reading_only, clock_doubt
        self.postponed: list[Callable[[], object]] = []  # done once the clock was said to be right
        self._is_lost, self._finding = False, threading.Lock()
        self._rescues = False
        self.when_lost: Callable[[], None] = lambda: None
        open_every_connection(engine)

    def look(self) -> str:
        """The database, its log and its header, by what they are and not by what they are called."""
        if self.reading_only:
            return ""
        if not self._is_lost and not (is_in_place(self._engine) and self._vault.is_header_in_place()):
            with self._finding:
                first, self._is_lost = not self._is_lost, True
            if first:
                self.when_lost()
        return LOST.format(folder=self.folder) if self._is_lost else ""

    @contextmanager
    def keeping_what_was_typed(self) -> Iterator[None]:
        """What is written goes into the open file, and so into the copy made of it."""
        self._rescues = True
        try:
            yield
        finally:
            self._rescues = False

    def before(self, *, typing: bool) -> None:
        """What is being typed still goes into the open file, so that a rescue copy has it; it is not called saved.
        Raises NotWritable while only reading is allowed or the clock is in doubt, and for anything else once the file
        is not where it was."""
        if self.reading_only:
            raise NotWritable(self.reading_only)
        if self.clock_doubt:
            raise NotWritable(f"{self.clock_doubt} {CLOCK_FIRST}")
        lost = self.look()
        if lost and not typing and not self._rescues:
            raise NotWritable(lost)

    def after(self) -> None:
        """After a commit: is what was written in the file that lies there? Raises NotWritable where it is not."""
        lost = self.look()
        if lost and not self._rescues:
            raise NotWritable(lost)

    def accept_clock(self, note: Callable[[], None]) -> None:
        """Somebody says that the clock is right: `note` writes it down, and what waited for it is done."""
        doubt, self.clock_doubt = self.clock_doubt, ""
        try:
            note()
        except Refused:
            self.clock_doubt = doubt
            raise
        self.do_postponed()

    def do_postponed(self) -> None:
        """What is written at every opening that needs it."""
        while self.postponed:
            self.postponed.pop(0)()

    def refuse_change(self) -> None:
        """Before anything else in the folder is written."""
        self.before(typing=False)


@dataclass(frozen=True)
class Unwritable:
    """Why nothing can be written in a folder, and what to do about it."""

    reason: str
    remedy: str

    @property
    def sentence(self) -> str:
        """What every page says, and whoever tries to change something."""
        return READING.format(reason=self.reason, remedy=self.remedy)


def why_unwritable(place: Path) -> Unwritable | None:
    """Tried out beside the file, with a mebibyte that is taken away again; None where all is well or no file lies."""
    if not os.path.isfile(place / HEADER):  # what may not be looked at, reading the header says
        return None
    probe = place / PROBE
    try:
        for path in (place, *place.glob("*.db"), *place.glob("*.db-wal"), *place.glob(lockfile.FILE)):
            if not os.access(path, os.W_OK):
                raise OSError(_why_no_access(path), "")
        probe.unlink(missing_ok=True)
        with new_file(probe) as file:
            file.write(bytes(LEAST_ROOM))
    except OSError as error:
        return _unwritable(place, error)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def _why_no_access(path: Path) -> int:
    """`os.access` says no without saying why."""
    if hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY:
        return errno.EROFS
    return errno.EACCES


def _unwritable(place: Path, error: OSError) -> Unwritable:
    where = f"the folder {place.parent}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Unwritable(f"the disk of {where} is full", "Free some space on that disk")
    if error.errno == errno.EROFS:
        return Unwritable(f"the disk of {where} is read-only", "Remove its write protection, or ask IT")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Unwritable(f"this account cannot write to {where}", "Ask IT for write access")
    return Unwritable(f"the disk of {where} does not accept changes", "Check that disk, or ask IT")


@dataclass(frozen=True)
class CopyToRead:
    """A file to open, in a temporary folder of its own whose lock says that somebody works on it."""

    place: Path
    lock: FolderLock

    def take_away(self) -> None:
        """At the end; twice does no harm."""
        self.lock.release()
        shutil.rmtree(self.place.parent, ignore_errors=True)


def copy_to_read(place: Path, why: Unwritable) -> CopyToRead:
    """To be taken away at the end. Raises OpenElsewhere, and Refused where no temporary folder takes it."""
    held = lockfile.elsewhere(place)
    if held is not None:
        raise held
    last, tried = OSError(), []
    for parent in _temporary_places():
        _clear_left(parent)
        tried.append(str(parent))
        try:
            return _copied(place, parent)
        except OSError as error:
            last = error
    places = " or ".join(tried) or "any temporary folder"
    raise Refused(NO_COPY.format(reason=why.reason, remedy=why.remedy, places=places, why=reason(last)))


def _temporary_places() -> list[Path]:
    """The account's own, then the system's, then memory: the first that takes it. None twice."""
    known: list[Callable[[], str | None]] = [
        tempfile.gettempdir,
        lambda: os.environ.get("XDG_RUNTIME_DIR"),
        lambda: "/dev/shm" if os.name == "posix" else None,
    ]
    found: list[Path] = []
    for ask in known:
        with suppress(OSError):  # not one folder can be written to
            path = ask()
            if path and Path(path).is_dir() and Path(path) not in found:
                found.append(Path(path))
    return found


def _copied(place: Path, parent: Path) -> CopyToRead:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))  # mode 0700
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        copy = CopyToRead(folder / place.name, FolderLock(folder))
        undo.callback(copy.lock.release)
        copy.place.mkdir(mode=0o700)
        for path in (place / HEADER, *place.glob("*.db"), *place.glob("*.db-wal")):
            copy_file(path, copy.place / path.name)
        undo.pop_all()
    return copy


def _clear_left(parent: Path) -> None:
    """Of programs of this account that were killed, at whatever moment: nobody holds the lock of those folders."""
    with suppress(OSError):
        for folder in parent.glob(f"{PREFIX}*"):
            if lockfile.elsewhere(folder) is None:
                shutil.rmtree(folder, ignore_errors=True)
