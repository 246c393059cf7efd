"""The table in which both files keep what was agreed by e-mail, as first released."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

NAME = "agreed_by_mail"


def make() -> None:
    """Nothing was noted so before but approvals, which have their own."""
    columns = "id about about_id case_id member_id by words mailed_on noted_by at confirmed_at? confirmed_by"
    table(NAME, columns, ("member_id", "members"))
    for column in ("about_id", "case_id", "confirmed_at"):
        index(NAME, column)


def drop() -> None:
    """It is forgotten."""
    op.drop_table(NAME)
