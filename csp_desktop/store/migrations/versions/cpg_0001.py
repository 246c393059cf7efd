"""The tables of the group's file as first released. Made by packaging/draft_migration.py."""

from alembic import op

from csp_desktop.store.migrations.making import guard_journal, index, index_words, table

revision = "cpg_0001"
down_revision = None
branch_labels = ("cpg",)
depends_on = None


TABLES = (
    "actions agencies cases clauses disclosures disposals drafts journal meetings members meta "
    "older_copies_accepted retired_keys revisions safe_copies safekeeping_rules salts search_rows "
    "settings snapshots action_answers agenda_items attendance case_turns legal_holds overrides "
    "risk_points status_changes users"
)


def upgrade() -> None:
    """Make every table, the journal's guards and the search index."""
    _make_actions()
    _make_agencies()
    _make_cases()
    _make_clauses()
    _make_disclosures()
    _make_disposals()
    _make_drafts()
    _make_journal()
    _make_meetings()
    _make_members()
    _make_meta()
    _make_older_copies_accepted()
    _make_retired_keys()
    _make_revisions()
    _make_safe_copies()
    _make_safekeeping_rules()
    _make_salts()
    _make_search_rows()
    _make_settings()
    _make_snapshots()
    _make_action_answers()
    _make_agenda_items()
    _make_attendance()
    _make_case_turns()
    _make_legal_holds()
    _make_overrides()
    _make_risk_points()
    _make_status_changes()
    _make_users()
    guard_journal()
    index_words()


def downgrade() -> None:
    """Leave an empty file."""
    op.execute("DROP TABLE search_words")
    for name in reversed(TABLES.split()):
        op.drop_table(name)


def _make_actions() -> None:
    table(
        "actions",
        "id meeting_id number:int what officer_id due? agreed_on case_id item_id kind power state "
        "carried:int reason waiting_on closed_on?",
    )
    index("actions", "case_id")
    index("actions", "due")
    index("actions", "item_id")
    index("actions", "meeting_id number")
    index("actions", "officer_id")
    index("actions", "state")


def _make_agencies() -> None:
    table(
        "agencies",
        "id name short_name kind active:bool",
    )


def _make_cases() -> None:
    table(
        "cases",
        "id reference created_on area subject_type initials location ward lead_agency lead_officer "
        "total:int? band? assessed_on? mental_health:bool repeat_victim:bool status summary as_of? "
        "monitoring_since? cmht_told_on? last_reviewed_on? entered_by_hand:bool repeat_in_safety_net:bool? "
        "repeat_by repeat_on?",
    )
    index("cases", "area")
    index("cases", "band")
    index("cases", "created_on")
    index("cases", "last_reviewed_on")
    index("cases", "reference")
    index("cases", "status")
    index("cases", "total")
    index("cases", "ward")


def _make_clauses() -> None:
    table(
        "clauses",
        "id kind version:int text valid_from confirmed_by confirmed_at?",
    )
    index("clauses", "kind")


def _make_disclosures() -> None:
    table(
        "disclosures",
        "id case_id meeting_id at purpose basis agencies",
    )
    index("disclosures", "at")
    index("disclosures", "case_id")
    index("disclosures", "meeting_id case_id", unique=True)


def _make_disposals() -> None:
    table(
        "disposals",
        "id reference closed_on due_on years:int at by reason erased journal_number:int",
    )
    index("disposals", "at")


def _make_drafts() -> None:
    table(
        "drafts",
        "kind record_id field text at",
        key="kind record_id field",
    )


def _make_journal() -> None:
    table(
        "journal",
        "number:int step verb undoes undoable:bool at by kind record_id about fields before after chain",
        key="number",
    )
    index("journal", "about")
    index("journal", "kind record_id")
    index("journal", "step")
    index("journal", "undoes")


def _make_meetings() -> None:
    table(
        "meetings",
        "id kind on starts ends venue chair_id minute_taker_id state opened_at? started_at? closed_at? "
        "current_item_id current_turn_id next_on? papers_out_on? closing_note",
    )
    index("meetings", "chair_id")
    index("meetings", "minute_taker_id")
    index("meetings", "on")
    index("meetings", "state")


def _make_members() -> None:
    table(
        "members",
        "id name agency_id job_title standing mail isp_version isp_signed_on? roles user_name active:bool",
    )
    index("members", "agency_id")
    index("members", "user_name")


def _make_meta() -> None:
    table(
        "meta",
        "id:int vault_id epoch:int generation:int",
    )


def _make_older_copies_accepted() -> None:
    table(
        "older_copies_accepted",
        "id at by reason seen_at seen_number:int number:int",
    )


def _make_retired_keys() -> None:
    table(
        "retired_keys",
        "until:int key:blob",
        key="until",
    )


def _make_revisions() -> None:
    table(
        "revisions",
        "number:int words by before? after?",
        key="number",
    )


def _make_safe_copies() -> None:
    table(
        "safe_copies",
        "id kind at by file place size:int made_at? note",
    )
    index("safe_copies", "at")


def _make_safekeeping_rules() -> None:
    table(
        "safekeeping_rules",
        "id folder kept:int after_meetings:bool trial_days:int quiet_days:int",
    )


def _make_salts() -> None:
    table(
        "salts",
        "kind record_id salt:blob",
        key="kind record_id",
    )


def _make_search_rows() -> None:
    table(
        "search_rows",
        "number:int kind record_id",
        key="number",
    )
    index("search_rows", "kind record_id", unique=True)


def _make_settings() -> None:
    table(
        "settings",
        "id partnership town bodies areas area_aliases first_review_days:int risk_drop_months:int "
        "monitoring_months:int high_review_days:int medium_review_days:int standard_review_days:int "
        "circulate_days_before:int meeting_every_weeks:int slot_starts slot_ends case_minutes_most:int "
        "isp_version isp_valid_years:int default_venue agenda_minutes disclosure_purpose disclosure_basis "
        "retention_years:int retention_confirmed:bool text_size:int theme lock_after_minutes:int "
        "lock_after_minutes_in_meeting:int hide_from_capture:bool made_as_sample_on?",
    )


def _make_snapshots() -> None:
    table(
        "snapshots",
        "id file_name as_of imported_at imported_by content_sha256 new:int changed:int unchanged:int refused:int",
    )
    index("snapshots", "as_of")
    index("snapshots", "content_sha256")


def _make_action_answers() -> None:
    table(
        "action_answers",
        "id action_id meeting_id at by answer reason due_before? due_after?",
        ("action_id", "actions"),
    )
    index("action_answers", "action_id")
    index("action_answers", "meeting_id")


def _make_agenda_items() -> None:
    table(
        "agenda_items",
        "id meeting_id position:int kind title planned_minutes:int state note read_back_at? started_at? "
        "ended_at? seconds:int",
        ("meeting_id", "meetings"),
    )
    index("agenda_items", "meeting_id position")


def _make_attendance() -> None:
    table(
        "attendance",
        "id meeting_id member_id name agency_id agency_name job_title capacity isp isp_version expected:bool "
        "arrived_at? signed_at? left_at? clause_id clause_version:int clause_sha256 strokes typed_name "
        "read_by read_at? interests apology:bool information_sent:bool information_received_on? away",
        ("meeting_id", "meetings"),
    )
    index("attendance", "meeting_id")
    index("attendance", "member_id")


def _make_case_turns() -> None:
    table(
        "case_turns",
        "id meeting_id case_id position:int planned_minutes:int why room_title room_title_confirmed:bool "
        "propose_defer:bool state note outcome? reason refer_to intervention_planned:bool? dissent "
        "repeat_victim_asked:bool cmht_told:bool? monitor_until? risk_total:int? read_back_at? started_at? "
        "ended_at? seconds:int placed_by_hand:bool",
        ("meeting_id", "meetings"),
        ("case_id", "cases"),
    )
    index("case_turns", "case_id")
    index("case_turns", "meeting_id position")


def _make_legal_holds() -> None:
    table(
        "legal_holds",
        "id case_id reason by since until? lifted_on? lifted_by",
        ("case_id", "cases"),
    )
    index("legal_holds", "case_id")


def _make_overrides() -> None:
    table(
        "overrides",
        "id meeting_id at by reason attendance_ids names",
        ("meeting_id", "meetings"),
    )
    index("overrides", "meeting_id")


def _make_risk_points() -> None:
    table(
        "risk_points",
        "id case_id dated total:int band? assessed_on? as_of without_assessment:bool",
        ("case_id", "cases"),
    )
    index("risk_points", "case_id")


def _make_status_changes() -> None:
    table(
        "status_changes",
        "id case_id before? after on by reason meeting_id",
        ("case_id", "cases"),
    )
    index("status_changes", "case_id")
    index("status_changes", "meeting_id")


def _make_users() -> None:
    table(
        "users",
        "id member_id since renewed_on must_renew:bool",
        ("member_id", "members"),
    )
    index("users", "member_id")
