"""The people of an open vault: let in, given a fresh passphrase, tied to a computer; and the key on paper.

Every function writes the next header at once. Taking somebody out needs a new vault key: `without_user` and
`with_recovery_key` prepare it, see `rekeying`.
"""

import uuid
from dataclasses import replace

from csp_desktop.vault import derivation, rekeying, slots
from csp_desktop.vault.container import OpenVault, refuse_name
from csp_desktop.vault.derivation import CannotUnwrap
from csp_desktop.vault.device_secret import DeviceSecrets
from csp_desktop.vault.errors import (
    KeyringMissing,
    NameUnknown,
    NoRecoveryKey,
    RecoveryNotProved,
    WrongPassphrase,
    WrongRecoveryKey,
)
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.rekeying import NewKey
from csp_desktop.vault.slots import Slot, SlotKind


def add_user(vault: OpenVault, name: str, passphrase: str, user_id: str = "") -> str:
    """Give a further person a slot; returns the new user's id. Raises NameTaken, NameMissing."""
    refuse_name(name, [slot.name for slot in vault._header.slots], vault._header.salt)
    slot = vault._new_slot(user_id or uuid.uuid4().hex, name, passphrase)
    vault._change_slots(lambda standing: (*standing, slot))
    return slot.user


def renew_passphrase(vault: OpenVault, name: str, passphrase: str) -> str:
    """A fresh passphrase slot in place of all slots of the person of that name, for a lost passphrase or computer.
    Raises NameUnknown when nobody has it.
    """
    hashed = slots.hashed_name(name, vault._header.salt)
    user_id = next((slot.user for slot in vault._header.slots if slot.name == hashed), None)
    if user_id is None:
        raise NameUnknown
    give_passphrase(vault, user_id, name, passphrase)
    return user_id


def give_passphrase(vault: OpenVault, user_id: str, name: str, passphrase: str) -> None:
    """The same by the person's id; the name may be a new one. Raises NameUnknown, NameTaken, NameMissing."""
    if user_id not in vault.user_ids:
        raise NameUnknown
    others = [slot for slot in vault._header.slots if slot.user != user_id]
    refuse_name(name, [slot.name for slot in others], vault._header.salt)
    slot = vault._new_slot(user_id, name, passphrase)
    vault._change_slots(lambda standing: (*(other for other in standing if other.user != user_id), slot))


def change_passphrase(
    vault: OpenVault, old: str, new: str, device_secrets: DeviceSecrets | None = None, *, name: str = ""
) -> None:
    """The passphrase of whoever opened the vault, the old one asked again; with `name` they are called so from now on.
    A slot tied to this computer stays tied to it; those of other computers go, for they keep the old passphrase.
    """
    others = [slot for slot in vault._header.slots if slot.user != vault.user_id]
    called = name or vault.user
    refuse_name(called, [slot.name for slot in others], vault._header.salt)
    secret = _proved_secret(vault, old, device_secrets)
    try:
        slot = vault._new_slot(vault.user_id, called, new, secret)
    finally:
        if secret is not None:
            derivation.wipe(secret)
    vault._change_slots(lambda standing: (*(other for other in standing if other.user != vault.user_id), slot))
    vault.user = called


def tie_to_computer(vault: OpenVault, passphrase: str, device_secrets: DeviceSecrets) -> None:
    """Let the passphrase of whoever opened the vault work on this computer only. Raises RecoveryNotProved while that
    could lock people out.
    """
    if not vault.may_be_tied:
        raise RecoveryNotProved
    mine = [slot for slot in own_slots(vault) if slot.kind is SlotKind.PASSPHRASE]
    if not mine:
        return
    _refuse_wrong(vault, mine[0], passphrase, None)
    secret = device_secrets.read_or_make(vault.vault_id)
    slot = vault._new_slot(vault.user_id, vault.user, passphrase, secret)
    derivation.wipe(secret)
    vault._change_slots(lambda standing: (*(other for other in standing if other not in mine), slot))


def untie_from_computer(vault: OpenVault, passphrase: str, device_secrets: DeviceSecrets) -> None:
    """Let the passphrase work on any computer again: before the folder moves to a new laptop."""
    tied = [slot for slot in own_slots(vault) if slot.kind is SlotKind.PASSPHRASE_AND_COMPUTER]
    if not tied:
        return
    secret = _proved_secret(vault, passphrase, device_secrets)
    if secret is not None:
        derivation.wipe(secret)
    slot = vault._new_slot(vault.user_id, vault.user, passphrase)
    vault._change_slots(lambda standing: (*(other for other in standing if other.user != vault.user_id), slot))


def mark_recovery_proved(vault: OpenVault) -> None:
    """After two groups were typed back (`RecoveryKey.is_proved_by`)."""
    vault._change_slots(
        lambda standing: tuple(
            replace(slot, is_proved=True) if slot.kind is SlotKind.RECOVERY else slot for slot in standing
        )
    )


def prove_recovery(vault: OpenVault, key: RecoveryKey) -> None:
    """After the whole key was typed from its paper. Raises WrongRecoveryKey, NoRecoveryKey."""
    papers = [slot for slot in vault._header.slots if slot.kind is SlotKind.RECOVERY]
    if not papers:
        raise NoRecoveryKey
    for slot in papers:
        try:
            opened = slots.open_with_recovery_key(slot, vault.vault_id, vault.epoch, key.secret)
        except CannotUnwrap:
            continue
        derivation.wipe(opened)
        if not slot.is_proved:
            mark_recovery_proved(vault)
        return
    raise WrongRecoveryKey


def without_user(vault: OpenVault, user_id: str) -> NewKey:
    """A new vault key for everybody but this person."""
    return rekeying.prepare(vault, [slot for slot in vault._header.slots if slot.user != user_id])


def with_recovery_key(vault: OpenVault, key: RecoveryKey) -> NewKey:
    """A new vault key together with a new paper, proved before: older papers open nothing that is written from then."""
    people = [slot for slot in vault._header.slots if slot.kind is not SlotKind.RECOVERY]
    paper = replace(slots.recovery_slot(vault.vault_id, key.secret), is_proved=True)
    return rekeying.prepare(vault, [*people, paper])


def own_slots(vault: OpenVault) -> list[Slot]:
    """The slots of whoever opened the vault."""
    return [slot for slot in vault._header.slots if slot.user == vault.user_id]


def _proved_secret(vault: OpenVault, passphrase: str, device_secrets: DeviceSecrets | None) -> bytearray | None:
    """Prove the passphrase again; this computer's secret when the slot it opens is tied, else None."""
    mine = own_slots(vault)
    if not mine:
        raise NameUnknown
    plain = [slot for slot in mine if slot.kind is SlotKind.PASSPHRASE]
    if plain:
        _refuse_wrong(vault, plain[0], passphrase, None)
        return None
    if device_secrets is None:
        raise KeyringMissing
    secret = device_secrets.read(vault.vault_id)
    mark = slots.computer_mark(secret, vault.vault_id)
    here = [slot for slot in mine if slot.computer == mark]
    if not here:
        derivation.wipe(secret)
        raise KeyringMissing
    _refuse_wrong(vault, here[0], passphrase, secret)
    return secret


def _refuse_wrong(vault: OpenVault, slot: Slot, passphrase: str, secret: bytearray | None) -> None:
    try:
        derivation.wipe(slots.open_with_passphrase(slot, vault.vault_id, vault.epoch, passphrase, secret))
    except CannotUnwrap as wrong:
        raise WrongPassphrase from wrong
