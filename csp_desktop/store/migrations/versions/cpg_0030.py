"""What was handed on when somebody left."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0030"
down_revision = "cpg_0029"
branch_labels = None
depends_on = None
HANDED = "handed_on"


def upgrade() -> None:
    """Nothing was handed on before by a step of its own."""
    table(HANDED, "id kind record_id case_id from_id from_name to_id to_name at by")
    for column in ("kind", "record_id", "case_id"):
        index(HANDED, column)


def downgrade() -> None:
    """Everything stays with whom it was handed on to."""
    op.drop_table(HANDED)
