"""The header read strictly: whatever stands in it, the answer is a sentence, never an open vault, never a crash."""

import base64
import copy
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import errors, header
from csp_desktop.vault.creation import CreatedVault, create_vault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.unlock import open_vault
from tests.support.unprivileged import forbidden
from tests.vault.conftest import CHAIR

Place = tuple[Any, ...]


def content_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / header.FILE).read_bytes())
    return loaded


def put(folder: Path, content: Any, *, with_checksum: bool = False) -> None:
    """Write a forged header; a forger can repair the checksum, not the seal."""
    if with_checksum:
        content = {name: value for name, value in content.items() if name != "checksum"}
        plain = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
        content["checksum"] = base64.b64encode(hashlib.sha256(plain).digest()).decode()
    (folder / header.FILE).write_text(json.dumps(content))


def leaves(content: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    if isinstance(content, dict):
        for name, value in content.items():
            yield from leaves(value, (*at, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from leaves(value, (*at, number))
    else:
        yield at, content


def altered(value: Any) -> list[Any]:
    """Plausible and implausible other values."""
    if isinstance(value, bool):
        return [not value, None, 1]
    if isinstance(value, int):
        return [value + 1, value - 1, 0, -1, 2**70, 1.5, str(value), None]
    if value is None:
        return [{"memory": 64, "time": 1, "lanes": 1, "quick": True}, 1, ""]
    flipped = ("b" if value[:1] != "b" else "c") + value[1:]
    return [flipped, value[:-1], value + "A", "", None, 7, value.upper(), "../" + value]


def change(content: dict[str, Any], at: Place, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(content)
    place: Any = changed
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = value
    return changed


@pytest.mark.parametrize("with_checksum", [False, True])
def test_every_field_altered_one_by_one_is_refused(folder: Path, created: CreatedVault, with_checksum: bool) -> None:
    original = content_of(folder)
    fields = list(leaves(original))
    assert len(fields) > 25
    for at, value in fields:
        for other in altered(value):
            if other == value and type(other) is type(value):
                continue
            put(folder, change(original, at, other), with_checksum=with_checksum and at != ("checksum",))
            with pytest.raises(Refused) as refused:
                open_vault(folder, CHAIR.name, CHAIR.passphrase).close()
            if not with_checksum and at[0] not in ("format", "version"):
                assert isinstance(refused.value, errors.DamagedHeader), at
    put(folder, original)
    open_vault(folder, CHAIR.name, CHAIR.passphrase).close()


def test_every_field_left_out_or_added_is_refused(folder: Path, created: CreatedVault) -> None:
    original = content_of(folder)
    for name in original:
        put(folder, {other: value for other, value in original.items() if other != name}, with_checksum=True)
        if name == "checksum":
            continue
        with pytest.raises(Refused):
            open_vault(folder, CHAIR.name, CHAIR.passphrase)
    for name in original["cost"]:
        less = copy.deepcopy(original)
        del less["cost"][name]
        put(folder, less, with_checksum=True)
        with pytest.raises(errors.DamagedHeader):
            open_vault(folder, CHAIR.name, CHAIR.passphrase)
    put(folder, original | {"note": "x"}, with_checksum=True)
    with pytest.raises(errors.DamagedHeader):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_a_slot_taken_away_put_twice_or_moved_is_refused(folder: Path, created: CreatedVault) -> None:
    original = content_of(folder)
    first, second, *others = original["slots"]
    assert len(original["slots"]) == 16
    for slots in (
        [second, *others],
        [first, first, *others],
        [second, first, *others],
        [],
        [first] * 64,
        [*original["slots"], *original["slots"]],
    ):
        put(folder, original | {"slots": slots}, with_checksum=True)
        with pytest.raises(errors.DamagedHeader):
            open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_an_accident_is_not_taken_for_a_wrong_passphrase(folder: Path, created: CreatedVault) -> None:
    original = content_of(folder)
    slot = original["slots"][0]
    put(folder, change(original, ("slots", 0), ("b" if slot[0] != "b" else "c") + slot[1:]))
    with pytest.raises(errors.DamagedHeader) as refused:
        open_vault(folder, CHAIR.name, CHAIR.passphrase)
    assert "vault.json" in refused.value.sentence and "backup" in refused.value.sentence


def test_a_newer_format_asks_for_a_newer_program(folder: Path, created: CreatedVault) -> None:
    put(folder, {"format": header.FORMAT, "version": header.VERSION + 1, "whatever": [1, 2]})
    with pytest.raises(errors.NewerProgram) as refused:
        open_vault(folder, CHAIR.name, CHAIR.passphrase)
    assert "newer version" in refused.value.sentence


def test_another_programs_file_under_its_name_is_called_damaged_never_absent(
    folder: Path, created: CreatedVault
) -> None:
    contents: list[Any] = [{"format": "something else"}, {}, [], "text", 3, None]
    for content in contents:
        put(folder, content)
        with pytest.raises(errors.DamagedHeader, match="not written by this program"):
            open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_a_folder_or_a_broken_link_under_its_name_is_called_damaged_never_absent(
    folder: Path, created: CreatedVault
) -> None:
    (folder / header.FILE).unlink()
    (folder / header.FILE).symlink_to(folder / "gone.json")
    with pytest.raises(errors.DamagedHeader, match="a link to a file that is not there"):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)
    (folder / header.FILE).unlink()
    (folder / header.FILE).mkdir()
    with pytest.raises(errors.DamagedHeader, match="a folder, not a file"):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_a_folder_this_account_may_not_read_is_said_to_be_so_and_not_empty_or_damaged(
    folder: Path, created: CreatedVault
) -> None:
    with forbidden(folder), pytest.raises(errors.NotReadable, match="cannot read the folder"):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 200_000, b'{"format": NaN}', b'{"a":1,"a":2}', b"9" * 200_000, b" " * 300_000],
    ids=["empty", "cut", "not text", "deep", "NaN", "twice", "long number", "too long"],
)
def test_bytes_that_are_no_header_are_refused(folder: Path, created: CreatedVault, raw: bytes) -> None:
    (folder / header.FILE).write_bytes(raw)
    with pytest.raises(errors.DamagedHeader):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(2**21, 3, 4),
        Cost(65536, 65, 4),
        Cost(65536, 3, 17),
        Cost(65535, 3, 4),
        Cost(65536, 2, 4),
        Cost(65536, 3, 3),
        Cost(7, 1, 1, True),
        Cost(2**40, 2**40, 1, True),
    ],
)
def test_the_work_a_header_asks_for_is_bounded_before_any_is_done(
    folder: Path, created: CreatedVault, cost: Cost
) -> None:
    work = {"memory": cost.memory, "time": cost.time, "lanes": cost.lanes, "quick": cost.is_quick}
    put(folder, change(content_of(folder), ("cost",), work), with_checksum=True)
    with pytest.raises(errors.DamagedHeader) as refused:
        open_vault(folder, CHAIR.name, CHAIR.passphrase)
    assert "bounds" in refused.value.sentence


@pytest.mark.parametrize("name", ["../cpg.db", "/etc/passwd", "a/b.db", "..", "C:x.db", "cpg.db\n", "cpg.txt", ""])
def test_a_records_file_outside_the_folder_is_refused_even_when_sealed(
    folder: Path, created: CreatedVault, name: str
) -> None:
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    header.write(folder, replace(vault._header, database=name), vault._vault_key)
    vault.close()
    with pytest.raises(errors.DamagedHeader):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_the_floor_is_kept_by_real_costs() -> None:
    assert Cost.floor().is_within_bounds and Cost.quick().is_within_bounds
    calibrated = Cost.calibrated(0.3)
    assert calibrated.is_within_bounds and not calibrated.is_quick


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """One vault for all fuzzed headers."""
    folder = tmp_path_factory.mktemp("fuzzed") / "cpg"
    made = create_vault(folder, header.VaultKind.CPG, [CHAIR], Cost.quick(), recovery=True)
    made.vault.database_path.touch()
    made.vault.commit()
    made.vault.close()
    return folder, (folder / header.FILE).read_bytes()


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=700, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_bytes_changed_anywhere_give_a_typed_error_only(standing: tuple[Path, bytes], data: st.DataObject) -> None:
    folder, original = standing
    raw = bytearray(original)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        length = data.draw(st.integers(0, 8))
        raw[at : at + length] = data.draw(st.binary(max_size=8))
    try:
        is_same = json.loads(raw) == json.loads(original)
    except (ValueError, RecursionError):
        is_same = False
    (folder / header.FILE).write_bytes(raw)
    if is_same:
        open_vault(folder, CHAIR.name, CHAIR.passphrase).close()
        return
    with pytest.raises(Refused):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


@settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_value_in_any_place_gives_a_typed_error_only(standing: tuple[Path, bytes], data: st.DataObject) -> None:
    folder, original = standing
    content = json.loads(original)
    places: list[Place] = [at for at, _ in leaves(content)]
    places += [(name,) for name in content] + [("slots", 0), ("slots", 1), ("cost",)]
    at = data.draw(st.sampled_from(places))
    value = data.draw(_json)
    changed = change(content, at, value)
    if json.dumps(changed) == json.dumps(content):
        return
    put(folder, changed, with_checksum=True)
    if at == ("checksum",):  # put right by the forger
        open_vault(folder, CHAIR.name, CHAIR.passphrase).close()
        return
    with pytest.raises(Refused):
        open_vault(folder, CHAIR.name, CHAIR.passphrase)


def test_a_header_half_written_leaves_the_old_one(folder: Path, created: CreatedVault) -> None:
    (folder / f"{header.FILE}.new").write_bytes(b"{ half")
    vault = open_vault(folder, CHAIR.name, CHAIR.passphrase)
    header.write(folder, vault._header, vault._vault_key)
    assert not (folder / f"{header.FILE}.new").exists()
    assert header.read(folder).prove(vault._vault_key) == vault._header
    vault.close()
