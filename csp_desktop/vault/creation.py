"""A new vault. It is committed last: first its database stands there complete, then one rename of the header makes the
folder a vault.
"""

import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from csp_desktop.vault import derivation, folders, header, slots, vault_install
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import AlreadyAVault, NameMissing
from csp_desktop.vault.header import Header, Home, VaultKind
from csp_desktop.vault.lockfile import FolderLock
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.slots import Slot, passphrase_slot, recovery_slot, refuse_name


@dataclass(frozen=True)
class NewUser:
    """Somebody who is to open a vault."""

    name: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class CreatedVault:
    """A vault still to be committed, and the key to print."""

    vault: OpenVault
    recovery_key: RecoveryKey | None
    user_ids: tuple[str, ...]  # in the order of the people given


def create_vault(
    folder: Path, kind: VaultKind, users: Sequence[NewUser], cost: Cost, *, recovery: bool
) -> CreatedVault:
    """Prepare a new vault in its own folder, opened as the first user. Fill its database, then `vault.commit()`.

    Raises UnsuitableFolder, AlreadyAVault, OpenElsewhere, NameTaken, NameMissing.
    """
    folders.refuse_unsuitable(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as undo:
        lock = FolderLock(folder)
        undo.callback(lock.release)
        if (folder / header.FILE).exists():
            raise AlreadyAVault
        vault_install.clear(folder)
        vault_id, salt = uuid.uuid4().hex, derivation.random_key()[: slots.SALT]
        vault_key = derivation.random_key()
        undo.callback(derivation.wipe, vault_key)
        key = RecoveryKey.new() if recovery else None
        made = _slots_of(users, vault_id, bytes(salt), cost)
        if key is not None:
            made.append(recovery_slot(vault_id, bytes(salt), key))
        sealed = tuple(slot.sealed(vault_key, vault_id) for slot in made)
        content = Header(vault_id, kind, Home.HERE, header.new_database(), 1, 1, bytes(salt), cost, sealed)
        content = header.following(content, vault_key)
        vault = OpenVault(folder, content, vault_key, users[0].name, made[0].private_key, lock)
        undo.pop_all()
    return CreatedVault(vault, key, vault.user_ids)


def _slots_of(users: Sequence[NewUser], vault_id: str, salt: bytes, cost: Cost) -> list[Slot]:
    made: list[Slot] = []
    for user in users:
        refuse_name(user.name, [slot.name for slot in made], salt)
        made.append(passphrase_slot(vault_id, uuid.uuid4().hex, user.name, user.passphrase, salt, cost))
    if not made:
        raise NameMissing
    return made
