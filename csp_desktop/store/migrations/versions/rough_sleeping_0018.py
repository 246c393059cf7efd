"""What changes while a private session runs: who leads, a person added, in which order people were taken."""

import sqlalchemy as sa
from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "rough_sleeping_0018"
down_revision = "rough_sleeping_0017"
branch_labels = None
depends_on = None

COLUMNS = ("taken_at", "joined_at")


def upgrade() -> None:
    """Nothing of it is in a file yet."""
    meeting = ("meeting_id", "meetings")
    table("offices_taken", "id meeting_id office at from_id from_name to_id to_name", meeting)
    index("offices_taken", "meeting_id")
    for name in COLUMNS:
        op.add_column("person_turns", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    """They are forgotten."""
    for name in reversed(COLUMNS):
        op.drop_column("person_turns", name)
    op.drop_table("offices_taken")
