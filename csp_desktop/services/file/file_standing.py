"""How the open file stands on its disk: whether it is still where it was, and whether it may be written to."""

from contextlib import suppress
from pathlib import Path

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file.backups import note, safety
from csp_desktop.services.ports.backups import BackupFile
from csp_desktop.services.session import Session


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


def rescue(session: Session, folder: Path, progress: Progress) -> BackupFile:
    """Everything in the open file, wherever that is now, as a backup in another folder: read back before it gets its
    name, and brought in again as any backup is. Whoever has the file open may do it. Raises Refused in a session that
    makes no backups.
    """
    if session.backups is None:
        raise Refused("A rescue copy cannot be saved from here. Open the partnership's file first.")
    return session.backups.rescue(folder, progress)


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
            return rescue(session, place, unheard).path
    return None
