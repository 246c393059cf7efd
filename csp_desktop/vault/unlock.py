"""Opening a vault: the ways in, by a passphrase or by the key on paper, and what is settled at the opening."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from csp_desktop.vault import derivation, folders, header, old_slots, slots, vault_install
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.derivation import CannotUnwrap
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import (
    DamagedHeader,
    DatabaseMissing,
    HandedOver,
    KeyringMissing,
    KeyringUnfit,
    NoRecoveryKey,
    NotAVault,
    WrongPassphrase,
    WrongRecoveryKey,
)
from csp_desktop.vault.handover_state import Away
from csp_desktop.vault.header import Header, Home, SealedHeader
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.rekeying import remove_left_over
from csp_desktop.vault.slots import Slot, SlotKind

RECOVERY_USER = "recovery key"
Guard = Callable[["Unlock"], "Unlock"]  # stands in front of a way in
Unlock = Callable[[SealedHeader], tuple[bytearray, bytes]]  # the vault key, and the wrapped half of the slot it is from


def unguarded(unlock: Unlock) -> Unlock:
    """Nobody counts what is tried."""
    return unlock


def open_vault(
    folder: Path, user: str, passphrase: str, *, device_secret: DeviceSecrets | None = None, guard: Guard = unguarded
) -> OpenVault:
    """Open as a named user. The key store is asked only for a slot that is tied to a computer.

    Raises NotAVault, NewerProgram, DamagedHeader, OpenElsewhere, HandedOver, WrongPassphrase, DatabaseMissing and the
    Keyring errors.
    """
    return _open(folder, user, guard(by_passphrase(user, passphrase, device_secret)))


def open_away(
    folder: Path, user: str, passphrase: str, device_secret: DeviceSecrets | None = None, guard: Guard = unguarded
) -> OpenVault:
    """Open one that was handed over, to take it back by force; its home is still away. Raises as `open_vault`."""
    return _open(folder, user, guard(by_passphrase(user, passphrase, device_secret)), Home.AWAY)


def open_to_look(
    folder: Path, user: str, passphrase: str, *, device_secret: DeviceSecrets | None = None, guard: Guard = unguarded
) -> OpenVault:
    """Its keys for one look at its database, without the folder's lock and without a byte written, while another
    program may have it open. Close it at once. Raises as `open_vault`, NotAVault where there is none, but never
    OpenElsewhere.
    """
    if not vault_install.holds_vault(folder):
        raise NotAVault
    sealed = header.read(folder)
    vault_key, way = guard(by_passphrase(user, passphrase, device_secret))(sealed)
    with ExitStack() as undo:
        undo.callback(derivation.wipe, vault_key)
        content = sealed.prove(vault_key)
        undo.pop_all()
    return OpenVault(folder, content, vault_key, user, way, _NoLock())


class _NoLock:
    """Whoever only looks holds up nobody."""

    def release(self) -> None:
        """Nothing was taken."""


def by_passphrase(user: str, passphrase: str, device_secret: DeviceSecrets | None) -> Unlock:
    """The way in of a named user, for any header of this vault: the folder's, or one that came in a bundle. Whatever is
    wrong, one sentence; in a header of the new form after one slow derivation.
    """

    def unlock(sealed: SealedHeader) -> tuple[bytearray, bytes]:
        name = slots.hashed_name(user, sealed.salt)
        mine = [slot for slot in sealed.old if slot.kind is not SlotKind.RECOVERY and slot.name == name]
        if not mine and sealed.entries:
            return _try_entries(sealed, user, passphrase, device_secret)
        try:
            return _try_old(sealed, mine, passphrase, device_secret)
        except (WrongPassphrase, KeyringMissing):
            if not sealed.entries:
                raise
            with suppress(WrongPassphrase):
                return _try_entries(sealed, user, passphrase, device_secret)
            raise  # what the old slot says

    return unlock


def open_with_recovery(folder: Path, key: RecoveryKey) -> OpenVault:
    """Open with the key on paper; follow with `renew_passphrase`. Raises as `open_vault`, WrongRecoveryKey,
    NoRecoveryKey.
    """
    return _open(folder, RECOVERY_USER, by_recovery_key(key))


def by_recovery_key(key: RecoveryKey) -> Unlock:
    """The way in of the key on paper."""

    def unlock(sealed: SealedHeader) -> tuple[bytearray, bytes]:
        papers = [slot for slot in sealed.old if slot.kind is SlotKind.RECOVERY]
        if not papers and not sealed.entries:
            raise NoRecoveryKey
        for slot in papers:
            try:
                opened = old_slots.open_with_recovery_key(slot, sealed.vault_id, sealed.epoch, key.secret)
            except CannotUnwrap:
                continue
            return opened, slot.private_key
        slot_key = slots.recovery_slot_key(key.secret, sealed.salt)
        try:
            found = slots.tried(sealed.entries, slot_key, sealed.vault_id)
            if found is None:
                raise WrongRecoveryKey
            return slots.vault_key_in(found, slot_key, sealed.vault_id), found.entry[: slots.WRAPPED]
        finally:
            derivation.wipe(slot_key)

    return unlock


def _open(folder: Path, user: str, unlock: Unlock, home: Home = Home.HERE) -> OpenVault:
    folders.refuse_unsuitable(folder)
    if not vault_install.holds_vault(folder):
        raise NotAVault
    header.read(folder)  # what is wrong with it is said before anything is written beside it
    with ExitStack() as undo:
        lock = FolderLock(folder)
        undo.callback(lock.release)
        sealed = header.read(folder)
        vault_key, way = unlock(sealed)
        undo.callback(derivation.wipe, vault_key)
        content = sealed.prove(vault_key)
        if content.home is not home and home is Home.HERE:
            raise _handed_over(content, vault_key)
        if not (folder / content.database).is_file():
            raise DatabaseMissing
        remove_left_over(folder, content)
        vault_install.clear(folder)
        undo.pop_all()
    return OpenVault(folder, content, vault_key, user, way, lock)


def _handed_over(content: Header, vault_key: bytearray) -> HandedOver:
    away = Away.unwrapped(content, vault_key)
    if away is None:
        return HandedOver()
    away.publish()
    return HandedOver(away.to, away.when, away.by)


def _try_entries(
    sealed: SealedHeader, user: str, passphrase: str, device_secrets: DeviceSecrets | None
) -> tuple[bytearray, bytes]:
    """One slow derivation, then every slot. Which of them needs a computer only the passphrase tells, so the key store
    is not asked without need.
    """
    key = slots.passphrase_key(user, passphrase, sealed.salt, sealed.cost)
    secret: bytearray | None = None
    try:
        found = slots.tried(sealed.entries, key, sealed.vault_id)
        if found is None:
            raise WrongPassphrase
        if found.kind is SlotKind.PASSPHRASE_AND_COMPUTER:
            secret = _secret_of(sealed.vault_id, device_secrets)
            if slots.computer_mark(secret, sealed.vault_id) != found.computer:
                raise KeyringMissing
        try:
            return slots.vault_key_in(found, key, sealed.vault_id, secret), found.entry[: slots.WRAPPED]
        except CannotUnwrap as wrong:
            raise DamagedHeader("a slot does not open with this computer's key") from wrong
    finally:
        derivation.wipe(key)
        if secret is not None:
            derivation.wipe(secret)


def _secret_of(vault_id: str, device_secrets: DeviceSecrets | None) -> bytearray:
    if device_secrets is None:
        raise KeyringMissing
    try:
        return device_secrets.read(vault_id)
    except KeyringUnfit as none:
        raise KeyringMissing from none


def _try_old(
    sealed: SealedHeader, mine: list[Slot], passphrase: str, device_secrets: DeviceSecrets | None
) -> tuple[bytearray, bytes]:
    """The slots of one name, as 0.1.0 made them: those a passphrase alone opens first, so that the key store is not
    asked without need.
    """
    vault_id, epoch = sealed.vault_id, sealed.epoch
    for slot in (one for one in mine if one.kind is SlotKind.PASSPHRASE):
        try:
            return old_slots.open_with_passphrase(slot, vault_id, epoch, passphrase, None), slot.private_key
        except CannotUnwrap:
            continue
    tied = [slot for slot in mine if slot.kind is SlotKind.PASSPHRASE_AND_COMPUTER]
    if not tied:
        raise WrongPassphrase
    secret = _secret_of(vault_id, device_secrets)
    try:
        mark = slots.computer_mark(secret, vault_id)
        here = [slot for slot in tied if slot.computer == mark]
        if not here:
            raise KeyringMissing
        for slot in here:
            try:
                return old_slots.open_with_passphrase(slot, vault_id, epoch, passphrase, secret), slot.private_key
            except CannotUnwrap:
                continue
        raise WrongPassphrase
    finally:
        derivation.wipe(secret)
