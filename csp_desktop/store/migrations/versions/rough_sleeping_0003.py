"""Actions due at the meeting that follows one move with its day."""

import sqlalchemy as sa
from alembic import op

revision = "rough_sleeping_0003"
down_revision = "rough_sleeping_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The meeting after which an action is due: not known of the actions that are there."""
    op.add_column("actions", sa.Column("next_of_id", sa.Text(), nullable=True))


def downgrade() -> None:
    """Every action has its day alone."""
    op.drop_column("actions", "next_of_id")
