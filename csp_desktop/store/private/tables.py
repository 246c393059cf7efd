"""The tables of the private file: the same factories as the group's, another MetaData, not one table shared.

It has its own register of agencies and members, its own meetings, signatures and actions. Nothing in either file knows
an id of the other.
"""

from typing import Any

from sqlalchemy import MetaData, Table

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.retention import Disposal, LegalHold
from csp_desktop.domain.cases.risk_matrix import Assessment, RiskMatrixFile
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.common.sender_columns import SenderColumns
from csp_desktop.domain.common.spelling import GlossaryWord
from csp_desktop.domain.common.users import User
from csp_desktop.domain.file.backup_settings import SafeCopy, SafekeepingRules
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.domain.meeting.actions import Action, ActionAnswer
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting
from csp_desktop.domain.meeting.offices import OfficeTaken
from csp_desktop.domain.meeting.update_requests import UpdateRequest
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.list_decisions import MemberDecision
from csp_desktop.domain.people.settings import Settings
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.circulation import MinutesApproval, PrivateCirculation
from csp_desktop.domain.private.figures import ReleasedFigure
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.domain.private.linked_case import CaseLook
from csp_desktop.domain.private.list_decisions import PersonDecision
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, RoomEntry, RoomPlace
from csp_desktop.domain.private.people import Involvement, Offer, RoughSleeper, Sighting
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.store.columns import table_for
from csp_desktop.store.tables import minutes_tables, schema_of

rough_sleeping = MetaData()

PRIVATE_REGISTER: dict[type[Any], Table] = {
    Agency: table_for(rough_sleeping, "agencies", Agency),
    Member: table_for(rough_sleeping, "members", Member, indexes=("agency_id", "user_name")),
    Clause: table_for(rough_sleeping, "clauses", Clause, indexes=("kind",)),
    Meeting: table_for(rough_sleeping, "meetings", Meeting, indexes=("on", "state", "chair_id", "minute_taker_id")),
    AgendaItem: table_for(
        rough_sleeping, "agenda_items", AgendaItem, indexes=("meeting_id+position",), parents={"meeting_id": "meetings"}
    ),
    Attendance: table_for(
        rough_sleeping,
        "attendance",
        Attendance,
        indexes=("meeting_id", "member_id"),
        parents={"meeting_id": "meetings"},
    ),
    RoomEntry: table_for(
        rough_sleeping, "room_entries", RoomEntry, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    RoomPlace: table_for(
        rough_sleeping, "room_places", RoomPlace, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    Crossing: table_for(
        rough_sleeping, "crossings", Crossing, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    RoughSleeper: table_for(rough_sleeping, "rough_sleepers", RoughSleeper, indexes=("number", "name", "on_list")),
    Sighting: table_for(
        rough_sleeping, "sightings", Sighting, indexes=("person_id+on",), parents={"person_id": "rough_sleepers"}
    ),
    Involvement: table_for(
        rough_sleeping,
        "involvements",
        Involvement,
        indexes=("person_id", "member_id"),
        parents={"person_id": "rough_sleepers", "member_id": "members"},
    ),
    Offer: table_for(
        rough_sleeping, "offers", Offer, indexes=("person_id+on",), parents={"person_id": "rough_sleepers"}
    ),
    RiskMatrixFile: table_for(rough_sleeping, "risk_matrices", RiskMatrixFile),
    Assessment: table_for(
        rough_sleeping,
        "assessments",
        Assessment,
        indexes=("person_id+on",),
        parents={"person_id": "rough_sleepers", "matrix_id": "risk_matrices"},
    ),
    PersonTurn: table_for(
        rough_sleeping,
        "person_turns",
        PersonTurn,
        indexes=("meeting_id+position", "person_id"),
        parents={"meeting_id": "meetings", "person_id": "rough_sleepers"},
    ),
    AdmissionOverride: table_for(
        rough_sleeping,
        "admission_overrides",
        AdmissionOverride,
        indexes=("meeting_id", "person_id"),
        parents={"meeting_id": "meetings"},
    ),
    Action: table_for(
        rough_sleeping,
        "actions",
        Action,
        indexes=("meeting_id+number", "case_id", "item_id", "officer_id", "state", "due"),
    ),
    ActionAnswer: table_for(
        rough_sleeping,
        "action_answers",
        ActionAnswer,
        indexes=("action_id", "meeting_id"),
        parents={"action_id": "actions"},
    ),
    Disclosure: table_for(
        rough_sleeping, "disclosures", Disclosure, indexes=("case_id", "at"), unique=("meeting_id+case_id",)
    ),
    Hearing: table_for(
        rough_sleeping,
        "hearings",
        Hearing,
        indexes=("person_id",),
        unique=("meeting_id+person_id",),
        parents={"meeting_id": "meetings", "person_id": "rough_sleepers"},
    ),
    CaseLook: table_for(
        rough_sleeping, "case_looks", CaseLook, indexes=("person_id",), parents={"person_id": "rough_sleepers"}
    ),
    MinutesApproval: table_for(
        rough_sleeping,
        "minutes_approvals",
        MinutesApproval,
        indexes=("meeting_id",),
        parents={"meeting_id": "meetings"},
    ),
    PrivateCirculation: table_for(
        rough_sleeping,
        "private_circulations",
        PrivateCirculation,
        indexes=("meeting_id", "member_id"),
        parents={"meeting_id": "meetings"},
    ),
    User: table_for(rough_sleeping, "users", User, indexes=("member_id",), parents={"member_id": "members"}),
    Settings: table_for(rough_sleeping, "settings", Settings),
    MemberDecision: table_for(
        rough_sleeping, "member_decisions", MemberDecision, indexes=("member_id",), parents={"member_id": "members"}
    ),
    PersonDecision: table_for(
        rough_sleeping,
        "person_decisions",
        PersonDecision,
        indexes=("person_id",),
        parents={"person_id": "rough_sleepers"},
    ),
    SenderColumns: table_for(rough_sleeping, "sender_columns", SenderColumns, indexes=("kind",)),
    GlossaryWord: table_for(rough_sleeping, "glossary_words", GlossaryWord, unique=("word",)),
    SafeCopy: table_for(rough_sleeping, "safe_copies", SafeCopy, indexes=("at",)),
    SafekeepingRules: table_for(rough_sleeping, "safekeeping_rules", SafekeepingRules),
    OlderCopyAccepted: table_for(rough_sleeping, "older_copies_accepted", OlderCopyAccepted),
    KeptText: table_for(
        rough_sleeping, "kept_texts", KeptText, indexes=("meeting_id", "case_id"), parents={"meeting_id": "meetings"}
    ),
    PrivateSettings: table_for(rough_sleeping, "private_settings", PrivateSettings),
    ReleasedFigure: table_for(rough_sleeping, "released_figures", ReleasedFigure),
    LegalHold: table_for(
        rough_sleeping, "legal_holds", LegalHold, indexes=("case_id",), parents={"case_id": "rough_sleepers"}
    ),
    Disposal: table_for(rough_sleeping, "disposals", Disposal, indexes=("at",)),
    OfficeTaken: table_for(
        rough_sleeping, "offices_taken", OfficeTaken, indexes=("meeting_id",), parents={"meeting_id": "meetings"}
    ),
    UpdateRequest: table_for(
        rough_sleeping,
        "update_requests",
        UpdateRequest,
        indexes=("meeting_id", "officer_id"),
        parents={"meeting_id": "meetings"},
    ),
    **minutes_tables(rough_sleeping),
}

PRIVATE = schema_of(rough_sleeping, PRIVATE_REGISTER, RoughSleeper, ("person_id", "case_id"), {"action_id": Action})
