"""After wrong passphrases one waits, longer each time, in the window and at the command line, also after a restart."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from csp_desktop import app
from csp_desktop.bootstrap import process
from csp_desktop.bootstrap.attempts import FILE, Attempts
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import GroupsCases, Partnership, create_partnership, open_partnership
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.cli import command_line
from csp_desktop.exit_codes import WRONG_PASSPHRASE
from csp_desktop.gui.window.bug_log import log_folder
from csp_desktop.services.file.unlock import LONGEST_WAIT
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import TooSoon, WrongPassphrase
from tests.support.fakes import FixedClock
from tests.support.partnerships import CHAIR, MINUTE_TAKER

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Hand:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_seconds(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made, _ = create_partnership(
        tmp_path / "partnership", [CHAIR, MINUTE_TAKER], Cost.quick(), FixedClock(), with_recovery=True
    )
    made.close()
    return tmp_path / "partnership"


def opened(folder: Path, attempts: Attempts, words: str = CHAIR.passphrase) -> Partnership:
    return open_partnership(folder, CHAIR.name, words, FixedClock(), guard=attempts.guard)


def wrong(folder: Path, attempts: Attempts, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassphrase):
            opened(folder, attempts, "not this one")


def test_the_wait_grows_and_a_restart_does_not_end_it(tmp_path: Path, folder: Path, clock: Hand) -> None:
    wrong(folder, Attempts(tmp_path / "state", clock), 3)
    for wait in (2, 4, 8, 16, 32, 60, 60):
        again = Attempts(tmp_path / "state", clock)  # another start of either program
        clock.pass_seconds(wait - 1)
        with pytest.raises(TooSoon, match=r"Try again in 1 second\."):
            opened(folder, again)
        clock.pass_seconds(1)
        wrong(folder, again, 1)
    clock.pass_seconds(60)
    opened(folder, Attempts(tmp_path / "state", clock)).close()
    wrong(folder, Attempts(tmp_path / "state", clock), 3)  # the right one begins anew


def test_while_one_waits_nothing_is_tried_and_nothing_counts(tmp_path: Path, folder: Path, clock: Hand) -> None:
    attempts = Attempts(tmp_path / "state", clock)
    wrong(folder, attempts, 3)
    for _ in range(5):
        with pytest.raises(TooSoon) as refused:
            opened(folder, attempts, "whatever")
        assert refused.value.seconds == 2
    clock.pass_seconds(2)
    opened(folder, attempts).close()


def test_every_way_to_a_passphrase_counts_together(tmp_path: Path, folder: Path, clock: Hand) -> None:
    attempts = Attempts(tmp_path / "state", clock)
    window = Partnerships(FixedClock(), attempts=attempts)
    beside = GroupsCases(folder, None, attempts.guard)
    away = FolderBundleImport(FixedClock(), None, guard=attempts.guard)
    ways: tuple[Callable[[], object], ...] = (
        lambda: window.open(folder, CHAIR.name, "not this one"),
        lambda: beside.look("SN-1", CHAIR.name, "nor this"),
        lambda: away._present(folder / "cpg", MINUTE_TAKER.name, "nor this one"),
    )
    for way in ways:
        with pytest.raises(WrongPassphrase):
            way()
    for way in ways:
        with pytest.raises(TooSoon):
            way()
    assert window.wait_after(folder, 0) == timedelta(seconds=2)


def test_a_file_of_its_own_names_nobody_and_nothing(tmp_path: Path, folder: Path, clock: Hand) -> None:
    wrong(folder, Attempts(tmp_path / "state", clock), 1)
    kept = (tmp_path / "state" / FILE).read_text(encoding="ascii")
    header = json.loads((folder / "cpg" / "vault.json").read_bytes())
    for told in (header["vault"], "cpg", "partnership", CHAIR.name, CHAIR.name.split()[0], "not this one"):
        assert told not in kept
    assert (tmp_path / "state" / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"a": 1}',
        b'{"a": [1, "x"]}',
        b'{"a": [1, "2026-11-26"]}',
        b'{"a": [1e999, "2026-11-26T12:00:00+00:00"]}',
        b"[" * 60_000,
        b'{"a":' * 9_000,
    ],
    ids=lambda content: content[:20].decode(),
)
def test_a_file_somebody_forged_says_nothing(tmp_path: Path, folder: Path, clock: Hand, content: bytes) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / FILE).write_bytes(content)
    opened(folder, Attempts(tmp_path / "state", clock)).close()


def test_a_clock_set_back_is_no_way_round_and_locks_nobody_out(tmp_path: Path, folder: Path, clock: Hand) -> None:
    attempts = Attempts(tmp_path / "state", clock)
    wrong(folder, attempts, 3)
    clock.pass_seconds(-3600)
    with pytest.raises(TooSoon) as refused:
        opened(folder, attempts)
    assert refused.value.seconds <= LONGEST_WAIT.total_seconds()
    clock.pass_seconds(2)
    opened(folder, attempts).close()


def test_where_nothing_can_be_kept_nobody_is_kept_from_unlocking(tmp_path: Path, folder: Path, clock: Hand) -> None:
    (tmp_path / "state").write_bytes(b"a file where the folder would be")
    attempts = Attempts(tmp_path / "state", clock)
    wrong(folder, attempts, 5)
    opened(folder, attempts).close()


def test_the_command_line_waits_too(
    folder: Path, tmp_path: Path, clock: Hand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "system_clock", clock)
    monkeypatch.setattr(process, "guard_memory", lambda: None)
    (tmp_path / "words").write_text("not this one", encoding="utf-8")
    asked = ["verify", "--folder", str(folder), "--user", CHAIR.name, "--passphrase-file", str(tmp_path / "words")]
    for _ in range(3):
        assert command_line.main(asked) == WRONG_PASSPHRASE
    assert "do not match" in capsys.readouterr().err
    assert (log_folder() / FILE).is_file()
    (tmp_path / "words").write_text(CHAIR.passphrase, encoding="utf-8")
    assert command_line.main(asked) == WRONG_PASSPHRASE
    assert "Try again in 2 seconds." in capsys.readouterr().err
    clock.pass_seconds(2)
    assert command_line.main(asked) == 0
