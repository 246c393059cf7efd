"""The tables of the group's file as first released. Made by packaging/draft_migration.py."""

import sqlalchemy as sa
from alembic import op

revision = "cpg_0001"
down_revision = None
branch_labels = ("cpg",)
depends_on = None

TYPES = {"text": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean, "blob": sa.LargeBinary}


def _columns(words: str) -> list[sa.Column[object]]:
    """Columns from 'name name:type name:type?': text when no type is said, nullable with a question mark."""
    columns = []
    for word in words.split():
        name, _, kind = word.rstrip("?").partition(":")
        columns.append(sa.Column(name, TYPES[kind or "text"](), nullable=word.endswith("?")))
    return columns


def _parent(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], deferrable=True, initially="DEFERRED")


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
        "CREATE TRIGGER journal_is_never_changed"
        " BEFORE UPDATE ON journal"
        " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_is_never_deleted"
        " BEFORE DELETE ON journal"
        " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_goes_on_by_one"
        " BEFORE INSERT ON journal"
        " WHEN NEW.number <> coalesce((SELECT number FROM journal ORDER BY number DESC LIMIT 1), 0) + 1"
        " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5"
        "(title, body, tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
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
        *_columns(
            "id meeting_id number:int what officer_id due? agreed_on case_id item_id kind power "
            "state carried:int reason waiting_on closed_on?"
        ),
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
        *_columns("id name short_name kind active:bool"),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_cases() -> None:
    op.create_table(
        "cases",
        *_columns(
            "id reference created_on area subject_type initials location ward lead_agency "
            "lead_officer total:int? band? assessed_on? mental_health:bool repeat_victim:bool status "
            "summary as_of? monitoring_since? cmht_told_on? last_reviewed_on? entered_by_hand:bool "
            "repeat_in_safety_net:bool? repeat_by repeat_on?"
        ),
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
        *_columns("id kind version:int text valid_from confirmed_by confirmed_at?"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clauses_kind", "clauses", ["kind"], unique=False)


def _make_drafts() -> None:
    op.create_table(
        "drafts",
        *_columns("kind record_id field text at"),
        sa.PrimaryKeyConstraint("kind", "record_id", "field"),
    )


def _make_journal() -> None:
    op.create_table(
        "journal",
        *_columns("number:int step verb undoes undoable:bool at by kind record_id fields before after chain"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_journal_record", "journal", ["kind", "record_id"], unique=False)
    op.create_index("ix_journal_step", "journal", ["step"], unique=False)
    op.create_index("ix_journal_undoes", "journal", ["undoes"], unique=False)


def _make_meetings() -> None:
    op.create_table(
        "meetings",
        *_columns(
            "id kind on starts ends venue chair_id minute_taker_id state opened_at? started_at? "
            "closed_at? current_item_id current_turn_id next_on? papers_out_on? closing_note"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_meetings_chair_id", "meetings", ["chair_id"], unique=False)
    op.create_index("ix_meetings_minute_taker_id", "meetings", ["minute_taker_id"], unique=False)
    op.create_index("ix_meetings_on", "meetings", ["on"], unique=False)
    op.create_index("ix_meetings_state", "meetings", ["state"], unique=False)


def _make_members() -> None:
    op.create_table(
        "members",
        *_columns("id name agency_id job_title standing mail isp_version isp_signed_on? roles user_name active:bool"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_members_agency_id", "members", ["agency_id"], unique=False)
    op.create_index("ix_members_user_name", "members", ["user_name"], unique=False)


def _make_meta() -> None:
    op.create_table(
        "meta",
        *_columns("id:int vault_id epoch:int generation:int"),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_revisions() -> None:
    op.create_table(
        "revisions",
        *_columns("number:int words by before? after?"),
        sa.PrimaryKeyConstraint("number"),
    )


def _make_salts() -> None:
    op.create_table(
        "salts",
        *_columns("kind record_id salt:blob"),
        sa.PrimaryKeyConstraint("kind", "record_id"),
    )


def _make_search_rows() -> None:
    op.create_table(
        "search_rows",
        *_columns("number:int kind record_id"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_search_rows_record", "search_rows", ["kind", "record_id"], unique=True)


def _make_settings() -> None:
    op.create_table(
        "settings",
        *_columns(
            "id partnership town bodies areas area_aliases first_review_days:int "
            "risk_drop_months:int monitoring_months:int high_review_days:int medium_review_days:int "
            "standard_review_days:int circulate_days_before:int meeting_every_weeks:int slot_starts "
            "slot_ends case_minutes_most:int isp_version isp_valid_years:int default_venue "
            "agenda_minutes text_size:int theme made_as_sample_on?"
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_snapshots() -> None:
    op.create_table(
        "snapshots",
        *_columns(
            "id file_name as_of imported_at imported_by content_sha256 new:int changed:int unchanged:int refused:int"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_snapshots_as_of", "snapshots", ["as_of"], unique=False)
    op.create_index("ix_snapshots_content_sha256", "snapshots", ["content_sha256"], unique=False)


def _make_action_answers() -> None:
    op.create_table(
        "action_answers",
        *_columns("id action_id meeting_id at by answer reason due_before? due_after?"),
        sa.PrimaryKeyConstraint("id"),
        _parent("action_id", "actions"),
    )
    op.create_index("ix_action_answers_action_id", "action_answers", ["action_id"], unique=False)
    op.create_index("ix_action_answers_meeting_id", "action_answers", ["meeting_id"], unique=False)


def _make_agenda_items() -> None:
    op.create_table(
        "agenda_items",
        *_columns(
            "id meeting_id position:int kind title planned_minutes:int state note read_back_at? "
            "started_at? ended_at? seconds:int"
        ),
        sa.PrimaryKeyConstraint("id"),
        _parent("meeting_id", "meetings"),
    )
    op.create_index("ix_agenda_items_meeting_id_position", "agenda_items", ["meeting_id", "position"], unique=False)


def _make_attendance() -> None:
    op.create_table(
        "attendance",
        *_columns(
            "id meeting_id member_id name agency_id agency_name job_title capacity isp isp_version "
            "expected:bool arrived_at? signed_at? left_at? clause_id clause_version:int "
            "clause_sha256 strokes typed_name read_by read_at? interests apology:bool "
            "information_sent:bool information_received_on? away"
        ),
        sa.PrimaryKeyConstraint("id"),
        _parent("meeting_id", "meetings"),
    )
    op.create_index("ix_attendance_meeting_id", "attendance", ["meeting_id"], unique=False)
    op.create_index("ix_attendance_member_id", "attendance", ["member_id"], unique=False)


def _make_case_turns() -> None:
    op.create_table(
        "case_turns",
        *_columns(
            "id meeting_id case_id position:int planned_minutes:int why room_title "
            "room_title_confirmed:bool propose_defer:bool state note outcome? reason refer_to "
            "intervention_planned:bool? dissent repeat_victim_asked:bool cmht_told:bool? "
            "monitor_until? risk_total:int? read_back_at? started_at? ended_at? seconds:int "
            "placed_by_hand:bool"
        ),
        sa.PrimaryKeyConstraint("id"),
        _parent("meeting_id", "meetings"),
        _parent("case_id", "cases"),
    )
    op.create_index("ix_case_turns_case_id", "case_turns", ["case_id"], unique=False)
    op.create_index("ix_case_turns_meeting_id_position", "case_turns", ["meeting_id", "position"], unique=False)


def _make_overrides() -> None:
    op.create_table(
        "overrides",
        *_columns("id meeting_id at by reason attendance_ids names"),
        sa.PrimaryKeyConstraint("id"),
        _parent("meeting_id", "meetings"),
    )
    op.create_index("ix_overrides_meeting_id", "overrides", ["meeting_id"], unique=False)


def _make_risk_points() -> None:
    op.create_table(
        "risk_points",
        *_columns("id case_id dated total:int band? assessed_on? as_of without_assessment:bool"),
        sa.PrimaryKeyConstraint("id"),
        _parent("case_id", "cases"),
    )
    op.create_index("ix_risk_points_case_id", "risk_points", ["case_id"], unique=False)


def _make_status_changes() -> None:
    op.create_table(
        "status_changes",
        *_columns("id case_id before? after on by reason meeting_id"),
        sa.PrimaryKeyConstraint("id"),
        _parent("case_id", "cases"),
    )
    op.create_index("ix_status_changes_case_id", "status_changes", ["case_id"], unique=False)
    op.create_index("ix_status_changes_meeting_id", "status_changes", ["meeting_id"], unique=False)
