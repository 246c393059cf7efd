"""A file of an earlier version: copied and read back before anything is changed, and the way back stays open."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from csp_desktop.bootstrap import updating
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.bootstrap.updating import NotUpdated, bring_up_to_date
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.services.file import backups, left_copies
from csp_desktop.store import migrations, schema_check
from csp_desktop.store.errors import NewerProgram
from csp_desktop.store.migrations import version
from csp_desktop.vault import errors
from csp_desktop.vault.header import VaultKind
from tests.support.partnerships import CHAIR, PASS, Ticking, add_agency, agencies, quiet
from tests.support.stored_evening import EVENING, PLACES, later, users_of
from tests.support.stored_vaults import STORED

STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "cpg_9999", "{before}"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("agencies", sa.Column("made_up", sa.Text(), nullable=False, server_default="x"))
    {breaks}


def downgrade() -> None:
    op.drop_column("agencies", "made_up")
"""
SPOILS = "op.execute(\"UPDATE agencies SET name = 'Another name'\")"
FAILS = "op.execute('SELECT nothing FROM nowhere')"

NextVersion = Callable[..., None]


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NextVersion:
    """From here on the program is a later one, with a step of its own."""
    own, plain = tmp_path / "versions", migrations.configuration

    def come(breaks: str = "pass") -> None:
        own.mkdir()
        before = migrations.HEADS["cpg"]
        (own / "cpg_9999_made_up.py").write_text(STEP.format(before=before, breaks=breaks), encoding="utf-8")

        def configured():
            config = plain()
            shipped = Path(migrations.__file__).parent / "versions"
            config.set_main_option("version_locations", f"{shipped}{os.pathsep}{own}")
            return config

        monkeypatch.setattr(migrations, "configuration", configured)
        monkeypatch.setitem(migrations.HEADS, "cpg", "cpg_9999")
        monkeypatch.setattr(schema_check, "_as_migrated", schema_check._as_migrated.__wrapped__)  # it remembers

    return come


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "-before-update-" in path.name)


def opened(folder: Path, clock: Ticking) -> Partnership:
    return open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock)


def test_a_whole_copy_is_made_and_read_back_before_the_file_is_changed(
    partnership: Partnership, folder: Path, clock: Ticking, next_version: NextVersion
) -> None:
    add_agency(partnership.session, "Before")
    partnership.close()
    was = migrations.HEADS["cpg"]
    next_version()
    with opened(folder, clock) as again:
        assert version(again.engine) == "cpg_9999" and "Before" in agencies(again.session)
        (copy,) = left_copies.earlier_copies(again.session)
        assert copy.name == "cpg-before-update-2026-11-26-to-9999" and copy.why == "before an update"
        assert sorted(path.suffix for path in copy.path.iterdir()) == [".db", ".json"]
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in copy.path.iterdir())
        newest = backups.safety(again.session).history[0]
        assert (newest.kind, newest.file) == (SafeCopyKind.UPDATED, copy.name)
        assert newest.note == f"{was} to cpg_9999"
        assert again.verify()["findings"] == []
    with opened(folder, clock) as again:
        assert len(copies(folder)) == 1, "once"


def test_the_copy_opens_in_the_earlier_version_of_the_program(
    partnership: Partnership, folder: Path, clock: Ticking, next_version: NextVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_agency(partnership.session, "Before")
    partnership.close()
    next_version()
    opened(folder, clock).close()
    monkeypatch.undo()
    with pytest.raises(NewerProgram):
        opened(folder, clock)
    (name,) = copies(folder)
    (folder / "cpg").rename(folder / "newer")
    (folder / name).rename(folder / "cpg")
    with opened(folder, clock) as again:
        assert "Before" in agencies(again.session) and again.verify()["findings"] == []


def test_it_can_be_tried_and_gone_back_to_like_a_backup(
    partnership: Partnership, folder: Path, clock: Ticking, next_version: NextVersion
) -> None:
    add_agency(partnership.session, "Before")
    partnership.close()
    next_version()
    with opened(folder, clock) as again:
        add_agency(again.session, "After")
        (choice,) = left_copies.to_go_back_to(again.session)
        before = {path.name: path.read_bytes() for path in choice.path.iterdir()}
        with pytest.raises(Refused, match="does not open with that name and passphrase"):
            backups.try_backup(again.session, choice.path, CHAIR.name, PASS["second"], quiet)
        tried = backups.try_backup(again.session, choice.path, CHAIR.name, CHAIR.passphrase, quiet)
        assert tried.entries > 0
        backups.prepare_restore(again.session, choice.path, CHAIR.name, CHAIR.passphrase, quiet)
        assert {path.name: path.read_bytes() for path in choice.path.iterdir()} == before
    with opened(folder, clock) as again:
        assert "Before" in agencies(again.session) and "After" not in agencies(again.session)
        assert again.verify()["findings"] == []


def test_without_room_for_the_copy_nothing_is_changed_and_it_is_said_how_much_is_needed(
    partnership: Partnership, folder: Path, clock: Ticking, next_version: NextVersion
) -> None:
    partnership.close()
    next_version()
    as_it_was = contents(folder)
    said = r"needs \d.* MB free on the disk of the folder .*; 0.1 MB available\. Free some"
    with pytest.MonkeyPatch.context() as small:
        small.setattr(updating, "free_bytes", lambda place: 100_000)
        with pytest.raises(NotUpdated, match=said):
            opened(folder, clock)
    assert contents(folder) == as_it_was


def contents(folder: Path) -> dict[str, bytes]:
    """Everything in the folder but who has it open."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "vault.lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("breaks", [SPOILS, FAILS], ids=["does not hold together", "fails"])
def test_an_update_that_goes_wrong_leaves_the_file_as_it_was(
    partnership: Partnership,
    folder: Path,
    clock: Ticking,
    next_version: NextVersion,
    monkeypatch: pytest.MonkeyPatch,
    breaks: str,
) -> None:
    add_agency(partnership.session, "Before")
    partnership.close()
    next_version(breaks)
    with pytest.raises(NotUpdated, match="is unchanged"):
        opened(folder, clock)
    monkeypatch.undo()
    with opened(folder, clock) as again:
        assert "Before" in agencies(again.session) and again.verify()["findings"] == []


def test_the_newest_two_copies_stay_and_a_half_made_one_goes(
    partnership: Partnership, folder: Path, clock: Ticking, next_version: NextVersion
) -> None:
    partnership.close()
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        shutil.copytree(folder / "cpg", folder / f"cpg-before-update-{day}-to-0002")
    half = folder / "cpg-before-update-2026-04-01-to-0003"
    half.mkdir()
    (half / "cpg-1.db").write_bytes(b"half")
    next_version()
    opened(folder, clock).close()
    assert copies(folder) == ["cpg-before-update-2026-03-01-to-0002", "cpg-before-update-2026-11-26-to-9999"]


@pytest.mark.parametrize("table", ["meta", "journal", "agencies"])
def test_an_older_program_says_that_the_file_is_newer_whatever_else_changed(
    partnership: Partnership, folder: Path, clock: Ticking, table: str
) -> None:
    with partnership:
        run(partnership.engine, "UPDATE alembic_version SET version_num = 'cpg_9999'")
        run(partnership.engine, f"ALTER TABLE {table} RENAME TO other_{table}")
        partnership.checks = None
    with pytest.raises(NewerProgram, match="newer version of the program"):
        opened(folder, clock)


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_a_newer_header_is_said_to_be_newer_whatever_stands_in_it(
    partnership: Partnership, folder: Path, clock: Ticking
) -> None:
    partnership.close()
    header = folder / "cpg" / "vault.json"
    newer = header.read_text(encoding="utf-8").replace('"version": 2', '"version": 9').replace('"mark"', '"path"')
    header.write_text(newer, encoding="utf-8")
    with pytest.raises(errors.NewerProgram, match="newer version of the program"):
        opened(folder, clock)


@pytest.mark.parametrize("kind", PLACES, ids=lambda kind: kind.value)
def test_the_evening_of_the_first_version_is_copied_before_it_is_brought_up(kind: VaultKind, tmp_path: Path) -> None:
    folder = tmp_path / "evening"
    shutil.copytree(STORED / "0.1.0" / EVENING, folder)
    user = users_of(folder, kind)[0]
    before = {path.name for path in (folder / PLACES[kind]).glob("*.db")}
    with open_partnership(folder, user["name"], user["passphrase"], later, kind=kind) as again:
        (copy,) = left_copies.earlier_copies(again.session)
        assert {path.name for path in copy.path.glob("*.db")} == before
        assert again.verify()["findings"] == []


def test_a_file_of_this_version_is_not_copied(partnership: Partnership, folder: Path, clock: Ticking) -> None:
    with partnership:
        assert bring_up_to_date(partnership.vault, partnership.engine, clock) is None
    assert copies(folder) == []
