"""The tables in which both files keep the circulation of their minutes, as first released."""

import sqlalchemy as sa
from alembic import op

from csp_desktop.store.migrations.making import index, table

MEETING = ("meeting_id", "meetings")


def make() -> None:
    """Nothing of it is in a file yet."""
    op.add_column("agencies", sa.Column("secure_mail", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("minutes_versions", sa.Column("sealed_sha256", sa.Text(), nullable=False, server_default=""))
    table(
        "recipients",
        "id meeting_id version:int member_id name agency_id agency agency_short agency_kind job_title attended part "
        "attendee_id",
        MEETING,
    )
    table(
        "copy_records",
        "id meeting_id version:int member_id name agency copy_number:int rights why sections:int withheld held how "
        "written_at? written_by unlocked_sha256 file_sha256 given_at? given_by recalled_at? recalled_by recall_reason "
        "left_out_at? left_out_by left_out_reason",
        MEETING,
    )
    table("circulated", "id meeting_id version:int at", MEETING)
    for name in ("recipients", "copy_records", "circulated"):
        index(name, "meeting_id")
    index("copy_records", "member_id")
    table(
        "copy_passphrases", "id member_id sha256 made_at made_by told_at? told_by told_how?", ("member_id", "members")
    )
    index("copy_passphrases", "member_id", unique=True)
    table("seal_keys", "id sha256 at")


def drop() -> None:
    """They are forgotten."""
    for name in ("seal_keys", "copy_passphrases", "circulated", "copy_records", "recipients"):
        op.drop_table(name)
    op.drop_column("minutes_versions", "sealed_sha256")
    op.drop_column("agencies", "secure_mail")
