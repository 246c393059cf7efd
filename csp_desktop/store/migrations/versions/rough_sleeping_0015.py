"""Words of the partnership's own for the spelling."""

from csp_desktop.store.migrations import glossary_tables

revision = "rough_sleeping_0015"
down_revision = "rough_sleeping_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See glossary_tables."""
    glossary_tables.make()


def downgrade() -> None:
    """See glossary_tables."""
    glossary_tables.drop()
