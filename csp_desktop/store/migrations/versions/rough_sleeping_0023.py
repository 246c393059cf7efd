"""The settings have the days and years that count for referrals that come in, as in the group's file."""

import sqlalchemy as sa
from alembic import op

revision = "rough_sleeping_0023"
down_revision = "rough_sleeping_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """As they usually are."""
    op.add_column("settings", sa.Column("acknowledge_days", sa.Integer(), nullable=False, server_default="3"))
    op.add_column("settings", sa.Column("incoming_years", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """They are forgotten."""
    op.drop_column("settings", "incoming_years")
    op.drop_column("settings", "acknowledge_days")
