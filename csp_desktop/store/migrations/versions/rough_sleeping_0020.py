"""What a person said of members, and of people sleeping rough, who are not in a list."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "rough_sleeping_0020"
down_revision = "rough_sleeping_0019"
branch_labels = None
depends_on = None

NAMES = {"member_decisions": ("member_id", "members"), "person_decisions": ("person_id", "rough_sleepers")}


def upgrade() -> None:
    """Nothing of it was kept before."""
    for name, whom in NAMES.items():
        table(name, f"id answer headings at by {whom[0]}", whom)
        index(name, whom[0])


def downgrade() -> None:
    """It is asked again."""
    for name in reversed(NAMES):
        op.drop_table(name)
