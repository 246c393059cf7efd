"""Words are found by their stems."""

from csp_desktop.store.migrations.making import index_stems, index_words_again

revision = "cpg_0024"
down_revision = "cpg_0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The texts stay; only how they are looked up changes."""
    index_stems()


def downgrade() -> None:
    """Found as they are written."""
    index_words_again()
