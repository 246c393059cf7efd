"""Who is let into a vault, with what: passphrases changed, names changed, computers tied and untied."""

from pathlib import Path

import pytest

from csp_desktop.vault import errors, rekeying, users
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.creation import CreatedVault
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.slots import SlotKind
from csp_desktop.vault.unlock import open_vault, open_with_recovery
from tests.vault.conftest import CHAIR, MINUTE_TAKER
from tests.vault.test_container import FakeSecrets, RefusingSecrets

NEW = "seven quiet harbours"


@pytest.fixture
def vault(folder: Path, created: CreatedVault) -> OpenVault:
    return open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_whoever_opened_the_vault_proves_it_with_their_passphrase_and_nothing_changes(vault: OpenVault) -> None:
    before = vault.generation
    with pytest.raises(errors.WrongPassphrase):
        users.prove_passphrase(vault, "not this")
    users.prove_passphrase(vault, CHAIR.passphrase)
    assert vault.generation == before


def test_a_passphrase_is_changed_by_whoever_knows_the_old_one(folder: Path, vault: OpenVault) -> None:
    before = vault.user_id
    with pytest.raises(errors.WrongPassphrase):
        users.change_passphrase(vault, "not this", NEW)
    users.change_passphrase(vault, CHAIR.passphrase, NEW)
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)
    again = open_vault(folder, CHAIR.name, NEW)
    assert again.user_id == before and again.generation == 2
    again.close()


def test_a_tied_passphrase_stays_tied_when_it_is_changed_and_needs_its_computer_for_it(
    folder: Path, vault: OpenVault
) -> None:
    here, elsewhere = FakeSecrets(), FakeSecrets()
    users.tie_to_computer(vault, CHAIR.passphrase, here)
    elsewhere.kept[vault.vault_id] = bytearray(32)
    for other in (None, FakeSecrets(), elsewhere):
        with pytest.raises(errors.KeyringMissing):
            users.change_passphrase(vault, CHAIR.passphrase, NEW, other)
    with pytest.raises(errors.WrongPassphrase):
        users.change_passphrase(vault, "not this", NEW, here)
    users.change_passphrase(vault, CHAIR.passphrase, NEW, here)
    assert vault.is_tied and vault.is_user_tied(vault.user_id)
    vault.close()
    with pytest.raises(errors.KeyringMissing):
        open_vault(folder, CHAIR.name, NEW)
    open_vault(folder, CHAIR.name, NEW, device_secret=here).close()


def test_untied_a_passphrase_opens_anywhere(folder: Path, vault: OpenVault) -> None:
    here = FakeSecrets()
    users.untie_from_computer(vault, "whatever", RefusingSecrets())  # nothing is tied, nobody is asked
    users.tie_to_computer(vault, CHAIR.passphrase, here)
    with pytest.raises(errors.WrongPassphrase):
        users.untie_from_computer(vault, "not this", here)
    users.untie_from_computer(vault, CHAIR.passphrase, here)
    vault.close()
    open_vault(folder, CHAIR.name, CHAIR.passphrase, device_secret=RefusingSecrets()).close()


def test_a_new_name_is_free_of_others_and_opens(folder: Path, vault: OpenVault) -> None:
    for name, refused in ((MINUTE_TAKER.name.upper(), errors.NameTaken), ("  ", errors.NameMissing)):
        with pytest.raises((errors.NameTaken, errors.NameMissing)) as told:
            users.change_passphrase(vault, CHAIR.passphrase, CHAIR.passphrase, name=name)
        assert told.type is refused
    users.change_passphrase(vault, CHAIR.passphrase, CHAIR.passphrase, name="Ruth Bennett")
    vault.close()
    open_vault(folder, "ruth bennett", CHAIR.passphrase).close()


def test_a_fresh_passphrase_replaces_every_way_in_of_that_person(folder: Path, vault: OpenVault) -> None:
    other = next(who for who in vault.user_ids if who != vault.user_id)
    users.give_passphrase(vault, other, MINUTE_TAKER.name, NEW)
    for wrong in ("0" * 32, "f" * 32):
        with pytest.raises(errors.NameUnknown):
            users.give_passphrase(vault, wrong, "Somebody", NEW)
    assert len(vault.user_ids) == 2
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    open_vault(folder, MINUTE_TAKER.name, NEW).close()


def test_only_the_sheet_in_force_proves_recovery(vault: OpenVault, created: CreatedVault) -> None:
    assert created.recovery_key is not None and not vault.has_proved_recovery
    with pytest.raises(errors.WrongRecoveryKey):
        users.prove_recovery(vault, RecoveryKey.new())
    users.prove_recovery(vault, created.recovery_key)
    assert vault.has_proved_recovery
    generation = vault.generation
    users.prove_recovery(vault, created.recovery_key)  # again: nothing to write
    assert vault.generation == generation
    vault.close()


def test_a_key_abandoned_leaves_the_folder_as_it_was(folder: Path, vault: OpenVault) -> None:
    before = sorted(file.name for file in folder.iterdir())
    other = next(who for who in vault.user_ids if who != vault.user_id)
    new = users.without_user(vault, other)
    new.database_path.write_bytes(b"half")
    assert (folder / rekeying.NOTE).exists() and new.epoch == 2
    new.abandon()
    assert sorted(file.name for file in folder.iterdir()) == before
    vault.close()
    open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase).close()


def test_a_key_in_force_keeps_everybody_who_stays_and_the_paper(
    folder: Path, vault: OpenVault, created: CreatedVault
) -> None:
    new, former = users.without_user(vault, vault.user_ids[1]), vault._vault_key
    new.database_path.write_bytes(b"the copy")
    new.put_in_force()
    new.abandon()  # too late, and harmless
    new.finish()
    assert not any(former), "the former key is wiped"
    assert vault.database_path.read_bytes() == b"the copy"
    assert [slot.kind for slot in vault._header.slots] == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    open_vault(folder, CHAIR.name, CHAIR.passphrase).close()
    assert created.recovery_key is not None
    open_with_recovery(folder, created.recovery_key).close()


@pytest.mark.parametrize(
    "note", [b"", b"{", b"[]", b'["../outside.db", "vault.json"]', b'{"a": 1}', b"[1, null]", b"\xff" * 4000]
)
def test_a_note_somebody_forged_takes_nothing_away(folder: Path, created: CreatedVault, note: bytes) -> None:
    outside = folder.parent / "outside.db"
    outside.write_bytes(b"mine")
    (folder / rekeying.NOTE).write_bytes(note)
    open_vault(folder, CHAIR.name, CHAIR.passphrase).close()
    assert outside.read_bytes() == b"mine" and created.vault.database_path.exists()
    assert not (folder / rekeying.NOTE).exists()
