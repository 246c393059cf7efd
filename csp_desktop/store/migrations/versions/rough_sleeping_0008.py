"""The settings, which both files keep in one form, know agencies that may leave early; the private meeting has none."""

import sqlalchemy as sa
from alembic import op

revision = "rough_sleeping_0008"
down_revision = "rough_sleeping_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None are named."""
    op.add_column("settings", sa.Column("leave_early", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("settings", sa.Column("early_first", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """They are forgotten."""
    for column in ("early_first", "leave_early"):
        op.drop_column("settings", column)
