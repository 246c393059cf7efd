"""What changes in the room while a meeting runs; cases that join the walk; chair and minutes handed over."""

from alembic import op

from csp_desktop.store.migrations import room_tables
from csp_desktop.store.migrations.making import index, table

revision = "cpg_0014"
down_revision = "cpg_0013"
branch_labels = None
depends_on = None
TURNS = ("joined", "joined_at", "taken_at")


def upgrade() -> None:
    """See room_tables; only the group's file has cases and offices."""
    room_tables.make()
    for name in TURNS:
        room_tables.add_text("case_turns", name, None)
    table("offices_taken", "id meeting_id office at from_id from_name to_id to_name", ("meeting_id", "meetings"))
    index("offices_taken", "meeting_id")


def downgrade() -> None:
    """See room_tables."""
    op.drop_table("offices_taken")
    for name in reversed(TURNS):
        op.drop_column("case_turns", name)
    room_tables.drop()
