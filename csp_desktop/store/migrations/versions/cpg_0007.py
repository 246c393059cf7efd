"""Before the meeting: own items, a template of the agenda, who comes instead, emerging issues, requests for updates."""

from alembic import op

from csp_desktop.store.migrations.making import index, table

revision = "cpg_0007"
down_revision = "cpg_0006"
branch_labels = None
depends_on = None

TABLES = ("update_requests", "issue_notes", "emerging_issues", "stand_ins", "presentations", "agenda_templates")


def upgrade() -> None:
    """Nothing of it is in a file yet."""
    meeting = ("meeting_id", "meetings")
    table("agenda_templates", "items kept_on by id")
    table("presentations", "id meeting_id item_id who visitor:bool host_id", meeting, ("item_id", "agenda_items"))
    table("stand_ins", "id meeting_id agency_id member_id", meeting)
    table(
        "emerging_issues",
        "id title area words place ward raised_by first_seen owner_id next_step next_by? state left_out_of_id "
        "became_case_id became_case_on? action_ids closed_on? closed_by closed_reason",
    )
    table("issue_notes", "id issue_id meeting_id on note by at?", ("issue_id", "emerging_issues"))
    table("update_requests", "id meeting_id officer_id at by times:int", meeting)
    for of, columns in (
        ("presentations", ("meeting_id", "item_id")),
        ("stand_ins", ("meeting_id", "member_id")),
        ("emerging_issues", ("state", "owner_id", "became_case_id")),
        ("issue_notes", ("issue_id", "meeting_id")),
        ("update_requests", ("meeting_id", "officer_id")),
    ):
        for column in columns:
            index(of, column)


def downgrade() -> None:
    """They are forgotten."""
    for name in TABLES:
        op.drop_table(name)
