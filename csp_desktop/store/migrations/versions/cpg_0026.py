"""Links between cases, and whether a victim was told of the right to a review."""

import sqlalchemy as sa
from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0026"
down_revision = "cpg_0025"
branch_labels = None
depends_on = None
LINKS = "case_links"


def upgrade() -> None:
    """No case was linked before, and of none it was noted whether the victim was told."""
    table(
        LINKS, "id case_id other_id kind on by ended_on? ended_by reason", ("case_id", "cases"), ("other_id", "cases")
    )
    index(LINKS, "case_id")
    index(LINKS, "other_id")
    op.add_column("cases", sa.Column("review_told_on", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("review_told_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """The cases stay."""
    op.drop_column("cases", "review_told_by")
    op.drop_column("cases", "review_told_on")
    op.drop_table(LINKS)
