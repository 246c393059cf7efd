"""One writable home: handed over, taken over, brought back, taken back by force, and never merged."""

from pathlib import Path

import pytest

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.common.errors import NotWritable, Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file import backups, handover
from csp_desktop.vault.errors import HandedOver, WrongBundle
from tests.support.partnerships import CHAIR, MINUTE_TAKER, Ticking, add_agency, agencies, quiet


def bundle_import(clock: Ticking, laptop: str) -> FolderBundleImport:
    return FolderBundleImport(clock, None, laptop)


def taken_over(clock: Ticking, laptop: str, folder: Path, file: Path) -> None:
    handover.bring_in(bundle_import(clock, laptop), folder, file, CHAIR.name, CHAIR.passphrase, quiet)


def opened(folder: Path, clock: Ticking) -> Partnership:
    return open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock)


@pytest.fixture
def away(partnership: Partnership, stick: Path) -> Path:
    """The partnership's folder was handed over to Jo's laptop; the file on the stick."""
    add_agency(partnership.session, "First")
    file = handover.hand_over(partnership.session, stick, " Jo's  laptop ", quiet)
    partnership.close()
    return file


def test_what_was_handed_over_says_to_whom_when_and_by_whom(away: Path, folder: Path, clock: Ticking) -> None:
    with pytest.raises(
        HandedOver, match=r"handed over to “Jo's laptop” on Thu 26 Nov 2026 at \d\d:\d\d by Hannah Price\."
    ):
        opened(folder, clock)


def test_it_goes_on_on_the_other_laptop_and_comes_back(
    away: Path, folder: Path, stick: Path, tmp_path: Path, clock: Ticking
) -> None:
    other = tmp_path / "other" / "partnership"
    taken_over(clock, "Jo's laptop", other, away)
    assert not away.exists()
    with opened(other, clock) as there:
        assert "First" in agencies(there.session)
        add_agency(there.session, "Second")
        back = handover.hand_over(there.session, stick, "the office", quiet)
    with pytest.raises(HandedOver):
        opened(other, clock)
    taken_over(clock, "the office", folder, back)
    with opened(folder, clock) as home:
        assert {"First", "Second"} <= agencies(home.session) and home.verify()["ok"]
        kinds = [c.kind for c in backups.safety(home.session).history]
        assert kinds.count(SafeCopyKind.TAKEN_OVER) == 2 and kinds.count(SafeCopyKind.HANDED_OVER) == 2
    assert sorted(p.name for p in folder.iterdir()) == ["cpg"]


def test_what_could_not_be_handed_over_is_not_listed(partnership: Partnership, stick: Path) -> None:
    with partnership:
        with pytest.raises(Refused, match="was not found"):
            handover.hand_over(partnership.session, stick / "missing", "Jo's laptop", quiet)
        assert backups.safety(partnership.session).history == () and partnership.verify()["ok"]


def test_a_file_that_is_no_longer_where_it_was_is_not_handed_over(
    partnership: Partnership, folder: Path, stick: Path, clock: Ticking
) -> None:
    with partnership:
        add_agency(partnership.session, "Before")
        moved = folder.rename(folder.with_name("moved"))
        with pytest.raises(NotWritable, match="no longer in its folder"):
            handover.hand_over(partnership.session, stick, "Jo's laptop", quiet)
    assert list(stick.iterdir()) == [] and not folder.exists()
    with opened(moved, clock) as home:
        assert "Before" in agencies(home.session) and backups.safety(home.session).history == ()


def test_a_file_that_is_here_is_not_taken_back(partnership: Partnership, folder: Path, clock: Ticking) -> None:
    partnership.close()
    with pytest.raises(Refused, match="No file in this folder has been handed over"):
        handover.take_back(bundle_import(clock, "the office"), folder, CHAIR.name, CHAIR.passphrase, "in a hurry")
    with opened(folder, clock) as home:
        assert backups.safety(home.session).history == ()


def test_a_laptop_does_not_take_over_its_own_hand_over(away: Path, folder: Path, clock: Ticking) -> None:
    with pytest.raises(WrongBundle, match="the file this laptop handed over to “Jo's laptop”"):
        taken_over(clock, "the office", folder, away)
    assert away.exists() and sorted(p.name for p in folder.iterdir()) == ["cpg"]


def test_taken_back_by_force_it_is_written_down_and_the_other_copy_is_refused_by_name(
    away: Path, folder: Path, stick: Path, tmp_path: Path, clock: Ticking
) -> None:
    other = tmp_path / "other" / "partnership"
    taken_over(clock, "Jo's laptop", other, away)
    office = bundle_import(clock, "the office")
    with pytest.raises(Refused, match="Only the chair"):
        handover.take_back(office, folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase, "lost")
    with pytest.raises(Refused, match="Give the reason"):
        handover.take_back(office, folder, CHAIR.name, CHAIR.passphrase, " ")
    handover.take_back(office, folder, CHAIR.name, CHAIR.passphrase, "The laptop was left on a train")
    with opened(folder, clock) as home:
        newest = backups.safety(home.session).history[0]
        assert (newest.kind, newest.place) == (SafeCopyKind.RECLAIMED, "Jo's laptop") and "train" in newest.note
        add_agency(home.session, "Here")
    with opened(other, clock) as there:
        back = handover.hand_over(there.session, stick, "the office", quiet)
    with pytest.raises(WrongBundle, match="The file from “Jo's laptop” was changed separately"):
        taken_over(clock, "the office", folder, back)
    with opened(folder, clock) as home:
        again = handover.hand_over(home.session, stick, "Sam's laptop", quiet)
    with pytest.raises(WrongBundle, match="The file from “Jo's laptop” did not come from this laptop's last handover"):
        taken_over(clock, "the office", folder, back)
    with pytest.raises(WrongBundle, match="did not come from this laptop's last handover"):
        taken_over(clock, "Jo's laptop", other, again)


def test_a_backup_is_no_hand_over_and_a_hand_over_no_backup(away: Path, tmp_path: Path, clock: Ticking) -> None:
    disguised = away.with_suffix(".cspbackup")
    away.rename(disguised)
    with pytest.raises(WrongBundle, match="a handover file, not a backup"):
        taken_over(clock, "x", tmp_path / "new", disguised)


def test_an_interrupted_naming_of_the_file_is_finished_at_the_next_try_to_unlock(
    away: Path, folder: Path, clock: Ticking
) -> None:
    away.rename(away.with_name(away.name + ".part"))
    with pytest.raises(HandedOver):
        opened(folder, clock)
    assert away.exists()
