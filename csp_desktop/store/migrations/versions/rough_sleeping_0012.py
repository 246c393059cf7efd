"""Who does an action with the officer who leads."""

import sqlalchemy as sa
from alembic import op

revision = "rough_sleeping_0012"
down_revision = "rough_sleeping_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is with the officers of the actions that are there."""
    op.add_column("actions", sa.Column("with_ids", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Every action has its officer alone."""
    op.drop_column("actions", "with_ids")
