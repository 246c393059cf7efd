"""Killed at any moment and started again: the same place, and nothing is missing that was shown as saved."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from csp_desktop.domain.meeting import CaseTurn
from csp_desktop.services import running_meeting
from tests.scenarios.in_session import opened, start_november

ROOT = Path(__file__).resolve().parents[2]
TIMES = 9


@dataclass
class Seen:
    """What the windows of all rounds have shown."""

    saved: dict[str, str] = field(default_factory=dict)  # what each headline's text was when it was called saved
    places: tuple[str, ...] = ()  # where the meeting can stand after the kill


def start(folder: Path, base: Path, mark: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "tests.scenarios.typist", str(folder), str(base), mark]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", env=environment)


def one_round(typist: subprocess.Popen[str], seen: Seen, lines: int, seconds: float) -> None:
    """Read so many lines, let a moment pass, kill, read what was still said, and remember it."""
    assert typist.stdout is not None
    word, headline, text = json.loads(typist.stdout.readline())
    assert word == "found"
    assert not seen.places or headline in seen.places
    assert text.startswith(seen.saved.get(headline, ""))
    said = [typist.stdout.readline() for _ in range(lines)]
    with pytest.raises(subprocess.TimeoutExpired):
        typist.wait(seconds)
    typist.kill()
    said += typist.stdout.read().splitlines(keepends=True)
    typist.wait()
    typist.stdout.close()
    seen.places = (headline,)
    for line in said:
        if not line.endswith("\n"):
            continue  # cut off by the kill
        word, headline, text = json.loads(line)
        if word == "saved":
            seen.saved[headline] = text
        seen.places = (headline, next_after(headline)) if word == "going" else (headline,)


def next_after(headline: str) -> str:
    """Where Alt+Right leads: the kill may fall between the step and the word that it was shown."""
    _, number, _, total = headline.split()
    return f"Case {int(number) + 1} of {total}"


def test_killed_at_any_moment_it_returns_to_the_same_place_with_everything_shown_as_saved(
    sample: Path, tmp_path: Path
) -> None:
    meeting_id = start_november(sample)
    chance, seen = random.Random(26), Seen()
    for number in range(TIMES):
        one_round(start(sample, tmp_path, f"r{number}s"), seen, chance.randrange(0, 12), chance.uniform(0.0, 0.45))
    assert len(seen.saved) > 1, "the typist went on to other cases"
    partnership, _ = opened(sample)
    with partnership:
        assert partnership.verify()["findings"] == []
        with partnership.work.reading() as records:
            stops = records.find(CaseTurn, meeting_id=meeting_id)
        notes = [running_meeting.fold_drafts(partnership.session, stop).note for stop in stops]
        for text in seen.saved.values():
            assert any(note.startswith(text) for note in notes), text
