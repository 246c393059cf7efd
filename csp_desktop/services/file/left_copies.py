"""Copies of the open file that lie about and still open: earlier ones moved aside beside it, a hand-over's file."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file.backups import note, require_keeper_of_file
from csp_desktop.services.ports.backups import BackupFile, EarlierCopy
from csp_desktop.services.session import Session


def earlier_copies(session: Session) -> Sequence[EarlierCopy]:
    """Those beside the open file, the newest first."""
    return () if session.left_copies is None else session.left_copies.earlier()


def to_go_back_to(session: Session) -> Sequence[BackupFile]:
    """The same, as what can be tried and gone back to like a backup."""
    noon = time(12, tzinfo=UTC)
    return [
        BackupFile(copy.path, datetime.combine(copy.day, noon), copy.size, copy.why) for copy in earlier_copies(session)
    ]


def delete_earlier(session: Session, copy: EarlierCopy) -> None:
    """For good; written into the records. Raises Refused in a session that deletes none, and where the copy is in use
    or not all of it goes."""
    require_keeper_of_file(session)
    session.require_writable()
    if session.left_copies is None:
        raise Refused("Nothing can be deleted from here.")
    session.left_copies.remove(copy)
    note(session, SafeCopyKind.DELETED, file=copy.name)


def hand_over_left(session: Session) -> str:
    """What is to be known of a hand-over's file that may still be taken over elsewhere; empty where there is none."""
    return "" if session.left_copies is None else session.left_copies.hand_over()


def hand_over_is_gone(session: Session) -> None:
    """Somebody has deleted it and says so."""
    require_keeper_of_file(session)
    if session.left_copies is not None:
        session.left_copies.forget_hand_over()


def still_open(copies: Sequence[EarlierCopy], whom: str) -> str:
    """At the removal of a user: what they can still open; empty where there is nothing."""
    if not copies:
        return ""
    days = ", ".join(dated_day(copy.day) for copy in copies)
    many = len(copies) > 1
    return (
        f"{len(copies)} earlier {'copies' if many else 'copy'} of the file in this folder ({days}) "
        f"may still open with the current passphrase of {whom}. Delete {'them' if many else 'it'} "
        "on the Backups page."
    )
