"""What a person said of members who are not in a list."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0022"
down_revision = "cpg_0021"
branch_labels = None
depends_on = None

NAME = "member_decisions"


def upgrade() -> None:
    """It was asked again of each list before."""
    table(NAME, "id answer headings at by member_id", ("member_id", "members"))
    index(NAME, "member_id")


def downgrade() -> None:
    """It is asked again."""
    op.drop_table(NAME)
