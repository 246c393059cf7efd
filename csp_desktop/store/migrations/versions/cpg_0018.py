"""What is remembered of a sender's columns, and what a person said of cases that an export leaves open."""

from alembic import op

from csp_desktop.store.migrations import import_tables
from csp_desktop.store.migrations.making import index, table

revision = "cpg_0018"
down_revision = "cpg_0017"
branch_labels = None
depends_on = None

DECISIONS = "import_decisions"


def upgrade() -> None:
    """Nothing of it is in a file yet."""
    import_tables.make()
    table(DECISIONS, "id case_id reference answer as_of at by", ("case_id", "cases"))
    for column in ("case_id", "as_of"):
        index(DECISIONS, column)


def downgrade() -> None:
    """They are forgotten."""
    op.drop_table(DECISIONS)
    import_tables.drop()
