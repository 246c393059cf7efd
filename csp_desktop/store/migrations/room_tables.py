"""What changes in the room while a meeting runs: the same columns in both files, as first released."""

import sqlalchemy as sa
from alembic import op

COLUMNS: tuple[tuple[str, str, str | None], ...] = (
    ("meetings", "agenda_order", "[]"),
    ("attendance", "remote", None),
    ("attendance", "here_for_id", ""),
    ("attendance", "here_for", ""),
    ("agenda_items", "added_at", None),
    ("agenda_items", "title_before", ""),
    ("agenda_items", "renamed_at", None),
    ("users", "ends_with_id", ""),
)


def add_text(table: str, name: str, usual: str | None) -> None:
    """A column of text; without its usual value it may be empty."""
    op.add_column(table, sa.Column(name, sa.Text(), nullable=usual is None, server_default=usual))


def make() -> None:
    """Nothing of it is in a file yet."""
    for table, name, usual in COLUMNS:
        add_text(table, name, usual)
    op.add_column("attendance", sa.Column("alone", sa.Boolean(), nullable=True))
    op.add_column("attendance", sa.Column("shown", sa.Boolean(), nullable=False, server_default=sa.false()))


def drop() -> None:
    """They are forgotten."""
    for name in ("shown", "alone"):
        op.drop_column("attendance", name)
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
