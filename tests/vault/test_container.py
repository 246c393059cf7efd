"""Who can open a vault, and what each refusal says."""

import re
import stat
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import errors, header
from csp_desktop.vault.creation import CreatedVault, NewUser, create_vault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import Home, VaultKind
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.unlock import RECOVERY_USER, open_vault, open_with_recovery
from csp_desktop.vault.users import add_user, mark_recovery_proved, renew_passphrase, tie_to_computer
from tests.vault.conftest import CHAIR, MINUTE_TAKER

ENCODED = rb"(?<=\")[A-Za-z0-9+/]{22,}={0,2}(?=\")"
HOLD_OPEN = """
import sys
from pathlib import Path
from csp_desktop.vault.unlock import open_vault
vault = open_vault(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
print("open", flush=True)
sys.stdin.readline()
"""


class RefusingSecrets:
    """A key store nobody may ask."""

    def read(self, vault_id: str) -> bytearray:
        """Fails the test."""
        raise AssertionError("the key store was asked")

    def read_or_make(self, vault_id: str) -> bytearray:
        """Fails the test."""
        raise AssertionError("the key store was asked")


class FakeSecrets:
    """One computer's key store."""

    def __init__(self) -> None:
        self.kept: dict[str, bytearray] = {}

    def read(self, vault_id: str) -> bytearray:
        """A copy, as callers wipe what they get."""
        if vault_id not in self.kept:
            raise errors.KeyringMissing
        return bytearray(self.kept[vault_id])

    def read_or_make(self, vault_id: str) -> bytearray:
        """Made on first use."""
        self.kept.setdefault(vault_id, bytearray(range(32)))
        return self.read(vault_id)


class TroubledSecrets(RefusingSecrets):
    """A key store that is missing, locked or silent."""

    def __init__(self, trouble: type[Refused]) -> None:
        self.trouble = trouble

    def read(self, vault_id: str) -> bytearray:
        """Only the trouble."""
        raise cast(Any, self.trouble)()


def test_everybody_named_opens_the_same_keys(folder: Path, created: CreatedVault) -> None:
    keys = set()
    for user, user_id in zip((CHAIR, MINUTE_TAKER), created.user_ids, strict=True):
        vault = open_vault(folder, user.name, user.passphrase)
        assert (vault.user, vault.user_id) == (user.name, user_id)
        keys.add((bytes(vault.database_key()), bytes(vault.journal_key), vault.vault_id, vault.epoch, vault.generation))
        vault.close()
    assert len(keys) == 1
    database_key, journal_key, *_ = keys.pop()
    assert database_key != journal_key and len(database_key) == 32


def test_a_name_is_found_whatever_its_case_and_spacing_and_a_passphrase_in_any_unicode_form(folder: Path) -> None:
    made = create_vault(folder, VaultKind.CPG, [NewUser("Zoë Smith", "café ångström")], Cost.quick(), recovery=False)
    made.vault.database_path.touch()
    made.vault.commit()
    made.vault.close()
    open_vault(folder, "  zoe\u0308  SMITH ", "cafe\u0301 a\u030angstro\u0308m").close()


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [(CHAIR.name, "marble otter lanterns"), (CHAIR.name, ""), ("Nobody Known", CHAIR.passphrase), ("", "")],
)
def test_a_wrong_name_or_passphrase_gets_one_sentence_for_both(
    folder: Path, created: CreatedVault, name: str, passphrase: str
) -> None:
    with pytest.raises(errors.WrongPassphrase) as refused:
        open_vault(folder, name, passphrase)
    assert "do not match" in refused.value.sentence


def test_one_persons_passphrase_does_not_open_under_another_name(folder: Path, created: CreatedVault) -> None:
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, CHAIR.name, MINUTE_TAKER.passphrase)


def test_a_folder_without_a_vault_says_so(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(errors.NotAVault):
            open_vault(place, "a", "b")
    assert list(tmp_path.iterdir()) == []


def test_a_vault_is_there_only_once_it_is_committed(folder: Path) -> None:
    made = create_vault(folder, VaultKind.CPG, [CHAIR], Cost.quick(), recovery=False)
    made.vault.database_path.touch()
    made.vault.close()
    with pytest.raises(errors.NotAVault):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_no_vault_is_made_over_another(folder: Path, created: CreatedVault) -> None:
    before = (folder / header.FILE).read_bytes()
    with pytest.raises(errors.AlreadyAVault):
        create_vault(folder, VaultKind.CPG, [CHAIR], Cost.quick(), recovery=False)
    assert (folder / header.FILE).read_bytes() == before
    open_vault(folder, CHAIR.name, CHAIR.passphrase).close()


def test_two_people_of_one_name_or_none_at_all_are_refused(folder: Path) -> None:
    with pytest.raises(errors.NameTaken):
        create_vault(folder, VaultKind.CPG, [CHAIR, NewUser("RUTH  coyle", "x")], Cost.quick(), recovery=False)
    for nobody in ([], [NewUser("  ", "x")]):
        with pytest.raises(errors.NameMissing):
            create_vault(folder, VaultKind.CPG, nobody, Cost.quick(), recovery=False)


def test_missing_records_say_so(folder: Path, created: CreatedVault) -> None:
    created.vault.database_path.unlink()
    with pytest.raises(errors.DatabaseMissing):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_a_vault_open_in_another_window_says_so_and_a_killed_one_leaves_no_lock(
    folder: Path, created: CreatedVault
) -> None:
    command = [sys.executable, "-c", HOLD_OPEN, str(folder), CHAIR.name, CHAIR.passphrase]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        with pytest.raises(errors.OpenElsewhere) as refused:
            open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
        assert "another window" in refused.value.sentence
        other.kill()
        other.wait()
        open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase).close()


def test_a_failed_try_lets_the_folder_go(folder: Path, created: CreatedVault) -> None:
    for _ in range(3):
        with pytest.raises(errors.WrongPassphrase):
            open_vault(folder, CHAIR.name, "wrong")
    open_vault(folder, CHAIR.name, CHAIR.passphrase).close()


def test_closing_wipes_the_key(folder: Path, created: CreatedVault) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    held = vault._vault_key
    assert any(held)
    vault.close()
    vault.close()
    assert not any(held)
    with pytest.raises(ValueError, match="closed"):
        vault.database_key()


def test_the_files_are_for_their_owner_alone_and_name_nobody(folder: Path, created: CreatedVault) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in (header.FILE, "vault.lock"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    written = (folder / header.FILE).read_bytes()
    in_clear, encoded = re.sub(ENCODED, b"", written), [b64decode(part) for part in re.findall(ENCODED, written)]
    assert len(b"".join(encoded)) > header.SEALED_PART  # read decoded: its letters spell any short word by chance
    for read in (in_clear, *encoded):
        assert not [
            word for word in (b"ruth", b"coyle", b"dilip", b"anand", b"chair", b"minute") if word in read.lower()
        ]


def test_the_recovery_key_opens_and_gives_a_new_passphrase(folder: Path, created: CreatedVault) -> None:
    assert created.recovery_key is not None
    vault = open_with_recovery(folder, created.recovery_key)
    assert vault.user == RECOVERY_USER
    assert renew_passphrase(vault, "ruth coyle", "three new words") == created.user_ids[0]
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)
    again = open_vault(folder, CHAIR.name, "three new words")
    assert (again.user_id, again.generation) == (created.user_ids[0], 2)
    with pytest.raises(errors.NameUnknown):
        renew_passphrase(again, "Nobody Known", "x")
    again.close()


def test_another_recovery_key_is_refused(folder: Path, created: CreatedVault) -> None:
    with pytest.raises(errors.WrongRecoveryKey):
        open_with_recovery(folder, RecoveryKey.new())


def test_a_vault_without_a_recovery_key_says_so(folder: Path) -> None:
    made = create_vault(folder, VaultKind.CPG, [CHAIR], Cost.quick(), recovery=False)
    made.vault.database_path.touch()
    made.vault.commit()
    made.vault.close()
    assert made.recovery_key is None
    with pytest.raises(errors.WrongRecoveryKey, match="or ask another user"):  # nobody can see from outside
        open_with_recovery(folder, RecoveryKey.new())


def test_a_further_person_is_added_by_one_who_is_in(folder: Path, created: CreatedVault) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    with pytest.raises(errors.NameTaken):
        add_user(vault, "dilip anand", "x")
    user_id = add_user(vault, "Maeve Quill", "copper thistle barge")
    assert (vault.generation, len(vault.user_ids)) == (2, 3)
    vault.close()
    maeve = open_vault(folder, "Maeve Quill", "copper thistle barge")
    assert (maeve.user_id, maeve.generation) == (user_id, 2)
    maeve.close()


def test_a_slot_of_one_vault_does_not_open_another(tmp_path: Path, folder: Path, created: CreatedVault) -> None:
    other = tmp_path / "rough-sleeping"
    made = create_vault(other, VaultKind.ROUGH_SLEEPING, [CHAIR], Cost.quick(), recovery=False)
    made.vault.database_path.touch()
    theirs = open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    mixed = replace(made.vault._header, slots=(*made.vault._header.slots[1:], *theirs._header.slots))
    theirs.close()
    header.write(other, mixed, made.vault._vault_key)
    made.vault.close()
    with pytest.raises(Refused):
        open_vault(other, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    with pytest.raises(Refused):
        open_with_recovery(other, created.recovery_key or RecoveryKey.new())


def test_a_vault_handed_over_says_where_to_work(folder: Path, created: CreatedVault) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    header.write(folder, replace(vault._header, home=Home.AWAY), vault._vault_key)
    vault.close()
    with pytest.raises(errors.HandedOver):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_a_passphrase_slot_never_asks_the_key_store(folder: Path, created: CreatedVault) -> None:
    open_vault(folder, CHAIR.name, CHAIR.passphrase, device_secret=RefusingSecrets()).close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, CHAIR.name, "wrong", device_secret=RefusingSecrets())


def test_a_passphrase_is_tied_to_a_computer_only_when_there_is_another_way_in(folder: Path) -> None:
    made = create_vault(folder, VaultKind.CPG, [CHAIR], Cost.quick(), recovery=True)
    made.vault.database_path.touch()
    made.vault.commit()
    with pytest.raises(errors.RecoveryNotProved):
        tie_to_computer(made.vault, CHAIR.passphrase, RefusingSecrets())
    mark_recovery_proved(made.vault)
    assert made.vault.has_proved_recovery
    with pytest.raises(errors.WrongPassphrase):
        tie_to_computer(made.vault, "wrong", RefusingSecrets())
    here, elsewhere = FakeSecrets(), FakeSecrets()
    tie_to_computer(made.vault, CHAIR.passphrase, here)
    made.vault.close()
    opened = open_vault(folder, CHAIR.name, CHAIR.passphrase, device_secret=here)
    assert opened.user_id == made.user_ids[0]
    opened.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, CHAIR.name, "wrong", device_secret=here)
    elsewhere.kept[opened.vault_id] = bytearray(32)
    for other in (None, FakeSecrets(), elsewhere):
        with pytest.raises(errors.KeyringMissing) as refused:
            open_vault(folder, CHAIR.name, CHAIR.passphrase, device_secret=other)
        assert "recovery key" in refused.value.sentence
    assert made.recovery_key is not None
    open_with_recovery(folder, made.recovery_key).close()


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (errors.KeyringMissing, errors.KeyringMissing),
        (errors.KeyringUnfit, errors.KeyringMissing),
        (errors.KeyringLocked, errors.KeyringLocked),
        (errors.KeyringSilent, errors.KeyringSilent),
    ],
)
def test_a_key_store_in_trouble_is_told_at_unlocking_and_others_still_get_in(
    folder: Path, created: CreatedVault, trouble: type[Refused], told: type[Refused]
) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    tie_to_computer(vault, CHAIR.passphrase, FakeSecrets())
    vault.close()
    with pytest.raises(told):
        open_vault(folder, CHAIR.name, CHAIR.passphrase, device_secret=TroubledSecrets(trouble))
    open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase, device_secret=TroubledSecrets(trouble)).close()


def test_people_keep_their_slots_when_the_vault_key_is_changed_without_them(
    folder: Path, created: CreatedVault
) -> None:
    """The format carries a new epoch without anybody's passphrase."""
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    new_key = bytearray(b"k" * 32)
    resealed = tuple(slot.sealed(new_key, vault.vault_id) for slot in vault._header.slots)
    old_database_key = vault.database_key()
    header.write(folder, replace(vault._header, epoch=2, generation=2, slots=resealed), new_key)
    vault.close()
    again = open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    assert again.epoch == 2 and again.database_key() != old_database_key
    again.close()
    assert created.recovery_key is not None
    open_with_recovery(folder, created.recovery_key).close()


def test_every_refusal_is_a_sentence_of_its_own() -> None:
    spoken: dict[str, str] = {}
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, Refused) and "__init__" in vars(kind) and kind is not Refused:
            wanted: dict[str, dict[str, Any]] = {
                "RecoveryKeyMistyped": {"sentence": "Group 1.", "group": 1},
                "WrongPlace": {"place": "cpg", "private": True},
                "TooSoon": {"seconds": 2},
                "NotReadable": {"place": Path("cpg")},
            }
            reasons = {"reason": "reason"} if "reason" in kind.__init__.__code__.co_varnames else {}
            arguments = wanted.get(name, reasons)
            spoken[name] = cast(Any, kind)(**arguments).sentence
    assert len(spoken) > 15 and len(set(spoken.values())) == len(spoken)
    assert all(sentence.endswith(".") for sentence in spoken.values())
