"""Professionals' meetings: why one was called for a case, who leads it, and the report."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0027"
down_revision = "cpg_0026"
branch_labels = None
depends_on = None
CALLED = "professionals_meetings"


def upgrade() -> None:
    """None was called before."""
    table(
        CALLED,
        "id meeting_id case_id ground why lead_id report_by called_by called_at item_id"
        " report reported_on? reported_by",
        ("meeting_id", "meetings"),
        ("case_id", "cases"),
    )
    index(CALLED, "case_id")
    index(CALLED, "meeting_id")


def downgrade() -> None:
    """The meetings stay."""
    op.drop_table(CALLED)
