"""The group's file is about cases: what is due of the closed ones, and everything that belongs to one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.case_links import CaseLink
from csp_desktop.domain.cases.case_plan import CasePlan, PlanStep
from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.import_decisions import ImportDecision
from csp_desktop.domain.cases.incoming_referrals import IncomingReferral
from csp_desktop.domain.cases.referrals import Referral
from csp_desktop.domain.cases.retention import CASE, LegalHold
from csp_desktop.domain.cases.unnamed_bodies import to_do
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.common.users import FILE_KEEPERS, Role
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, action_label
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting
from csp_desktop.domain.minutes.action_list import minutes_actions
from csp_desktop.domain.minutes.circulation import CopyRecord
from csp_desktop.domain.minutes.correctable import GROUP_PARTS
from csp_desktop.domain.minutes.printable import texts_of
from csp_desktop.domain.minutes.protection import IN_PERSON
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import Correction
from csp_desktop.domain.people.handing_on import HandedOn
from csp_desktop.services.cases.incoming_referrals import of_case
from csp_desktop.services.cases.record_kinds import GROUPS_BY_PERIOD, GROUPS_WITHOUT_PERIOD
from csp_desktop.services.meeting.interests import declared_cases
from csp_desktop.services.minutes.agreeing import circulated
from csp_desktop.services.minutes.minutes import draw_minutes
from csp_desktop.services.minutes.readers import GROUP_COPIES
from csp_desktop.services.ports.minutes import RecordKind
from csp_desktop.services.ports.subject import Ended, Subject
from csp_desktop.services.ports.updates import Told, UpdateKind
from csp_desktop.services.ports.work import Records

NAMES: dict[type[Any], str] = {
    Case: "case",
    CaseTurn: "discussions at meetings",
    Action: "actions",
    ActionAnswer: "outcomes of actions",
    RiskPoint: "risk scores",
    CaseAssessment: "risk assessments",
    StatusChange: "case history entries",
    Disclosure: "disclosure lines",
    LegalHold: "past legal holds",
    KeptText: "texts kept in minutes",
    Correction: "corrections of minutes",
    Remark: "comments on minutes",
    AgreedByMail: "what was agreed by email",
    ImportDecision: "answers about imports",
    Referral: "referrals made",
    IncomingReferral: "referrals that came in",
    CaseLink: "links to other cases",
    ProfessionalsMeeting: "professionals’ meetings",
    CasePlan: "plans",
    PlanStep: "steps of plans",
    HandedOn: "notes of handing on",
}

_BY_CASE = (
    CaseTurn,
    RiskPoint,
    CaseAssessment,
    StatusChange,
    Disclosure,
    LegalHold,
    KeptText,
    Correction,
    Remark,
    AgreedByMail,
    ImportDecision,
    Referral,
    CaseLink,
    ProfessionalsMeeting,
    PlanStep,
    CasePlan,
    HandedOn,
)


def _closed(records: Records) -> list[Ended]:
    cases = records.find(Case, status=CaseStatus.CLOSED)
    ids = tuple(case.id for case in cases)
    steps = records.find(StatusChange, case_id=ids, after=CaseStatus.CLOSED) if ids else []
    return [
        Ended(
            case.id,
            case.reference,
            case.title,
            max((s.on for s in steps if s.case_id == case.id), default=case.as_of or case.created_on),
        )
        for case in cases
    ]


def _belonging(records: Records, case: Case) -> list[Any]:
    actions = records.find(Action, case_id=case.id)
    found: list[Any] = []
    if actions:
        found += records.find(ActionAnswer, action_id=tuple(action.id for action in actions))
    found += actions
    for kind in _BY_CASE:
        found += records.find(kind, case_id=case.id)
    found += records.find(CaseLink, other_id=case.id)
    found += of_case(records, case.id)
    return [*found, case]


def _of_reference(records: Records, reference: str) -> list[Case]:
    return records.find(Case, reference=reference)


def _forget_elsewhere(records: Records, case: Case) -> None:
    """Whose copy of the minutes held it stays; that it did, goes."""
    for copy in records.find(CopyRecord):
        if case.id in copy.held:
            records.save(replace(copy, held=tuple(one for one in copy.held if one != case.id)))


def _told(session: Any, records: Records, officer_id: str, actions: Sequence[Action]) -> dict[str, Told]:
    """An officer is asked by the case's reference, or the item's title, never by a name; of a case they declared an
    interest in only that there is something."""
    ids = [action.case_id for action in actions if action.case_id]
    cases = records.find(Case, id=ids) if ids else []
    references = {c.id: c.reference or "awaiting its reference" for c in cases}
    titles = {item.id: item.title for item in records.find(AgendaItem)}
    declared = declared_cases(records, cases, (officer_id,)).get(officer_id, frozenset())
    return {
        action.id: Told(IN_PERSON, "")
        if action.case_id in declared
        else Told(to_do(action.what), references.get(action.case_id, "") or titles.get(action.item_id, ""))
        for action in actions
    }


CASES = Subject(
    kind=Case,
    word="case",
    called=lambda case: case.reference or case.title,
    of_reference=_of_reference,
    wording=CASE,
    readers=(),
    while_running="",
    deciding=FILE_KEEPERS,
    ended=_closed,
    not_ended="Only a closed case can be deleted. Close it at a meeting first.",
    belonging=_belonging,
    before_erasing=_forget_elsewhere,
    names=NAMES,
    record=RecordKind(
        facts=Minutes,
        draw=draw_minutes,
        copy=Minutes.without_those_who_came,
        printer=lambda papers: papers.print_minutes,
        word_printer=lambda papers: papers.print_minutes_word,
        actions=minutes_actions,
        texts=texts_of,
        approvers=(Role.CHAIR,),
        refuse=lambda session, records: None,
        parts=GROUP_PARTS,
        attendance="attendees",
        attended=lambda line: line,
        without=Minutes.without_case,
        said_without=lambda facts, case_id: str,
        copies=GROUP_COPIES,
        sent=circulated,
        of_earlier=lambda records, meeting_id, sha256: [],
    ),
    updates=UpdateKind(_told, action_label),
    by_period=GROUPS_BY_PERIOD,
    without_period=GROUPS_WITHOUT_PERIOD,
)
