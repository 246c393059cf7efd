"""A copy of the encrypted file: whole, of one moment, under its own key only, or not there at all."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.store import copying
from csp_desktop.store.checks import checkpoint
from csp_desktop.store.copying import CopyNotSound, copy_database, remove_database
from csp_desktop.store.engine import DamagedDatabase, open_engine, reading
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.patience import SECONDS
from tests.support.vaults import KEY

OTHER_KEY = bytes(range(32, 64))
CANARY = "Quillfeather Canary"
COPY_TO_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from csp_desktop.domain.common.errors import Refused
from csp_desktop.store.copying import copy_database
from csp_desktop.store.engine import open_engine
source = open_engine(Path(sys.argv[1]), bytearray.fromhex(sys.argv[3]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    copy_database(source, Path(sys.argv[2]), bytearray(32))
except Refused as refused:
    print(refused.sentence)
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bulk (id INTEGER PRIMARY KEY, words TEXT NOT NULL)"))
        for _ in range(600):
            connection.execute(text("INSERT INTO bulk (words) VALUES (:words)"), {"words": CANARY + "x" * 3000})
    return engine


@pytest.fixture
def opened(target: Path) -> Iterator[list[Engine]]:
    engines: list[Engine] = []
    yield engines
    for engine in engines:
        engine.dispose()


def rows_of(engine: Engine, table: str = "bulk") -> int:
    with reading(engine).connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def left_beside(target: Path) -> list[str]:
    return sorted(file.name for file in target.parent.iterdir() if file.name.startswith(target.name))


@pytest.mark.parametrize("key", [OTHER_KEY, KEY], ids=["another key", "the same key"])
def test_a_copy_opens_by_its_own_key_and_tells_nothing_without(
    filled: Engine, target: Path, key: bytes, opened: list[Engine]
) -> None:
    copy_database(filled, target, bytearray(key))
    assert left_beside(target) == [target.name]
    assert target.stat().st_mode & 0o777 == 0o600
    content = target.read_bytes()
    assert b"SQLite format 3" not in content and CANARY.encode() not in content
    for wrong in (bytes(32), KEY if key == OTHER_KEY else OTHER_KEY):
        with pytest.raises(DamagedDatabase):
            open_engine(target, bytearray(wrong))
    opened.append(open_engine(target, bytearray(key)))
    assert rows_of(opened[0]) == 600
    with opened[0].begin() as connection:  # a copy is a file to work in
        connection.execute(text("INSERT INTO bulk (words) VALUES ('one more')"))
    assert rows_of(opened[0]) == 601 and rows_of(filled) == 600


def test_a_copy_is_of_one_moment_although_someone_goes_on_writing(
    filled: Engine, work: SqlWork, target: Path, opened: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES", 16)
    stop, written = threading.Event(), threading.Event()
    saved: list[str] = []

    def go_on() -> None:
        while not stop.is_set():
            with work.step("an agency") as records:
                records.save(Agency(new_id(), f"Agency {len(saved)}", "", AgencyKind.OTHER))
            saved.append("one")
            written.set()

    writer = threading.Thread(target=go_on)
    writer.start()
    assert written.wait(SECONDS)
    steps: list[tuple[int, int]] = []
    during: list[int] = []

    def heard(done: int, total: int, _: str) -> None:
        steps.append((done, total))
        during.append(len(saved))
        if len(steps) < 5:  # the writer gets ahead while the copy is under way
            written.clear()
            assert written.wait(SECONDS)

    try:
        copy_database(filled, target, bytearray(OTHER_KEY), heard)
    finally:
        stop.set()
        writer.join()
    assert during[-1] >= during[0] + 3, "nobody wrote meanwhile"
    assert steps == sorted(steps) and steps[-1][0] == steps[-1][1]
    opened.append(open_engine(target, bytearray(OTHER_KEY)))
    agencies, entries = rows_of(opened[0], "agencies"), rows_of(opened[0], "journal")
    assert 0 < agencies == entries <= during[0] + 1
    assert len(saved) > agencies


def test_cancelled_at_any_step_a_copy_leaves_nothing(filled: Engine, target: Path) -> None:
    class Enough(Exception):
        pass

    steps: list[int] = []
    copy_database(filled, target, bytearray(OTHER_KEY), lambda done, total, words: steps.append(done))
    remove_database(target)
    for last in range(1, len(steps) + 1):
        heard: list[int] = []

        def stop(done: int, total: int, _: str, last: int = last, heard: list[int] = heard) -> None:
            heard.append(done)
            if len(heard) == last:
                raise Enough

        with pytest.raises(Enough):
            copy_database(filled, target, bytearray(OTHER_KEY), stop)
        assert left_beside(target) == []
    assert rows_of(filled) == 600


def test_a_copy_never_overwrites(filled: Engine, target: Path) -> None:
    target.write_bytes(b"something of mine")
    with pytest.raises(FileExistsError):
        copy_database(filled, target, bytearray(OTHER_KEY))
    assert target.read_bytes() == b"something of mine"


def test_a_disk_that_is_full_is_told_in_words_and_leaves_no_half_copy(filled: Engine, path: Path, target: Path) -> None:
    command = [sys.executable, "-c", COPY_TO_A_FULL_DISK, str(path), str(target), KEY.hex()]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "disk" in done.stdout
    assert left_beside(target) == []


def test_a_copy_that_cannot_be_read_back_is_not_kept(
    filled: Engine, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that loses what was written: a byte changes between writing and reading back."""
    copied = copying._copy_pages

    def copied_then_spoilt(source: Engine, copy: Engine, progress: Progress) -> int:
        pages = copied(source, copy, progress)
        checkpoint(copy)
        whole = bytearray(target.read_bytes())
        whole[len(whole) // 2] ^= 1
        target.write_bytes(whole)
        return pages

    monkeypatch.setattr(copying, "_copy_pages", copied_then_spoilt)
    with pytest.raises(CopyNotSound):
        copy_database(filled, target, bytearray(OTHER_KEY))
    assert left_beside(target) == []
