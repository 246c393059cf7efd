"""Slots: the ways into a vault. Each holds one key pair whose private half only its owner can unwrap; the vault key is
sealed to the public half, so the remaining people can be given a new vault key while they are away.

What the header shows of a slot are 185 bytes that nobody can tell from a filler: one slow derivation over name and
passphrase together gives a key, and every slot is tried with it. Whose slot it is, and what kind, only those know who
have opened the vault.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from csp_desktop.vault import derivation
from csp_desktop.vault.derivation import Cost, wipe
from csp_desktop.vault.errors import DamagedHeader, NameMissing, NameTaken
from csp_desktop.vault.recovery import RecoveryKey

SALT = 16
NOBODY = "0" * 32  # the `user` of a recovery slot
_MARK = 16
_INNER = derivation.NONCE + derivation.KEY + derivation.TAG
WRAPPED = derivation.NONCE + 1 + _MARK + _INNER + derivation.TAG
ENTRY = WRAPPED + derivation.SEALED_KEY


class SlotKind(Enum):
    """What opens the slot."""

    PASSPHRASE = "passphrase"
    PASSPHRASE_AND_COMPUTER = "passphrase and this computer"
    RECOVERY = "recovery"


_BYTE = {SlotKind.PASSPHRASE: 1, SlotKind.PASSPHRASE_AND_COMPUTER: 2, SlotKind.RECOVERY: 3}


@dataclass(frozen=True)
class OldForm:
    """What a slot of 0.1.0 has besides, all of it in clear: see `old_slots`."""

    id: str  # 32 hexadecimal digits
    salt: bytes
    cost: Cost | None  # None for the recovery key, which is random already


@dataclass(frozen=True)
class Slot:
    """One way in, as those know it who opened the vault."""

    kind: SlotKind
    user: str  # 32 hexadecimal digits, the same in all slots of one person; NOBODY for the recovery key
    name: bytes  # keyed hash of the name, 32 bytes; zeros for the recovery key
    computer: bytes  # 16 bytes telling which computer's secret belongs to it; zeros when none does
    is_proved: bool  # two groups of the recovery key were typed back; False in other kinds
    public_key: bytes
    private_key: bytes  # wrapped, with its kind and computer
    vault_key: bytes  # sealed to the public key
    old: OldForm | None = None

    @property
    def entry(self) -> bytes:
        """All that the header shows of it."""
        return self.private_key + self.vault_key

    def sealed(self, vault_key: bytearray, vault_id: str) -> "Slot":
        """The same slot holding this vault key: needs nobody's passphrase."""
        sealed = derivation.seal(vault_key, self.public_key, sealed_for(self.private_key, vault_id))
        return replace(self, vault_key=sealed)


def hashed_name(name: str, salt: bytes) -> bytes:
    """What is kept of a name, to know it again: case, width and spacing do not matter."""
    return hmac.new(salt, plain_name(name), hashlib.sha256).digest()


def plain_name(name: str) -> bytes:
    """The same bytes however the name is typed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).encode("utf-8", "surrogatepass")


def normalised(passphrase: str) -> bytes:
    """The same bytes whatever keyboard typed it (NFKC)."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def computer_mark(device_secret: bytearray, vault_id: str) -> bytes:
    """Tells whether a device secret belongs to a slot without giving anything of it away."""
    return bytes(derivation.subkey(device_secret, "computer mark", bytes.fromhex(vault_id))[:_MARK])


def passphrase_key(name: str, passphrase: str, salt: bytes, cost: Cost) -> bytearray:
    """The one slow derivation: over name and passphrase together, the name's length first, so that no part of the one
    can be taken for the other.
    """
    plain = plain_name(name)
    return derivation.stretch(len(plain).to_bytes(4, "big") + plain + normalised(passphrase), salt, cost)


def recovery_slot_key(recovery_key: bytearray, salt: bytes) -> bytearray:
    """What a slot of the key on paper opens with: it is random already."""
    return derivation.subkey(recovery_key, "key of a recovery slot", salt)


def new_slot(
    vault_id: str, kind: SlotKind, key: bytearray, user: str, name: bytes, device_secret: bytearray | None = None
) -> Slot:
    """A slot that opens with `key`, and where a device secret is given, only on that computer. The vault key is still
    to be sealed to it.
    """
    private, public = derivation.new_private_key()
    mark = bytes(_MARK) if device_secret is None else computer_mark(device_secret, vault_id)
    if device_secret is None:
        inner = bytes(private) + os.urandom(_INNER - derivation.KEY)
    else:
        both = _both(key, device_secret)
        inner = derivation.wrap(private, both, _wrapped_for(vault_id))
        wipe(both)
    wrapped = derivation.wrap(bytes([_BYTE[kind]]) + mark + inner, key, _wrapped_for(vault_id))
    wipe(private)
    return Slot(kind, user, name, mark, False, public, wrapped, b"")


@dataclass(frozen=True)
class Opened:
    """A slot whose outer half opened. `inner` is the caller's to wipe."""

    kind: SlotKind
    computer: bytes
    inner: bytearray
    entry: bytes


def tried(entries: tuple[bytes, ...], key: bytearray, vault_id: str) -> Opened | None:
    """The slot this key opens, each tried by one cheap step; None when none does. Raises DamagedHeader for a slot of an
    unknown kind."""
    kinds = {byte: kind for kind, byte in _BYTE.items()}
    for entry in entries:
        try:
            content = derivation.unwrap(entry[:WRAPPED], key, _wrapped_for(vault_id))
        except derivation.CannotUnwrap:
            continue
        if content[0] not in kinds:
            raise DamagedHeader("a slot is of an unknown kind")
        opened = Opened(kinds[content[0]], bytes(content[1 : 1 + _MARK]), content[1 + _MARK :], entry)
        wipe(content)
        return opened
    return None


def vault_key_in(opened: Opened, key: bytearray, vault_id: str, device_secret: bytearray | None = None) -> bytearray:
    """The vault key of a slot that opened; raises CannotUnwrap when it needs another computer's secret, DamagedHeader
    when it does not hold this vault's key.
    """
    if device_secret is None:
        private = opened.inner[: derivation.KEY]
    else:
        both = _both(key, device_secret)
        try:
            private = derivation.unwrap(bytes(opened.inner), both, _wrapped_for(vault_id))
        finally:
            wipe(both)
    try:
        bound_to = sealed_for(opened.entry[:WRAPPED], vault_id)
        return derivation.unseal(opened.entry[WRAPPED:], private, bound_to)
    except derivation.CannotUnwrap as wrong:
        raise DamagedHeader("a slot does not hold this vault's key") from wrong
    finally:
        wipe(private)


def filler(vault_id: str) -> bytes:
    """What fills the header up so that nobody can count its slots: a slot whose keys were thrown away."""
    made = new_slot(vault_id, SlotKind.PASSPHRASE, derivation.random_key(), NOBODY, bytes(32))
    return made.sealed(derivation.random_key(), vault_id).entry


def resealed_filler(entry: bytes, vault_id: str) -> bytes:
    """What becomes of a filler where the slots are given a new vault key: as they do, it keeps its first half."""
    _, public = derivation.new_private_key()
    wrapped = entry[:WRAPPED]
    return wrapped + derivation.seal(derivation.random_key(), public, sealed_for(wrapped, vault_id))


def _both(key: bytearray, device_secret: bytearray) -> bytearray:
    both = key + device_secret
    try:
        return derivation.subkey(both, "key of a slot and this computer", b"")
    finally:
        wipe(both)


def _wrapped_for(vault_id: str) -> bytes:
    return json.dumps(["csp-desktop 2 private key", vault_id]).encode()


def sealed_for(wrapped: bytes, vault_id: str) -> bytes:
    """What a sealed vault key is bound to: the one of one slot is of no use in another."""
    return json.dumps(["csp-desktop 2 vault key", vault_id, hashlib.sha256(wrapped).hexdigest()]).encode()


def passphrase_slot(
    vault_id: str, user_id: str, name: str, passphrase: str, salt: bytes, cost: Cost, secret: bytearray | None = None
) -> Slot:
    """A slot opened by a passphrase, with `secret` on one computer only; the vault key is still to be sealed to it."""
    key = passphrase_key(name, passphrase, salt, cost)
    kind = SlotKind.PASSPHRASE if secret is None else SlotKind.PASSPHRASE_AND_COMPUTER
    try:
        return new_slot(vault_id, kind, key, user_id, hashed_name(name, salt), secret)
    finally:
        wipe(key)


def recovery_slot(vault_id: str, salt: bytes, paper: RecoveryKey) -> Slot:
    """A slot opened by the key on paper; the vault key is still to be sealed to it."""
    key = recovery_slot_key(paper.secret, salt)
    try:
        return new_slot(vault_id, SlotKind.RECOVERY, key, NOBODY, bytes(32))
    finally:
        wipe(key)


def refuse_name(name: str, taken: Sequence[bytes], salt: bytes) -> None:
    """Raises NameMissing, or NameTaken where one of the hashed names is this one's."""
    if not name.strip():
        raise NameMissing
    if hashed_name(name, salt) in taken:
        raise NameTaken
