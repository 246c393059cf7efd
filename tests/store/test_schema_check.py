"""Who has the database's key may take the journal's guards away: verify compares the tables with the migrations."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from csp_desktop.store.checks import verify
from csp_desktop.store.engine import open_engine, reading
from csp_desktop.store.migrations import upgrade
from csp_desktop.store.migrations.making import GUARDS
from csp_desktop.store.schema_check import verify_schema
from csp_desktop.store.transactions import transaction
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.vaults import JOURNAL_KEY, KEY

NAMES = [guard.split()[2] for guard in GUARDS]
MEDDLED = {
    "an index is missing": ("DROP INDEX ix_cases_area", "The index ix_cases_area is missing."),
    "an index of another name": ("CREATE INDEX by_hand ON cases (area)", "The index by_hand should not be there."),
    "a trigger more": (
        "CREATE TRIGGER also AFTER INSERT ON journal BEGIN DELETE FROM drafts; END",
        "The guard also should not be there.",
    ),
    "a table more": ("CREATE TABLE copies (id TEXT)", "The table copies should not be there."),
    "a column more": ("ALTER TABLE cases ADD COLUMN told TEXT", "The table cases was changed."),
    "a view more": ("CREATE VIEW seen AS SELECT * FROM cases", "The view seen should not be there."),
}


def schema_of(engine: Engine, branch: str = "cpg") -> list[str]:
    with transaction(reading(engine)) as connection:
        return verify_schema(connection, branch)


def done(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def private(path: Path) -> Iterator[Engine]:
    """A fresh private file."""
    opened = open_engine(path.with_name("private.db"), bytearray(KEY), create=True)
    upgrade(opened, "rough_sleeping")
    yield opened
    opened.dispose()


def test_a_file_as_the_migrations_make_it_is_sound(engine: Engine, private: Engine) -> None:
    assert schema_of(engine) == [] and schema_of(private, "rough_sleeping") == []
    assert upgrade(engine) is False


@pytest.mark.parametrize("name", NAMES)
def test_a_dropped_guard_of_the_journal_is_a_finding_although_every_entry_fits(
    engine: Engine, work: SqlWork, name: str
) -> None:
    done(engine, f"DROP TRIGGER {name}")
    assert verify(engine, JOURNAL_KEY) == []
    (found,) = schema_of(engine)
    assert found.startswith(f"The guard {name} is missing, so journal entries could have been changed")


def test_a_guard_put_back_toothless_is_a_finding(engine: Engine) -> None:
    toothless = GUARDS[1].replace("SELECT RAISE(ABORT, 'the journal is append-only')", "SELECT 1")
    done(engine, f"DROP TRIGGER {NAMES[1]}", toothless)
    (found,) = schema_of(engine)
    assert found.startswith(f"The guard {NAMES[1]} was changed")


def test_a_guard_put_back_as_it_was_is_sound(engine: Engine) -> None:
    done(engine, f"DROP TRIGGER {NAMES[0]}", GUARDS[0])
    assert schema_of(engine) == []


@pytest.mark.parametrize("what", MEDDLED)
def test_what_the_migrations_do_not_make_is_a_finding(engine: Engine, what: str) -> None:
    statement, sentence = MEDDLED[what]
    done(engine, statement)
    (found,) = schema_of(engine)
    assert found.startswith(sentence)
