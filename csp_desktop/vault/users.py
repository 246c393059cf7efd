"""The people of an open vault: let in, given a fresh passphrase, tied to a computer; and the key on paper.

Every function writes the next header at once. Taking somebody out needs a new vault key: `without_user` and
`with_recovery_key` prepare it, see `rekeying`.
"""

import uuid
from dataclasses import replace

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import derivation, old_slots, rekeying, slots
from csp_desktop.vault.container import OpenVault
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
from csp_desktop.vault.slots import Slot, SlotKind, recovery_slot, refuse_name


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


def prove_passphrase(vault: OpenVault, passphrase: str, device_secrets: DeviceSecrets | None = None) -> None:
    """Whether it is the passphrase of whoever opened the vault; nothing changes. Raises WrongPassphrase."""
    secret = _proved_secret(vault, passphrase, device_secrets)
    if secret is not None:
        derivation.wipe(secret)


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
        if not _is_opened_by(vault, slot, key):
            continue
        if slot.old is not None or not slot.is_proved:
            paper = slot if slot.old is None else _new_paper(vault, key)
            again = replace(paper, is_proved=True)
            vault._change_slots(lambda standing: _instead(standing, {slot.private_key}, again))  # noqa: B023
        return
    raise WrongRecoveryKey


def renew_old_way(vault: OpenVault, secret: str | RecoveryKey, device_secrets: DeviceSecrets | None = None) -> bool:
    """Whoever just opened the vault by a slot of 0.1.0, with this passphrase or key on paper, gets one of the new form
    in its place. Whether there was one; a key store that does not answer leaves it for another time.
    """
    old = [slot for slot in vault._header.slots if slot.private_key == vault.way and slot.old is not None]
    if not old:
        return False
    if isinstance(secret, RecoveryKey):
        new = replace(_new_paper(vault, secret), is_proved=old[0].is_proved)
    elif old[0].kind is SlotKind.PASSPHRASE:
        new = vault._new_slot(vault.user_id, vault.user, secret)
    else:
        try:
            mine = device_secrets.read(vault.vault_id) if device_secrets is not None else None
        except Refused:
            return False
        if mine is None:
            return False
        new = vault._new_slot(vault.user_id, vault.user, secret, mine)
        derivation.wipe(mine)
    vault._change_slots(lambda standing: _instead(standing, {vault.way}, new))
    vault.way = new.private_key
    return True


def _instead(standing: tuple[Slot, ...], ways: set[bytes], new: Slot) -> tuple[Slot, ...]:
    return (*(slot for slot in standing if slot.private_key not in ways), new)


def _new_paper(vault: OpenVault, key: RecoveryKey) -> Slot:
    return recovery_slot(vault.vault_id, vault._header.salt, key).sealed(vault._vault_key, vault.vault_id)


def _is_opened_by(vault: OpenVault, slot: Slot, key: RecoveryKey) -> bool:
    try:
        if slot.old is not None:
            derivation.wipe(old_slots.open_with_recovery_key(slot, vault.vault_id, vault._old_epoch, key.secret))
            return True
    except CannotUnwrap:
        return False
    slot_key = slots.recovery_slot_key(key.secret, vault._header.salt)
    found = slots.tried((slot.entry,), slot_key, vault.vault_id)
    derivation.wipe(slot_key)
    return found is not None


def without_user(vault: OpenVault, user_id: str) -> NewKey:
    """A new vault key for everybody but this person."""
    return rekeying.prepare(vault, [slot for slot in vault._header.slots if slot.user != user_id])


def with_recovery_key(vault: OpenVault, key: RecoveryKey) -> NewKey:
    """A new vault key together with a new paper, proved before: older papers open nothing that is written from then."""
    people = [slot for slot in vault._header.slots if slot.kind is not SlotKind.RECOVERY]
    paper = replace(recovery_slot(vault.vault_id, vault._header.salt, key), is_proved=True)
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
        if slot.old is not None:
            opened = old_slots.open_with_passphrase(slot, vault.vault_id, vault._old_epoch, passphrase, secret)
            derivation.wipe(opened)
            return
    except CannotUnwrap as wrong:
        raise WrongPassphrase from wrong
    key = slots.passphrase_key(vault.user, passphrase, vault._header.salt, vault._header.cost)
    found = slots.tried((slot.entry,), key, vault.vault_id)
    derivation.wipe(key)
    if found is None:
        raise WrongPassphrase
