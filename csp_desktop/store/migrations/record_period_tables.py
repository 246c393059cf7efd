"""How long records of a meeting are kept, and what was decided of them: the same in both files, as first released."""

import sqlalchemy as sa
from alembic import op

from csp_desktop.store.migrations.making import index, table

YEARS = (("minutes_years", "6"), ("signatures_years", "6"), ("comments_years", "1"), ("registers_years", "6"))


def make() -> None:
    """Nothing of it is in a file yet."""
    for name, usual in YEARS:
        op.add_column("settings", sa.Column(name, sa.Integer(), nullable=False, server_default=usual))
    table("record_decisions", "id meeting_id kind reason by on count:int until?", ("meeting_id", "meetings"))
    index("record_decisions", "meeting_id")


def drop() -> None:
    """They are forgotten."""
    op.drop_table("record_decisions")
    for name, _ in reversed(YEARS):
        op.drop_column("settings", name)
