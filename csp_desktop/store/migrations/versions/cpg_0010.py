"""The circulation of the minutes: tables of rights, recipients, copies, passphrases, seals."""

from alembic import op

from csp_desktop.store.migrations import circulation_tables
from csp_desktop.store.migrations.making import table

revision = "cpg_0010"
down_revision = "cpg_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See circulation_tables; only the group's file has tables of rights."""
    circulation_tables.make()
    table("rights_tables", "id number:int valid_from rows name proposed_at proposed_by approved_at? approved_by")


def downgrade() -> None:
    """See circulation_tables."""
    op.drop_table("rights_tables")
    circulation_tables.drop()
