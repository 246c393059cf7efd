"""What a slot is bound to: nothing of it works in another place; and nobody can tell what it is."""

from dataclasses import replace

import pytest

from csp_desktop.vault import slots
from csp_desktop.vault.derivation import CannotUnwrap, Cost, random_key
from csp_desktop.vault.errors import DamagedHeader
from csp_desktop.vault.slots import Slot, SlotKind

VAULT, OTHER_VAULT = "a" * 32, "b" * 32
NAME, WORDS, SALT = "Ruth Coyle", "marble otter lantern", b"s" * 16


def key_of(name: str = NAME, words: str = WORDS) -> bytearray:
    return slots.passphrase_key(name, words, SALT, Cost.quick())


def slot_of(vault_key: bytearray, device_secret: bytearray | None = None) -> Slot:
    kind = SlotKind.PASSPHRASE if device_secret is None else SlotKind.PASSPHRASE_AND_COMPUTER
    return slots.new_slot(VAULT, kind, key_of(), "c" * 32, bytes(32), device_secret).sealed(vault_key, VAULT)


def opened(slot: Slot, key: bytearray, device_secret: bytearray | None = None) -> bytearray:
    found = slots.tried((slot.entry,), key, VAULT)
    assert found is not None
    return slots.vault_key_in(found, key, VAULT, device_secret)


def test_a_slot_opens_in_its_own_vault_with_its_own_name_and_passphrase_only() -> None:
    vault_key = random_key()
    slot = slot_of(vault_key)
    assert opened(slot, key_of()) == vault_key
    assert slots.tried((slot.entry,), key_of(), OTHER_VAULT) is None
    assert slots.tried((slot.entry,), key_of("Dilip Anand"), VAULT) is None
    assert slots.tried((slot.entry,), key_of(words="marble otter lanterns"), VAULT) is None


def test_where_the_name_ends_and_the_passphrase_begins_is_told_apart() -> None:
    assert key_of("Ruth", "Coyle words") != key_of("Ruth Coyle", " words")
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("  ruth   COYLE ") == key_of()


def test_a_vault_key_sealed_for_one_slot_is_of_no_use_in_another() -> None:
    vault_key = random_key()
    one, other = slot_of(vault_key), slot_of(vault_key)
    with pytest.raises(DamagedHeader):
        opened(replace(one, vault_key=other.vault_key), key_of())


def test_neither_half_opens_a_slot_tied_to_a_computer() -> None:
    vault_key, secret = random_key(), random_key()
    slot = slot_of(vault_key, secret)
    assert opened(slot, key_of(), secret) == vault_key
    with pytest.raises(CannotUnwrap):
        opened(slot, key_of(), random_key())
    with pytest.raises(DamagedHeader):
        opened(slot, key_of())
    assert slots.tried((slot.entry,), key_of(words="wrong"), VAULT) is None


def test_the_same_passphrase_and_name_never_give_the_same_slot_twice() -> None:
    vault_key = random_key()
    one, other = slot_of(vault_key), slot_of(vault_key)
    assert one.public_key != other.public_key and one.entry != other.entry
    assert slots.hashed_name("Ruth Coyle", b"1" * 16) != slots.hashed_name("Ruth Coyle", b"2" * 16)


def test_every_kind_of_slot_and_a_filler_show_the_same_number_of_bytes_and_no_other_difference() -> None:
    paper = slots.new_slot(
        VAULT, SlotKind.RECOVERY, slots.recovery_slot_key(random_key(), SALT), slots.NOBODY, bytes(32)
    ).sealed(random_key(), VAULT)
    entries = [slot_of(random_key()).entry, slot_of(random_key(), random_key()).entry, paper.entry, slots.filler(VAULT)]
    assert {len(entry) for entry in entries} == {slots.ENTRY}
    many = [slots.filler(VAULT) for _ in range(300)]
    real = [slot_of(random_key()).entry for _ in range(300)]
    for at in range(slots.ENTRY):  # no byte, and no bit of it, is fixed in the one and free in the other
        for bit in range(8):
            seen = [{entry[at] >> bit & 1 for entry in drawn} for drawn in (many, real)]
            assert seen[0] == seen[1], (at, bit)


def test_a_filler_given_a_new_key_changes_as_a_slot_does() -> None:
    slot, filler = slot_of(random_key()), slots.filler(VAULT)
    again, filled = slot.sealed(random_key(), VAULT).entry, slots.resealed_filler(filler, VAULT)
    for before, after in ((slot.entry, again), (filler, filled)):
        assert before[: slots.WRAPPED] == after[: slots.WRAPPED]
        assert before[slots.WRAPPED :] != after[slots.WRAPPED :]
