"""One program at a time, said with who and since when; a program that died holds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from csp_desktop.vault.errors import OpenElsewhere
from csp_desktop.vault.lockfile import FILE, FolderLock, held_by

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from csp_desktop.vault.lockfile import FolderLock, held_by
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another program that holds the folder until it is ended."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    words = [sys.executable, "-c", HOLD, str(folder)]
    other = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=environment)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def end(other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    for pipe in (other.stdin, other.stdout):
        if pipe is not None:
            pipe.close()


def test_the_second_program_is_told_who_has_the_folder_and_the_first_goes_on(tmp_path: Path) -> None:
    other = holder(tmp_path)
    with pytest.raises(OpenElsewhere) as refused:
        FolderLock(tmp_path)
    assert "already open in another window, since " in refused.value.sentence
    assert f"(process {other.pid})" in refused.value.sentence
    assert other.poll() is None
    with pytest.raises(OpenElsewhere):
        FolderLock(tmp_path)
    end(other)


def test_who_holds_a_folder_is_known_without_taking_it_and_free_it_stays_free(tmp_path: Path) -> None:
    assert held_by(tmp_path) == "" and list(tmp_path.iterdir()) == []
    other = holder(tmp_path)
    assert f"(process {other.pid})" in held_by(tmp_path) and "already open in another window" in held_by(tmp_path)
    end(other)
    assert held_by(tmp_path) == ""
    lock = FolderLock(tmp_path)
    assert f"(process {os.getpid()})" in held_by(tmp_path)
    lock.release()
    assert held_by(tmp_path) == ""


def test_a_lock_left_by_a_killed_program_is_no_hindrance(tmp_path: Path) -> None:
    end(holder(tmp_path))
    assert (tmp_path / FILE).read_bytes() != b"", "the killed one could not clear it"
    lock = FolderLock(tmp_path)
    assert str(os.getpid()) in (tmp_path / FILE).read_text()
    lock.release()
    lock.release()
    assert (tmp_path / FILE).read_bytes() == b""
    FolderLock(tmp_path).release()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'{"account": "a"}',
        b"\xff\xfe",
        b'{"account":1,"computer":2,"process":"x"}',
        b"[" * 1000,
        b'{"account":"a","computer":"c","process":1e999}',
    ],
)
def test_a_text_nobody_can_read_still_gets_a_sentence(tmp_path: Path, text: bytes) -> None:
    held = FolderLock(tmp_path)
    (tmp_path / FILE).write_bytes(text)
    with pytest.raises(OpenElsewhere, match="already open in another window. Use"):
        FolderLock(tmp_path)
    held.release()


def test_what_another_program_wrote_cannot_break_the_line(tmp_path: Path) -> None:
    held = FolderLock(tmp_path)
    (tmp_path / FILE).write_text('{"account": "a\\n\\u202eb' + "x" * 200 + '", "computer": "c", "process": 1}')
    with pytest.raises(OpenElsewhere) as refused:
        FolderLock(tmp_path)
    assert "\n" not in refused.value.sentence and "\u202e" not in refused.value.sentence
    assert len(refused.value.sentence) < 320
    held.release()
