"""Giving the file to another laptop, and taking it from one: it has one writable home at a time."""

from enum import StrEnum
from pathlib import Path

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.services.file.backups import note, require_keeper_of_file, safety
from csp_desktop.services.ports.handover import Brought, BundleImport, Handover, Passing
from csp_desktop.services.session import Session

LONGEST_NAME = 60


class HandOverField(StrEnum):
    """What is typed where the file is handed over."""

    TO = "to"


def check_code(session: Session, typed: str) -> None:
    """Raises a refusal for a receiving code that was mistyped; there need not be one."""
    if typed.strip() and session.handover is not None:
        session.handover.refuse_code(typed)


def hand_over(session: Session, folder: Path, to: str, progress: Progress, code: str = "") -> Path:
    """Hand the file to another laptop; the caller locks as soon as this is done. With the receiving `code` shown there
    only that laptop can take it over. Raises FieldRefused for a laptop's name that is empty or too long, Refused in a
    session that cannot hand over."""
    require_keeper_of_file(session)
    handover, to = session.handover, entered(to, "The laptop’s name", HandOverField.TO)
    if handover is None:
        raise Refused("The file cannot be handed over from here.")
    if not to:
        raise FieldRefused(HandOverField.TO, "Name the laptop that will receive the file, for example “Jo's laptop”.")
    if len(to) > LONGEST_NAME:
        raise FieldRefused(HandOverField.TO, f"Use at most {LONGEST_NAME} characters for the laptop's name.")
    check_code(session, code)
    origin = laptop_name(session, handover)
    begun, is_away = note(session, SafeCopyKind.HANDED_OVER, place=to), False
    try:
        target = handover.hand_over(folder, Passing(origin, to, session.user_name, code.strip()), progress)
        is_away = True
    finally:
        if not is_away:  # the file's own records go with it, so they had to know before
            with session.work.step("handover cancelled") as records:
                records.remove(begun)
    return target


def forget_cut_off(session: Session) -> None:
    """A hand-over cut off before the file was given away is not listed: had it gone, its arrival or its taking back
    would stand beside it. Counted, since the clocks of two laptops need not agree."""
    history = safety(session).history
    gone = [copy for copy in history if copy.kind is SafeCopyKind.HANDED_OVER]
    ended = sum(copy.kind in (SafeCopyKind.TAKEN_OVER, SafeCopyKind.RECLAIMED) for copy in history)
    if session.older is None and len(gone) > ended:
        with session.work.step("handover cancelled", undoable=False) as records:
            records.remove(gone[0])


def laptop_name(session: Session, handover: Handover) -> str:
    """What people called this laptop when the file was handed to it; else what the computer calls itself."""
    came = next((copy for copy in safety(session).history if copy.kind is SafeCopyKind.TAKEN_OVER), None)
    return came.note if came is not None and came.note else handover.this_laptop


def bring_in(
    bundle_import: BundleImport, folder: Path, file: Path, name: str, secret: str, progress: Progress
) -> Brought:
    """A backup or a hand-over, as its ending says, where nothing is open. Raises FieldRefused without a name or a
    secret, Refused for a file of another ending."""
    if not name.strip():
        raise FieldRefused(UnlockField.NAME, "Type the name of a user of the file.")
    if not secret.strip():
        raise FieldRefused(UnlockField.SECRET, "Type that person's passphrase, or the recovery key.")
    if file.suffix == ".cspbackup":
        return bundle_import.restore(folder, file, name, secret, progress)
    if file.suffix == ".csphandover":
        return bundle_import.take_over(folder, file, name, secret, progress)
    raise Refused("Choose a file ending in .cspbackup or .csphandover.")


def receiving_code(bundle_import: BundleImport, folder: Path, *, wanted: bool) -> str:
    """What is to be typed on the laptop that hands a file over to this one; see `BundleImport.receiving_code`."""
    return bundle_import.receiving_code(folder, wanted=wanted)


def take_back(bundle_import: BundleImport, folder: Path, name: str, passphrase: str, reason: str) -> None:
    """Work on here although the file is away. Raises FieldRefused without a name, a passphrase or a reason."""
    if not name.strip():
        raise FieldRefused(UnlockField.NAME, "Type your name and your passphrase.")
    if not passphrase:
        raise FieldRefused(UnlockField.SECRET, "Type your passphrase.")
    if not reason.strip():
        raise FieldRefused(
            UnlockField.REASON, "Give the reason the file will not be returned. It is recorded in the journal."
        )
    bundle_import.take_back(folder, name, passphrase, " ".join(reason.split()))
