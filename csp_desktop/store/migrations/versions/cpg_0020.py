"""The minutes of a meeting held before this program was in use."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0020"
down_revision = "cpg_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None are kept yet."""
    table("earlier_minutes", "id on text present apologies source at by")
    index("earlier_minutes", "on", unique=True)


def downgrade() -> None:
    """They stand in the Word file they came from."""
    op.drop_table("earlier_minutes")
