"""After the meeting: that each officer's and agency's action lists were sent."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0009"
down_revision = "cpg_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of it is in a file yet."""
    table("action_lists_sent", "id meeting_id at by to", ("meeting_id", "meetings"))
    index("action_lists_sent", "meeting_id")


def downgrade() -> None:
    """They are forgotten."""
    op.drop_table("action_lists_sent")
