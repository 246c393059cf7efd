"""The private part of the rehearsal plays itself on a sample's private file, and touches nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from csp_desktop.domain.errors import Refused
from csp_desktop.opening.partnership import create_partnership
from csp_desktop.sample import require_private_sample
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.test_linked_case import contents
from tests.scenarios.test_private_file import LEADER, now

ROOT = Path(__file__).resolve().parents[2]


def private(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "csp_desktop", "private", *map(str, words)]
    return subprocess.run(command, input="", capture_output=True, encoding="utf-8", cwd=ROOT, check=False)


def test_it_is_refused_on_a_private_file_that_is_no_sample_and_leaves_it_untouched(tmp_path: Path):
    folder = tmp_path / "partnership"
    made, _ = create_partnership(
        folder, [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    made.close()
    before = contents(folder)
    played = private("--folder", folder, "--follows-meeting", "--rehearse-out", tmp_path / "out")
    assert (played.returncode, played.stdout) == (1, "")
    assert played.stderr.strip() == f"{folder} holds no sample's private file: it stays untouched."
    assert contents(folder) == before and not (tmp_path / "out").exists()


def test_a_folder_without_a_private_file_is_none_either(tmp_path: Path):
    with pytest.raises(Refused, match="no sample's private file"):
        require_private_sample(tmp_path)


def test_it_only_follows_the_groups_meeting(sample: Path, tmp_path: Path):
    played = private("--folder", sample, "--rehearse-out", tmp_path / "out")
    assert played.returncode == 2
    assert "--follows-meeting" in played.stderr
