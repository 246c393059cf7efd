"""The tables of the group's file as first released. Made by packaging/draft_migration.py."""

import sqlalchemy as sa
from alembic import op

revision = "cpg_0001"
down_revision = None
branch_labels = ("cpg",)
depends_on = None


def upgrade() -> None:
    """Make every table, the journal's guards and the search index."""
    _make_actions()
    _make_agencies()
    _make_cases()
    _make_clauses()
    _make_drafts()
    _make_journal()
    _make_meetings()
    _make_members()
    _make_meta()
    _make_revisions()
    _make_salts()
    _make_search_rows()
    _make_settings()
    _make_snapshots()
    _make_action_answers()
    _make_agenda_items()
    _make_attendance()
    _make_case_turns()
    _make_overrides()
    _make_risk_points()
    _make_status_changes()
    op.execute(
        "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_goes_on_by_one BEFORE INSERT ON journal WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM journal) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
    )
    op.execute("INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)")


def downgrade() -> None:
    """Leave an empty file."""
    op.execute("DROP TABLE search_words")
    for name in (
        "status_changes",
        "risk_points",
        "overrides",
        "case_turns",
        "attendance",
        "agenda_items",
        "action_answers",
        "snapshots",
        "settings",
        "search_rows",
        "salts",
        "revisions",
        "meta",
        "members",
        "meetings",
        "journal",
        "drafts",
        "clauses",
        "cases",
        "agencies",
        "actions",
    ):
        op.drop_table(name)


def _make_actions() -> None:
    op.create_table(
        "actions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("agreed_on", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("power", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("waiting_on", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_actions_case_id", "actions", ["case_id"], unique=False)
    op.create_index("ix_actions_due", "actions", ["due"], unique=False)
    op.create_index("ix_actions_item_id", "actions", ["item_id"], unique=False)
    op.create_index("ix_actions_meeting_id_number", "actions", ["meeting_id", "number"], unique=False)
    op.create_index("ix_actions_officer_id", "actions", ["officer_id"], unique=False)
    op.create_index("ix_actions_state", "actions", ["state"], unique=False)


def _make_agencies() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("created_on", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("ward", sa.Text(), nullable=False),
        sa.Column("lead_agency", sa.Text(), nullable=False),
        sa.Column("lead_officer", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("assessed_on", sa.Text(), nullable=True),
        sa.Column("mental_health", sa.Boolean(), nullable=False),
        sa.Column("repeat_victim", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("monitoring_since", sa.Text(), nullable=True),
        sa.Column("cmht_told_on", sa.Text(), nullable=True),
        sa.Column("last_reviewed_on", sa.Text(), nullable=True),
        sa.Column("entered_by_hand", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_cases_area", "cases", ["area"], unique=False)
    op.create_index("ix_cases_band", "cases", ["band"], unique=False)
    op.create_index("ix_cases_created_on", "cases", ["created_on"], unique=False)
    op.create_index("ix_cases_last_reviewed_on", "cases", ["last_reviewed_on"], unique=False)
    op.create_index("ix_cases_reference", "cases", ["reference"], unique=False)
    op.create_index("ix_cases_status", "cases", ["status"], unique=False)
    op.create_index("ix_cases_total", "cases", ["total"], unique=False)
    op.create_index("ix_cases_ward", "cases", ["ward"], unique=False)


def _make_clauses() -> None:
    op.create_table(
        "clauses",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clauses_kind", "clauses", ["kind"], unique=False)


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "record_id", "field"),
    )


def _make_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=False),
        sa.Column("undoable", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_journal_record", "journal", ["kind", "record_id"], unique=False)
    op.create_index("ix_journal_step", "journal", ["step"], unique=False)
    op.create_index("ix_journal_undoes", "journal", ["undoes"], unique=False)


def _make_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.Text(), nullable=False),
        sa.Column("minute_taker_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=True),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("current_item_id", sa.Text(), nullable=False),
        sa.Column("current_turn_id", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Text(), nullable=True),
        sa.Column("papers_out_on", sa.Text(), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_meetings_chair_id", "meetings", ["chair_id"], unique=False)
    op.create_index("ix_meetings_minute_taker_id", "meetings", ["minute_taker_id"], unique=False)
    op.create_index("ix_meetings_on", "meetings", ["on"], unique=False)
    op.create_index("ix_meetings_state", "meetings", ["state"], unique=False)


def _make_members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("isp_version", sa.Text(), nullable=False),
        sa.Column("isp_signed_on", sa.Text(), nullable=True),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_members_agency_id", "members", ["agency_id"], unique=False)
    op.create_index("ix_members_user_name", "members", ["user_name"], unique=False)


def _make_meta() -> None:
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vault_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )


def _make_salts() -> None:
    op.create_table(
        "salts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "record_id"),
    )


def _make_search_rows() -> None:
    op.create_table(
        "search_rows",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_search_rows_record", "search_rows", ["kind", "record_id"], unique=True)


def _make_settings() -> None:
    op.create_table(
        "settings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partnership", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("bodies", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("area_aliases", sa.Text(), nullable=False),
        sa.Column("first_review_days", sa.Integer(), nullable=False),
        sa.Column("risk_drop_months", sa.Integer(), nullable=False),
        sa.Column("monitoring_months", sa.Integer(), nullable=False),
        sa.Column("circulate_days_before", sa.Integer(), nullable=False),
        sa.Column("meeting_every_weeks", sa.Integer(), nullable=False),
        sa.Column("slot_starts", sa.Text(), nullable=False),
        sa.Column("slot_ends", sa.Text(), nullable=False),
        sa.Column("case_minutes_most", sa.Integer(), nullable=False),
        sa.Column("isp_version", sa.Text(), nullable=False),
        sa.Column("isp_valid_years", sa.Integer(), nullable=False),
        sa.Column("default_venue", sa.Text(), nullable=False),
        sa.Column("agenda_minutes", sa.Text(), nullable=False),
        sa.Column("text_size", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("made_as_sample_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_snapshots_as_of", "snapshots", ["as_of"], unique=False)
    op.create_index("ix_snapshots_content_sha256", "snapshots", ["content_sha256"], unique=False)


def _make_action_answers() -> None:
    op.create_table(
        "action_answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Text(), nullable=True),
        sa.Column("due_after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_action_answers_action_id", "action_answers", ["action_id"], unique=False)
    op.create_index("ix_action_answers_meeting_id", "action_answers", ["meeting_id"], unique=False)


def _make_agenda_items() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("read_back_at", sa.Text(), nullable=True),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_agenda_items_meeting_id_position", "agenda_items", ["meeting_id", "position"], unique=False)


def _make_attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=False),
        sa.Column("agency_name", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("isp", sa.Text(), nullable=False),
        sa.Column("isp_version", sa.Text(), nullable=False),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.Text(), nullable=True),
        sa.Column("left_at", sa.Text(), nullable=True),
        sa.Column("clause_id", sa.Text(), nullable=False),
        sa.Column("clause_version", sa.Integer(), nullable=False),
        sa.Column("clause_sha256", sa.Text(), nullable=False),
        sa.Column("strokes", sa.Text(), nullable=False),
        sa.Column("typed_name", sa.Text(), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("apology", sa.Boolean(), nullable=False),
        sa.Column("information_sent", sa.Boolean(), nullable=False),
        sa.Column("information_received_on", sa.Text(), nullable=True),
        sa.Column("away", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attendance_meeting_id", "attendance", ["meeting_id"], unique=False)
    op.create_index("ix_attendance_member_id", "attendance", ["member_id"], unique=False)


def _make_case_turns() -> None:
    op.create_table(
        "case_turns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("room_title", sa.Text(), nullable=False),
        sa.Column("room_title_confirmed", sa.Boolean(), nullable=False),
        sa.Column("propose_defer", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refer_to", sa.Text(), nullable=False),
        sa.Column("intervention_planned", sa.Boolean(), nullable=True),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("repeat_victim_asked", sa.Boolean(), nullable=False),
        sa.Column("cmht_told", sa.Boolean(), nullable=True),
        sa.Column("monitor_until", sa.Text(), nullable=True),
        sa.Column("risk_total", sa.Integer(), nullable=True),
        sa.Column("read_back_at", sa.Text(), nullable=True),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_case_turns_case_id", "case_turns", ["case_id"], unique=False)
    op.create_index("ix_case_turns_meeting_id_position", "case_turns", ["meeting_id", "position"], unique=False)


def _make_overrides() -> None:
    op.create_table(
        "overrides",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attendance_ids", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_overrides_meeting_id", "overrides", ["meeting_id"], unique=False)


def _make_risk_points() -> None:
    op.create_table(
        "risk_points",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("dated", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("assessed_on", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("without_assessment", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_risk_points_case_id", "risk_points", ["case_id"], unique=False)


def _make_status_changes() -> None:
    op.create_table(
        "status_changes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_status_changes_case_id", "status_changes", ["case_id"], unique=False)
    op.create_index("ix_status_changes_meeting_id", "status_changes", ["meeting_id"], unique=False)
