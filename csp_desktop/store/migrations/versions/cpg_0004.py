"""What was agreed or changed after its read-back is marked so."""

import sqlalchemy as sa
from alembic import op

revision = "cpg_0004"
down_revision = "cpg_0003"
branch_labels = None
depends_on = None

ADDED = (
    ("actions", "agreed_at"),
    ("actions", "changed_at"),
    ("agenda_items", "changed_at"),
    ("case_turns", "changed_at"),
)


def upgrade() -> None:
    """Instants not known of what is there."""
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=True))


def downgrade() -> None:
    """They are forgotten."""
    for table, column in ADDED:
        op.drop_column(table, column)
