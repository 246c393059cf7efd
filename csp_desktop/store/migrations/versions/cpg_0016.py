"""Words of the partnership's own for the spelling."""

from csp_desktop.store.migrations import glossary_tables

revision = "cpg_0016"
down_revision = "cpg_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See glossary_tables."""
    glossary_tables.make()


def downgrade() -> None:
    """See glossary_tables."""
    glossary_tables.drop()
