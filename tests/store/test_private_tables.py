"""The private file's tables: those of the program, by a branch of migrations of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from csp_desktop.store.engine import open_engine
from csp_desktop.store.migrations import HEADS, configuration, migrate, upgrade, version
from csp_desktop.store.migrations.making import GUARDS
from csp_desktop.store.private.tables import PRIVATE, PRIVATE_REGISTER
from csp_desktop.store.tables import REGISTER

BRANCH = "rough_sleeping"


@pytest.fixture
def private_engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(tmp_path / "private.db", bytearray(range(32)), create=True)
    upgrade(made, BRANCH)
    yield made
    made.dispose()


def test_the_tables_equal_the_newest_version(private_engine: Engine) -> None:
    def wanted(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or not (name or "").startswith("search_words")

    with private_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": wanted})
        assert compare_metadata(context, PRIVATE.metadata) == []
        guards = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    assert set(guards) == set(GUARDS)


def test_the_newest_version_is_known_without_loading_alembic() -> None:
    head = ScriptDirectory.from_config(configuration()).as_revision_number(f"{BRANCH}@head")
    assert head == HEADS[BRANCH]


def test_down_to_nothing_and_up_again(private_engine: Engine) -> None:
    migrate(private_engine, f"{BRANCH}@base")
    with private_engine.connect() as connection:
        left = connection.execute(text("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")).scalars().all()
    assert left == ["alembic_version"]
    assert upgrade(private_engine, BRANCH) is True
    assert version(private_engine) == HEADS[BRANCH]


def test_neither_file_has_the_others_people() -> None:
    names = {kind.__name__ for kind in REGISTER}
    assert names.isdisjoint({"RoughSleeper", "Sighting", "Involvement", "Offer", "PersonTurn", "RoomEntry"})
    assert {kind.__name__ for kind in PRIVATE_REGISTER}.isdisjoint({"Case", "CaseTurn", "Snapshot", "RiskPoint"})
