"""`verify` as IT calls it: what it answers, what it finds, and the way into the file without this program."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.test_command_line import answer, run
from tests.support.patience import SECONDS

STOCK = """
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1])
for line in sys.argv[2:]:
    print(*connection.execute(line).fetchone() or ())
"""


@pytest.fixture
def opening(sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]) -> list[object]:
    file = tmp_path / "passphrase"
    file.write_text(passphrase_of("chair") + "\n", encoding="utf-8")
    return ["--folder", sample, "--user", "Hannah Price", "--passphrase-file", file]


def database(sample: Path) -> Path:
    (found,) = (sample / "cpg").glob("*.db")
    return found


def test_it_answers_with_entries_head_generation_and_no_witness_of_the_sample(opening: list[object]) -> None:
    told = answer("verify", *opening)
    assert told["ok"] and told["findings"] == [] and told["witness"] is None
    assert told["entries"] > 500 and re.fullmatch("[0-9a-f]{16}", told["head"])
    assert (told["epoch"], told["generation"]) == (1, 1)


def test_the_way_in_is_told_without_the_key(opening: list[object], sample: Path) -> None:
    done = run("verify", *opening)
    assert done.returncode == 0
    assert f'sqlcipher "{database(sample)}"' in done.stdout and "--show-key" in done.stdout
    assert re.search("[0-9a-f]{64}", done.stdout) is None


@pytest.mark.parametrize("typed", ["", "yes\n", "SHOW\n", "SHOW\nMarcus Bell\n"])
def test_the_key_is_not_shown_unless_asked_for_twice(opening: list[object], typed: str) -> None:
    done = run("verify", *opening, "--show-key", typed=typed)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("The key was not shown: the answer did not match.\n")


def test_the_key_is_for_chair_and_administrator_only(
    sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]
) -> None:
    (tmp_path / "theirs").write_text(passphrase_of("minute-taker"), encoding="utf-8")
    theirs = ["--folder", sample, "--user", "Marcus Bell", "--passphrase-file", tmp_path / "theirs"]
    done = run("verify", *theirs, "--show-key", typed="SHOW\nMarcus Bell\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "Only the chair or the administrator can do this. You are signed in as Marcus Bell."
    assert run("verify", *theirs).returncode == 0, "looking the file through is for everybody"


def test_the_lines_printed_open_the_file_as_plain_sqlcipher(opening: list[object], sample: Path) -> None:
    done = run("verify", *opening, "--show-key", "--json", typed="SHOW\nHannah Price\n")
    assert done.returncode == 0
    key = re.search(r"x'([0-9a-f]{64})'", done.stdout)
    assert key is not None
    lines = [f"PRAGMA key = \"x'{key[1]}'\";", "SELECT count(*) FROM journal;", "PRAGMA integrity_check;"]
    stock = subprocess.run(
        [sys.executable, "-c", STOCK, str(database(sample)), *lines],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert stock.stderr == ""
    assert stock.stdout.splitlines() == ["ok", str(answer("verify", *opening)["entries"]), "ok"]


def test_a_damaged_file_is_found_and_the_exit_code_says_so(opening: list[object], sample: Path) -> None:
    file = database(sample)
    content = bytearray(file.read_bytes())
    content[-2000] ^= 1
    file.write_bytes(content)
    done = run("verify", *opening)
    assert done.returncode == 5
    assert "damaged" in done.stdout + done.stderr and "Traceback" not in done.stderr
