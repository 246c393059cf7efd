"""Risk matrices, and the assessments of cases made with them."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0021"
down_revision = "cpg_0020"
branch_labels = None
depends_on = None

MATRICES, ASSESSMENTS = "risk_matrices", "case_assessments"


def upgrade() -> None:
    """No case was assessed in the program before."""
    table(MATRICES, "id name issuer version valid_from illustrative:bool text loaded_on loaded_by")
    table(
        ASSESSMENTS,
        "id case_id on by matrix_id matrix_version answers total:int ceiling:int band escalated_by override_band? "
        "override_by override_reason meeting_id",
        ("case_id", "cases"),
        ("matrix_id", MATRICES),
    )
    index(ASSESSMENTS, "case_id")


def downgrade() -> None:
    """The totals of Safety Net stay."""
    op.drop_table(ASSESSMENTS)
    op.drop_table(MATRICES)
