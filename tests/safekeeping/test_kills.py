"""Killed at every step: never two writable homes, never none that cannot be had back; never half a file."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from csp_desktop.app import AppEnvironment
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, holds_partnership, open_partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file import backups, handover
from csp_desktop.vault.errors import HandedOver, NotPutInPlace
from tests.safekeeping import crash
from tests.support.partnerships import CHAIR, Founded, Ticking, add_agency, agencies, quiet
from tests.support.patience import SECONDS

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9
HANDING_OVER = (
    "Copying the records",
    "Writing the file",
    "Reading the whole file again",
    "Checking the records and the journal again:3",
    "Preparing the handover:1",
    "Preparing the handover:2",
    "Preparing the handover:3",
    "Handed over",
    "never",
)
TAKING_OVER = (
    "Reading the whole file",
    "Checking the records and the journal",
    "Moving the file into place:1",
    "Moving the file into place:2",
    "never",
)
RESTORING = ("Reading the whole file", "Checking the records and the journal", "Changing the key:2", "Ready", "never")


def handed(clock: Ticking, words: Sequence[object]) -> list[str]:
    """What the child is told, with the time its clock goes on from; ours is later than anything it writes."""
    said = [*map(str, words), clock().isoformat()]
    clock.at += timedelta(days=1)
    return said


def child(clock: Ticking, *words: object) -> subprocess.CompletedProcess[str]:
    """One attempt in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.safekeeping.crash", *handed(clock, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, timeout=SECONDS)


def killed(clock: Ticking, *words: object) -> bool:
    """The same in a fork, which need not load the program again; whether it died of the kill."""
    said = handed(clock, words)
    pid = os.fork()
    if pid == 0:  # nothing is open that the two could share
        with suppress(BaseException):
            sys.argv = ["crash", *said]
            crash.main()
            os._exit(0)
        os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert ended in (0, KILLED), "it failed by itself"
    return ended == KILLED


def opens(folder: Path, clock: Ticking) -> bool:
    """Whether one can write in the vault of this folder."""
    if not holds_partnership(folder):
        return False
    try:
        open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock).close()
    except HandedOver:
        return False
    return True


def can_be_taken(file: Path, where: Path, clock: Ticking) -> bool:
    """Whether a hand-over would open on a laptop that has nothing; tried with a copy of the file."""
    copy = where.with_suffix(".csphandover")
    where.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, copy)
    try:
        handover.bring_in(FolderBundleImport(clock, None, "x"), where, copy, CHAIR.name, CHAIR.passphrase, quiet)
    except Refused:
        return False
    return opens(where, clock)


@dataclass(frozen=True)
class Standing:
    """How things lie before the kill, made once: the laptop with the partnership, the stick, perhaps another one."""

    base: Path
    file: str  # of the stick, that is used next
    at: datetime  # when the last of it was written

    def copied(self, tmp_path: Path, clock: Ticking) -> Path:
        """The same for this test, whose clock goes on from there; the file on the stick."""
        shutil.copytree(self.base, tmp_path, dirs_exist_ok=True)
        clock.at = self.at
        return tmp_path / "stick" / self.file


@contextmanager
def standing(founded: Founded, base: Path) -> Iterator[tuple[Partnership, Path, Ticking]]:
    """The partnership opened in a place that is to be copied, its stick, and the clock of both."""
    shutil.copytree(founded.folder, base / "laptop" / "partnership")
    (base / "stick").mkdir()
    clock = Ticking(founded.at)
    with open_partnership(base / "laptop" / "partnership", CHAIR.name, CHAIR.passphrase, clock) as partnership:
        yield partnership, base / "stick", clock


@pytest.fixture(scope="module")
def backed_up(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """A backup to go back to, and something written since."""
    base = tmp_path_factory.mktemp("backed up")
    with standing(founded, base) as (partnership, stick, clock):
        copy = backups.back_up(partnership.session, quiet, stick)
        add_agency(partnership.session, "After")
    return Standing(base, copy.file, clock.at)


@pytest.fixture(scope="module")
def handed_over(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """A hand-over on its way to another laptop."""
    base = tmp_path_factory.mktemp("handed over")
    with standing(founded, base) as (partnership, stick, clock):
        file = handover.hand_over(partnership.session, stick, "Jo's laptop", quiet)
    return Standing(base, file.name, clock.at)


@pytest.fixture(scope="module")
def handed_back(handed_over: Standing, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """A hand-over on its way back from the other laptop, where something was added."""
    base, clock = tmp_path_factory.mktemp("handed back"), Ticking()
    out, other = handed_over.copied(base, clock), base / "other"
    jo = FolderBundleImport(clock, None, "Jo's laptop")
    handover.bring_in(jo, other, out, CHAIR.name, CHAIR.passphrase, quiet)
    with open_partnership(other, CHAIR.name, CHAIR.passphrase, clock) as there:
        add_agency(there.session, "Second")
        back = handover.hand_over(there.session, base / "stick", "the office", quiet)
    return Standing(base, back.name, clock.at)


@pytest.mark.parametrize("step", HANDING_OVER)
def test_a_hand_over_killed_at_any_step_leaves_one_home_or_one_that_can_be_taken_back(
    partnership: Partnership, folder: Path, stick: Path, tmp_path: Path, clock: Ticking, step: str
) -> None:
    add_agency(partnership.session, "First")
    partnership.close()
    was_killed = killed(clock, "hand", step, folder, stick)
    assert was_killed is (step != "never"), "it never came to this step"
    here = opens(folder, clock)  # an unlocking finishes what was left
    files = sorted(stick.glob("*.csphandover"))
    there = [file for file in files if can_be_taken(file, tmp_path / "other" / file.stem, clock)]
    assert here + len(there) == 1, (step, here, files)
    if not here:
        office = FolderBundleImport(clock, None, "office")
        handover.take_back(office, folder, CHAIR.name, CHAIR.passphrase, "It never arrived")
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        assert "First" in agencies(home.session) and home.verify()["ok"]
        kinds = [copy.kind for copy in backups.safety(home.session).history]
        assert kinds == ([] if here else [SafeCopyKind.RECLAIMED, SafeCopyKind.HANDED_OVER]), "only what was done"


@pytest.mark.parametrize("step", TAKING_OVER)
def test_a_return_killed_at_any_step_leaves_one_home(
    handed_back: Standing, folder: Path, tmp_path: Path, clock: Ticking, step: str
) -> None:
    back, other = handed_back.copied(tmp_path, clock), tmp_path / "other"
    was_killed = killed(clock, "take", step, folder, back)
    assert was_killed is (step != "never"), "it never came to this step"
    assert not opens(other, clock)
    if not opens(folder, clock):
        office = FolderBundleImport(clock, None, "the office")
        handover.bring_in(office, folder, back, CHAIR.name, CHAIR.passphrase, quiet)
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        assert "Second" in agencies(home.session) and home.verify()["ok"]


@pytest.mark.parametrize("step", RESTORING)
def test_a_restore_killed_at_any_step_leaves_the_old_file_or_the_new(
    backed_up: Standing, folder: Path, tmp_path: Path, clock: Ticking, step: str
) -> None:
    was_killed = killed(clock, "restore", step, folder, backed_up.copied(tmp_path, clock))
    assert was_killed is (step != "never"), "it never came to this step"
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        assert ("After" in agencies(home.session)) is was_killed and home.verify()["ok"]


# as many changes on the disk as each is made of, and some more, so that the last ones end by themselves
RESTORE, TAKE, RETURN = range(1, 13), range(1, 14), range(1, 19)


@pytest.mark.parametrize("change", RESTORE)
def test_a_restore_killed_before_any_change_on_the_disk_is_the_old_file_or_the_new_and_nothing_stays(
    backed_up: Standing, folder: Path, tmp_path: Path, clock: Ticking, change: int
) -> None:
    backup = backed_up.copied(tmp_path, clock)
    assert not killed(clock, "restore", f"change:{change}", folder, backup) or change < max(RESTORE)
    assert AppEnvironment().holds_partnership(folder), "the first window must not greet with the first start"
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        is_old = "After" in agencies(home.session)
        assert home.verify()["ok"]
    beside = sorted(path.name for path in folder.iterdir())
    assert beside[0] == "cpg" and len(beside) == (1 if is_old else 2)
    assert is_old or beside[1].startswith("cpg-before-restore-")


@pytest.mark.parametrize("step", [*(step for step in RESTORING if step != "never"), *(f"change:{n}" for n in RESTORE)])
def test_a_stale_restore_never_becomes_the_live_file_when_the_present_folder_is_moved_away(
    backed_up: Standing, folder: Path, tmp_path: Path, clock: Ticking, step: str
) -> None:
    backup = backed_up.copied(tmp_path, clock)
    if not killed(clock, "restore", step, folder, backup) or not (folder / "cpg").exists():
        return  # it came to its end, or stands between the two renames: see above
    (folder / "cpg").rename(folder / "moved away by hand")
    assert not AppEnvironment().holds_partnership(folder) and not holds_partnership(folder)
    assert not (folder / "cpg").exists()


@pytest.mark.parametrize("left", ["coming", "trying"])
def test_what_a_killed_restore_or_backup_left_beside_goes_when_the_present_file_opens(
    backed_up: Standing, folder: Path, tmp_path: Path, clock: Ticking, left: str
) -> None:
    backup = backed_up.copied(tmp_path, clock)
    step = "Ready" if left == "coming" else "Checking the records and the journal"
    assert killed(clock, "restore", step, folder, backup)
    assert (folder / f"cpg.{left}").exists()
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock).close()
    assert [path.name for path in folder.iterdir()] == ["cpg"]


@pytest.mark.parametrize("change", TAKE)
def test_a_hand_over_taken_over_and_killed_before_any_change_leaves_no_file_for_a_second_laptop(
    handed_over: Standing, tmp_path: Path, clock: Ticking, change: int
) -> None:
    file, other = handed_over.copied(tmp_path, clock), tmp_path / "other"
    assert not killed(clock, "take", f"change:{change}", other, file) or change < max(TAKE)
    is_home = AppEnvironment().sample_users(other) and opens(other, clock)
    assert is_home != file.exists(), "two homes, or none"
    assert not is_home or [path.name for path in other.iterdir()] == ["cpg"]


@pytest.mark.parametrize("change", RETURN)
def test_a_return_killed_before_any_change_leaves_one_home_and_no_older_copy(
    handed_back: Standing, folder: Path, tmp_path: Path, clock: Ticking, change: int
) -> None:
    back = handed_back.copied(tmp_path, clock)
    assert not killed(clock, "take", f"change:{change}", folder, back) or change < max(RETURN)
    assert AppEnvironment().holds_partnership(folder)
    is_home = holds_partnership(folder) and opens(folder, clock)
    assert is_home != back.exists(), "two homes, or none"
    assert not is_home or [path.name for path in folder.iterdir()] == ["cpg"]


@pytest.mark.parametrize("more", [-300_000, 20_000])
def test_a_full_disk_leaves_no_half_backup_and_says_so(
    partnership: Partnership, folder: Path, stick: Path, clock: Ticking, more: int
) -> None:
    whole = backups.back_up(partnership.session, quiet, stick)
    (stick / whole.file).unlink()
    partnership.close()
    size = next((folder / "cpg").glob("*.db")).stat().st_size
    done = child(clock, "full", size + more, folder, stick)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("not enough space" if more > 0 else "could not be written") in done.stdout
    assert list(stick.iterdir()) == [] and sorted(p.name for p in folder.iterdir()) == ["cpg"]
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        failed = [c for c in backups.safety(home.session).history if c.kind is SafeCopyKind.FAILED]
        assert len(failed) == 1 and failed[0].note == done.stdout.strip()


def test_a_prepared_restore_never_takes_the_place_of_a_file_moved_away_meanwhile(
    partnership: Partnership, folder: Path, stick: Path
) -> None:
    copy = backups.back_up(partnership.session, quiet, stick)
    backups.prepare_restore(partnership.session, stick / copy.file, CHAIR.name, CHAIR.passphrase, quiet)
    (folder / "cpg").rename(folder / "moved away by hand")
    with pytest.raises(NotPutInPlace, match="no longer where it was"):
        partnership.close()
    assert [path.name for path in folder.iterdir()] == ["moved away by hand"]


def test_a_restore_that_finds_another_window_in_the_file_changes_nothing_and_says_so(
    partnership: Partnership, folder: Path, stick: Path, clock: Ticking
) -> None:
    copy = backups.back_up(partnership.session, quiet, stick)
    backups.prepare_restore(partnership.session, stick / copy.file, CHAIR.name, CHAIR.passphrase, quiet)
    begun = partnership.at_close.pop()
    partnership.close()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock), pytest.raises(Refused):
        begun()
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock).close()
    assert [path.name for path in folder.iterdir()] == ["cpg"]


@pytest.mark.parametrize("what", ["hand over", "back up"])
def test_a_part_that_a_killed_writing_left_on_the_stick_goes_at_the_next(
    backed_up: Standing, folder: Path, stick: Path, tmp_path: Path, clock: Ticking, what: str
) -> None:
    backup = backed_up.copied(tmp_path, clock)
    assert killed(clock, "hand", "Checking the records and the journal again:3", folder, stick)
    (part,) = stick.glob("*.part")
    foreign = stick / "cspd-of-others.csphandover.part"
    foreign.write_bytes(b"another program's")
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        if what == "hand over":
            handover.hand_over(home.session, stick, "Jo's laptop", quiet)
        else:
            backups.back_up(home.session, quiet, stick)
    assert not part.exists() and foreign.exists() and backup.exists()


def test_a_restore_whose_marker_cannot_be_written_leaves_the_old_file_and_says_so(
    partnership: Partnership, folder: Path, stick: Path, clock: Ticking
) -> None:
    copy = backups.back_up(partnership.session, quiet, stick)
    add_agency(partnership.session, "After")
    backups.prepare_restore(partnership.session, stick / copy.file, CHAIR.name, CHAIR.passphrase, quiet)
    (folder / "cpg.arriving").mkdir()
    with pytest.raises(NotPutInPlace, match="The old file is unchanged"):
        partnership.close()
    (folder / "cpg.arriving").rmdir()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        assert "After" in agencies(home.session)
    assert [path.name for path in folder.iterdir()] == ["cpg"]
