"""The list of everything a person may read is whole: each source has its sentences in it, and no docstring."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    command = [sys.executable, str(ROOT / "packaging" / "words.py")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout.splitlines()
    return dict(line.split("\t") for line in lines)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Who can open this file", "ui/users.ui"),
        ("More", "csp_desktop/gui/window/rail_entries.py"),
        ("There is nothing to undo.", "csp_desktop/gui/window/page.py"),
        ("There is no version … of these minutes.", "csp_desktop/services/minutes/versions.py"),
        ("render every screen to a folder", "csp_desktop/cli/command_line.py"),
    ],
)
def test_a_sentence_of_every_source_is_in_it(listed: dict[str, str], words: str, source: str) -> None:
    assert listed[words].startswith(source)


def test_the_help_is_in_it(listed: dict[str, str]) -> None:
    assert any(place.startswith("resources/help/") for place in listed.values())


def test_what_only_a_program_reads_is_not(listed: dict[str, str]) -> None:
    assert not [words for words in listed if words.startswith(("SELECT ", "PRAGMA ", "Raises "))]
    assert "What the main window expects of every page." not in listed
