"""What was agreed by e-mail and waits for a confirmation."""

from csp_desktop.store.migrations import agreed_by_mail_tables

revision = "rough_sleeping_0016"
down_revision = "rough_sleeping_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See agreed_by_mail_tables."""
    agreed_by_mail_tables.make()


def downgrade() -> None:
    """See agreed_by_mail_tables."""
    agreed_by_mail_tables.drop()
