"""The risk factor an action is meant to reduce, in both files."""

import sqlalchemy as sa
from alembic import op

WORDS = ("factor", "factor_label", "matrix_id")


def make() -> None:
    """No action was for a factor before."""
    for name in WORDS:
        op.add_column("actions", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("actions", sa.Column("factor_points", sa.Integer(), nullable=True))


def drop() -> None:
    """The actions stay."""
    op.drop_column("actions", "factor_points")
    for name in reversed(WORDS):
        op.drop_column("actions", name)
