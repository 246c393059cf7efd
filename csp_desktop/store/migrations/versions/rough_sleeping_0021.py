"""The risk factor an action is meant to reduce, and its points when the action was agreed."""

from csp_desktop.store.migrations import factor_columns

revision = "rough_sleeping_0021"
down_revision = "rough_sleeping_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See factor_columns."""
    factor_columns.make()


def downgrade() -> None:
    """See factor_columns."""
    factor_columns.drop()
