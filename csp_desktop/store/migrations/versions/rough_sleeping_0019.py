"""What is remembered of a sender's columns."""

from csp_desktop.store.migrations import import_tables

revision = "rough_sleeping_0019"
down_revision = "rough_sleeping_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See import_tables."""
    import_tables.make()


def downgrade() -> None:
    """See import_tables."""
    import_tables.drop()
