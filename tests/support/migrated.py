"""An empty file brought to this version's tables at once: the statements the migrations led to, kept from the first
file they ran on. Alembic needs a second for its steps, and most tests make a file."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from csp_desktop.store.migrations.making import WORDS

Migrate = Callable[[Engine, str], None]
Statement = tuple[str, tuple[Any, ...]]
SEARCH = "search_words"


class MigratedOnce:
    """Stands in for `migrate`, which it asks the first time, and whenever there is something in the file."""

    def __init__(self, migrate: Migrate) -> None:
        self._migrate = migrate
        self._made: dict[str, Sequence[Statement]] = {}

    def __call__(self, engine: Engine, target: str) -> None:
        """As `migrate`."""
        if not target.endswith("@head") or inspect(engine).get_table_names():
            self._migrate(engine, target)
        elif target not in self._made:
            self._migrate(engine, target)
            with engine.connect() as connection:
                self._made[target] = (*tables_of(connection), *rows_of(connection))
        else:
            with engine.begin() as connection:
                for statement, values in self._made[target]:
                    connection.exec_driver_sql(statement, values)


def tables_of(connection: Connection) -> list[Statement]:
    """What makes the tables, indexes and guards, in the order they were made; the search's own tables it makes
    itself."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"))
    made = [(name, sql) for name, sql in rows if not name.startswith("sqlite_") and not _is_shadow(name, sql)]
    return [each for name, sql in made for each in ([(sql, ()), (WORDS[1], ())] if name == SEARCH else [(sql, ())])]


def _is_shadow(name: str, statement: str) -> bool:
    return name.startswith(f"{SEARCH}_") and not statement.startswith("CREATE VIRTUAL")


def rows_of(connection: Connection) -> list[Statement]:
    """What the migrations wrote into the tables themselves: their own version, if nothing else."""
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")).scalars()
    found: list[Statement] = []
    for name in [name for name in names if not name.startswith((SEARCH, "sqlite_"))]:
        for row in connection.execute(text(f'SELECT * FROM "{name}"')):
            marks = ", ".join("?" * len(row))
            found.append((f'INSERT INTO "{name}" VALUES ({marks})', tuple(row)))
    return found
