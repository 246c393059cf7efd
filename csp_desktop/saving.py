"""Files on the disk: whole or not at all, and for this user alone. Every file that is written is written here.

Nothing is ever written over: what is new is made beside its place, put on the disk, and then takes the place by one
rename. So a full disk, a stick pulled out or a power cut leaves the old file as it was.
"""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import BinaryIO

from csp_desktop.domain.common.errors import Refused

OWN = 0o600  # read and written by this user alone
PART = ".csp-part"
_LONGEST_STEM = 60  # letters: with the ending and a dot they fit the 255 bytes of a name in any script
WAITS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.8)  # seconds
_HELD = (5, 32, 33)  # Windows: access denied, sharing violation, lock violation
_KINDS = (  # what a file is, how it begins, and how its name may end
    ("a PDF", b"%PDF-", (".pdf",)),
    ("a Word file or a spreadsheet", b"PK\x03\x04", (".docx", ".xlsx")),
)
_ENDINGS = (".csv", ".doc", ".docx", ".eml", ".ics", ".odt", ".pdf", ".png", ".rtf", ".txt", ".xls", ".xlsx")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR)


class NotSaved(Refused):
    """A file could not be written; what lay there before is as it was."""

    def __init__(self, reason: str, instead: str = "Choose another place.") -> None:
        super().__init__(f"It could not be saved there: {reason}. {instead}")


def own_files_only() -> None:
    """From here on no file or folder this process makes can be opened by other users of the computer (Windows has its
    own rules for that, and a user's folders there are the user's). Called before anything else."""
    os.umask(0o077)


def save(path: Path, content: bytes) -> None:
    """What a person saves, where they said. A link is followed: the file it leads to is replaced, the link stays.
    Raises NotSaved, also where the ending of the name says that it is something else.
    """
    _require_ending(path, content)
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir() or (os.path.lexists(target) and not stat.S_ISREG(target.lstat().st_mode)):
            raise NotSaved("this is a folder or a device, not a file")
        if os.path.lexists(target.with_name("vault.json")):
            raise NotSaved("this folder holds the encrypted file, and nothing else may be saved there")
        write(target, content, target.with_name(f".{target.name[:_LONGEST_STEM]}{PART}"))
    except OSError as error:
        raise NotSaved(reason(error)) from error
    except ValueError as error:  # a NUL in the name
        raise NotSaved("a file cannot have this name") from error


def _require_ending(path: Path, content: bytes) -> None:
    """Other programs open a file by the ending of its name: a PDF called .docx opens nowhere."""
    said = path.suffix.casefold()
    kind, begins, endings = next((one for one in _KINDS if content.startswith(one[1])), ("", b"", (said,)))
    if said in _ENDINGS and said not in endings:
        raise NotSaved(f"this is {kind}, and its name ends in {said}", f"End the name in {endings[0]}.")


def write(target: Path, content: bytes, beside: Path) -> None:
    """Replace `target` in one step, from `beside`, a name in the same folder; what an interruption left there goes.
    Raises OSError, and then nothing is left beside."""
    beside.unlink(missing_ok=True)
    with new_file(beside) as file:
        file.write(content)
    try:
        publish(beside, target)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file under a name that must not exist, on the disk before the block is left; gone when the block fails.
    Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWN)
    is_whole = False
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        is_whole = True
    finally:
        if not is_whole:
            with suppress(OSError):
                path.unlink()


def copy_file(source: Path, target: Path) -> None:
    """A file's bytes under another name that must not exist, on the disk and for this user alone. Raises OSError."""
    with new_file(target) as file, open(source, "rb") as read:
        shutil.copyfileobj(read, file, 1024 * 1024)


def publish(made: Path, target: Path) -> None:
    """Give a whole file its name; what had it before is replaced. After a power cut the one or the other stands there.
    Windows and some sticks cannot be asked to write the folder at once: there it may still be the old one for some
    seconds. Raises OSError."""
    rename(made, target)
    with suppress(OSError):
        sync_folder(target.parent)


def rename(source: Path, target: Path) -> None:
    """In one step. On Windows a scanner or the indexer may hold what was only just written, or what is to be replaced:
    there it is tried again for two seconds. Raises OSError."""
    for wait in WAITS:
        try:
            os.replace(source, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            sleep(wait)
        else:
            return
    os.replace(source, target)


def put_on_disk(path: Path) -> None:
    """A file that another library wrote, and its name, survive a power cut from here on. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder survive a power cut from here on; on Windows this is the system's own affair."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def tighten(path: Path) -> None:
    """A file or folder made when others could still look into it: no longer. One that is not there does no harm."""
    with suppress(OSError):
        os.chmod(path, 0o700 if path.is_dir() else OWN)


def reason(error: OSError) -> str:
    """Why a file could not be written, in words that fit after a colon."""
    if error.errno in _NO_SPACE:
        return "there is not enough space"
    if error.errno in _NO_RIGHT:
        return "nothing may be written there, or another program has the file open"
    if error.errno in _NO_FOLDER:
        return "the folder is not there any more"
    if error.errno == errno.ENAMETOOLONG:
        return "the name is too long"
    return "the folder or USB stick is not available"
