"""Killed at any moment and started again: the same place, and nothing is missing that was shown as saved."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.services.meeting import running_meeting
from tests.scenarios.in_session import opened
from tests.support.attack import ATTACK, count

ROOT = Path(__file__).resolve().parents[2]
KILLS = count("kills")
WHOLE_PROGRAM = 6  # every so many kills hit the whole program, from its unlock screen on
GOES_ON = 8  # every so many spare the typist until the next case
MOST_SAVES, MOST_WORDS = 3, 40  # that are waited for before the kill: counted, so that no computer is too slow


@dataclass
class Seen:
    """What the windows of all rounds have shown."""

    saved: dict[str, str] = field(default_factory=dict)  # what each headline's text was when it was called saved
    places: tuple[str, ...] = ()  # where the meeting can stand after the kill
    kills: int = 0
    acknowledged: int = 0
    waited_for: int = 0  # how many saves the kills held back for


class Nursery:
    """Where typists come from, and what they say."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._unread = b""

    def bring_up(self, folder: Path, base: Path, mark: str, manner: str) -> int:
        """A typist at the meeting; the number of its process."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([str(folder), str(base), mark, manner]).encode() + b"\n")
        self.process.stdin.flush()
        word, pid = self.next_said()
        assert word == "born"
        return int(pid)

    def next_said(self) -> list[str]:
        """What is said next, however long it takes."""
        while (said := self._whole_line()) is None:
            self._read()
        return said

    def _read(self) -> None:
        assert self.process.stdout is not None
        read = os.read(self.process.stdout.fileno(), 65536)
        assert read, "the nursery is gone"
        self._unread += read

    def _whole_line(self) -> list[str] | None:
        """The next line that is whole: one that the kill cut off says nothing."""
        while b"\n" in self._unread:
            line, self._unread = self._unread.split(b"\n", 1)
            if line.endswith(b"]"):
                return list(json.loads(line))
        return None


@contextmanager
def nursery() -> Iterator[Nursery]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", "tests.scenarios.nursery"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


def one_round(nursed: Nursery, typist: int, seen: Seen, chance: random.Random, *, goes_on: bool) -> None:
    """See where it came back to, let it save so often and say so many words more, kill, and remember what was said."""
    word, headline, text = nursed.next_said()
    assert word == "found"
    assert not seen.places or headline in seen.places
    assert text.startswith(seen.saved.get(headline, ""))
    seen.places = (headline,)
    while goes_on:
        said = nursed.next_said()
        remember(said, seen)
        goes_on = said[0] != "at"
    saves, words = chance.randrange(0, MOST_SAVES), chance.randrange(0, MOST_WORDS)
    seen.waited_for += saves
    saved = seen.acknowledged + saves
    while seen.acknowledged < saved:
        remember(nursed.next_said(), seen)
    for _ in range(words):
        remember(nursed.next_said(), seen)
    os.kill(typist, signal.SIGKILL)
    while (said := nursed.next_said())[0] != "ended":
        remember(said, seen)
    assert int(said[1]) == signal.SIGKILL, "it typed until it was killed"
    seen.kills += 1


def remember(said: list[str], seen: Seen) -> None:
    word, headline, text = said
    if word == "saved":
        seen.acknowledged += seen.saved.get(headline) != text
        seen.saved[headline] = text
    seen.places = (headline, next_after(headline)) if word == "going" else (headline,)


def next_after(headline: str) -> str:
    """Where one goes from there, back from the last: the kill may fall between the step and the word that it was
    shown."""
    _, number, _, total = headline.split()
    return f"Case {int(number) + (-1 if number == total else 1)} of {total}"


if sys.platform != "win32":

    @pytest.mark.attack
    def test_killed_at_any_moment_it_returns_to_the_same_place_with_everything_shown_as_saved(
        sample: Path, november: str, tmp_path: Path, record_property: Callable[[str, object], None]
    ) -> None:
        chance, seen = random.Random(26), Seen()
        with nursery() as nursed:
            for number in range(KILLS):
                manner = "window" if number % WHOLE_PROGRAM == 0 else "page"
                typist = nursed.bring_up(sample, tmp_path, f"r{number}s", manner)
                one_round(nursed, typist, seen, chance, goes_on=number % GOES_ON == GOES_ON // 2)
        assert seen.kills == KILLS
        assert len(seen.saved) > 1, "the typist went on to other cases"
        assert seen.acknowledged >= seen.waited_for > KILLS // 2
        partnership, _ = opened(sample)
        with partnership:
            assert partnership.verify()["findings"] == []
            with partnership.work.reading() as records:
                stops = records.find(CaseTurn, meeting_id=november)
            notes = [running_meeting.fold_drafts(partnership.session, stop).note for stop in stops]
            for text in seen.saved.values():
                assert any(note.startswith(text) for note in notes), text
        record_property(ATTACK, f"{seen.kills} kills, {seen.acknowledged} acknowledged changes, none lost")
