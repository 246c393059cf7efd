"""The tables of the group's file: one for each record class, and those the store keeps for itself."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.case_links import CaseLink
from csp_desktop.domain.cases.case_plan import CasePlan, PlanStep
from csp_desktop.domain.cases.cases import Case, RiskPoint, Snapshot, StatusChange
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.import_decisions import ImportDecision
from csp_desktop.domain.cases.incoming_referrals import IncomingReferral
from csp_desktop.domain.cases.record_periods import RecordDecision
from csp_desktop.domain.cases.referrals import Referral
from csp_desktop.domain.cases.retention import Disposal, LegalHold
from csp_desktop.domain.cases.risk_matrix import RiskMatrixFile
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.common.sender_columns import SenderColumns
from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.domain.common.users import User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafekeepingRules
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.domain.meeting.absences import StandIn
from csp_desktop.domain.meeting.actions import Action, ActionAnswer
from csp_desktop.domain.meeting.agenda import AgendaTemplate, Presentation
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause, Override
from csp_desktop.domain.meeting.earlier_minutes import EarlierMinutes
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting
from csp_desktop.domain.meeting.offices import OfficeTaken
from csp_desktop.domain.meeting.papers import PapersWritten
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting
from csp_desktop.domain.meeting.update_requests import UpdateRequest
from csp_desktop.domain.minutes.action_list import ActionListsSent
from csp_desktop.domain.minutes.agreeing import AgreedMinutes
from csp_desktop.domain.minutes.circulation import Circulated, CopyPassphrase, CopyRecord
from csp_desktop.domain.minutes.review import ReadMark, Remark, SentBack, SentForChecking
from csp_desktop.domain.minutes.rights import Recipient, RightsTable
from csp_desktop.domain.minutes.versions import (
    Approval,
    CheckedMinutes,
    Correction,
    FrozenFacts,
    MinutesVersion,
    SealKey,
)
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.handing_on import HandedOn
from csp_desktop.domain.people.list_decisions import MemberDecision
from csp_desktop.domain.people.settings import Settings
from csp_desktop.store.columns import table_for

cpg = MetaData()


def minutes_tables(metadata: MetaData) -> dict[type[Any], Table]:
    """What both files keep of the record of their meetings."""

    def of_meeting(name: str, kind: type[Any], *indexes: str, unique: Sequence[str] = ()) -> Table:
        parents = {"meeting_id": "meetings"}
        return table_for(metadata, name, kind, indexes=indexes, unique=unique, parents=parents)

    return {
        FrozenFacts: of_meeting("frozen_facts", FrozenFacts, unique=("meeting_id",)),
        Correction: of_meeting("corrections", Correction, "meeting_id+number", "case_id"),
        CheckedMinutes: of_meeting("checked_minutes", CheckedMinutes, "meeting_id"),
        Approval: of_meeting("approvals", Approval, "meeting_id"),
        MinutesVersion: of_meeting("minutes_versions", MinutesVersion, unique=("meeting_id+number",)),
        Recipient: of_meeting("recipients", Recipient, "meeting_id"),
        CopyRecord: of_meeting("copy_records", CopyRecord, "meeting_id", "member_id"),
        Circulated: of_meeting("circulated", Circulated, "meeting_id"),
        CopyPassphrase: table_for(
            metadata, "copy_passphrases", CopyPassphrase, unique=("member_id",), parents={"member_id": "members"}
        ),
        SealKey: table_for(metadata, "seal_keys", SealKey),
        AgreedMinutes: of_meeting("agreed_minutes", AgreedMinutes, "meeting_id", "of_meeting_id"),
        ReadMark: of_meeting("read_marks", ReadMark, "meeting_id"),
        SentBack: of_meeting("sent_back", SentBack, "meeting_id"),
        SentForChecking: of_meeting("sent_for_checking", SentForChecking, "meeting_id"),
        RecordDecision: of_meeting("record_decisions", RecordDecision, "meeting_id"),
        Remark: of_meeting("remarks", Remark, "meeting_id+number", "case_id", "asked_at_id"),
        AgreedByMail: table_for(
            metadata,
            "agreed_by_mail",
            AgreedByMail,
            indexes=("about_id", "case_id", "confirmed_at"),
            parents={"member_id": "members"},
        ),
    }


REGISTER: dict[type[Any], Table] = {
    Agency: table_for(cpg, "agencies", Agency),
    Member: table_for(cpg, "members", Member, indexes=("agency_id", "user_name")),
    Clause: table_for(cpg, "clauses", Clause, indexes=("kind",)),
    Meeting: table_for(cpg, "meetings", Meeting, indexes=("on", "state", "chair_id", "minute_taker_id")),
    Attendance: table_for(
        cpg, "attendance", Attendance, indexes=("meeting_id", "member_id"), parents={"meeting_id": "meetings"}
    ),
    Override: table_for(cpg, "overrides", Override, indexes=("meeting_id",), parents={"meeting_id": "meetings"}),
    AgendaItem: table_for(
        cpg, "agenda_items", AgendaItem, indexes=("meeting_id+position",), parents={"meeting_id": "meetings"}
    ),
    Case: table_for(
        cpg,
        "cases",
        Case,
        indexes=("reference", "status", "band", "total", "created_on", "area", "ward", "last_reviewed_on"),
    ),
    CaseTurn: table_for(
        cpg,
        "case_turns",
        CaseTurn,
        indexes=("meeting_id+position", "case_id"),
        parents={"meeting_id": "meetings", "case_id": "cases"},
    ),
    RiskPoint: table_for(cpg, "risk_points", RiskPoint, indexes=("case_id",), parents={"case_id": "cases"}),
    StatusChange: table_for(
        cpg, "status_changes", StatusChange, indexes=("case_id", "meeting_id"), parents={"case_id": "cases"}
    ),
    Snapshot: table_for(cpg, "snapshots", Snapshot, indexes=("as_of", "content_sha256")),
    Action: table_for(
        cpg, "actions", Action, indexes=("meeting_id+number", "case_id", "item_id", "officer_id", "state", "due")
    ),
    ActionAnswer: table_for(
        cpg, "action_answers", ActionAnswer, indexes=("action_id", "meeting_id"), parents={"action_id": "actions"}
    ),
    User: table_for(cpg, "users", User, indexes=("member_id",), parents={"member_id": "members"}),
    Settings: table_for(cpg, "settings", Settings),
    SafeCopy: table_for(cpg, "safe_copies", SafeCopy, indexes=("at",)),
    SafekeepingRules: table_for(cpg, "safekeeping_rules", SafekeepingRules),
    Disclosure: table_for(
        cpg,
        "disclosures",
        Disclosure,
        indexes=("case_id", "at"),
        unique=("meeting_id+case_id",),
    ),
    LegalHold: table_for(cpg, "legal_holds", LegalHold, indexes=("case_id",), parents={"case_id": "cases"}),
    Disposal: table_for(cpg, "disposals", Disposal, indexes=("at",)),
    OlderCopyAccepted: table_for(cpg, "older_copies_accepted", OlderCopyAccepted),
    KeptText: table_for(
        cpg, "kept_texts", KeptText, indexes=("meeting_id", "case_id"), parents={"meeting_id": "meetings"}
    ),
    **minutes_tables(cpg),
    ImportDecision: table_for(
        cpg, "import_decisions", ImportDecision, indexes=("case_id", "as_of"), parents={"case_id": "cases"}
    ),
    MemberDecision: table_for(
        cpg, "member_decisions", MemberDecision, indexes=("member_id",), parents={"member_id": "members"}
    ),
    EarlierMinutes: table_for(cpg, "earlier_minutes", EarlierMinutes, unique=("on",)),
    RiskMatrixFile: table_for(cpg, "risk_matrices", RiskMatrixFile),
    CaseAssessment: table_for(
        cpg,
        "case_assessments",
        CaseAssessment,
        indexes=("case_id",),
        parents={"case_id": "cases", "matrix_id": "risk_matrices"},
    ),
    Referral: table_for(cpg, "referrals", Referral, indexes=("case_id", "agency_id"), parents={"case_id": "cases"}),
    ProfessionalsMeeting: table_for(
        cpg,
        "professionals_meetings",
        ProfessionalsMeeting,
        indexes=("case_id", "meeting_id"),
        parents={"case_id": "cases", "meeting_id": "meetings"},
    ),
    IncomingReferral: table_for(
        cpg, "incoming_referrals", IncomingReferral, indexes=("case_id", "issue_id", "told_on")
    ),
    CaseLink: table_for(
        cpg,
        "case_links",
        CaseLink,
        indexes=("case_id", "other_id"),
        parents={"case_id": "cases", "other_id": "cases"},
    ),
    CasePlan: table_for(
        cpg, "case_plans", CasePlan, indexes=("agency_id",), unique=("case_id",), parents={"case_id": "cases"}
    ),
    PlanStep: table_for(
        cpg, "plan_steps", PlanStep, indexes=("case_id", "owner_id", "action_id"), parents={"case_id": "cases"}
    ),
    SenderColumns: table_for(cpg, "sender_columns", SenderColumns, indexes=("kind",)),
    GlossaryWord: table_for(cpg, "glossary_words", GlossaryWord, unique=("word",)),
    RightsTable: table_for(cpg, "rights_tables", RightsTable),
    AgendaTemplate: table_for(cpg, "agenda_templates", AgendaTemplate),
    Presentation: table_for(
        cpg,
        "presentations",
        Presentation,
        indexes=("meeting_id", "item_id"),
        parents={"meeting_id": "meetings", "item_id": "agenda_items"},
    ),
    OfficeTaken: table_for(
        cpg, "offices_taken", OfficeTaken, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    StandIn: table_for(
        cpg, "stand_ins", StandIn, indexes=("meeting_id", "member_id"), parents={"meeting_id": "meetings"}
    ),
    EmergingIssue: table_for(cpg, "emerging_issues", EmergingIssue, indexes=("state", "owner_id", "became_case_id")),
    IssueNote: table_for(
        cpg, "issue_notes", IssueNote, indexes=("issue_id", "meeting_id"), parents={"issue_id": "emerging_issues"}
    ),
    UpdateRequest: table_for(
        cpg,
        "update_requests",
        UpdateRequest,
        indexes=("meeting_id", "officer_id"),
        parents={"meeting_id": "meetings"},
    ),
    PapersWritten: table_for(
        cpg, "papers_written", PapersWritten, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    HeldOnPaper: table_for(
        cpg, "held_on_paper", HeldOnPaper, unique=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    HandedOn: table_for(cpg, "handed_on", HandedOn, indexes=("kind", "record_id", "case_id")),
    ActionListsSent: table_for(
        cpg, "action_lists_sent", ActionListsSent, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
}

# undo goes past these: a copy on a stick cannot be taken back, and keeping a text as it is changes none
PAST_UNDO = ("SafeCopy", "KeptText")


@dataclass(frozen=True, eq=False)  # told apart by identity, so that a question is put together once for each
class Schema:
    """The tables of one file: the records' by class, and the store's own."""

    metadata: MetaData
    register: dict[type[Any], Table]
    journal: Table
    revisions: Table
    salts: Table
    retired_keys: Table
    drafts: Table
    meta: Table
    search_rows: Table
    documents: Table
    subject: type[Any]  # whom or what the file is about; journal entries say about which one they are
    subject_fields: tuple[str, ...]  # the fields of other records that name it
    through: Mapping[str, type[Any]]  # a field that names a record which names it

    def kind_named(self, name: str) -> type[Any]:
        """The record class a journal entry or a draft names."""
        return next(kind for kind in self.register if kind.__name__ == name)


def _journal(metadata: MetaData) -> Table:
    """What happened, without a word about people: neutral verbs, ids, field names and keyed hashes."""
    return Table(
        "journal",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("step", Text, nullable=False),
        Column("verb", Text, nullable=False),  # added, changed, removed, rewritten
        Column("undoes", Text, nullable=False),  # the step taken back, or empty
        Column("undoable", Boolean, nullable=False),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),  # keyed hash of the user's name
        Column("kind", Text, nullable=False),
        Column("record_id", Text, nullable=False),
        Column("about", Text, nullable=False),  # the case's id (the private file: the person's), or empty
        Column("fields", Text, nullable=False),
        Column("before", Text, nullable=False),  # keyed hash under the record's salt, or empty
        Column("after", Text, nullable=False),
        Column("chain", Text, nullable=False),
        Column("step_kind", Text),  # empty in entries of version 0.1.0
        Index("ix_journal_step", "step"),
        Index("ix_journal_undoes", "undoes"),
        Index("ix_journal_kind_record_id", "kind", "record_id"),
        Index("ix_journal_about", "about"),
    )


def _revisions(metadata: MetaData) -> Table:
    """The words and values of journal entries; a row may be erased without breaking the journal's chain."""
    return Table(
        "revisions",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("words", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("before", Text),
        Column("after", Text),
    )


def _salts(metadata: MetaData) -> Table:
    """What the hashes of a record's values are salted with; it goes with an erased record, so that nobody can try words
    against them."""
    return Table(
        "salts",
        metadata,
        Column("kind", Text, primary_key=True),
        Column("record_id", Text, primary_key=True),
        Column("salt", LargeBinary, nullable=False),
    )


def _search_rows(metadata: MetaData) -> Table:
    """Which record each row of the full-text index is about."""
    return Table(
        "search_rows",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("record_id", Text, nullable=False),
        Index("ix_search_rows_kind_record_id", "kind", "record_id", unique=True),
    )


def _documents(metadata: MetaData) -> Table:
    """Frozen facts and printed papers under the SHA-256 of their bytes: too large for the journal's revisions, whose
    records name them by it. One goes when no record names it any more."""
    return Table(
        "documents",
        metadata,
        Column("sha256", Text, primary_key=True),
        Column("content", LargeBinary, nullable=False),
    )


def _retired_keys(metadata: MetaData) -> Table:
    """The journal keys of earlier vault keys: what was written under one can be checked after the vault has a new one.
    Whoever can read this file could read that one."""
    return Table(
        "retired_keys",
        metadata,
        Column("until", Integer, primary_key=True),  # the last entry written under it
        Column("key", LargeBinary, nullable=False),
    )


def schema_of(
    metadata: MetaData,
    register: dict[type[Any], Table],
    subject: type[Any],
    subject_fields: tuple[str, ...],
    through: Mapping[str, type[Any]],
) -> Schema:
    """The store's own tables beside the records' ones. Raises TypeError for a kind of record without an id."""
    for kind in register:
        if "id" not in {field.name for field in dataclasses.fields(kind)}:
            raise TypeError(f"{kind.__name__} has no id")
    return Schema(
        metadata=metadata,
        register=register,
        journal=_journal(metadata),
        revisions=_revisions(metadata),
        salts=_salts(metadata),
        retired_keys=_retired_keys(metadata),
        drafts=Table(
            "drafts",
            metadata,
            Column("kind", Text, primary_key=True),
            Column("record_id", Text, primary_key=True),
            Column("field", Text, primary_key=True),
            Column("text", Text, nullable=False),
            Column("at", Text, nullable=False),
        ),
        meta=Table(
            "meta",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("vault_id", Text, nullable=False),
            Column("epoch", Integer, nullable=False),
            Column("generation", Integer, nullable=False),
        ),
        search_rows=_search_rows(metadata),
        documents=_documents(metadata),
        subject=subject,
        subject_fields=subject_fields,
        through=through,
    )


CPG = schema_of(cpg, REGISTER, Case, ("case_id",), {"action_id": Action})
