"""What anybody can read of a vault unopened: neither who, nor how many, nor how often somebody was removed."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.vault import derivation, errors, header, slots, users
from csp_desktop.vault.container import OpenVault
from csp_desktop.vault.creation import CreatedVault, NewUser, create_vault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import Home, VaultKind
from csp_desktop.vault.recovery import RecoveryKey
from csp_desktop.vault.unlock import open_vault, open_with_recovery
from tests.vault.conftest import CHAIR, MINUTE_TAKER
from tests.vault.test_container import FakeSecrets

CROWD = tuple(NewUser(f"Person {number}", f"words of person {number}") for number in range(13))


def made_of(folder: Path, people: tuple[NewUser, ...], *, recovery: bool) -> CreatedVault:
    made = create_vault(folder, VaultKind.ROUGH_SLEEPING, list(people), Cost.quick(), recovery=recovery)
    made.vault.database_path.touch()
    made.vault.commit()
    return made


def content_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / header.FILE).read_bytes())
    return loaded


def shape_of(content: Any) -> Any:
    """Everything of a header but the bytes nobody can read anything from."""
    if isinstance(content, dict):
        return {name: shape_of(value) for name, value in content.items()}
    if isinstance(content, list):
        return [shape_of(value) for value in content]
    return len(content) if isinstance(content, str) else content


def remove(vault: OpenVault, user_id: str) -> None:
    new = users.without_user(vault, user_id)
    new.database_path.touch()
    new.put_in_force()
    new.finish()


def test_the_header_of_one_person_and_of_fourteen_differ_in_nothing_that_can_be_read(tmp_path: Path) -> None:
    one = made_of(tmp_path / "one", (CHAIR,), recovery=True).vault
    many = made_of(tmp_path / "many", (CHAIR, *CROWD), recovery=True).vault
    users.mark_recovery_proved(many)
    users.tie_to_computer(many, CHAIR.passphrase, FakeSecrets())
    for user_id in many.user_ids[3:9]:
        remove(many, user_id)
    assert many.epoch == 7 and one.epoch == 1
    shapes = [shape_of(content_of(tmp_path / name)) for name in ("one", "many")]
    assert shapes[0] == shapes[1]
    sizes = {(tmp_path / name / header.FILE).stat().st_size for name in ("one", "many")}
    assert len(sizes) == 1
    one.close()
    many.close()


def test_nothing_in_a_header_follows_from_a_name(folder: Path, created: CreatedVault) -> None:
    raw = (folder / header.FILE).read_bytes()
    content = content_of(folder)
    salt = base64.b64decode(content["salt"])
    for user, user_id in zip((CHAIR, MINUTE_TAKER), created.user_ids, strict=True):
        for told in (slots.hashed_name(user.name, salt), bytes.fromhex(user_id)):
            assert base64.b64encode(told) not in raw and told.hex().encode() not in raw
    assert set(content["slots"][0]) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


@pytest.mark.parametrize("doing", ["a passphrase changed", "somebody let in", "tied to this computer"])
def test_from_two_headers_nobody_learns_what_was_done_between_them(tmp_path: Path, doing: str) -> None:
    """One of the 16 is another one, whatever it was."""
    vault = made_of(tmp_path / "cpg", (CHAIR, MINUTE_TAKER), recovery=True).vault
    steps: dict[str, Callable[[], object]] = {
        "a passphrase changed": lambda: users.change_passphrase(vault, CHAIR.passphrase, "another one"),
        "somebody let in": lambda: users.add_user(vault, "Maeve Quill", "copper thistle barge"),
        "tied to this computer": lambda: users.tie_to_computer(vault, CHAIR.passphrase, FakeSecrets()),
    }
    before = set(content_of(tmp_path / "cpg")["slots"])
    steps[doing]()
    after = set(content_of(tmp_path / "cpg")["slots"])
    assert len(before & after) == 15 and len(after) == 16
    vault.close()


def test_a_new_key_changes_slots_and_fillers_in_the_same_way(tmp_path: Path) -> None:
    vault = made_of(tmp_path / "cpg", (CHAIR, MINUTE_TAKER), recovery=True).vault

    def halves() -> tuple[set[bytes], set[bytes]]:
        entries = [base64.b64decode(entry) for entry in content_of(tmp_path / "cpg")["slots"]]
        return {entry[: slots.WRAPPED] for entry in entries}, {entry[slots.WRAPPED :] for entry in entries}

    before = halves()
    remove(vault, vault.user_ids[1])
    after = halves()
    assert len(before[0] & after[0]) == 15, "one went"
    assert not before[1] & after[1], "each holds another key"
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(tmp_path / "cpg", MINUTE_TAKER.name, MINUTE_TAKER.passphrase)


def test_the_seventeenth_way_in_makes_room_for_32_and_the_65th_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "cpg"
    vault = made_of(folder, (CHAIR, *CROWD), recovery=True).vault
    places = []
    for number in range(49):
        users.add_user(vault, f"Further {number}", "copper thistle barge")
        places.append(len(content_of(folder)["slots"]))
    assert (places[0], places[1], places[16], places[17], places[-1]) == (16, 32, 32, 64, 64)
    before = (folder / header.FILE).read_bytes()
    with pytest.raises(errors.TooManyUsers):
        users.add_user(vault, "One too many", "copper thistle barge")
    assert (folder / header.FILE).read_bytes() == before
    for user_id in vault.user_ids[1:]:
        users.give_passphrase(vault, user_id, f"again {user_id}", "x")
    remove(vault, vault.user_ids[5])
    assert len(content_of(folder)["slots"]) == 64, "that somebody left shows in no number"
    vault.close()
    open_vault(folder, CHAIR.name, CHAIR.passphrase).close()


def test_neither_the_name_of_the_records_nor_the_header_counts_keys(tmp_path: Path) -> None:
    vault = made_of(tmp_path / "cpg", (CHAIR, MINUTE_TAKER), recovery=False).vault
    first = vault.database_path.name
    remove(vault, vault.user_ids[1])
    for name in (first, vault.database_path.name):
        assert name.startswith("records-") and not header.tells_too_much(name)
    clear = {name: value for name, value in content_of(tmp_path / "cpg").items() if name not in ("slots", "sealed")}
    assert {"epoch", "generation", "trail", "away", "user", "name"} & set(clear) == set()
    assert [value for value in clear.values() if type(value) is int] == [header.VERSION]
    vault.close()


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [(CHAIR.name, CHAIR.passphrase), (CHAIR.name, "wrong"), ("Nobody Known", CHAIR.passphrase), ("", "")],
)
def test_any_name_and_any_passphrase_take_one_slow_derivation(
    folder: Path, created: CreatedVault, name: str, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Cost] = []
    slow = derivation.stretch

    def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytearray:
        counted.append(cost)
        return slow(secret, salt, cost)

    monkeypatch.setattr(derivation, "stretch", stretch)
    try:
        open_vault(folder, name, passphrase).close()
    except errors.WrongPassphrase:
        assert (name, passphrase) != (CHAIR.name, CHAIR.passphrase)
    assert len(counted) == 1


def test_that_it_was_handed_over_can_be_read_not_to_whom_nor_how_often(folder: Path, created: CreatedVault) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    here = content_of(folder)
    vault.put_header(vault.following(home=Home.AWAY, trail=("a" * 32, "b" * 32), away=b"x" * 300))
    away = content_of(folder)
    assert (here["home"], away["home"], away["mark"]) == ("here", "away", "b" * 32)
    assert shape_of(here | {"home": ""}) == shape_of(away | {"home": ""})
    vault.close()


def test_a_sealed_part_of_another_moment_is_refused(folder: Path, created: CreatedVault) -> None:
    before = content_of(folder)
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    users.add_user(vault, "Maeve Quill", "copper thistle barge")
    vault.close()
    after = content_of(folder)
    for name in ("sealed", "slots", "seal", "mark"):
        mixed = after | {name: before[name]}
        del mixed["checksum"]
        plain = json.dumps(mixed, sort_keys=True, separators=(",", ":")).encode()
        mixed["checksum"] = base64.b64encode(hashlib.sha256(plain).digest()).decode()
        (folder / header.FILE).write_text(json.dumps(mixed))
        with pytest.raises(errors.DamagedHeader):
            open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_the_key_on_paper_is_found_among_the_others(folder: Path, created: CreatedVault) -> None:
    assert created.recovery_key is not None
    vault = open_with_recovery(folder, created.recovery_key)
    assert vault.user_id == slots.NOBODY and set(vault.user_ids) == set(created.user_ids)
    vault.close()
    with pytest.raises(errors.WrongRecoveryKey):
        open_with_recovery(folder, RecoveryKey.new())


def test_a_slot_left_out_opens_nothing_any_more(folder: Path, created: CreatedVault) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    gone = replace(vault._header, slots=vault._header.slots[:1])
    header.write(folder, gone, vault._vault_key)
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
