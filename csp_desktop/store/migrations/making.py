"""How a step of the migrations makes tables: shorthand that names columns as words. It never changes once released."""

import sqlalchemy as sa
from alembic import op

TYPES = {"text": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean, "blob": sa.LargeBinary}


def table(name: str, words: str, *parents: tuple[str, str], key: str = "id") -> None:
    """Make a table from 'name name:type name:type?' (text when no type is said, nullable with a question mark) with
    deferred foreign keys (column, table) and its primary key."""
    pointing = (
        sa.ForeignKeyConstraint([column], [f"{parent}.id"], deferrable=True, initially="DEFERRED")
        for column, parent in parents
    )
    op.create_table(name, *_columns(words), sa.PrimaryKeyConstraint(*key.split()), *pointing)


def index(of: str, columns: str, *, unique: bool = False, called: str = "") -> None:
    """Make the index of these columns, named after them unless it is called otherwise."""
    names = columns.split()
    op.create_index(called or f"ix_{of}_{'_'.join(names)}", of, names, unique=unique)


def _columns(words: str) -> list[sa.Column[object]]:
    columns = []
    for word in words.split():
        name, _, kind = word.rstrip("?").partition(":")
        columns.append(sa.Column(name, TYPES[kind or "text"](), nullable=word.endswith("?")))
    return columns
