"""What a slot is bound to: nothing of it works in another place."""

from dataclasses import replace

import pytest

from csp_desktop.vault import slots
from csp_desktop.vault.derivation import CannotUnwrap, Cost, random_key
from csp_desktop.vault.errors import DamagedHeader

VAULT, OTHER_VAULT = "a" * 32, "b" * 32
WORDS = "marble otter lantern"


def slot_of(vault_key: bytearray, device_secret: bytearray | None = None) -> slots.Slot:
    made = slots.passphrase_slot(VAULT, "c" * 32, bytes(32), WORDS, Cost.quick(), device_secret)
    return made.sealed(vault_key, VAULT, 1)


def test_a_slot_opens_in_its_own_vault_and_epoch_only() -> None:
    vault_key = random_key()
    slot = slot_of(vault_key)
    assert slots.open_with_passphrase(slot, VAULT, 1, WORDS, None) == vault_key
    with pytest.raises(CannotUnwrap):
        slots.open_with_passphrase(slot, OTHER_VAULT, 1, WORDS, None)
    with pytest.raises(DamagedHeader):
        slots.open_with_passphrase(slot, VAULT, 2, WORDS, None)


def test_a_vault_key_sealed_for_one_slot_is_of_no_use_in_another() -> None:
    vault_key = random_key()
    one, other = slot_of(vault_key), slot_of(vault_key)
    with pytest.raises(DamagedHeader):
        slots.open_with_passphrase(replace(one, vault_key=other.vault_key), VAULT, 1, WORDS, None)


def test_neither_half_opens_a_slot_tied_to_a_computer() -> None:
    vault_key, secret = random_key(), random_key()
    slot = slot_of(vault_key, secret)
    assert slots.open_with_passphrase(slot, VAULT, 1, WORDS, secret) == vault_key
    for passphrase, half in ((WORDS, None), (WORDS, random_key()), ("wrong", secret)):
        with pytest.raises(CannotUnwrap):
            slots.open_with_passphrase(slot, VAULT, 1, passphrase, half)


def test_the_same_passphrase_and_name_never_give_the_same_slot_twice() -> None:
    vault_key = random_key()
    one, other = slot_of(vault_key), slot_of(vault_key)
    assert one.salt != other.salt and one.public_key != other.public_key and one.private_key != other.private_key
    assert slots.hashed_name("Ruth Coyle", b"1" * 16) != slots.hashed_name("Ruth Coyle", b"2" * 16)
