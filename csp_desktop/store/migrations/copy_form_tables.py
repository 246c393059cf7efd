"""The columns in which both files keep in what form a person reads their copies, as first released."""

import sqlalchemy as sa
from alembic import op

COLUMNS = (("members", "needs"), ("copy_records", "form"))


def make() -> None:
    """Everybody had a PDF."""
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default="PDF"))


def drop() -> None:
    """They are forgotten."""
    for table, column in COLUMNS:
        op.drop_column(table, column)
