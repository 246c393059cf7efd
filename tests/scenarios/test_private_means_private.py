"""After a whole evening nothing of the private meeting is known outside its own file: not on the disk, not in the
group's file, windows, lists or backups, and not in the memory of the group's program while both run.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.sample.clock import sample_clock
from csp_desktop.services.file.handover import bring_in
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.vault.device_secret import KeyringSecrets
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.private_canaries import CANARIES, NAME, NOTE, plant
from tests.scenarios.test_nothing_readable import home, readable
from tests.scenarios.test_private_sample import opened_privately
from tests.support.decrypted import plain_pages
from tests.support.memory import words_in_memory
from tests.support.patience import SECONDS

HELD = "Hertfordshire Constabulary"  # what the group's window certainly holds


@dataclass
class Group:
    """The group's program, stopped where it says."""

    process: subprocess.Popen[str]
    folder: Path
    base: Path

    def next_stop(self) -> dict[str, Any]:
        """Wait until it says where it is."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the group's program is gone"
        said: dict[str, Any] = json.loads(line)
        return said

    def go_on(self) -> None:
        """Let it go on."""
        assert self.process.stdin is not None
        self.process.stdin.write("continue\n")
        self.process.stdin.flush()


@pytest.fixture
def group(sample: Path, november: str, tmp_path: Path) -> Iterator[Group]:
    """The sample's November in session with telling people in the private file, and the program started on it."""
    plant(sample)
    base = tmp_path / "computer"
    words = [sys.executable, "-m", "tests.scenarios.beside_private", str(sample), str(base)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=home(base)) as process:
        try:
            yield Group(process, sample, base)
        finally:
            (base / "end").touch()
            process.kill()


def dumped(partnership: Partnership) -> str:
    """Every row of every table there is, journal, revisions and full-text search too."""
    with partnership.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        rows = [repr(row) for name in tables for row in connection.execute(text(f'SELECT * FROM "{name}"'))]
    return "\n".join(rows)


def told(words: str) -> list[str]:
    """Which canaries stand in it, whatever the letters' case."""
    return [canary for canary in CANARIES if canary.casefold() in words.casefold()]


def test_nothing_of_a_private_evening_is_known_outside_its_file(group: Group, tmp_path: Path) -> None:
    begun = group.next_stop()
    group.go_on()
    beside = group.next_stop()
    assert beside["departed"], "who left at the crossing came over"
    ours, theirs = group.process.pid, begun["private"]
    assert {NAME, NOTE} <= words_in_memory(theirs, CANARIES), "the search finds what a process holds"
    assert words_in_memory(ours, [HELD, *CANARIES]) == {HELD}
    (group.base / "end").touch()
    group.go_on()
    after = group.next_stop()
    assert after["state"] == "ENDED"
    assert words_in_memory(ours, [HELD, *CANARIES]) == {HELD}
    group.go_on()
    done = group.next_stop()
    assert words_in_memory(ours, [HELD, *CANARIES]) == {HELD}
    for stop in (begun, beside, after, done):
        assert told(" ".join(stop["seen"])) == []
    group.go_on()
    assert group.process.wait() == 0
    assert any(path.name == "bugs.log" for path in tmp_path.rglob("*")), "a name was in a bug"
    assert readable(tmp_path, CANARIES) == {}
    _in_the_groups_file(group.folder)
    _in_its_backup(group.base / "stick", tmp_path / "elsewhere")
    with opened_privately(group.folder) as private:
        assert set(told(dumped(private))) == set(CANARIES), "it was all written, in its own file"


def test_a_private_window_killed_in_the_middle_goes_on_at_its_gate_with_what_was_typed(group: Group) -> None:
    first = group.next_stop()
    group.go_on()
    group.next_stop()
    os.kill(first["private"], signal.SIGKILL)
    group.go_on()
    after = group.next_stop()
    assert after["state"] == "BROKEN"
    assert any("closed unexpectedly" in text for text in after["seen"])
    (group.base / "open").unlink()
    group.go_on()
    second = group.next_stop()
    assert second["private"] != first["private"]
    group.go_on()
    group.next_stop()
    (group.base / "end").touch()
    group.go_on()
    assert group.next_stop()["state"] == "ENDED", "it found its gate and the note, or it would have broken"
    with opened_privately(group.folder) as private:
        assert private.verify()["ok"]


def test_the_groups_window_killed_in_the_middle_leaves_the_private_meeting_running_to_its_end(group: Group) -> None:
    private_pid = group.next_stop()["private"]
    group.go_on()
    assert group.next_stop()["departed"]
    ended = os.pidfd_open(private_pid)
    group.process.kill()
    (group.base / "alone").touch()
    assert select.select([ended], [], [], SECONDS)[0], "the private window ended by itself"
    os.close(ended)
    with opened_privately(group.folder) as private:
        held = meetings(private.session)[-1]
        with private.work.reading() as records:
            notes = [turn.note for turn in records.find(PersonTurn, meeting_id=held.id) if turn.read_back_at]
        assert held.state is MeetingState.CLOSED
        assert [note.endswith("the other window is gone") for note in notes] == [True]
        assert private.verify()["ok"]
    partnership, _ = opened(group.folder)
    with partnership:
        assert partnership.verify()["ok"]


def _in_the_groups_file(folder: Path) -> None:
    partnership, _ = opened(folder)
    with partnership:
        rows = dumped(partnership)
        assert HELD in rows
        assert told(rows) == []
        assert all(not partnership.session.queries.search(word, 5) for word in CANARIES)
        key, file = bytes(partnership.vault.database_key()), partnership.vault.database_path
    pages = plain_pages(file, key).decode("latin-1")
    assert HELD in pages and told(pages) == []


def _in_its_backup(stick: Path, folder: Path) -> None:
    (backup,) = stick.iterdir()
    bundle_import = FolderBundleImport(sample_clock, KeyringSecrets())
    bring_in(bundle_import, folder, backup, TAKER["name"], TAKER["passphrase"], unheard)
    assert [path.name for path in folder.iterdir()] == ["cpg"]
    with open_partnership(folder, TAKER["name"], TAKER["passphrase"], sample_clock) as partnership:
        rows = dumped(partnership)
    assert HELD in rows and told(rows) == []
