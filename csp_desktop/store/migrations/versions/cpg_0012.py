"""Periods of records, and decisions about those past them."""

from csp_desktop.store.migrations import record_period_tables

revision = "cpg_0012"
down_revision = "cpg_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See record_period_tables."""
    record_period_tables.make()


def downgrade() -> None:
    """See record_period_tables."""
    record_period_tables.drop()
