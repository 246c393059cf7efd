"""Referrals of cases, with what came back."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0025"
down_revision = "cpg_0024"
branch_labels = None
depends_on = None
REFERRALS = "referrals"


def upgrade() -> None:
    """What earlier meetings referred stays in words with their decisions; nobody knows what came back."""
    table(
        REFERRALS,
        "id case_id body agency_id on by why answer_by? meeting_id part? answer? answered_on? came_back next_step note "
        "handed_over_on? withdrawn_on? withdrawn_why",
        ("case_id", "cases"),
    )
    for column in ("case_id", "agency_id"):
        index(REFERRALS, column)


def downgrade() -> None:
    """The cases stay."""
    op.drop_table(REFERRALS)
