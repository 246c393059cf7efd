"""Earlier copies beside the file: known by the folder's name, told by why and day, and deleted header first."""

import os
from datetime import date
from pathlib import Path

import pytest

from csp_desktop.bootstrap.left_copies import BesideFile
from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import vault_presence
from csp_desktop.vault.lockfile import FolderLock

LATE = 1796083200  # 1 December 2026


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "cpg").mkdir()
    return tmp_path / "cpg"


def copy(place: Path, name: str, *, header: bool = True, size: int = 5) -> Path:
    made = place.with_name(name)
    made.mkdir()
    (made / "records.db").write_bytes(bytes(size))
    if header:
        (made / vault_presence.HEADER).write_text("{}", "utf-8")
        os.utime(made / vault_presence.HEADER, (LATE, LATE))
    return made


def test_each_is_told_by_why_and_day_the_newest_first(place: Path) -> None:
    copy(place, "cpg-before-restore-2026-11-02", size=7)
    copy(place, "cpg-before-return-2026-11-20")
    copy(place, "cpg-before-update-2026-03-29-to-0002")
    copy(place, "cpg-before-lunch-2026-11-20")
    copy(place, "cpg-before-anything")
    found = [(one.name, one.why, one.day, one.size) for one in BesideFile(place).earlier()]
    assert found == [
        ("cpg-before-anything", "kept", date(2026, 12, 1), 7),
        ("cpg-before-return-2026-11-20", "before it was handed back", date(2026, 11, 20), 7),
        ("cpg-before-lunch-2026-11-20", "kept", date(2026, 11, 20), 7),
        ("cpg-before-restore-2026-11-02", "before a restore", date(2026, 11, 2), 9),
        ("cpg-before-update-2026-03-29-to-0002", "before an update", date(2026, 3, 29), 7),
    ]


def test_what_is_no_copy_of_this_file_is_none(place: Path) -> None:
    copy(place, "cpg-before-restore-2026-11-02", header=False)
    copy(place, "rough-sleeping-before-restore-2026-11-02")
    copy(place, "cpg-before-restore-2026-13-45")
    place.with_name("cpg-before-restore-2026-11-03").write_text("a file", "utf-8")
    assert BesideFile(place).earlier() == []


def test_a_copy_is_deleted_whole(place: Path) -> None:
    made = copy(place, "cpg-before-restore-2026-11-02")
    beside = BesideFile(place)
    beside.remove(beside.earlier()[0])
    assert not made.exists() and place.exists() and beside.earlier() == []


def test_a_copy_that_is_open_stays(place: Path) -> None:
    made = copy(place, "cpg-before-restore-2026-11-02")
    beside = BesideFile(place)
    lock = FolderLock(made)
    with pytest.raises(Refused, match="open"):
        beside.remove(beside.earlier()[0])
    assert (made / vault_presence.HEADER).exists()
    lock.release()
    beside.remove(beside.earlier()[0])
    assert not made.exists()


def test_where_no_hand_over_was_taken_over_nothing_is_left(place: Path) -> None:
    beside = BesideFile(place)
    assert beside.hand_over() == ""
    beside.forget_hand_over()
