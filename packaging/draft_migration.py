"""Write both files' first migrations anew from the tables (only before the first release), for reading:

python packaging/draft_migration.py
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import Column, Table  # noqa: E402

from csp_desktop.store.private.tables import PRIVATE  # noqa: E402
from csp_desktop.store.tables import CPG, Shelves  # noqa: E402

VERSIONS = ROOT / "csp_desktop/store/migrations/versions"
HEAD = '''"""The tables of the {whose} file as first released. Made by packaging/draft_migration.py."""

from alembic import op

from csp_desktop.store.migrations import first_tables
from csp_desktop.store.migrations.making import guard_journal, index, index_words, table

revision = "{branch}_0001"
down_revision = None
branch_labels = ("{branch}",)
depends_on = None


'''
SHARED_HEAD = '''"""The tables both files had when first released. Made by packaging/draft_migration.py."""

from csp_desktop.store.migrations.making import index, table
'''
WIDTH = 100
NAMES = {"TEXT": "", "INTEGER": ":int", "FLOAT": ":float", "BOOLEAN": ":bool", "BLOB": ":blob"}


def column_word(column: "Column[object]") -> str:
    """One column as the migration's `_columns` reads it."""
    return column.name + NAMES[str(column.type.compile())] + ("?" if column.nullable else "")


def words_in_lines(words: list[str]) -> str:
    """Words as the lines of one long string."""
    rest, lines = " ".join(words), []
    while len(rest) > WIDTH:
        at = rest.rindex(" ", 0, WIDTH) + 1
        lines.append(rest[:at])
        rest = rest[at:]
    return "\n".join(f'        "{line}"' for line in [*lines, rest])


def table_lines(table: Table) -> str:
    """What makes one table and its indexes."""
    columns = words_in_lines([column_word(column) for column in table.columns])
    made = f'    table(\n        "{table.name}",\n{columns},\n'
    made += "".join(
        f'        ("{column.name}", "{key.column.table.name}"),\n'
        for column in table.columns
        for key in column.foreign_keys
    )
    keys = " ".join(column.name for column in table.primary_key)
    made += "    )\n" if keys == "id" else f'        key="{keys}",\n    )\n'
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        on = " ".join(column.name for column in index.columns)
        called = index.name if index.name != f"ix_{table.name}_{on.replace(' ', '_')}" else ""
        more = (", unique=True" if index.unique else "") + (f', called="{called}"' if called else "")
        made += f'    index("{table.name}", "{on}"{more})\n'
    return made


def shared_tables() -> set[str]:
    """The names of the tables that are the same in both files."""
    group = {table.name: table_lines(table) for table in CPG.metadata.sorted_tables}
    return {table.name for table in PRIVATE.metadata.sorted_tables if group.get(table.name) == table_lines(table)}


def shared_module() -> str:
    """The text of what both migrations make."""
    tables = [table for table in CPG.metadata.sorted_tables if table.name in shared_tables()]
    made = (f'\n\ndef {table.name}() -> None:\n    """Its first form."""\n{table_lines(table)}' for table in tables)
    return SHARED_HEAD + "".join(made)


def module(shelves: Shelves, branch: str, whose: str) -> str:
    """The text of the migration."""
    tables, shared = shelves.metadata.sorted_tables, shared_tables()
    text = HEAD.replace("{branch}", branch).replace("{whose}", whose)
    text += f"TABLES = (\n{words_in_lines([table.name for table in tables])}\n)\n\n\n"
    text += 'def upgrade() -> None:\n    """Make every table, the journal\'s guards and the search index."""\n'
    for table in tables:
        text += f"    first_tables.{table.name}()\n" if table.name in shared else f"    _make_{table.name}()\n"
    text += "    guard_journal()\n    index_words()\n"
    text += '\n\ndef downgrade() -> None:\n    """Leave an empty file."""\n    op.execute("DROP TABLE search_words")\n'
    text += "    for name in reversed(TABLES.split()):\n        op.drop_table(name)\n"
    own = (table for table in tables if table.name not in shared)
    return text + "".join(f"\n\ndef _make_{table.name}() -> None:\n{table_lines(table)}" for table in own)


def main() -> None:
    """Write the modules, formatted."""
    texts = {VERSIONS.parent / "first_tables.py": shared_module()}
    for shelves, branch, whose in ((CPG, "cpg", "group's"), (PRIVATE, "rough_sleeping", "private")):
        texts[VERSIONS / f"{branch}_0001.py"] = module(shelves, branch, whose)
    for target, text in texts.items():
        target.write_text(text, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(target)], check=True)


if __name__ == "__main__":
    main()
