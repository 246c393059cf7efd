"""Wrong passphrases are counted for each file, and what cannot be read or written keeps nobody out."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from csp_desktop.bootstrap.attempts import FILE, FORGOTTEN_AFTER, MOST_VAULTS, Attempts
from csp_desktop.vault.errors import TooSoon, WrongPassphrase
from csp_desktop.vault.header import SealedHeader
from tests.support.fakes import FixedClock


@dataclass
class Header:
    """What stands outside a vault."""

    vault_id: str


OURS, OTHER = cast(SealedHeader, Header("ours")), cast(SealedHeader, Header("other"))


def wrong(_: SealedHeader) -> tuple[bytearray, bytes]:
    raise WrongPassphrase


def right(_: SealedHeader) -> tuple[bytearray, bytes]:
    return bytearray(b"key"), b"way"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def attempts(tmp_path: Path, clock: FixedClock) -> Attempts:
    return Attempts(tmp_path / "state", clock)


def guess(attempts: Attempts, clock: FixedClock, times: int, header: SealedHeader = OURS) -> None:
    """Wrong ones, each as soon as it may be tried."""
    for _ in range(times):
        clock.at += attempts.left(header.vault_id)
        with pytest.raises(WrongPassphrase):
            attempts.guard(wrong)(header)


def test_from_the_third_on_one_waits_and_nothing_is_tried_meanwhile(attempts: Attempts, clock: FixedClock) -> None:
    guess(attempts, clock, 2)
    assert attempts.left("ours") == timedelta(0)
    guess(attempts, clock, 1)
    assert attempts.left("ours") == timedelta(seconds=2)
    tried: list[SealedHeader] = []

    def remembered(header: SealedHeader) -> tuple[bytearray, bytes]:
        tried.append(header)
        return right(header)

    with pytest.raises(TooSoon, match="2 seconds"):
        attempts.guard(remembered)(OURS)
    assert tried == []
    clock.advance(seconds=0.5)
    with pytest.raises(TooSoon, match="2 seconds"):
        attempts.guard(right)(OURS)
    clock.advance(seconds=1.5)
    assert attempts.guard(right)(OURS) == (bytearray(b"key"), b"way")


def test_each_file_is_counted_for_itself_and_the_right_one_begins_anew(attempts: Attempts, clock: FixedClock) -> None:
    guess(attempts, clock, 4)
    assert attempts.left("ours") == timedelta(seconds=4) and attempts.left("other") == timedelta(0)
    attempts.guard(right)(OTHER)
    assert attempts.left("ours") == timedelta(seconds=4)
    clock.advance(seconds=4)
    attempts.guard(right)(OURS)
    guess(attempts, clock, 2)
    assert attempts.left("ours") == timedelta(0)


def test_another_trouble_is_no_wrong_passphrase(attempts: Attempts) -> None:
    def broken(_: SealedHeader) -> tuple[bytearray, bytes]:
        raise OSError("no such disk")

    for _ in range(5):
        with pytest.raises(OSError, match="disk"):
            attempts.guard(broken)(OURS)
    assert attempts.left("ours") == timedelta(0)


def test_they_are_kept_over_a_restart_without_naming_the_file(
    attempts: Attempts, clock: FixedClock, tmp_path: Path
) -> None:
    guess(attempts, clock, 5)
    assert Attempts(tmp_path / "state", clock).left("ours") == timedelta(seconds=8)
    kept = (tmp_path / "state" / FILE).read_text("utf-8")
    assert "ours" not in kept and json.loads(kept)


def test_after_a_day_they_are_forgotten(attempts: Attempts, clock: FixedClock) -> None:
    guess(attempts, clock, 12)
    clock.at += FORGOTTEN_AFTER - timedelta(seconds=1)
    guess(attempts, clock, 1)
    assert attempts.left("ours") == timedelta(minutes=1)
    clock.at += FORGOTTEN_AFTER
    guess(attempts, clock, 2)
    assert attempts.left("ours") == timedelta(0)


def test_a_clock_set_back_makes_one_wait_anew_but_once(attempts: Attempts, clock: FixedClock) -> None:
    guess(attempts, clock, 4)
    clock.advance(hours=-3)
    assert attempts.left("ours") == timedelta(seconds=4)
    clock.advance(seconds=3)
    assert attempts.left("ours") == timedelta(seconds=1)


@pytest.mark.parametrize(
    "said", [b"", b"[]", b"{", b'{"a": 3}', b'{"a": ["many", "2026"]}', b'{"a": [3, "2026-11-26T14:00:00"]}', b"\xff"]
)
def test_a_file_that_is_not_as_it_was_written_says_nothing(
    attempts: Attempts, clock: FixedClock, tmp_path: Path, said: bytes
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / FILE).write_bytes(said)
    assert attempts.left("ours") == timedelta(0)
    guess(attempts, clock, 3)
    assert attempts.left("ours") == timedelta(seconds=2)


def test_where_nothing_can_be_kept_nobody_is_kept_out(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", "utf-8")
    attempts = Attempts(tmp_path / "state", clock)
    guess(attempts, clock, 5)
    assert attempts.guard(right)(OURS) == (bytearray(b"key"), b"way")


def test_of_very_many_files_the_latest_are_kept(attempts: Attempts, clock: FixedClock, tmp_path: Path) -> None:
    for number in range(MOST_VAULTS + 5):
        clock.advance(seconds=1)
        header: Any = Header(f"vault {number}")
        with pytest.raises(WrongPassphrase):
            attempts.guard(wrong)(header)
    assert len(json.loads((tmp_path / "state" / FILE).read_text("utf-8"))) == MOST_VAULTS
