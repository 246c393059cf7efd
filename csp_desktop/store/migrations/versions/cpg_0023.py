"""The risk factor an action is meant to reduce, and its points when the action was agreed."""

from csp_desktop.store.migrations import factor_columns

revision = "cpg_0023"
down_revision = "cpg_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See factor_columns."""
    factor_columns.make()


def downgrade() -> None:
    """See factor_columns."""
    factor_columns.drop()
