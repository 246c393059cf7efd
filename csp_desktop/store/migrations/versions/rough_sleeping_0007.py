"""The record of a meeting is kept: its facts as it closed, corrections, approvals, versions."""

from csp_desktop.store.migrations import record_tables

revision = "rough_sleeping_0007"
down_revision = "rough_sleeping_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See record_tables."""
    record_tables.make()


def downgrade() -> None:
    """See record_tables."""
    record_tables.drop()
