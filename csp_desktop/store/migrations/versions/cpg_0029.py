"""Referrals that come in from partners, and the days and years that count for them."""

import sqlalchemy as sa
from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0029"
down_revision = "cpg_0028"
branch_labels = None
depends_on = None
INCOMING = "incoming_referrals"


def upgrade() -> None:
    """None was kept before."""
    table(
        INCOMING,
        "id member_id agency_id body name mail received_on came_by initials place asked risk children person_told "
        "entered_by acknowledged_on? acknowledged_by triage? triaged_on? triaged_by case_id issue_id declined? reason "
        "told_on? told_by? told_from",
    )
    for column in ("case_id", "issue_id", "told_on"):
        index(INCOMING, column)
    op.add_column("settings", sa.Column("acknowledge_days", sa.Integer(), nullable=False, server_default="3"))
    op.add_column("settings", sa.Column("incoming_years", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """The cases and issues made from them stay."""
    op.drop_column("settings", "incoming_years")
    op.drop_column("settings", "acknowledge_days")
    op.drop_table(INCOMING)
