"""The table in which both files keep the words of their own spelling list, as first released."""

from alembic import op

from csp_desktop.store.migrations.making import index, table


def make() -> None:
    """No word is kept yet."""
    table("glossary_words", "id word by on")
    index("glossary_words", "word", unique=True)


def drop() -> None:
    """The list goes with its words."""
    op.drop_table("glossary_words")
