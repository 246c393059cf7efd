"""Slots as 0.1.0 made them: each with a salt, a name hash and a kind of its own in clear. They open for ever; each is
replaced by one of the new form when its owner next opens the file.
"""

import json
from base64 import b64encode
from typing import Any

from csp_desktop.vault import derivation, slots
from csp_desktop.vault import header_shape as shape
from csp_desktop.vault.derivation import CannotUnwrap, wipe
from csp_desktop.vault.errors import DamagedHeader
from csp_desktop.vault.slots import SALT, OldForm, Slot, SlotKind

_FIELDS = {
    "id",
    "kind",
    "user",
    "name",
    "computer",
    "salt",
    "cost",
    "proved",
    "public_key",
    "private_key",
    "vault_key",
}


def read(content: Any) -> Slot:
    """One slot as it stands in a header; raises DamagedHeader."""
    shape.exactly(content, _FIELDS)
    kind = shape.one_of(SlotKind, content, "kind")
    cost = None if content["cost"] is None else shape.cost_of(content["cost"])
    if (cost is None) != (kind is SlotKind.RECOVERY):
        raise DamagedHeader("a slot's cost does not fit its kind")
    return Slot(
        kind=kind,
        user=shape.hex_in(content, "user"),
        name=shape.bytes_in(content, "name", 32),
        computer=shape.bytes_in(content, "computer", 16),
        is_proved=shape.flag_in(content, "proved"),
        public_key=shape.bytes_in(content, "public_key", 32),
        private_key=shape.bytes_in(content, "private_key", derivation.WRAPPED_KEY),
        vault_key=shape.bytes_in(content, "vault_key", derivation.SEALED_KEY),
        old=OldForm(shape.hex_in(content, "id"), shape.bytes_in(content, "salt", SALT), cost),
    )


def written(slot: Slot) -> dict[str, Any]:
    """As it stands in a header."""
    old = _form(slot)
    return {
        "id": old.id,
        "kind": slot.kind.value,
        "user": slot.user,
        "name": shape.base64(slot.name),
        "computer": shape.base64(slot.computer),
        "salt": shape.base64(old.salt),
        "cost": None if old.cost is None else shape.content_of_cost(old.cost),
        "proved": slot.is_proved,
        "public_key": shape.base64(slot.public_key),
        "private_key": shape.base64(slot.private_key),
        "vault_key": shape.base64(slot.vault_key),
    }


def open_with_passphrase(
    slot: Slot, vault_id: str, epoch: int | None, passphrase: str, device_secret: bytearray | None
) -> bytearray:
    """The vault key; raises CannotUnwrap when the passphrase is wrong, DamagedHeader when the slot is. `epoch` is None
    where the header is of the new form: the vault key was sealed anew.
    """
    old = _form(slot)
    if old.cost is None:
        raise DamagedHeader("a passphrase slot without its cost")
    stretched = derivation.stretch(slots.normalised(passphrase), old.salt, old.cost)
    both = stretched + (device_secret if device_secret is not None else bytearray())
    key = derivation.subkey(both, f"key of slot: {slot.kind.value}", old.salt)
    wipe(stretched)
    wipe(both)
    return _open(slot, vault_id, epoch, key)


def open_with_recovery_key(slot: Slot, vault_id: str, epoch: int | None, recovery_key: bytearray) -> bytearray:
    """The vault key; raises CannotUnwrap when the recovery key is another one."""
    key = derivation.subkey(recovery_key, f"key of slot: {slot.kind.value}", _form(slot).salt)
    return _open(slot, vault_id, epoch, key)


def _open(slot: Slot, vault_id: str, epoch: int | None, key: bytearray) -> bytearray:
    private = bytearray()
    try:
        private = derivation.unwrap(slot.private_key, key, _wrapped_for(slot, vault_id))
        bound_to = slots.sealed_for(slot.private_key, vault_id) if epoch is None else _sealed_for(slot, vault_id, epoch)
        return derivation.unseal(slot.vault_key, private, bound_to)
    except CannotUnwrap as wrong:
        if private:
            raise DamagedHeader("a slot does not hold this vault's key") from wrong
        raise
    finally:
        wipe(key)
        wipe(private)


def _form(slot: Slot) -> OldForm:
    assert slot.old is not None
    return slot.old


def _wrapped_for(slot: Slot, vault_id: str) -> bytes:
    """What the private key is bound to: everything of the slot that stays when the vault key changes."""
    old = _form(slot)
    work = [] if old.cost is None else [old.cost.memory, old.cost.time, old.cost.lanes, old.cost.is_quick]
    texts = [b64encode(part).decode() for part in (slot.name, slot.computer, old.salt, slot.public_key)]
    return json.dumps(["csp-desktop 1 private key", vault_id, old.id, slot.kind.value, slot.user, work, texts]).encode()


def _sealed_for(slot: Slot, vault_id: str, epoch: int) -> bytes:
    return json.dumps(["csp-desktop 1 vault key", vault_id, epoch, _form(slot).id, slot.kind.value]).encode()
