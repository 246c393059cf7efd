"""Write the group's first migration anew from the tables (only before the first release), to be read and committed:

python packaging/draft_migration.py
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import Column, Table  # noqa: E402

from csp_desktop.store.tables import APPEND_ONLY, CPG, FULL_TEXT  # noqa: E402

TARGET = ROOT / "csp_desktop/store/migrations/versions/cpg_0001.py"
HEAD = '''"""The tables of the group's file as first released. Made by packaging/draft_migration.py."""

import sqlalchemy as sa
from alembic import op

revision = "cpg_0001"
down_revision = None
branch_labels = ("cpg",)
depends_on = None

TYPES = {"text": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean, "blob": sa.LargeBinary}


def _columns(words: str) -> list[sa.Column[object]]:
    """Columns from 'name name:type name:type?': text when no type is said, nullable with a question mark."""
    columns = []
    for word in words.split():
        name, _, kind = word.rstrip("?").partition(":")
        columns.append(sa.Column(name, TYPES[kind or "text"](), nullable=word.endswith("?")))
    return columns


def _parent(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], deferrable=True, initially="DEFERRED")


'''
NAMES = {"TEXT": "", "INTEGER": ":int", "FLOAT": ":float", "BOOLEAN": ":bool", "BLOB": ":blob"}


def column_word(column: "Column[object]") -> str:
    """One column as the migration's `_columns` reads it."""
    return column.name + NAMES[str(column.type.compile())] + ("?" if column.nullable else "")


def table_lines(table: Table) -> str:
    """What makes one table and its indexes."""
    words = " ".join(column_word(column) for column in table.columns)
    half = 88
    lines = []
    while len(words) > half:
        at = words.rindex(" ", 0, half) + 1
        lines.append(words[:at])
        words = words[at:]
    lines.append(words)
    columns = "\n".join(f'            "{line}"' for line in lines)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    parts = [f"        sa.PrimaryKeyConstraint({keys})"]
    for column in table.columns:
        parts += [f'        _parent("{column.name}", "{key.column.table.name}")' for key in column.foreign_keys]
    made = f'    op.create_table(\n        "{table.name}",\n        *_columns(\n{columns}\n        ),\n'
    made += ",\n".join(parts) + ",\n    )\n"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        on = [column.name for column in index.columns]
        made += f'    op.create_index("{index.name}", "{table.name}", {on!r}, unique={bool(index.unique)})\n'
    return made


def statement_lines(statement: str) -> str:
    """One statement of SQL in lines that are short enough."""
    cut = statement.replace(" BEFORE", "\n BEFORE").replace(" WHEN", "\n WHEN").replace(" BEGIN", "\n BEGIN")
    cut = cut.replace("(title", "\n(title")
    lines = "\n".join(f"        {line!r}" for line in cut.split("\n"))
    return f"    op.execute(\n{lines}\n    )\n"


def module() -> str:
    """The text of the migration."""
    tables = CPG.metadata.sorted_tables
    text = HEAD + 'def upgrade() -> None:\n    """Make every table, the journal\'s guards and the search index."""\n'
    text += "".join(f"    _make_{table.name}()\n" for table in tables)
    text += "".join(statement_lines(statement) for statement in (*APPEND_ONLY, *FULL_TEXT))
    text += '\n\ndef downgrade() -> None:\n    """Leave an empty file."""\n    op.execute("DROP TABLE search_words")\n'
    names = "".join(f'        "{table.name}",\n' for table in reversed(tables))
    text += f"    for name in (\n{names}    ):\n        op.drop_table(name)\n"
    return text + "".join(f"\n\ndef _make_{table.name}() -> None:\n{table_lines(table)}" for table in tables)


def main() -> None:
    """Write the module, formatted."""
    TARGET.write_text(module(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(TARGET)], check=True)


if __name__ == "__main__":
    main()
