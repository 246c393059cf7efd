"""Officers are asked for updates before a private session too."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "rough_sleeping_0017"
down_revision = "rough_sleeping_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was asked yet."""
    table("update_requests", "id meeting_id officer_id at by times:int", ("meeting_id", "meetings"))
    for column in ("meeting_id", "officer_id"):
        index("update_requests", column)


def downgrade() -> None:
    """It is forgotten."""
    op.drop_table("update_requests")
