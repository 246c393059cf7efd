"""Texts of the minutes that somebody looked at and kept as they are."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "rough_sleeping_0002"
down_revision = "rough_sleeping_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table for them."""
    table("kept_texts", "id meeting_id case_id text_sha256 by at", ("meeting_id", "meetings"))
    index("kept_texts", "meeting_id")
    index("kept_texts", "case_id")


def downgrade() -> None:
    """They are asked about again."""
    op.drop_table("kept_texts")
