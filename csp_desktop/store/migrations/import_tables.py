"""The table in which both files keep what the columns of a sender's lists are, as first released."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

NAME = "sender_columns"


def make() -> None:
    """No sender is known yet."""
    table(NAME, "id kind sender columns sheet order letters on by")
    index(NAME, "kind")


def drop() -> None:
    """They are said anew."""
    op.drop_table(NAME)
