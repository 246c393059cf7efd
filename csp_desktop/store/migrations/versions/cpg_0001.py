"""The tables of the group's file as first released. Made by packaging/draft_migration.py."""

from alembic import op

from csp_desktop.store.migrations import first_tables
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
    first_tables.actions()
    first_tables.agencies()
    _make_cases()
    first_tables.clauses()
    first_tables.disclosures()
    first_tables.disposals()
    first_tables.drafts()
    first_tables.journal()
    first_tables.meetings()
    first_tables.members()
    first_tables.meta()
    first_tables.older_copies_accepted()
    first_tables.retired_keys()
    first_tables.revisions()
    first_tables.safe_copies()
    first_tables.safekeeping_rules()
    first_tables.salts()
    first_tables.search_rows()
    first_tables.settings()
    _make_snapshots()
    first_tables.action_answers()
    first_tables.agenda_items()
    first_tables.attendance()
    _make_case_turns()
    _make_legal_holds()
    _make_overrides()
    _make_risk_points()
    _make_status_changes()
    first_tables.users()
    guard_journal()
    index_words()


def downgrade() -> None:
    """Leave an empty file."""
    op.execute("DROP TABLE search_words")
    for name in reversed(TABLES.split()):
        op.drop_table(name)


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


def _make_snapshots() -> None:
    table(
        "snapshots",
        "id file_name as_of imported_at imported_by content_sha256 new:int changed:int unchanged:int refused:int",
    )
    index("snapshots", "as_of")
    index("snapshots", "content_sha256")


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
