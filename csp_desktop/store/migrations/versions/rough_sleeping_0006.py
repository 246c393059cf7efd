"""The journal says what kind of thing a step did."""

import sqlalchemy as sa
from alembic import op

revision = "rough_sleeping_0006"
down_revision = "rough_sleeping_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Not known of the entries that are there: nothing in them changes, so they stay as their chain has them."""
    op.add_column("journal", sa.Column("step_kind", sa.Text(), nullable=True))


def downgrade() -> None:
    """It is forgotten."""
    op.drop_column("journal", "step_kind")
