"""Before the meeting: papers that went out, agencies that may leave early; and meetings that were held on paper."""

import sqlalchemy as sa
from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0008"
down_revision = "cpg_0007"
branch_labels = None
depends_on = None

MEETING = ("meeting_id", "meetings")


def upgrade() -> None:
    """Nothing of it is in a file yet."""
    table("papers_written", "id meeting_id at by people:int agencies:int folder with_minutes:int", MEETING)
    index("papers_written", "meeting_id")
    table("held_on_paper", "id meeting_id at reader kept entered_at by readers", MEETING)
    index("held_on_paper", "meeting_id", unique=True)
    op.add_column("settings", sa.Column("leave_early", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("settings", sa.Column("early_first", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """They are forgotten."""
    for column in ("early_first", "leave_early"):
        op.drop_column("settings", column)
    for name in ("held_on_paper", "papers_written"):
        op.drop_table(name)
