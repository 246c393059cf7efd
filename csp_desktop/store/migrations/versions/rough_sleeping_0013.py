"""What changes in the room while a meeting runs."""

from csp_desktop.store.migrations import room_tables

revision = "rough_sleeping_0013"
down_revision = "rough_sleeping_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See room_tables."""
    room_tables.make()


def downgrade() -> None:
    """See room_tables."""
    room_tables.drop()
