"""The tables of the private file as first released. Made by packaging/draft_migration.py."""

from alembic import op

from csp_desktop.store.migrations.making import guard_journal, index, index_words, table

revision = "rough_sleeping_0001"
down_revision = None
branch_labels = ("rough_sleeping",)
depends_on = None


TABLES = (
    "actions agencies clauses disclosures disposals drafts journal meetings members meta "
    "older_copies_accepted private_settings released_figures retired_keys revisions risk_matrices "
    "rough_sleepers safe_copies safekeeping_rules salts search_rows settings action_answers "
    "admission_overrides agenda_items assessments attendance case_looks crossings hearings involvements "
    "legal_holds minutes_approvals offers person_turns private_circulations room_places sightings users"
)


def upgrade() -> None:
    """Make every table, the journal's guards and the search index."""
    _make_actions()
    _make_agencies()
    _make_clauses()
    _make_disclosures()
    _make_disposals()
    _make_drafts()
    _make_journal()
    _make_meetings()
    _make_members()
    _make_meta()
    _make_older_copies_accepted()
    _make_private_settings()
    _make_released_figures()
    _make_retired_keys()
    _make_revisions()
    _make_risk_matrices()
    _make_rough_sleepers()
    _make_safe_copies()
    _make_safekeeping_rules()
    _make_salts()
    _make_search_rows()
    _make_settings()
    _make_action_answers()
    _make_admission_overrides()
    _make_agenda_items()
    _make_assessments()
    _make_attendance()
    _make_case_looks()
    _make_crossings()
    _make_hearings()
    _make_involvements()
    _make_legal_holds()
    _make_minutes_approvals()
    _make_offers()
    _make_person_turns()
    _make_private_circulations()
    _make_room_places()
    _make_sightings()
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


def _make_private_settings() -> None:
    table(
        "private_settings",
        "id new_within_days:int returning_after_days:int long_term_months:int person_minutes:int "
        "people_on_list:int small_count:int circulate_days:int needs marking circulation "
        "winter_protocol:bool winter_protocol_note lock_after_preparing:int lock_after_in_session:int",
    )


def _make_released_figures() -> None:
    table(
        "released_figures",
        "id on counted count by",
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


def _make_risk_matrices() -> None:
    table(
        "risk_matrices",
        "id name issuer version valid_from illustrative:bool text loaded_on loaded_by",
    )


def _make_rough_sleepers() -> None:
    table(
        "rough_sleepers",
        "id number:int name initials entered_on aliases headline contact lead_id needs accommodation "
        "accommodation_since? consent consent_on? consent_limits why_not begging begging_on? safety_net "
        "on_list:bool off_list_on? off_list_why",
    )
    index("rough_sleepers", "name")
    index("rough_sleepers", "number")
    index("rough_sleepers", "on_list")


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


def _make_action_answers() -> None:
    table(
        "action_answers",
        "id action_id meeting_id at by answer reason due_before? due_after?",
        ("action_id", "actions"),
    )
    index("action_answers", "action_id")
    index("action_answers", "meeting_id")


def _make_admission_overrides() -> None:
    table(
        "admission_overrides",
        "id meeting_id person_id at by reason entry_ids names",
        ("meeting_id", "meetings"),
    )
    index("admission_overrides", "meeting_id")
    index("admission_overrides", "person_id")


def _make_agenda_items() -> None:
    table(
        "agenda_items",
        "id meeting_id position:int kind title planned_minutes:int state note read_back_at? started_at? "
        "ended_at? seconds:int",
        ("meeting_id", "meetings"),
    )
    index("agenda_items", "meeting_id position")


def _make_assessments() -> None:
    table(
        "assessments",
        "id person_id on by matrix_id matrix_version answers total:int ceiling:int band escalated_by "
        "override_band? override_by override_reason",
        ("person_id", "rough_sleepers"),
        ("matrix_id", "risk_matrices"),
    )
    index("assessments", "person_id on")


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


def _make_case_looks() -> None:
    table(
        "case_looks",
        "id person_id reference at by",
        ("person_id", "rough_sleepers"),
    )
    index("case_looks", "person_id")


def _make_crossings() -> None:
    table(
        "crossings",
        "id meeting_id began_at heads:int? counted_by counted_at? opened_at? led_by",
        ("meeting_id", "meetings"),
    )
    index("crossings", "meeting_id")


def _make_hearings() -> None:
    table(
        "hearings",
        "id meeting_id person_id at heard stepped_out",
        ("meeting_id", "meetings"),
        ("person_id", "rough_sleepers"),
    )
    index("hearings", "meeting_id person_id", unique=True)
    index("hearings", "person_id")


def _make_involvements() -> None:
    table(
        "involvements",
        "id person_id member_id since what until?",
        ("person_id", "rough_sleepers"),
        ("member_id", "members"),
    )
    index("involvements", "member_id")
    index("involvements", "person_id")


def _make_legal_holds() -> None:
    table(
        "legal_holds",
        "id case_id reason by since until? lifted_on? lifted_by",
        ("case_id", "rough_sleepers"),
    )
    index("legal_holds", "case_id")


def _make_minutes_approvals() -> None:
    table(
        "minutes_approvals",
        "id meeting_id version:int at by sha256 winter_protocol:bool on_list:int",
        ("meeting_id", "meetings"),
    )
    index("minutes_approvals", "meeting_id")


def _make_offers() -> None:
    table(
        "offers",
        "id person_id on what by answer answered_on? why",
        ("person_id", "rough_sleepers"),
    )
    index("offers", "person_id on")


def _make_person_turns() -> None:
    table(
        "person_turns",
        "id meeting_id person_id position:int planned_minutes:int why state note outcome? reason "
        "see_again_on? risk_total:int? first_shown_at? read_back_at? started_at? ended_at? seconds:int "
        "placed_by_hand:bool",
        ("meeting_id", "meetings"),
        ("person_id", "rough_sleepers"),
    )
    index("person_turns", "meeting_id position")
    index("person_turns", "person_id")


def _make_private_circulations() -> None:
    table(
        "private_circulations",
        "id meeting_id member_id name copy_number:int version:int at by person_ids actions_only:bool",
        ("meeting_id", "meetings"),
    )
    index("private_circulations", "meeting_id")
    index("private_circulations", "member_id")


def _make_room_places() -> None:
    table(
        "room_places",
        "id meeting_id origin stays:bool? left_at_crossing? joined_for clause_repeated",
        ("meeting_id", "meetings"),
    )
    index("room_places", "meeting_id")


def _make_sightings() -> None:
    table(
        "sightings",
        "id person_id on where by bedded_down:bool unwell:bool hour note",
        ("person_id", "rough_sleepers"),
    )
    index("sightings", "person_id on")


def _make_users() -> None:
    table(
        "users",
        "id member_id since renewed_on must_renew:bool",
        ("member_id", "members"),
    )
    index("users", "member_id")
