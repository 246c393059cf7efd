"""The words that stand in people's files for a closed set of things: none is ever changed, or old files lose it."""

import dataclasses
import typing
from collections.abc import Iterator
from enum import Enum, StrEnum
from typing import Any

import pytest

from csp_desktop.domain.cases.case_links import LinkKind
from csp_desktop.domain.cases.case_plan import PlanStepKind, PlanStepState
from csp_desktop.domain.cases.cases import Band, CaseStatus, SubjectType
from csp_desktop.domain.cases.import_decisions import ImportAnswer
from csp_desktop.domain.cases.incoming_referrals import CameBy, ChildrenAtHome, DeclineReason, PersonTold, Triage
from csp_desktop.domain.cases.record_periods import RecordKept
from csp_desktop.domain.cases.referrals import CmhtPart, ReferralAnswer, ReferralBody
from csp_desktop.domain.common.by_mail import MailAbout
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.domain.meeting.actions import ActionKind, ActionState, Answer
from csp_desktop.domain.meeting.confidentiality import Capacity, ClauseKind, Remote
from csp_desktop.domain.meeting.issues import IssueState
from csp_desktop.domain.meeting.meeting import (
    ItemKind,
    Joined,
    Meeting,
    MeetingField,
    MeetingKind,
    MeetingState,
    TurnState,
)
from csp_desktop.domain.meeting.offices import Office
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.professionals import Ground
from csp_desktop.domain.minutes.circulation import How, ToldHow
from csp_desktop.domain.minutes.protection import Protection
from csp_desktop.domain.minutes.rights import Attended, Part, Rights
from csp_desktop.domain.minutes.versions import ApprovedHow, CorrectionKind
from csp_desktop.domain.people.agencies import Agency, AgencyField, AgencyKind, IspStatus, Member, PaperForm, Standing
from csp_desktop.domain.people.handing_on import OwnedKind
from csp_desktop.domain.people.list_decisions import ListAnswer
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.domain.private.figures import Counted
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import (
    Accommodation,
    Consent,
    Involvement,
    InvolvementField,
    OfferAnswer,
    PersonField,
    RoughSleeper,
    Sighting,
    SightingField,
)
from csp_desktop.services.ports.work import StepKind
from csp_desktop.store.private.tables import PRIVATE_REGISTER
from csp_desktop.store.tables import REGISTER

WORDS: dict[type[Enum], dict[str, str]] = {
    PlanStepKind: {
        "SUPPORT": "support",
        "RESTORATIVE": "restorative work",
        "INFORMATION": "information",
        "LEGAL": "legal power",
    },
    PlanStepState: {"PLANNED": "planned", "DONE": "done", "NOT_DONE": "not done"},
    OwnedKind: {
        "ACTIONS": "actions",
        "ACTIONS_WITH": "actions with others",
        "ISSUES": "emerging issues",
        "REFERRALS": "referrals",
        "CASES": "cases",
        "PLAN_STEPS": "steps of plans",
        "REPORTS": "reports of professionals’ meetings",
        "CHAIR": "meetings to chair",
        "MINUTES": "minutes to take",
        "VISITORS": "visitors to host",
        "STAND_INS": "places to stand in",
    },
    ReferralBody: {
        "CMHT": "cmht",
        "CHANNEL": "channel",
        "HALO": "halo",
        "ADULTS": "adult safeguarding",
        "CHILDREN": "children's safeguarding",
        "MARAC": "marac",
        "MAPPA": "mappa",
        "HOUSING": "housing",
        "DRUGS": "drug and alcohol service",
        "YOUTH": "youth justice",
        "MEDIATION": "mediation",
        "VICTIM_CARE": "victim care",
        "SPECIALIST": "specialist",
        "AGENCY": "agency",
    },
    ReferralAnswer: {
        "TAKEN": "taken on",
        "NOT_TAKEN": "not taken on",
        "NO_FEEDBACK": "no feedback will be given",
    },
    CmhtPart: {
        "LEADS": "leads the case",
        "DIRECTS": "gives clinical direction",
        "NOT_SETTLED": "not agreed yet",
    },
    ImportAnswer: {
        "CLOSED_THERE": "closed there",
        "MOVED_AWAY": "moved away",
        "PART_FILE": "part file",
        "SAME_CASE": "same case",
        "NEW_CASE": "new case",
    },
    Ground: {
        "VICTIM": "very high risk of further victimisation",
        "DANGER": "a criminal danger to others",
    },
    CameBy: {
        "MAIL": "email",
        "TELEPHONE": "telephone",
        "IN_PERSON": "in person",
        "LETTER": "letter",
        "MEETING": "at a meeting",
    },
    ChildrenAtHome: {
        "YES": "yes",
        "NO": "no",
        "NOT_KNOWN": "not known",
    },
    PersonTold: {
        "CONSENTS": "told, and consents",
        "TOLD": "told, does not consent",
        "NOT_TOLD": "not told",
        "NOT_KNOWN": "not known",
    },
    Triage: {
        "CASE": "case",
        "ISSUE": "emerging issue",
        "DECLINED": "declined",
    },
    DeclineReason: {
        "NOT_OURS": "it is for another service",
        "LOW_RISK": "the risk is below what this group takes on",
        "MORE_NEEDED": "more information is needed",
        "OTHER": "please telephone us about the reason",
    },
    LinkKind: {
        "PLACE": "same place",
        "PERSON": "same person, two references",
        "DISPUTE": "two sides of one dispute",
    },
    ListAnswer: {"HAS_LEFT": "has left", "STAYS": "stays", "PART_LIST": "part list"},
    PaperForm: {
        "PDF": "PDF",
        "LARGE_PRINT": "large-print PDF",
        "WORD": "Word file",
        "WORD_LARGE_PRINT": "large-print Word file",
    },
    Band: {
        "STANDARD": "Standard",
        "MEDIUM": "Medium",
        "HIGH": "High",
    },
    CaseStatus: {
        "OPEN": "Open",
        "MONITORING": "Open - monitoring",
        "INTENSIVE": "Open - intensive support",
        "CLOSED": "Closed",
    },
    Joined: {
        "NEW": "new",
        "REOPENED": "reopened",
        "ASKED_FOR": "asked for",
    },
    Office: {
        "CHAIR": "chair",
        "MINUTES": "minute-taker",
    },
    Remote: {
        "TEAMS": "Teams",
        "TELEPHONE": "telephone",
    },
    SubjectType: {
        "VICTIM": "Victim",
        "PERPETRATOR": "Perpetrator",
        "LOCATION": "Location",
    },
    RecordKept: {
        "MINUTES": "minutes",
        "SIGNATURES": "signatures",
        "COMMENTS": "comments",
        "REGISTER": "register",
    },
    Role: {
        "CHAIR": "chair",
        "MINUTE_TAKER": "minute-taker",
        "NEW_HOPE_LEAD": "new-hope-lead",
        "NEW_HOPE_DEPUTY": "new-hope-deputy",
        "ADMINISTRATOR": "administrator",
        "DEPUTY_CHAIR": "deputy-chair",
        "ASB_COORDINATOR": "asb-coordinator",
        "COMMUNITY_SAFETY_MANAGER": "community-safety-manager",
        "IT_ADMINISTRATOR": "it-administrator",
    },
    SafeCopyKind: {
        "BACKUP": "backed up",
        "FAILED": "backup failed",
        "TRIED": "backup tried",
        "RESTORED": "restored",
        "HANDED_OVER": "handed over",
        "TAKEN_OVER": "taken over",
        "RECLAIMED": "taken back",
        "UPDATED": "brought to this version",
        "CLOCK": "gone on although the clock seemed wrong",
        "DELETED": "earlier copy deleted",
        "MINUTES": "draft minutes saved",
    },
    ActionKind: {
        "SUPPORT": "support",
        "INTERVENTION": "intervention",
        "INFORMATION": "information",
    },
    ActionState: {
        "OPEN": "open",
        "DONE": "done",
        "NOT_DONE": "not done",
        "NO_LONGER_POSSIBLE": "no longer possible",
    },
    Answer: {
        "DONE": "done",
        "NOT_DONE": "not done",
        "CARRY_ON": "carried on",
        "NO_LONGER_POSSIBLE": "no longer possible",
    },
    Capacity: {
        "MEMBER": "member",
        "OCCASIONAL": "occasional",
        "OBSERVER": "observer",
        "MINUTE_TAKER": "minute-taker",
        "PRIVATE": "private session",
    },
    ClauseKind: {
        "MEMBER": "member",
        "OCCASIONAL": "occasional",
        "OBSERVER": "observer",
        "PRIVATE": "private session",
    },
    ItemKind: {
        "CONFIDENTIALITY": "confidentiality",
        "APOLOGIES": "apologies",
        "MATTERS_ARISING": "matters arising",
        "CASES": "open Safety Net cases",
        "EMERGING": "emerging issues",
        "CASE_REVIEWS": "ASB case reviews",
        "OTHER": "other business",
        "NEXT_DATE": "next date",
        "INTERESTS": "declarations of interest",
        "PERFORMANCE": "the group's own performance",
        "BOARDS": "answers from the boards",
        "INFORMATION": "information for members",
        "OWN": "own item",
        "PEOPLE": "people, highest risk first",
        "WINTER": "winter beds and severe weather",
        "COUNT": "count and new arrivals",
        "LAST_MINUTES": "minutes of the last meeting",
    },
    MailAbout: {
        "UPDATE": "update",
        "DECISION": "decision",
    },
    IssueState: {
        "OPEN": "open",
        "CLOSED": "closed",
    },
    MeetingKind: {
        "CPG": "CPG",
        "ROUGH_SLEEPING": "private rough-sleeping meeting",
        "PROFESSIONALS": "professionals",
    },
    MeetingState: {
        "PLANNED": "planned",
        "SIGN_IN": "sign-in",
        "IN_SESSION": "in session",
        "CLOSED": "closed",
    },
    TurnState: {
        "TO_DO": "not reviewed",
        "IN_HAND": "in hand",
        "OUTCOME_CHOSEN": "outcome chosen",
        "DONE": "done",
    },
    Outcome: {
        "DE_ESCALATE": "de-escalate and monitor",
        "CONTINUE": "continue",
        "INTENSIFY": "intensify",
        "CLOSE": "close",
        "REFER": "refer",
        "DEFER": "defer",
    },
    AgencyKind: {
        "POLICE": "police",
        "COUNCIL": "council",
        "HEALTH": "health",
        "HOUSING": "housing",
        "SUPPORT": "support provider",
        "PROBATION": "probation",
        "FIRE": "fire",
        "EDUCATION": "education",
        "BUSINESS": "business",
        "OTHER": "other",
    },
    IspStatus: {
        "CURRENT": "signed",
        "EXPIRED": "expired",
        "OLD_VERSION": "signed an older version",
        "NONE": "not signed",
    },
    Standing: {
        "STANDING": "standing",
        "OCCASIONAL": "occasional",
    },
    Counted: {
        "SEEN": "seen sleeping rough in the last 28 days",
        "ON_LIST": "on the list of the private rough-sleeping meeting",
        "NEW": "seen sleeping rough for the first time in the last 28 days",
    },
    PersonOutcome: {
        "CONTINUE": "continue",
        "OFFER_OPEN": "offer open",
        "INTENSIFY": "intensify",
        "MOVED_IN": "moved in",
        "OFF_LIST": "off the list",
        "DEFER": "defer",
    },
    Accommodation: {
        "STREET": "on the street",
        "EMERGENCY": "emergency or winter bed",
        "HOSTEL": "hostel or supported housing",
        "TENANCY": "own tenancy",
        "RECONNECTED": "reconnected elsewhere",
        "HOSPITAL": "hospital or treatment",
        "CUSTODY": "in custody",
        "UNKNOWN": "not known",
    },
    Consent: {
        "NOT_ASKED": "not asked",
        "GIVEN": "agreed to sharing",
        "LIMITED": "agreed with limits",
        "REFUSED": "refused",
        "WITHDRAWN": "withdrew agreement",
    },
    OfferAnswer: {
        "TAKEN_UP": "taken up",
        "THINKING": "thinking",
        "DECLINED": "declined",
        "NO_ANSWER": "no answer",
    },
    StepKind: {
        "OTHER": "",
        "START": "start",
        "GOING": "going",
        "NOTE": "note",
        "CLOSING": "closing",
        "APPROVAL": "approval",
    },
    ApprovedHow: {
        "OWN": "own passphrase",
        "MAIL": "e-mail",
    },
    Rights: {
        "WHOLE": "whole minutes",
        "OWN_AGENCY": "own agency's cases and actions",
        "ACTIONS_ONLY": "own agency's actions only",
        "NOTHING": "no copy",
    },
    Attended: {
        "PRESENT": "present",
        "APOLOGIES": "sent apologies",
        "ABSENT": "absent",
        "SINCE": "joined since",
    },
    Part: {
        "CHAIR": "chair",
        "MINUTE_TAKER": "minute-taker",
        "MEMBER": "member",
        "OCCASIONAL": "occasional",
        "OBSERVER": "observer",
    },
    How: {
        "MAIL": "mail draft, locked PDF",
        "SECURE_MAIL": "mail draft, their agency has secure mail",
        "HAND": "locked PDF, by hand",
    },
    ToldHow: {
        "IN_PERSON": "in person",
        "SIGN_IN": "at sign-in",
        "SLIP": "slip",
        "PHONE": "by phone",
    },
    Protection: {
        "POLICE": "police only",
        "SOURCE": "protect source",
    },
    CorrectionKind: {
        "CHANGE": "change",
        "ADD": "add",
        "REMOVE": "remove",
    },
}
FIELDS: dict[type[StrEnum], type[Any]] = {
    MeetingField: Meeting,
    AgencyField: Agency,
    MemberField: Member,
    PersonField: RoughSleeper,
    SightingField: Sighting,
    InvolvementField: Involvement,
}


def kinds_in(hint: Any) -> Iterator[type[Enum]]:
    if isinstance(hint, type) and issubclass(hint, Enum):
        yield hint
    for part in typing.get_args(hint):
        yield from kinds_in(part)


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_a_word_that_stands_in_files_stays_and_a_new_one_is_listed_here(kind: type[Enum]) -> None:
    assert {member.name: member.value for member in kind} == WORDS[kind]


def test_every_closed_set_a_record_keeps_is_listed() -> None:
    hints = [hint for record in (*REGISTER, *PRIVATE_REGISTER) for hint in typing.get_type_hints(record).values()]
    assert {kind for hint in hints for kind in kinds_in(hint)} <= set(WORDS)


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_what_a_form_asks_for_is_a_field_of_its_record(kind: type[StrEnum]) -> None:
    assert {field.value for field in kind} <= {field.name for field in dataclasses.fields(FIELDS[kind])}
