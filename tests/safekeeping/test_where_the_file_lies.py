"""Nothing is called saved that is not in the file at its place: moved, deleted or replaced while it is open."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Founder, Partnership, create_partnership, open_partnership
from csp_desktop.domain.common.errors import NotWritable
from csp_desktop.domain.common.users import Role
from csp_desktop.services.file import backups, file_standing, handover, unsent_text
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.support.partnerships import CHAIR, PASS, SECOND, Ticking, add_agency, agencies, quiet

Trouble = Callable[[Path], None]


def renamed_away(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


def deleted(folder: Path) -> None:
    shutil.rmtree(folder)


def replaced_by_a_copy(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("copy"))
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)


def database_replaced(folder: Path) -> None:
    (database,) = folder.glob("*/*.db")
    shutil.copy(database, database.with_suffix(".copy"))
    os.replace(database.with_suffix(".copy"), database)


def database_deleted(folder: Path) -> None:
    next(folder.glob("*/*.db")).unlink()


def log_deleted(folder: Path) -> None:
    next(folder.glob("*/*.db-wal")).unlink()


def log_replaced(folder: Path) -> None:
    (log,) = folder.glob("*/*.db-wal")
    shutil.copy(log, log.with_suffix(".copy"))
    os.replace(log.with_suffix(".copy"), log)


def header_deleted(folder: Path) -> None:
    next(folder.glob("*/vault.json")).unlink()


def header_of_another_day(folder: Path) -> None:
    (header,) = folder.glob("*/vault.json")
    other = header.read_bytes().replace(b'"seal": "', b'"seal": "A')
    assert other != header.read_bytes()
    header.write_bytes(other)


TROUBLES = (
    renamed_away,
    deleted,
    replaced_by_a_copy,
    database_replaced,
    database_deleted,
    log_deleted,
    log_replaced,
    header_deleted,
    header_of_another_day,
)

LEAD = Founder("Ruth Coyle", "New Hope", CHAIR.agency_kind, "Lead", PASS["second"], (Role.NEW_HOPE_LEAD,))


@pytest.fixture(params=list(VaultKind), ids=lambda kind: kind.value)
def either(request: pytest.FixtureRequest, folder: Path, clock: Ticking) -> Partnership:
    """The group's file, or the private one."""
    founders = [CHAIR, SECOND] if request.param is VaultKind.CPG else [LEAD]
    made, _ = create_partnership(folder, founders, Cost.quick(), clock, with_recovery=True, kind=request.param)
    return made


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
def test_a_file_that_is_not_where_it_was_is_never_called_saved(
    either: Partnership, folder: Path, trouble: Trouble
) -> None:
    with either as partnership:
        add_agency(partnership.session, "Before")
        assert file_standing.trouble(partnership.session) == ""
        trouble(folder)
        with pytest.raises(NotWritable, match="Not saved: the file is no longer in its folder .*partnership"):
            add_agency(partnership.session, "After")
        with pytest.raises(NotWritable, match="Not saved"):
            unsent_text.keep(partnership.session, "live", {"note": "typed"})
        assert "Before" in agencies(partnership.session), "what is open can still be read"
        assert "After" not in agencies(partnership.session)
        assert file_standing.trouble(partnership.session).startswith("Not saved: ")


def test_a_file_emptied_where_it_lies_is_never_called_saved(either: Partnership, folder: Path) -> None:
    with either as partnership:
        add_agency(partnership.session, "Before")
        (database,) = folder.glob("*/*.db")
        os.truncate(database, 0)
        with pytest.raises(NotWritable, match="Not saved"):
            add_agency(partnership.session, "After")
        assert file_standing.trouble(partnership.session).startswith("Not saved: ")


def test_a_file_taken_away_between_asking_and_committing_is_not_called_saved(
    partnership: Partnership, folder: Path
) -> None:
    with partnership, pytest.raises(NotWritable), partnership.session.work.step("agency"):
        renamed_away(folder)


def test_everything_goes_into_a_rescue_copy_that_restores(
    either: Partnership, folder: Path, stick: Path, clock: Ticking, tmp_path: Path
) -> None:
    founder = CHAIR if either.vault.kind is VaultKind.CPG else LEAD
    with either as partnership:
        add_agency(partnership.session, "Before")
        deleted(folder)
        with pytest.raises(NotWritable):
            unsent_text.keep(partnership.session, "live", {"note": "typed after it was gone"})
        standing = partnership.session.standing
        assert standing is not None
        with standing.keeping_what_was_typed():
            unsent_text.keep(partnership.session, "live", {"note": "typed after it was gone, and on"})
        made = file_standing.rescue(partnership.session, stick, quiet)
        assert [path.name for path in stick.iterdir()] == [made.path.name]
        assert made.path.suffix == ".cspbackup" and made.path.name.startswith("cspd-rescue-2026-11-26-")
        assert not folder.exists(), "nothing is written where the file was"
    new = tmp_path / "new"
    FolderBundleImport(clock, None).restore(new, made.path, founder.name, founder.passphrase, quiet)
    with open_partnership(new, founder.name, founder.passphrase, clock, kind=partnership.vault.kind) as again:
        assert "Before" in agencies(again.session)
        assert unsent_text.take_back(again.session, "live") == {"note": "typed after it was gone, and on"}
        assert again.verify()["findings"] == []


def test_a_folder_renamed_away_opens_where_it_is_now_with_all_that_was_saved(
    partnership: Partnership, folder: Path, clock: Ticking
) -> None:
    with partnership:
        add_agency(partnership.session, "Before")
        renamed_away(folder)
        with pytest.raises(NotWritable):
            add_agency(partnership.session, "After")
    with open_partnership(folder.with_name("moved"), CHAIR.name, CHAIR.passphrase, clock) as again:
        assert "Before" in agencies(again.session) and "After" not in agencies(again.session)
        assert again.verify()["findings"] == []


def test_a_copy_put_in_the_place_of_the_open_file_is_left_as_it_is(partnership: Partnership, folder: Path) -> None:
    with partnership:
        add_agency(partnership.session, "Before")
        replaced_by_a_copy(folder)
        as_copied = {path.name: path.read_bytes() for path in (folder / "cpg").iterdir()}
        users = partnership.session.users
        assert users is not None
        for change in (
            lambda: users.change_passphrase(PASS["chair"], "harbour window thistle"),
            lambda: users.remove(partnership.vault.user_ids[1], "removal", lambda records: None, quiet),
            lambda: add_agency(partnership.session, "After"),
        ):
            with pytest.raises(NotWritable):
                change()
    left = {path.name: path.read_bytes() for path in (folder / "cpg").iterdir()}
    assert {name: left[name] for name in as_copied} == as_copied and set(left) == set(as_copied)


def test_what_the_program_itself_does_to_its_files_alarms_nobody(
    partnership: Partnership, folder: Path, stick: Path, clock: Ticking
) -> None:
    with partnership:
        users, session = partnership.session.users, partnership.session
        assert users is not None and session.handover is not None

        def looked(done: int, total: int, words: str) -> None:
            assert file_standing.trouble(session) == ""

        users.change_passphrase(PASS["chair"], "harbour window thistle")
        users.remove(partnership.vault.user_ids[1], "removal", lambda records: None, looked)
        add_agency(session, "After")
        session.work.sweep()
        backups.back_up(session, looked, stick)
        handover.hand_over(session, stick, "Jo's laptop", looked)
        assert file_standing.trouble(session) == ""


def test_a_header_written_again_with_the_same_words_does_no_harm(partnership: Partnership, folder: Path) -> None:
    with partnership:
        header = folder / "cpg" / "vault.json"
        shutil.copy(header, header.with_suffix(".copy"))
        os.replace(header.with_suffix(".copy"), header)
        add_agency(partnership.session, "After")
        assert file_standing.trouble(partnership.session) == ""
