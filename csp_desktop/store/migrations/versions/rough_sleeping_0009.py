"""The circulation of the private minutes: recipients, copies, passphrases, seals."""

from csp_desktop.store.migrations import circulation_tables

revision = "rough_sleeping_0009"
down_revision = "rough_sleeping_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See circulation_tables."""
    circulation_tables.make()


def downgrade() -> None:
    """See circulation_tables."""
    circulation_tables.drop()
