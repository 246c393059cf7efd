"""The tables both files had when first released. Made by packaging/draft_migration.py."""

from csp_desktop.store.migrations.making import index, table


def actions() -> None:
    """Its first form."""
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


def agencies() -> None:
    """Its first form."""
    table(
        "agencies",
        "id name short_name kind active:bool",
    )


def clauses() -> None:
    """Its first form."""
    table(
        "clauses",
        "id kind version:int text valid_from confirmed_by confirmed_at?",
    )
    index("clauses", "kind")


def disclosures() -> None:
    """Its first form."""
    table(
        "disclosures",
        "id case_id meeting_id at purpose basis agencies",
    )
    index("disclosures", "at")
    index("disclosures", "case_id")
    index("disclosures", "meeting_id case_id", unique=True)


def disposals() -> None:
    """Its first form."""
    table(
        "disposals",
        "id reference closed_on due_on years:int at by reason erased journal_number:int",
    )
    index("disposals", "at")


def drafts() -> None:
    """Its first form."""
    table(
        "drafts",
        "kind record_id field text at",
        key="kind record_id field",
    )


def journal() -> None:
    """Its first form."""
    table(
        "journal",
        "number:int step verb undoes undoable:bool at by kind record_id about fields before after chain",
        key="number",
    )
    index("journal", "about")
    index("journal", "kind record_id")
    index("journal", "step")
    index("journal", "undoes")


def meetings() -> None:
    """Its first form."""
    table(
        "meetings",
        "id kind on starts ends venue chair_id minute_taker_id state opened_at? started_at? closed_at? "
        "current_item_id current_turn_id next_on? papers_out_on? closing_note",
    )
    index("meetings", "chair_id")
    index("meetings", "minute_taker_id")
    index("meetings", "on")
    index("meetings", "state")


def members() -> None:
    """Its first form."""
    table(
        "members",
        "id name agency_id job_title standing mail isp_version isp_signed_on? roles user_name active:bool",
    )
    index("members", "agency_id")
    index("members", "user_name")


def meta() -> None:
    """Its first form."""
    table(
        "meta",
        "id:int vault_id epoch:int generation:int",
    )


def older_copies_accepted() -> None:
    """Its first form."""
    table(
        "older_copies_accepted",
        "id at by reason seen_at seen_number:int number:int",
    )


def retired_keys() -> None:
    """Its first form."""
    table(
        "retired_keys",
        "until:int key:blob",
        key="until",
    )


def revisions() -> None:
    """Its first form."""
    table(
        "revisions",
        "number:int words by before? after?",
        key="number",
    )


def safe_copies() -> None:
    """Its first form."""
    table(
        "safe_copies",
        "id kind at by file place size:int made_at? note",
    )
    index("safe_copies", "at")


def safekeeping_rules() -> None:
    """Its first form."""
    table(
        "safekeeping_rules",
        "id folder kept:int after_meetings:bool trial_days:int quiet_days:int",
    )


def salts() -> None:
    """Its first form."""
    table(
        "salts",
        "kind record_id salt:blob",
        key="kind record_id",
    )


def search_rows() -> None:
    """Its first form."""
    table(
        "search_rows",
        "number:int kind record_id",
        key="number",
    )
    index("search_rows", "kind record_id", unique=True)


def settings() -> None:
    """Its first form."""
    table(
        "settings",
        "id partnership town bodies areas area_aliases first_review_days:int risk_drop_months:int "
        "monitoring_months:int high_review_days:int medium_review_days:int standard_review_days:int "
        "circulate_days_before:int meeting_every_weeks:int slot_starts slot_ends case_minutes_most:int "
        "isp_version isp_valid_years:int default_venue agenda_minutes disclosure_purpose disclosure_basis "
        "retention_years:int retention_confirmed:bool text_size:int theme lock_after_minutes:int "
        "lock_after_minutes_in_meeting:int hide_from_capture:bool made_as_sample_on?",
    )


def action_answers() -> None:
    """Its first form."""
    table(
        "action_answers",
        "id action_id meeting_id at by answer reason due_before? due_after?",
        ("action_id", "actions"),
    )
    index("action_answers", "action_id")
    index("action_answers", "meeting_id")


def agenda_items() -> None:
    """Its first form."""
    table(
        "agenda_items",
        "id meeting_id position:int kind title planned_minutes:int state note read_back_at? started_at? "
        "ended_at? seconds:int",
        ("meeting_id", "meetings"),
    )
    index("agenda_items", "meeting_id position")


def attendance() -> None:
    """Its first form."""
    table(
        "attendance",
        "id meeting_id member_id name agency_id agency_name job_title capacity isp isp_version expected:bool "
        "arrived_at? signed_at? left_at? clause_id clause_version:int clause_sha256 strokes typed_name "
        "read_by read_at? interests apology:bool information_sent:bool information_received_on? away",
        ("meeting_id", "meetings"),
    )
    index("attendance", "meeting_id")
    index("attendance", "member_id")


def users() -> None:
    """Its first form."""
    table(
        "users",
        "id member_id since renewed_on must_renew:bool",
        ("member_id", "members"),
    )
    index("users", "member_id")
