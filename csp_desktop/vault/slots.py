"""Slots: the ways into a vault. Each holds one key pair whose private half only its owner can unwrap; the vault key is
sealed to the public half.

So the remaining people can be given a new vault key while they are away. A slot tells nothing about a person but a
salted hash of the name: no name, no role.
"""

import hashlib
import hmac
import json
import os
import unicodedata
import uuid
from base64 import b64encode
from dataclasses import dataclass, replace
from enum import Enum

from csp_desktop.vault import derivation
from csp_desktop.vault.derivation import Cost, wipe
from csp_desktop.vault.errors import DamagedHeader

SALT = 16
NOBODY = "0" * 32  # the `user` of a recovery slot


class SlotKind(Enum):
    """What opens the slot."""

    PASSPHRASE = "passphrase"
    PASSPHRASE_AND_COMPUTER = "passphrase and this computer"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class Slot:
    """One way in, as it stands in the header."""

    id: str  # 32 hexadecimal digits
    kind: SlotKind
    user: str  # 32 hexadecimal digits, the same in all slots of one person; NOBODY for the recovery key
    name: bytes  # salted hash of the name, 32 bytes; zeros for the recovery key
    computer: bytes  # 16 bytes telling which computer's secret belongs to it; zeros when none does
    salt: bytes
    cost: Cost | None  # None for the recovery key, which is random already
    is_proved: bool  # two groups of the recovery key were typed back; False in other kinds
    public_key: bytes
    private_key: bytes  # wrapped
    vault_key: bytes  # sealed to the public key

    def sealed(self, vault_key: bytearray, vault_id: str, epoch: int) -> "Slot":
        """The same slot holding this vault key: needs nobody's passphrase."""
        return replace(self, vault_key=derivation.seal(vault_key, self.public_key, _sealed_for(self, vault_id, epoch)))


def hashed_name(name: str, salt: bytes) -> bytes:
    """What a header keeps of a name: case, width and spacing do not matter."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hmac.new(salt, plain.encode(), hashlib.sha256).digest()


def normalised(passphrase: str) -> bytes:
    """The same bytes whatever keyboard typed it (NFKC)."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def computer_mark(device_secret: bytearray, vault_id: str) -> bytes:
    """Tells whether a device secret belongs to a slot without giving anything of it away."""
    return bytes(derivation.subkey(device_secret, "computer mark", bytes.fromhex(vault_id))[:16])


def passphrase_slot(
    vault_id: str, user: str, name: bytes, passphrase: str, cost: Cost, device_secret: bytearray | None = None
) -> Slot:
    """A slot opened by a passphrase, and where a device secret is given, only on that computer. The vault key is still
    to be sealed to it.
    """
    kind = SlotKind.PASSPHRASE if device_secret is None else SlotKind.PASSPHRASE_AND_COMPUTER
    computer = bytes(16) if device_secret is None else computer_mark(device_secret, vault_id)
    slot = Slot(uuid.uuid4().hex, kind, user, name, computer, os.urandom(SALT), cost, False, b"", b"", b"")
    return _with_new_keys(slot, vault_id, _passphrase_key(slot, passphrase, device_secret))


def recovery_slot(vault_id: str, recovery_key: bytearray) -> Slot:
    """A slot opened by the key on paper."""
    slot = Slot(
        uuid.uuid4().hex, SlotKind.RECOVERY, NOBODY, bytes(32), bytes(16), os.urandom(SALT), None, False, b"", b"", b""
    )
    return _with_new_keys(slot, vault_id, _recovery_key(slot, recovery_key))


def open_with_passphrase(
    slot: Slot, vault_id: str, epoch: int, passphrase: str, device_secret: bytearray | None
) -> bytearray:
    """The vault key; raises CannotUnwrap when the passphrase is wrong, DamagedHeader when the slot is."""
    return _open(slot, vault_id, epoch, _passphrase_key(slot, passphrase, device_secret))


def open_with_recovery_key(slot: Slot, vault_id: str, epoch: int, recovery_key: bytearray) -> bytearray:
    """The vault key; raises CannotUnwrap when the recovery key is another one."""
    return _open(slot, vault_id, epoch, _recovery_key(slot, recovery_key))


def _open(slot: Slot, vault_id: str, epoch: int, key: bytearray) -> bytearray:
    private = bytearray()
    try:
        private = derivation.unwrap(slot.private_key, key, _wrapped_for(slot, vault_id))
        return derivation.unseal(slot.vault_key, private, _sealed_for(slot, vault_id, epoch))
    except derivation.CannotUnwrap as wrong:
        if private:
            raise DamagedHeader("a slot does not hold this vault's key") from wrong
        raise
    finally:
        wipe(key)
        wipe(private)


def _with_new_keys(slot: Slot, vault_id: str, key: bytearray) -> Slot:
    private, public = derivation.new_private_key()
    with_public = replace(slot, public_key=public)
    wrapped = derivation.wrap(private, key, _wrapped_for(with_public, vault_id))
    wipe(private)
    wipe(key)
    return replace(with_public, private_key=wrapped)


def _passphrase_key(slot: Slot, passphrase: str, device_secret: bytearray | None) -> bytearray:
    if slot.cost is None:
        raise DamagedHeader("a passphrase slot without its cost")
    stretched = derivation.stretch(normalised(passphrase), slot.salt, slot.cost)
    both = stretched + (device_secret if device_secret is not None else bytearray())
    key = derivation.subkey(both, f"key of slot: {slot.kind.value}", slot.salt)
    wipe(stretched)
    wipe(both)
    return key


def _recovery_key(slot: Slot, recovery_key: bytearray) -> bytearray:
    return derivation.subkey(recovery_key, f"key of slot: {slot.kind.value}", slot.salt)


def _wrapped_for(slot: Slot, vault_id: str) -> bytes:
    """What the private key is bound to: everything of the slot that stays when the vault key changes."""
    work = [] if slot.cost is None else [slot.cost.memory, slot.cost.time, slot.cost.lanes, slot.cost.is_quick]
    texts = [b64encode(part).decode() for part in (slot.name, slot.computer, slot.salt, slot.public_key)]
    return json.dumps(
        ["csp-desktop 1 private key", vault_id, slot.id, slot.kind.value, slot.user, work, texts]
    ).encode()


def _sealed_for(slot: Slot, vault_id: str, epoch: int) -> bytes:
    return json.dumps(["csp-desktop 1 vault key", vault_id, epoch, slot.id, slot.kind.value]).encode()
