"""The tables of what becomes of a draft until it is agreed, the same in both files, as first released."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

MEETING = ("meeting_id", "meetings")
TABLES = ("remarks", "sent_for_checking", "sent_back", "read_marks", "agreed_minutes")


def make() -> None:
    """Nothing of it is in a file yet."""
    table("agreed_minutes", "id meeting_id of_meeting_id version:int at by", MEETING)
    table("read_marks", "id meeting_id at by facts_sha256 corrected_to:int", MEETING)
    table("sent_back", "id meeting_id at by facts_sha256 corrected_to:int note", MEETING)
    table("sent_for_checking", "id meeting_id at by names asked_by", MEETING)
    table(
        "remarks",
        "id meeting_id number:int section_id who words at by case_id asked_at_id accepted:bool? reason answered_at? "
        "answered_by",
        MEETING,
    )
    for of, columns in (
        ("agreed_minutes", ("meeting_id", "of_meeting_id")),
        ("read_marks", ("meeting_id",)),
        ("sent_back", ("meeting_id",)),
        ("sent_for_checking", ("meeting_id",)),
        ("remarks", ("meeting_id number", "case_id", "asked_at_id")),
    ):
        for column in columns:
            index(of, column)


def drop() -> None:
    """They are forgotten."""
    for name in TABLES:
        op.drop_table(name)
