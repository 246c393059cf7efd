"""The list of everything a person may read is whole: each source has its sentences in it, and no docstring. Each is in
plain council English: a word that was replaced is not used again, and one term stands for one thing."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

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
        ("These minutes have no version ….", "csp_desktop/services/minutes/versions.py"),
        ("save a picture of every screen to a folder", "csp_desktop/cli/command_line.py"),
    ],
)
def test_a_sentence_of_every_source_is_in_it(listed: dict[str, str], words: str, source: str) -> None:
    assert listed[words].startswith(source)


def test_the_help_is_in_it(listed: dict[str, str]) -> None:
    assert any(place.startswith("resources/help/") for place in listed.values())


def test_what_only_a_program_reads_is_not(listed: dict[str, str]) -> None:
    assert not [words for words in listed if words.startswith(("SELECT ", "PRAGMA ", "Raises "))]
    assert "What the main window expects of every page." not in listed


def glossary() -> Any:
    """The module that collects the sentences and declares what is said instead of what."""
    spec = importlib.util.spec_from_file_location("words", ROOT / "packaging" / "words.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Values that files keep or that only the program compares: each has other words where a person sees it.
KEPT = frozenset(
    {
        "… witness",
        "approval by e-mail to confirm",
        "carried on",
        "go on clearing the room",
        "go on with the meeting",
        "go on with the session",
        "gone on although the clock seemed wrong",
        "hand-over left over",
        "in hand",
        "keep calm and carry on",
        "late actions",
        "mail address",
        "mail draft, locked PDF",
        "mail draft, their agency has secure mail",
        "own item",
        "room titles",
        "rough sleepers",
    }
)


def said_oddly(sentences: dict[str, str], say_instead: dict[str, str]) -> list[str]:
    """Each sentence with a word that is not used, where it stands, and what to say."""
    patterns = [(re.compile(odd, re.IGNORECASE), instead) for odd, instead in say_instead.items()]
    return [
        f"{place}: “{words[:160]}”: not “{found[0]}” but “{instead}”"
        for words, place in sentences.items()
        if words not in KEPT
        for pattern, instead in patterns
        for found in [pattern.search(words)]
        if found
    ]


def test_every_sentence_a_person_sees_is_plain_council_english() -> None:
    words = glossary()
    assert said_oddly(words.every_sentence(), words.SAY_INSTEAD) == []


@pytest.mark.parametrize(
    "odd",
    [
        "Promise broken",
        "2 days late",
        "Let somebody in",
        "Bring a file in",
        "Go on",
        "Take their way in away",
        "No fall in a month, 3 days over",
        "“x” is no mail address.",
        "Mail draft",
        "A hand-over",
        "Put each right",
        "never part of a picture of the screen",
        "how antisocial behaviour was dealt with",
        "Wait at the gate",
        "Every level",
    ],
)
def test_a_word_that_was_replaced_is_found_again(odd: str) -> None:
    assert said_oddly({odd: "here"}, glossary().SAY_INSTEAD)
