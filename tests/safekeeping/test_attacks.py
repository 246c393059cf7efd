"""What a stolen, altered, cut or foreign backup gives away or lets in: nothing."""

import re
import threading
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import text

from csp_desktop.bootstrap.bundle_contents import way_in
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, create_partnership, open_partnership
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file import backups, handover
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.vault import handover as vault_handover
from csp_desktop.vault.bundle import Purpose
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.support.partnerships import CHAIR, PASS, SECOND, Ticking, add_agency, agencies, quiet
from tests.support.patience import SECONDS

CANARY = "Zephyrine Quackenbush"


@pytest.fixture
def backup(partnership: Partnership, stick: Path) -> Path:
    """One backup of a partnership that knows the canary."""
    with partnership:
        add_agency(partnership.session, CANARY)
        return stick / backups.back_up(partnership.session, quiet, stick).file


def unpacks(file: Path, into: Path) -> None:
    """Every byte of it is proved; raises a refusal."""
    into.mkdir(exist_ok=True)
    with way_in(CHAIR.name, CHAIR.passphrase, None) as unlock:
        packed = vault_handover.unpack(file, Purpose.BACKUP, into, CHAIR.name, unlock, unheard)
    packed.vault.database_path.unlink()
    packed.vault.close()


def test_a_byte_changed_anywhere_is_refused_with_a_sentence(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    unpacks(backup, tmp_path / "trial")
    label_end = 20 + int.from_bytes(whole[16:20], "big")
    places = chain(range(40), range(40, label_end, 37), range(label_end, label_end + 40), range(0, len(whole), 7919))
    for place in (*places, len(whole) - 1):
        broken = bytearray(whole)
        broken[place] ^= 1 << place % 8
        backup.write_bytes(bytes(broken))
        with pytest.raises(Refused):
            unpacks(backup, tmp_path / "trial")
        assert not list((tmp_path / "trial").glob("*.db")), place


@pytest.mark.parametrize("kept", [0, 10, 400, -1, -16, -1024 * 300])
def test_a_backup_cut_off_or_with_something_behind_it_is_refused(backup: Path, tmp_path: Path, kept: int) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:kept])
    with pytest.raises(Refused):
        unpacks(backup, tmp_path / "trial")
    backup.write_bytes(whole + b"\0")
    with pytest.raises(Refused):
        unpacks(backup, tmp_path / "trial")


def test_nothing_in_a_backup_can_be_read(backup: Path) -> None:
    whole = backup.read_bytes()
    for word in (CANARY, CHAIR.name, SECOND.name, "Watford", "SQLite format"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(encoding) not in whole
            assert word.encode(encoding) in whole + word.encode(encoding)  # the search itself finds what is there


def test_a_backup_under_a_concurrent_writer_is_of_one_moment(
    partnership: Partnership, folder: Path, stick: Path, tmp_path: Path, clock: Ticking
) -> None:
    stop, grown = threading.Event(), threading.Event()
    written: list[str] = []
    made: list[Path] = []

    def write() -> None:
        while not stop.is_set():
            name = f"Agency {len(written):04}"
            add_agency(partnership.session, name)
            written.append(name)
            grown.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(1, 4):
            while len(written) < 7 * number:
                grown.clear()
                assert grown.wait(SECONDS)
            made.append(stick / backups.back_up(partnership.session, quiet, stick).file)
    finally:
        stop.set()
        writer.join()
        partnership.close()
    assert len(written) > 20
    for number, file in enumerate(made):
        there = tmp_path / f"laptop {number}"
        bundle_import = FolderBundleImport(clock, None, "x")
        handover.bring_in(bundle_import, there, file, CHAIR.name, CHAIR.passphrase, quiet)
        with open_partnership(there, CHAIR.name, CHAIR.passphrase, clock) as opened:
            held = sorted(name for name in agencies(opened.session) if name.startswith("Agency"))
            assert held == written[: len(held)] and opened.verify()["ok"]


def test_the_oldest_go_and_what_is_not_ours_stays(partnership: Partnership, stick: Path) -> None:
    foreign = stick / "cspd-backup-2020-01-01-0900.cspbackup"
    foreign.write_bytes(b"something else")
    with partnership:
        backups.change_rules(partnership.session, kept=2, folder=str(stick))
        made = [backups.back_up(partnership.session, quiet).file for _ in range(4)]
    assert sorted(p.name for p in stick.iterdir()) == sorted([foreign.name, *made[2:]])


def test_an_absent_stick_is_a_sentence_and_stands_on_home(partnership: Partnership, stick: Path) -> None:
    with partnership:
        backups.change_rules(partnership.session, folder=str(stick))
        assert not any(need.kind is NeedKind.BACKUP for need in look_ahead(partnership.session).needs)
        backups.back_up(partnership.session, quiet)
        for file in stick.iterdir():
            file.unlink()
        stick.rmdir()
        with pytest.raises(Refused, match="was not found. Connect the USB stick"):
            backups.back_up(partnership.session, quiet)
        need = next(need for need in look_ahead(partnership.session).needs if need.kind is NeedKind.BACKUP_FAILED)
        assert need.title.startswith("No backup since Thu 26 Nov") and "Connect the USB stick" in need.detail
        assert partnership.session.work.last_step() is not None  # undo goes past what was noted
        assert backups.safety(partnership.session).history[0].kind is SafeCopyKind.FAILED


def test_a_folder_inside_the_partnership_is_refused(partnership: Partnership, folder: Path) -> None:
    with partnership, pytest.raises(Refused, match="outside the partnership's own"):
        backups.change_rules(partnership.session, folder=str(folder / "cpg"))


def test_a_backup_of_another_partnership_is_refused(partnership: Partnership, stick: Path, tmp_path: Path) -> None:
    other, _ = create_partnership(tmp_path / "other", [CHAIR], Cost.quick(), Ticking(), with_recovery=False)
    with other:
        file = stick / backups.back_up(other.session, quiet, stick).file
    with partnership, pytest.raises(Refused, match="belongs to another partnership"):
        backups.try_backup(partnership.session, file, CHAIR.name, PASS["chair"], quiet)


def test_a_recovery_key_opens_a_backup_on_a_laptop_that_has_nothing(
    backup: Path, paper: str, tmp_path: Path, clock: Ticking
) -> None:
    there = tmp_path / "new laptop"
    handover.bring_in(FolderBundleImport(clock, None, "x"), there, backup, "anybody", paper, quiet)
    with open_partnership(there, CHAIR.name, CHAIR.passphrase, clock) as opened:
        assert CANARY in agencies(opened.session)


def test_what_cannot_be_opened_today_is_not_put_aside_by_a_restore(backup: Path, folder: Path, clock: Ticking) -> None:
    (folder / "cpg" / "vault.json").write_bytes(b"{}")
    with pytest.raises(Refused, match="does not open with that"):
        handover.bring_in(FolderBundleImport(clock, None, "x"), folder, backup, CHAIR.name, PASS["chair"], quiet)
    assert sorted(p.name for p in folder.iterdir()) == ["cpg"]


def test_the_private_file_is_kept_and_handed_over_the_same_way(stick: Path, tmp_path: Path, clock: Ticking) -> None:
    here, there, private = tmp_path / "here", tmp_path / "there", VaultKind.ROUGH_SLEEPING
    made, _ = create_partnership(here, [CHAIR], Cost.quick(), clock, with_recovery=False, kind=private)
    with made:
        add_agency(made.session, "Before")
        backup = stick / backups.back_up(made.session, quiet, stick).file
        assert re.fullmatch(r"cspd-backup-[-0-9]+\.cspbackup", backup.name), "neither whose meeting's nor what"
        add_agency(made.session, "After")
        backups.prepare_restore(made.session, backup, CHAIR.name, PASS["chair"], quiet)
    with open_partnership(here, CHAIR.name, PASS["chair"], clock, kind=private) as again:
        assert "After" not in agencies(again.session) and again.verify()["ok"]
        out = handover.hand_over(again.session, stick, "Jo's laptop", quiet)
    assert re.fullmatch(r"cspd-hand-over-[-0-9]+\.csphandover", out.name)
    with pytest.raises(Refused, match="other meeting"):
        bundle_import = FolderBundleImport(clock, None, "x", kinds=(VaultKind.CPG,))
        handover.bring_in(bundle_import, there, out, CHAIR.name, PASS["chair"], quiet)
    handover.bring_in(FolderBundleImport(clock, None, "x"), there, out, CHAIR.name, PASS["chair"], quiet)
    with open_partnership(there, CHAIR.name, PASS["chair"], clock, kind=private) as opened:
        assert "Before" in agencies(opened.session)


def test_a_guard_of_the_journal_dropped_with_the_databases_key_is_found_by_verify(
    partnership: Partnership, folder: Path, clock: Ticking
) -> None:
    with partnership.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_is_never_deleted"))
    partnership.close()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as again:
        told = again.verify()
    assert not told["ok"] and len(told["findings"]) == 1
    assert told["findings"][0].startswith("The guard journal_is_never_deleted is missing")
