"""Backups: whole, encrypted, proved, rotated, tried and restored."""

from pathlib import Path

from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file import backups
from csp_desktop.vault.errors import WrongPassphrase
from tests.support.partnerships import CHAIR, MINUTE_TAKER, PASS, SECOND, Ticking, add_agency, agencies, quiet


def backed_up(partnership: Partnership, stick: Path) -> Path:
    backups.change_rules(partnership.session, folder=str(stick))
    copy = backups.back_up(partnership.session, quiet)
    return stick / copy.file


def test_a_backup_is_one_file_that_opens_again(partnership: Partnership, stick: Path, folder: Path) -> None:
    with partnership:
        file = backed_up(partnership, stick)
        assert [p.name for p in stick.iterdir()] == [file.name] and file.name.startswith("cspd-backup-2026-11-26-")
        assert file.stat().st_mode & 0o777 == 0o600
        tried = backups.try_backup(partnership.session, file, MINUTE_TAKER.name, PASS["minute-taker"], quiet)
        assert dict(tried.counts)["people in the register"] == 3 and tried.entries > 0
        state = backups.safety(partnership.session)
        assert state.trial is not None and state.backup is not None and state.failure is None
        assert sorted(p.name for p in folder.iterdir()) == ["cpg"]


def test_restored_it_keeps_what_was_there_and_today_s_users(
    partnership: Partnership, stick: Path, folder: Path, clock: Ticking
) -> None:
    add_agency(partnership.session, "Before")
    file = backed_up(partnership, stick)
    add_agency(partnership.session, "After")
    users = partnership.session.users
    assert users is not None
    gone = next(row for row in users.ways_in() if row != partnership.vault.user_id)
    users.remove(gone, "removal", lambda records: None, quiet)
    backups.prepare_restore(partnership.session, file, CHAIR.name, PASS["chair"], quiet)
    assert "After" in agencies(partnership.session)
    partnership.close()
    with open_partnership(folder, CHAIR.name, PASS["chair"], clock) as again:
        assert "Before" in agencies(again.session) and "After" not in agencies(again.session)
        assert again.verify()["ok"], again.verify()
        assert again.vault.epoch == 3 and gone not in again.vault.user_ids
        assert SafeCopyKind.RESTORED in {c.kind for c in backups.safety(again.session).history}
    removed = MINUTE_TAKER if gone == partnership.vault.user_ids[0] else SECOND
    asides = [p for p in folder.iterdir() if p.name.startswith("cpg-before-restore-2026-11-26-")]
    assert len(asides) == 1 and removed
    refused = 0
    for founder in (MINUTE_TAKER, SECOND):
        try:
            open_partnership(folder, founder.name, founder.passphrase, clock).close()
        except WrongPassphrase:
            refused += 1
    assert refused == 1
