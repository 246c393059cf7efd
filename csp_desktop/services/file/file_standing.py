"""How the open file stands on its disk: whether it is still where it was, and whether it may be written to."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file.backup_ports import BackupFile, Tell
from csp_desktop.services.file.backups import note, safety
from csp_desktop.services.session import Session


class FileStanding(Protocol):
    """The file of the open session, as it lies on the disk now."""

    reading_only: str  # why nothing can be changed, in a sentence; else nothing
    clock_doubt: str  # what is wrong with the clock, until somebody says that it is right; else nothing
    when_lost: Callable[[], None]  # called once, on whichever thread found out

    @property
    def folder(self) -> Path:
        """The partnership folder, as it was called when it was opened."""

    def look(self) -> str:
        """What is wrong with where the file lies, in a sentence that stays once it is true; else nothing."""

    def accept_clock(self, note: Callable[[], None]) -> None:
        """From here on things are written, `note` first."""

    def keeping_what_was_typed(self) -> AbstractContextManager[None]:
        """Within it what is on the screen may still go into the file that is open, wherever that is: for a rescue
        copy."""


def trouble(session: Session) -> str:
    """Why nothing is saved any more: the file is not where it was; empty while all is well."""
    return session.standing.look() if session.standing is not None else ""


def accept_clock(session: Session) -> None:
    """Whoever has the file open says that the clock is right; written into the records."""
    standing = session.standing
    if standing is None or not standing.clock_doubt:
        return
    said = standing.clock_doubt
    standing.accept_clock(lambda: _note_clock(session, said))


def _note_clock(session: Session, said: str) -> None:
    note(session, SafeCopyKind.CLOCK, note=said)


def rescue(session: Session, folder: Path, tell: Tell) -> BackupFile:
    """Everything in the open file, wherever that is now, as a backup in another folder: read back before it gets its
    name, and brought in again as any backup is. Whoever has the file open may do it.
    """
    if session.backups is None:
        raise Refused("A rescue copy cannot be made from here. Open the partnership's file first.")
    return session.backups.rescue(folder, tell)


def rescue_somewhere(session: Session) -> Path | None:
    """A rescue copy where nobody was asked: the session ends while the file is not where it was, and what is open may
    be the last there is. In the folder for backups, else beside where the file was. None when no place takes it.
    """
    if session.standing is None:
        return None
    places = [session.standing.folder.parent]
    with suppress(Refused):
        kept = safety(session).rules.folder
        places = [Path(kept), *places] if kept else places
    for place in places:
        with suppress(Refused, OSError):
            return rescue(session, place, lambda done, total, words: None).path
    return None
