"""The tables in which both files keep the record of their meetings, as first released."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

MEETING = ("meeting_id", "meetings")


def make() -> None:
    """Empty at first: what was held before is frozen by the program at its next opening."""
    table("documents", "sha256 content:blob", key="sha256")
    table("frozen_facts", "id meeting_id sha256 at by later:bool", MEETING)
    index("frozen_facts", "meeting_id", unique=True)
    table(
        "corrections",
        "id meeting_id number:int kind part_id field what before after at by reason wrongly_recorded:bool case_id",
        MEETING,
    )
    index("corrections", "meeting_id number")
    index("corrections", "case_id")
    table("checked_minutes", "id meeting_id at by facts_sha256 corrected_to:int", MEETING)
    index("checked_minutes", "meeting_id")
    table(
        "approvals",
        "id meeting_id version:int at by facts_sha256 corrected_to:int how noted_by mailed_on? confirmed_at?",
        MEETING,
    )
    index("approvals", "meeting_id")
    table(
        "minutes_versions",
        "id meeting_id number:int at facts_sha256 pdf_sha256 journal_number:int journal_digits changes replaced",
        MEETING,
    )
    index("minutes_versions", "meeting_id number", unique=True)


def drop() -> None:
    """They are forgotten."""
    for name in ("minutes_versions", "approvals", "checked_minutes", "corrections", "frozen_facts", "documents"):
        op.drop_table(name)
