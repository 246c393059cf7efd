"""The tables in a file are those of the program, whichever version made it."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, text

from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.store.columns import table_for
from csp_desktop.store.engine import open_engine
from csp_desktop.store.errors import NewerProgram
from csp_desktop.store.migrations import HEADS, configuration, migrate, upgrade, version
from csp_desktop.store.migrations.making import GUARDS
from csp_desktop.store.tables import CPG, REGISTER
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.migrated import Migrate, MigratedOnce, rows_of
from tests.support.vaults import KEY

FULL_TEXT_TABLES = "search_words"


def test_the_tables_equal_the_newest_version(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not (name or "").startswith(FULL_TEXT_TABLES),
            },
        )
        assert compare_metadata(context, CPG.metadata) == []
        guards = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    assert set(guards) == set(GUARDS)


def test_the_newest_version_is_known_without_loading_alembic() -> None:
    assert ScriptDirectory.from_config(configuration()).as_revision_number("cpg@head") == HEADS["cpg"]


@pytest.mark.parametrize("branch", HEADS)
def test_the_files_of_the_other_tests_are_made_at_once_and_are_those_the_migrations_make(
    tmp_path: Path, branch: str
) -> None:
    at_once, made = MigratedOnce(migrate), []
    ways: tuple[Migrate, ...] = (migrate, at_once, at_once)
    for number, making in enumerate(ways):
        engine = open_engine(tmp_path / f"{number}.db", bytearray(KEY), create=True)
        making(engine, f"{branch}@head")
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master")).all()
            search = connection.execute(text("SELECT * FROM search_words_config ORDER BY k")).all()
            made.append((sorted(map(str, rows)), rows_of(connection), search))
            assert version(engine) == HEADS[branch]
        engine.dispose()
    assert made[1] == made[2] == made[0]


def test_a_current_file_is_left_alone(engine: Engine) -> None:
    assert upgrade(engine) is False


def test_down_and_up_again_with_data(engine: Engine, work: SqlWork) -> None:
    with work.step("agency") as records:
        records.save(Agency("a1", "New Hope", "NH", AgencyKind.SUPPORT))
    migrate(engine, "cpg@base")
    with engine.connect() as connection:
        left = connection.execute(text("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")).scalars().all()
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    assert left == ["alembic_version"]
    assert upgrade(engine) is True
    with work.step("agency") as records:
        records.save(Agency("a1", "New Hope", "NH", AgencyKind.SUPPORT))
    assert version(engine) == HEADS["cpg"]


def test_a_file_of_a_newer_program_is_refused_with_a_sentence(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'cpg_9999'"))
    with pytest.raises(NewerProgram) as refusal:
        upgrade(engine)
    assert "newer version" in refusal.value.sentence


def test_the_migrations_stand_inside_the_package() -> None:
    place = Path(str(configuration().get_main_option("script_location")))
    assert (place / "env.py").is_file()
    assert place.parent.name == "store"


@pytest.mark.parametrize("kind", REGISTER)
def test_every_field_of_a_record_has_its_column(kind: type) -> None:
    assert list(table_for(MetaData(), "again", kind).c.keys()) == list(REGISTER[kind].c.keys())
