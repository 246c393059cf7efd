"""Words are found by their stems."""

from csp_desktop.store.migrations.making import index_stems, index_words_again

revision = "rough_sleeping_0022"
down_revision = "rough_sleeping_0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The texts stay; only how they are looked up changes."""
    index_stems()


def downgrade() -> None:
    """Found as they are written."""
    index_words_again()
