"""The private part of the rehearsal plays itself on a sample's private file, and touches nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from csp_desktop.app import AppEnvironment
from csp_desktop.bootstrap.partnership import create_partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.private_handover import Begin, Hide, line_of
from csp_desktop.sample.partnership import require_private_sample
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.test_linked_case import contents
from tests.scenarios.test_private_file import LEADER, now

ROOT = Path(__file__).resolve().parents[2]


def told(*said: str) -> subprocess.CompletedProcess[str]:
    """The private program as the group's window starts it."""
    command = [*AppEnvironment().private_command()]
    return subprocess.run(command, input="\n".join(said), capture_output=True, encoding="utf-8", cwd=ROOT, check=False)


def test_it_is_refused_on_a_private_file_that_is_no_sample_and_leaves_it_untouched(tmp_path: Path):
    folder = tmp_path / "partnership"
    made, _ = create_partnership(
        folder, [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    made.close()
    before = contents(folder)
    played = told(line_of(Begin(str(folder), str(tmp_path / "out"))))
    assert (played.returncode, played.stdout) == (1, "")
    assert played.stderr.strip() == f"{folder} does not contain a sample's private file and was not changed."
    assert contents(folder) == before and not (tmp_path / "out").exists()


def test_a_folder_without_a_private_file_is_none_either(tmp_path: Path):
    with pytest.raises(Refused, match="not contain a sample's private file"):
        require_private_sample(tmp_path)


@pytest.mark.parametrize("said", ["", line_of(Hide()), "{", '{"begin": {"folder": 1, "out": ""}}'])
def test_it_begins_with_nothing_but_what_it_works_on(said: str):
    begun = told(said)
    assert begun.returncode in (1, 2) and begun.stdout == ""
    assert "Traceback" not in begun.stderr


def test_every_account_of_the_computer_may_read_what_starts_the_private_program():
    command = AppEnvironment().private_command()
    assert [*command[-1:]] == ["window"] and not any("private" in word or "folder" in word for word in command)
    listed = subprocess.run(
        [sys.executable, "-m", "csp_desktop", "--help"], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    ).stdout
    verbs = [line.split()[0] for line in listed.splitlines() if line.startswith("  ")]
    assert "private" in verbs and "window" not in verbs
