"""A folder nothing can be written in, or a full disk: the file opens for reading, and is left as it is."""

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from csp_desktop.bootstrap import file_standing
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, create_partnership, open_by_recovery, open_partnership
from csp_desktop.cli import command_line
from csp_desktop.domain.common.errors import NotWritable, Refused
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.file import backups, handover, left_copies
from csp_desktop.vault import lockfile
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import OpenElsewhere, WrongPassphrase
from csp_desktop.vault.header import VaultKind
from tests.safekeeping.test_where_the_file_lies import LEAD
from tests.support.partnerships import CHAIR, PASS, SECOND, Ticking, add_agency, agencies, quiet
from tests.support.unprivileged import read_only

NO_RIGHT = "Read only: this account cannot write to the folder .*partnership.* Ask IT for write access"


@pytest.fixture(autouse=True)
def own_temporary_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the private copies go in these tests."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return place


@pytest.fixture(params=list(VaultKind), ids=lambda kind: kind.value)
def kind(request: pytest.FixtureRequest, folder: Path, clock: Ticking) -> VaultKind:
    """The group's file, or the private one; its last words still in the write-ahead log, as after a power cut."""
    founders = [CHAIR, SECOND] if request.param is VaultKind.CPG else [LEAD]
    made, _ = create_partnership(folder, founders, Cost.quick(), clock, with_recovery=True, kind=request.param)
    add_agency(made.session, "Before")
    log = next(folder.glob("*/*.db-wal")).read_bytes()
    database = next(folder.glob("*/*.db"))
    before = database.read_bytes()
    made.close()
    database.write_bytes(before)
    database.with_name(f"{database.name}-wal").write_bytes(log)
    found: VaultKind = request.param
    return found


def opened(folder: Path, clock: Ticking, kind: VaultKind = VaultKind.CPG) -> Partnership:
    who = CHAIR if kind is VaultKind.CPG else LEAD
    return open_partnership(folder, who.name, who.passphrase, clock, kind=kind)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_opens_for_reading_with_the_last_words_and_not_a_byte_of_the_folder_changes(
    kind: VaultKind, folder: Path, stick: Path, clock: Ticking, own_temporary_place: Path, tmp_path: Path
) -> None:
    before = contents(folder)
    with read_only(folder):
        with opened(folder, clock, kind) as partnership:
            session = partnership.session
            assert session.standing is not None
            assert "Before" in agencies(session)
            (copy,) = own_temporary_place.iterdir()
            assert copy.stat().st_mode & 0o777 == 0o700
            assert b"SQLite format" not in b"".join(contents(copy).values())
            report = partnership.verify()
            assert report["findings"] == [] and str(folder) in report["opens_with"][0]
            made = backups.back_up(session, quiet, stick)
            assert backups.try_backup(session, stick / made.file, session.user_name, secret(kind), quiet).entries
        assert list(own_temporary_place.iterdir()) == [], "taken away at closing"
    assert contents(folder) == before
    new = tmp_path / "new"
    who = CHAIR if kind is VaultKind.CPG else LEAD
    FolderBundleImport(clock, None, kinds=(kind,)).restore(new, stick / made.file, who.name, who.passphrase, quiet)
    with opened(new, clock, kind) as again:
        assert "Before" in agencies(again.session)


def secret(kind: VaultKind) -> str:
    return CHAIR.passphrase if kind is VaultKind.CPG else LEAD.passphrase


def test_every_change_is_refused_by_the_sentence_that_names_folder_and_remedy(
    kind: VaultKind, folder: Path, stick: Path, clock: Ticking
) -> None:
    with read_only(folder), opened(folder, clock, kind) as partnership:
        session, users = partnership.session, partnership.session.users
        assert users is not None
        backup = backups.back_up(session, quiet, stick)
        for change in (
            lambda: add_agency(session, "After"),
            lambda: session.work.keep_draft(type(CHAIR), "x", "note", "typed"),
            lambda: session.work.sweep(),
            lambda: users.change_passphrase(secret(kind), "harbour window thistle"),
            lambda: backups.change_rules(session, kept=5),
            lambda: handover.hand_over(session, stick, "Jo's laptop", quiet),
            lambda: backups.prepare_restore(session, stick / backup.file, session.user_name, secret(kind), quiet),
        ):
            with pytest.raises(NotWritable, match=NO_RIGHT):
                change()
        assert "After" not in agencies(session)
        assert left_copies.earlier_copies(session) == []


def test_the_engine_itself_refuses_to_write(folder: Path, clock: Ticking, kind: VaultKind) -> None:
    with read_only(folder), opened(folder, clock, kind) as partnership:
        with pytest.raises(Refused), partnership.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM agencies")
        assert "Before" in agencies(partnership.session)


def test_a_full_disk_is_called_full(
    partnership: Partnership, folder: Path, clock: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    partnership.close()

    def no_space(path: Path) -> Iterator[None]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(file_standing, "new_file", no_space)
    with opened(folder, clock) as again:
        assert again.session.standing is not None
        said = again.session.standing.reading_only
        assert said.startswith(f"Read only: the disk of the folder {folder} is full.")
        assert "Free some space on that disk, then lock and unlock." in said
    monkeypatch.undo()
    with opened(folder, clock) as again:
        assert again.session.standing is not None and again.session.standing.reading_only == ""
        add_agency(again.session, "After")


def test_where_no_copy_can_be_made_either_the_sentence_names_disk_and_remedy(
    partnership: Partnership, folder: Path, clock: Ticking, own_temporary_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partnership.close()
    monkeypatch.setattr(file_standing, "_temporary_places", lambda: [own_temporary_place])
    with (
        read_only(folder),
        read_only(own_temporary_place),
        pytest.raises(Refused, match="cannot be opened: this account cannot write to .* not be made in .*temporary"),
    ):
        opened(folder, clock)


@pytest.mark.parametrize("left", ["nothing yet", "its lock", "half a copy", "an open copy"])
def test_a_wrong_passphrase_leaves_no_copy_and_a_killed_program_s_copy_goes_whenever_it_was_killed(
    partnership: Partnership, folder: Path, clock: Ticking, own_temporary_place: Path, left: str
) -> None:
    partnership.close()
    killed = own_temporary_place / f"{file_standing.PREFIX}killed"
    killed.mkdir()
    if left != "nothing yet":
        (killed / lockfile.FILE).touch()
    if left in ("half a copy", "an open copy"):
        (killed / "cpg").mkdir()
        (killed / "cpg" / "records-1.db").write_bytes(b"half")
    if left == "an open copy":
        (killed / "cpg" / lockfile.FILE).touch()
    with read_only(folder):
        with pytest.raises(WrongPassphrase):
            open_partnership(folder, CHAIR.name, PASS["second"], clock)
        assert list(own_temporary_place.iterdir()) == []


def test_a_copy_somebody_reads_from_is_not_taken_away_from_them(
    partnership: Partnership, folder: Path, clock: Ticking, own_temporary_place: Path
) -> None:
    partnership.close()
    with read_only(folder):
        with opened(folder, clock) as first, opened(folder, clock) as second:
            assert len(list(own_temporary_place.iterdir())) == 2
            assert agencies(first.session) == agencies(second.session)
        assert list(own_temporary_place.iterdir()) == []


def test_open_elsewhere_is_said_there_too(partnership: Partnership, folder: Path, clock: Ticking) -> None:
    with partnership, read_only(folder), pytest.raises(OpenElsewhere):
        opened(folder, clock)


def test_the_recovery_key_gives_no_passphrase_there(
    partnership: Partnership, paper: str, folder: Path, clock: Ticking
) -> None:
    partnership.close()
    with read_only(folder), pytest.raises(Refused, match="No passphrase can be set now: this account cannot write to"):
        open_by_recovery(folder, paper, CHAIR.name, "harbour window thistle meadow", clock)


def test_the_verbs_that_read_work_and_those_that_write_say_why_not(
    sample: Path, tmp_path: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user = next(u for u in sample_users() if u["role"] == "chair")
    secret = tmp_path / "passphrase"
    secret.write_text(user["passphrase"], encoding="utf-8")
    opening = ["--folder", str(sample), "--user", user["name"], "--passphrase-file", str(secret)]
    members = tmp_path / "members.csv"
    members.write_text("Name,Agency\nAnn Other,Fire service\n", encoding="utf-8")
    paper = tmp_path / "minutes.pdf"
    with read_only(sample):
        for verb, code in (
            (["verify"], 0),
            (["minutes", "--meeting", "2026-10-29", "--out", str(paper)], 0),
            (["backup", "--to", str(stick)], 0),
            (["import-members", str(members)], 1),
        ):
            assert command_line.main([verb[0], *opening, *verb[1:]]) == code, verb
            assert "Read only: this account cannot write to" in capsys.readouterr().err, verb
    assert paper.read_bytes().startswith(b"%PDF") and len(list(stick.iterdir())) == 1
