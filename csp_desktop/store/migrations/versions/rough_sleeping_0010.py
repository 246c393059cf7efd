"""A draft until it is agreed: what was read, sent back, remarked, agreed as a correct record."""

from csp_desktop.store.migrations import review_tables

revision = "rough_sleeping_0010"
down_revision = "rough_sleeping_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See review_tables."""
    review_tables.make()


def downgrade() -> None:
    """See review_tables."""
    review_tables.drop()
