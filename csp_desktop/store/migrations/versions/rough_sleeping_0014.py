"""In what form a person reads their copies."""

from csp_desktop.store.migrations import copy_form_tables

revision = "rough_sleeping_0014"
down_revision = "rough_sleeping_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See copy_form_tables."""
    copy_form_tables.make()


def downgrade() -> None:
    """See copy_form_tables."""
    copy_form_tables.drop()
