"""Why a case that has waited often is suggested for deferral once more."""

import sqlalchemy as sa
from alembic import op

revision = "cpg_0019"
down_revision = "cpg_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was asked for a reason before."""
    op.add_column("case_turns", sa.Column("reason_to_defer", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """No reason is kept."""
    op.drop_column("case_turns", "reason_to_defer")
