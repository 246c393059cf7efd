"""Who came into the private session's room, without an id of the group's file."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "rough_sleeping_0005"
down_revision = "rough_sleeping_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table beside the one of version 0.1.0, which is emptied into it by a journalled step."""
    table(
        "room_entries",
        "id meeting_id origin stays:bool? left_at_crossing? joined_for clause_repeated",
        ("meeting_id", "meetings"),
    )
    index("room_entries", "meeting_id")


def downgrade() -> None:
    """What stands in it is forgotten."""
    op.drop_table("room_entries")
