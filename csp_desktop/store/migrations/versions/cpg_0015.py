"""In what form a person reads their copies."""

from csp_desktop.store.migrations import copy_form_tables

revision = "cpg_0015"
down_revision = "cpg_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See copy_form_tables."""
    copy_form_tables.make()


def downgrade() -> None:
    """See copy_form_tables."""
    copy_form_tables.drop()
