"""Backup and restore from the command line."""

from pathlib import Path

import pytest

from csp_desktop.sample.partnership import sample_users
from tests.scenarios.test_command_line import answer, refused, run


@pytest.fixture
def opening(sample: Path, tmp_path: Path) -> list[object]:
    """The sample, its chair, and the passphrase in a file."""
    chair = next(user for user in sample_users() if user["role"] == "chair")
    file = tmp_path / "passphrase"
    file.write_text(chair["passphrase"], encoding="utf-8")
    return ["--folder", sample, "--user", chair["name"], "--passphrase-file", file]


def test_a_backup_goes_back_in_its_place_and_on_to_another_laptop(opening: list[object], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert "was not found" in refused(run("backup", *opening, "--to", stick))
    stick.mkdir()
    made = answer("backup", *opening, "--to", stick)
    file = Path(made["file"])
    assert file.parent == stick and file.stat().st_size == made["bytes"]
    back = answer("restore", *opening, "--from", file)
    assert back["vault"] == "cpg" and back["made_at"].startswith("2026-11-26")
    assert answer("verify", *opening)["ok"]
    assert len([p for p in Path(str(opening[1])).iterdir() if p.name.startswith("cpg-before-restore-")]) == 1
    elsewhere = ["--folder", tmp_path / "new laptop", *opening[2:]]
    answer("restore", *elsewhere, "--from", file)
    assert answer("verify", *elsewhere)["ok"]
    (tmp_path / "passphrase").write_text("something else", encoding="utf-8")
    third = ["--folder", tmp_path / "third", *opening[2:]]
    assert "passphrase from the day it was made" in refused(run("restore", *third, "--from", file), 3)
    assert run("restore", *third[:2], "--from", file).returncode == 2
