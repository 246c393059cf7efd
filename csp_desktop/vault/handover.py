"""Backups and hand-overs of one vault: packing it, opening what was packed, and where its one writable home is.

Each hand-over, take-over, restore and reclaim leaves a random mark on the header's trail. A file coming back must carry
the mark it went out with: so two copies that went different ways know each other, and are never merged.
"""

import uuid
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.saving import copy_file
from csp_desktop.vault import bundle, derivation, header
from csp_desktop.vault.bundle import Label, Purpose
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.errors import DatabaseMissing, WrongBundle
from csp_desktop.vault.handover_state import Away
from csp_desktop.vault.header import Header, Home, SealedHeader
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.receiving import ReceivingCode
from csp_desktop.vault.unlock import Unlock

OTHER_VAULT = "This file belongs to another partnership or another meeting. Choose one made from this folder."
WANTS_BACKUP = "This is a handover file, not a backup. Receive it on the laptop it was made for."
WANTS_HAND_OVER = "This is a backup, not a handover file. Restore it instead, if you want the records to go back to it."
HOME_IS_HERE = (
    "This laptop already holds the file and work was done in it here. The file from “{place}” "
    "was changed separately, and the two cannot be merged. Choose one to continue with and put "
    "the other away."
)
OWN_HAND_OVER = (
    "This is the file this laptop handed over to “{to}”. If it never arrived, a chair or "
    "administrator can take the file back here; after that this handover file is no longer "
    "valid."
)
WENT_ANOTHER_WAY = (
    "The file from “{place}” did not come from this laptop's last handover. The two were "
    "changed separately and cannot be merged. Return the copy handed over last, or take the "
    "file back here."
)
SEALED_FOR_ANOTHER = (
    "This handover file is locked to another laptop by its receiving code and opens there "
    "only. If that is not possible, a chair or administrator can take the file back on the "
    "laptop that handed it over."
)


@dataclass(frozen=True)
class Packed:
    """What a bundle says once a passphrase fits."""

    vault: OpenVault  # in the folder it was unpacked into, its header not yet written there
    label: Label
    note: dict[str, Any]


def pack(
    vault: OpenVault,
    label: Label,
    note: dict[str, Any],
    database: Path,
    target: Path,
    progress: Progress,
    code: ReceivingCode | None = None,
) -> None:
    """Write a bundle of the open vault, sealed with a receiving code where there is one; see `bundle.write`."""
    key = _bundle_key(vault, label, code)
    try:
        bundle.write(target, label, key, note, database, progress)
    finally:
        derivation.wipe(key)


def backup_label(vault: OpenVault, made_at: datetime, size: int) -> Label:
    """A backup carries the header as it stands."""
    raw = header.written(vault._header, vault._vault_key)
    return bundle.label_for(Purpose.BACKUP, made_at, raw, size)


def hand_over_label(
    vault: OpenVault, made_at: datetime, size: int, mark: str, code: ReceivingCode | None = None
) -> Label:
    """A hand-over carries the next header, marked, with its home wherever it is taken over."""
    following = vault.following(trail=vault._header.marked(mark))
    raw = header.written(following, vault._vault_key)
    return bundle.label_for(Purpose.HAND_OVER, made_at, raw, size, "" if code is None else code.mark)


def give_away(vault: OpenVault, away: Away, mark: str) -> None:
    """From here on the home of the vault is not here: one rename of the header."""
    following = vault.following(home=Home.AWAY, trail=vault._header.marked(mark))
    _replace_header(vault, replace(following, away=away.wrapped(following, vault._vault_key)))


def take_home(vault: OpenVault, mark: str) -> None:
    """From here on the home is here: after a take-over, or when a vault that is away is taken back by force."""
    _replace_header(vault, vault.following(home=Home.HERE, trail=vault._header.marked(mark), away=b""))


def away_of(vault: OpenVault) -> Away | None:
    """Where a vault that is away went."""
    return Away.unwrapped(vault._header, vault._vault_key)


def unpack(
    file: Path,
    wanted: Purpose,
    into: Path,
    user: str,
    unlock: Unlock,
    progress: Progress,
    code: ReceivingCode | None = None,
) -> Packed:
    """Open a bundle into an empty folder: label, slot, seal, every byte. `code` is the one this laptop keeps. Raises
    NotABundle, WrongBundle, BundleDamaged, WrongPassphrase and what `open_vault` raises for a slot.
    """
    label = bundle.read_label(file)
    if label.purpose is not wanted:
        raise WrongBundle(WANTS_BACKUP if wanted is Purpose.BACKUP else WANTS_HAND_OVER)
    if label.sealed_for and (code is None or label.sealed_for != code.mark):
        raise WrongBundle(SEALED_FOR_ANOTHER)
    with ExitStack() as undo:
        vault_key, way = unlock(label.sealed)
        undo.callback(derivation.wipe, vault_key)
        content = label.sealed.prove(vault_key)
        lock = FolderLock(into)
        undo.callback(lock.release)
        vault = OpenVault(into, content, vault_key, user, way, lock)
        key = _bundle_key(vault, label, code)
        undo.callback(derivation.wipe, key)
        note = bundle.unpack(file, key, into / content.database, progress)
        undo.pop_all()
    derivation.wipe(key)
    return Packed(vault, label, note)


def label_of(file: Path) -> Label:
    """What a backup says in clear; of a whole copy kept in a folder, what its header does."""
    if not file.is_dir():
        return bundle.read_label(file)
    header.read(file)  # its refusals
    kept = file / header.FILE
    made_at = datetime.fromtimestamp(kept.stat().st_mtime, UTC)
    return bundle.label_for(Purpose.BACKUP, made_at, kept.read_bytes(), 0)


def open_copy(folder: Path, into: Path, user: str, unlock: Unlock) -> Packed:
    """A whole copy kept in a folder, as `unpack` does a bundle: opened from `into`, and not a byte of it is changed.
    Raises DatabaseMissing where its database is gone."""
    label = label_of(folder)
    with ExitStack() as undo:
        vault_key, way = unlock(label.sealed)
        undo.callback(derivation.wipe, vault_key)
        content = label.sealed.prove(vault_key)
        lock = FolderLock(into)
        undo.callback(lock.release)
        if not (folder / content.database).is_file():
            raise DatabaseMissing
        for name in (content.database, f"{content.database}-wal"):
            if (folder / name).is_file():
                copy_file(folder / name, into / name)
        vault = OpenVault(into, content, vault_key, user, way, lock)
        undo.pop_all()
    return Packed(vault, label, {})


def _bundle_key(vault: OpenVault, label: Label, code: ReceivingCode | None) -> bytearray:
    key = vault.backup_key
    if not label.sealed_for or code is None:
        return key
    try:
        return code.sealing(key, label.salt)
    finally:
        derivation.wipe(key)


def renewed(backup: OpenVault, today: OpenVault, into: Path) -> OpenVault:
    """The vault a backup is restored into, its database still to be copied: a new key, the slots of today's users, so
    that somebody removed since does not come back; newer than both.
    """
    key, then, now = derivation.random_key(), backup._header, today.following()
    content = header.resealed(now, now.slots, key, max(then.epoch, now.epoch) + 1)
    generation = max(then.generation, today.generation) + 1
    content = replace(content, generation=generation, trail=now.marked(new_mark()))
    made = OpenVault(into, content, key, today.user, today.way, FolderLock(into))
    made.user_id = today.user_id
    return made


def own_key(vault: OpenVault) -> Unlock:
    """The way into a bundle just made of an open vault, to read it back."""

    def unlock(_: SealedHeader) -> tuple[bytearray, bytes]:
        return bytearray(vault._vault_key), vault.way

    return unlock


def refuse_other_vault(label: Label, present: OpenVault | SealedHeader) -> None:
    """Raise WrongBundle for a backup or hand-over of another vault."""
    packed = label.sealed
    if packed.vault_id != present.vault_id or packed.kind is not present.kind:
        raise WrongBundle(OTHER_VAULT)


def refuse_other_ways(packed: Packed, present: SealedHeader) -> None:
    """A hand-over may only replace what is away and came back from where it went: so it is newer. Raises WrongBundle
    otherwise."""
    place, coming = str(packed.note.get("from", "")), packed.vault._header
    if present.home is Home.HERE:
        raise WrongBundle(HOME_IS_HERE.format(place=place))
    went_out = present.mark
    if coming.trail and coming.trail[-1] == went_out:
        raise WrongBundle(OWN_HAND_OVER.format(to=packed.note.get("to", "")))
    if went_out not in coming.trail:
        raise WrongBundle(WENT_ANOTHER_WAY.format(place=place))


def new_mark() -> str:
    """32 random hexadecimal digits."""
    return uuid.uuid4().hex


def _replace_header(vault: OpenVault, following: Header) -> None:
    if not vault.database_path.is_file():
        raise DatabaseMissing
    vault.put_header(following)
