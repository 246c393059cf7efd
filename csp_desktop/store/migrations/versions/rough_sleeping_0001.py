"""The tables of the private file as first released. Made by packaging/draft_migration.py."""

from alembic import op

from csp_desktop.store.migrations import first_tables
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
    first_tables.actions()
    first_tables.agencies()
    first_tables.clauses()
    first_tables.disclosures()
    first_tables.disposals()
    first_tables.drafts()
    first_tables.journal()
    first_tables.meetings()
    first_tables.members()
    first_tables.meta()
    first_tables.older_copies_accepted()
    _make_private_settings()
    _make_released_figures()
    first_tables.retired_keys()
    first_tables.revisions()
    _make_risk_matrices()
    _make_rough_sleepers()
    first_tables.safe_copies()
    first_tables.safekeeping_rules()
    first_tables.salts()
    first_tables.search_rows()
    first_tables.settings()
    first_tables.action_answers()
    _make_admission_overrides()
    first_tables.agenda_items()
    _make_assessments()
    first_tables.attendance()
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
    first_tables.users()
    guard_journal()
    index_words()


def downgrade() -> None:
    """Leave an empty file."""
    op.execute("DROP TABLE search_words")
    for name in reversed(TABLES.split()):
        op.drop_table(name)


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


def _make_admission_overrides() -> None:
    table(
        "admission_overrides",
        "id meeting_id person_id at by reason entry_ids names",
        ("meeting_id", "meetings"),
    )
    index("admission_overrides", "meeting_id")
    index("admission_overrides", "person_id")


def _make_assessments() -> None:
    table(
        "assessments",
        "id person_id on by matrix_id matrix_version answers total:int ceiling:int band escalated_by "
        "override_band? override_by override_reason",
        ("person_id", "rough_sleepers"),
        ("matrix_id", "risk_matrices"),
    )
    index("assessments", "person_id on")


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
