"""What was agreed by e-mail and waits for a confirmation."""

from csp_desktop.store.migrations import agreed_by_mail_tables

revision = "cpg_0017"
down_revision = "cpg_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See agreed_by_mail_tables."""
    agreed_by_mail_tables.make()


def downgrade() -> None:
    """See agreed_by_mail_tables."""
    agreed_by_mail_tables.drop()
