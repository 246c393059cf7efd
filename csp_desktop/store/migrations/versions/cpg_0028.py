"""Management plans of cases, with their steps."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0028"
down_revision = "cpg_0027"
branch_labels = None
depends_on = None
PLANS, STEPS = "case_plans", "plan_steps"


def upgrade() -> None:
    """No case had a plan before."""
    table(PLANS, "id case_id aim agency_id close_when review_on? on by", ("case_id", "cases"))
    index(PLANS, "agency_id")
    index(PLANS, "case_id", unique=True)
    words = "id case_id number:int month what kind owner_id power tried why_first action_id state ended_on? reason"
    table(STEPS, words, ("case_id", "cases"))
    for column in ("case_id", "owner_id", "action_id"):
        index(STEPS, column)


def downgrade() -> None:
    """The cases stay."""
    for name in (STEPS, PLANS):
        op.drop_table(name)
