"""A file in the other meeting's place, and files cut short: a sentence, before any passphrase is tried."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csp_desktop.app import AppEnvironment, PrivateEnvironment
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import (
    Founder,
    GroupsCases,
    Partnership,
    create_partnership,
    open_by_recovery,
    open_partnership,
)
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.services.file import backups, handover
from csp_desktop.store.engine import PAGE_BYTES, DamagedDatabase
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import DamagedHeader, WrongPlace
from csp_desktop.vault.header import VaultKind
from tests.scenarios.test_command_line import refused, run
from tests.scenarios.windows import sitting
from tests.support.partnerships import CHAIR, Ticking, quiet

LEAD = Founder(
    "Nadia Karim", "New Hope", AgencyKind.SUPPORT, "Lead", "harbour thimble acorn velvet", (Role.NEW_HOPE_LEAD,)
)
PLACES = {VaultKind.CPG: "cpg", VaultKind.ROUGH_SLEEPING: "rough-sleeping"}
OWNERS = {VaultKind.CPG: CHAIR, VaultKind.ROUGH_SLEEPING: LEAD}


@pytest.fixture
def both(partnership: Partnership, folder: Path, stick: Path, clock: Ticking) -> Path:
    """A partnership folder with both files, and a backup of the group's on the stick."""
    backups.back_up(partnership.session, quiet, stick)
    partnership.close()
    private, _ = create_partnership(
        folder, [LEAD], Cost.quick(), clock, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    private.close()
    return folder


def misplaced(both: Path, kind: VaultKind) -> Founder:
    """Over the file of this kind a sync program copied the other one; whose passphrase opens what lies there now."""
    (other,) = (one for one in PLACES if one is not kind)
    shutil.rmtree(both / PLACES[kind])
    shutil.copytree(both / PLACES[other], both / PLACES[kind])
    return OWNERS[other]


@pytest.mark.parametrize("kind", VaultKind)
def test_the_other_meetings_file_is_refused_before_a_passphrase_is_tried(
    both: Path, stick: Path, paper: str, clock: Ticking, kind: VaultKind
) -> None:
    owner, office = misplaced(both, kind), FolderBundleImport(clock, None, "x", kinds=(kind,))
    ways: list[Callable[[], object]] = [
        lambda: open_partnership(both, owner.name, owner.passphrase, clock, kind=kind),
        lambda: open_partnership(both, "Nobody at all", "and no passphrase", clock, kind=kind),
        lambda: open_by_recovery(both, paper, "Somebody", "velvet canyon spoon harbour", clock, kind=kind),
        lambda: handover.take_back(office, both, owner.name, owner.passphrase, "It does not come back"),
    ]
    if kind is VaultKind.CPG:
        backup = next(stick.iterdir())
        ways += [
            lambda: GroupsCases(both, None).look("SN-1", owner.name, owner.passphrase),
            lambda: handover.bring_in(office, both, backup, CHAIR.name, CHAIR.passphrase, quiet),
        ]
    lies = "the private meeting's" if kind is VaultKind.CPG else "the group's"
    for way in ways:
        with pytest.raises(WrongPlace, match=f"The folder “{PLACES[kind]}” contains {lies} file"):
            way()
    environment = AppEnvironment() if kind is VaultKind.CPG else PrivateEnvironment()
    with pytest.raises(WrongPlace):
        environment.vaults(clock).open(both, owner.name, owner.passphrase)


def test_the_command_line_says_so_too(both: Path, tmp_path: Path) -> None:
    owner, typed = misplaced(both, VaultKind.CPG), tmp_path / "passphrase"
    typed.write_text(owner.passphrase, encoding="utf-8")
    done = run("verify", "--folder", both, "--user", owner.name, "--passphrase-file", typed)
    assert "contains the private meeting's file" in refused(done)


def test_the_window_says_so_and_stays_at_the_unlock_screen(both: Path, tmp_path: Path) -> None:
    owner = misplaced(both, VaultKind.CPG)
    with sitting(both, tmp_path, datetime(2026, 11, 27, 9, 0, tzinfo=UTC)) as seated:
        hands = seated.hands
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        hands.fill("Name", owner.name)
        hands.fill("Passphrase", owner.passphrase)
        hands.key("Return")
        hands.wait(lambda: any("contains the private meeting's file" in text for text in hands.texts()), "the sentence")
        assert seated.program.is_locked()


@pytest.mark.parametrize("size", [0, 1, 2, 511, 512, PAGE_BYTES - 1, PAGE_BYTES, 2 * PAGE_BYTES])
def test_a_database_cut_short_is_called_damaged(both: Path, clock: Ticking, size: int) -> None:
    database = next((both / "cpg").glob("*.db"))
    database.write_bytes(database.read_bytes()[:size])
    with pytest.raises(DamagedDatabase):
        open_partnership(both, CHAIR.name, CHAIR.passphrase, clock)
    with pytest.raises(DamagedDatabase):
        GroupsCases(both, None).look("SN-1", CHAIR.name, CHAIR.passphrase)


@pytest.mark.parametrize("part", [0, 0.01, 0.5, 0.99])
def test_a_header_cut_short_is_called_damaged(both: Path, clock: Ticking, part: float) -> None:
    header = both / "cpg" / "vault.json"
    whole = header.read_bytes()
    header.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(DamagedHeader):
        open_partnership(both, CHAIR.name, CHAIR.passphrase, clock)
    with pytest.raises(DamagedHeader):
        GroupsCases(both, None).look("SN-1", CHAIR.name, CHAIR.passphrase)
    assert AppEnvironment().holds_partnership(both) and not AppEnvironment().sample_users(both)


def test_a_backup_goes_back_over_a_header_cut_short_once_the_folder_is_renamed(
    both: Path, stick: Path, clock: Ticking
) -> None:
    (both / "cpg" / "vault.json").write_bytes(b"")
    office, backup = FolderBundleImport(clock, None, "x"), next(stick.iterdir())
    with pytest.raises(Refused, match="rename the folder “cpg”"):
        handover.bring_in(office, both, backup, CHAIR.name, CHAIR.passphrase, quiet)
    (both / "cpg").rename(both / "damaged")
    handover.bring_in(office, both, backup, CHAIR.name, CHAIR.passphrase, quiet)
    open_partnership(both, CHAIR.name, CHAIR.passphrase, clock).close()
