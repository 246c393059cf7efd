"""Write a branch's first migration anew from the tables (only before the first release), for the developer to read and commit:

    python packaging/draft_migration.py > csp_desktop/store/migrations/versions/cpg_0001.py
"""

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alembic.autogenerate import produce_migrations, render_python_code  # noqa: E402
from alembic.autogenerate.api import AutogenContext  # noqa: E402
from alembic.migration import MigrationContext  # noqa: E402
from alembic.operations.ops import UpgradeOps  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402
from sqlalchemy.types import TypeDecorator  # noqa: E402

from csp_desktop.store.tables import APPEND_ONLY, CPG, FULL_TEXT  # noqa: E402

HEAD = '''"""The tables of the group's file as first released. Made by packaging/draft_migration.py."""

import sqlalchemy as sa
from alembic import op

revision = "cpg_0001"
down_revision = None
branch_labels = ("cpg",)
depends_on = None
'''


def plain_types(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Columns are written with the database's types, so that a migration needs no code of the program."""
    return "sa.Text()" if kind == "type" and isinstance(thing, TypeDecorator) else False


def by_table(context: MigrationContext) -> dict[str, list[Any]]:
    """What makes each table and its indexes, parents before children."""
    script = produce_migrations(context, CPG.metadata)
    assert script.upgrade_ops is not None
    making: dict[str, list[Any]] = {table.name: [] for table in CPG.metadata.sorted_tables}
    for operation in script.upgrade_ops.ops:
        making[operation.table_name].append(operation)  # type: ignore[attr-defined]
    return making


def module() -> str:
    """The text of the migration: one function a table."""
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_item": plain_types})
        making = by_table(context)
        options: dict[str, Any] = {"render_item": plain_types, "migration_context": context}
        parts = [HEAD, '\n\ndef upgrade() -> None:\n    """Make every table, the journal\'s guards and the search index."""\n']
        parts += [f"    _make_{name}()\n" for name in making]
        parts += [f"    op.execute(\n        {statement!r}\n    )\n" for statement in (*APPEND_ONLY, *FULL_TEXT)]
        parts += ['\n\ndef downgrade() -> None:\n    """Leave an empty file."""\n    op.execute("DROP TABLE search_words")\n']
        parts += [f"    for name in {tuple(reversed(making))!r}:\n        op.drop_table(name)\n"]
        for name, operations in making.items():
            code = render_python_code(UpgradeOps(operations), **options)
            parts += [f"\n\ndef _make_{name}() -> None:\n", *(f"{_indented(line)}\n" for line in code.splitlines() if "###" not in line)]
    return "".join(parts)


def _indented(line: str) -> str:
    return line if line.startswith("    ") else f"    {line}"


def main() -> None:
    """Print the module, formatted."""
    formatter = [sys.executable, "-m", "ruff", "format", "-"]
    print(subprocess.run(formatter, input=module(), capture_output=True, text=True, check=True).stdout, end="")


if __name__ == "__main__":
    main()
