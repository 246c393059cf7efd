"""Cases entered by hand, and what this group notes on any case: its reference, CMHT told, a repeat victim.

Safety Net stays the one master: a case entered here awaits its Safety Net reference and is counted until it has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import REFERENCE, Band, Case, CaseStatus, RiskPoint, StatusChange, SubjectType
from csp_desktop.domain.cases.incoming_referrals import IncomingReferral
from csp_desktop.domain.cases.life import BY_HAND, Step, begun, reopened
from csp_desktop.domain.cases.referrals import Referral
from csp_desktop.domain.cases.retention import LegalHold
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import composed, entered
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting
from csp_desktop.domain.people.handing_on import HandedOn
from csp_desktop.services.cases.case_links import hand_over_links
from csp_desktop.services.cases.case_plans import hand_over_plan
from csp_desktop.services.cases.disclosures import hand_over_disclosures
from csp_desktop.services.meeting.agenda import bring_walk_up_to_date
from csp_desktop.services.minutes.redaction import call_otherwise
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MOST_TOTAL = 999
_GO_WITH_IT: tuple[type[Any], ...] = (
    Action,
    StatusChange,
    RiskPoint,
    CaseAssessment,
    LegalHold,
    AgreedByMail,
    Referral,
    IncomingReferral,
    ProfessionalsMeeting,
    HandedOn,
)
TOLD_BY = "told_by"  # the field of a form
HALF = "unfinished entry"  # what the drafts of a case not yet added belong to


@dataclass(frozen=True)
class NewCase:
    """What is asked of a case entered by hand."""

    summary: str
    location: str
    area: str
    subject_type: SubjectType
    initials: str
    created_on: date
    ward: str = ""
    lead_agency: str = ""
    lead_officer: str = ""
    total: int | None = None
    band: Band | None = None
    assessed_on: date | None = None
    mental_health: bool = False
    repeat_victim: bool = False


class CaseField(StrEnum):
    """What a form asks of a case entered by hand; the value is the attribute of `NewCase`."""

    SUMMARY = "summary"
    LOCATION = "location"
    AREA = "area"
    INITIALS = "initials"
    CREATED_ON = "created_on"
    WARD = "ward"
    LEAD_AGENCY = "lead_agency"
    LEAD_OFFICER = "lead_officer"
    TOTAL = "total"
    ASSESSED_ON = "assessed_on"


TEXTS = {
    CaseField.SUMMARY: "The title",
    CaseField.LOCATION: "The place",
    CaseField.INITIALS: "The initials",
    CaseField.WARD: "The ward",
    CaseField.LEAD_AGENCY: "The lead agency",
    CaseField.LEAD_OFFICER: "The lead officer",
}


def enter_case(session: Session, new: NewCase) -> Case:
    """Put a case on the list that Safety Net does not show yet. It awaits its reference."""
    session.require_case_worker()
    with session.work.step("case entered by hand") as records:
        _check(session, new, settings_in(records).areas)
        new = _composed(new)
        case = Case(
            id=new_id(),
            reference="",
            created_on=new.created_on,
            area=new.area,
            subject_type=new.subject_type,
            initials=_plain(new.initials).upper(),
            location=_plain(new.location),
            ward=_plain(new.ward),
            lead_agency=_plain(new.lead_agency),
            lead_officer=_plain(new.lead_officer),
            total=new.total,
            band=new.band,
            assessed_on=new.assessed_on,
            mental_health=new.mental_health,
            repeat_victim=new.repeat_victim,
            repeat_by=session.user_name if new.repeat_victim else "",
            repeat_on=session.today if new.repeat_victim else None,
            status=CaseStatus.OPEN,
            summary=_plain(new.summary),
            last_reviewed_on=new.assessed_on if new.assessed_on and new.assessed_on > new.created_on else None,
            entered_by_hand=True,
        )
        records.save(case)
        records.save(begun(case, Step(session.today, session.user_name, BY_HAND)))
        if new.total is not None:
            dated = new.assessed_on or session.today
            records.save(RiskPoint(new_id(), case.id, dated, new.total, new.band, new.assessed_on, session.today))
        bring_walk_up_to_date(session)
        forget_half(session)
    return case


def keep_half(session: Session, typed: Mapping[str, str]) -> None:
    """Keep what is typed of a case not yet added, field by field; an emptied field is forgotten."""
    kept = half_entered(session)
    for field, text in typed.items():
        if text and kept.get(field) != text:
            session.work.keep_draft(Case, HALF, field, text)
        elif not text and field in kept:
            session.work.drop_draft(Case, HALF, field)


def half_entered(session: Session) -> dict[str, str]:
    """What was typed of a case not yet added, by field: after a lock or a crash it is there again."""
    return {d.field: d.text for d in session.work.drafts() if (d.kind, d.record_id) == (Case.__name__, HALF)}


def forget_half(session: Session) -> None:
    """The case was added, or given up."""
    for field in half_entered(session):
        session.work.drop_draft(Case, HALF, field)


def _check(session: Session, new: NewCase, areas: tuple[str, ...]) -> None:
    if not (_plain(new.summary) or _plain(new.location)):
        raise FieldRefused(
            CaseField.SUMMARY, "Say in a few words what the case is about, for example “Oak Way: noise at night”."
        )
    if new.area not in areas:
        raise FieldRefused(CaseField.AREA, "Choose the area of work the case belongs to.")
    if new.created_on > session.today:
        raise FieldRefused(CaseField.CREATED_ON, "The date opened cannot be in the future.")
    if new.assessed_on and not new.created_on <= new.assessed_on <= session.today:
        raise FieldRefused(CaseField.ASSESSED_ON, "The assessment date must be between the date opened and today.")
    if new.total is not None and not 0 <= new.total <= MOST_TOTAL:
        raise FieldRefused(CaseField.TOTAL, f"The total must be a number from 0 to {MOST_TOTAL}.")
    if (new.total is None) != (new.band is None):
        raise FieldRefused(CaseField.TOTAL, "Give both the total and its level, or neither.")


def set_reference(session: Session, case_id: str, text: str) -> Case:
    """Give a case its Safety Net reference. If an import brought the same case meanwhile, the two become one: what this
    group said and agreed moves to the imported one, which is returned. Raises Refused for what is no such reference,
    and for a case that came from Safety Net with another."""
    session.require_case_worker()
    reference = _plain(text).upper()
    if not REFERENCE.fullmatch(reference):
        raise Refused("This is not a Safety Net reference. References look like SN-2026-047400.")
    with session.work.step(f"reference {reference}", of_held=True) as records:
        case = records.get(Case, case_id)
        if case.reference == reference:
            return case
        if not case.entered_by_hand:
            raise Refused(
                "This case came from Safety Net with its reference. Only a case entered by hand can be given one."
            )
        imported = next((c for c in records.find(Case, reference=reference) if c.id != case_id), None)
        if imported is None:
            after = replace(case, reference=reference)
            records.save(after)
            return after
        return _join(records, case, imported)


def _join(records: Records, by_hand: Case, imported: Case) -> Case:
    """One case of two. A turn nobody used gives way to the other one of the same meeting."""
    if imported.entered_by_hand:
        raise Refused("Another case entered by hand already has this reference. Check which of the two is right.")
    theirs = {t.meeting_id: t for t in records.find(CaseTurn, case_id=imported.id)}
    for turn in records.find(CaseTurn, case_id=by_hand.id):
        other = theirs.get(turn.meeting_id)
        unused = next((t for t in (turn, other) if t and t.state is TurnState.TO_DO and not t.note), None)
        if other is not None and unused is None:
            raise Refused("Both cases were discussed at the same meeting, so they cannot be joined.")
        if other is not None and unused is not None:
            records.remove(unused)
        if other is None or unused is other:
            records.save(replace(turn, case_id=imported.id))
    for kind in _GO_WITH_IT:
        for record in records.find(kind, case_id=by_hand.id):
            records.save(replace(record, case_id=imported.id))
    hand_over_links(records, by_hand.id, imported.id)
    hand_over_plan(records, by_hand.id, imported.id)
    hand_over_disclosures(records, by_hand.id, imported.id)
    call_otherwise(records, by_hand.id, imported.id)
    days = [d for d in (by_hand.last_reviewed_on, imported.last_reviewed_on) if d]
    after = replace(
        imported,
        cmht_told_on=imported.cmht_told_on or by_hand.cmht_told_on,
        last_reviewed_on=max(days, default=None),
        monitoring_since=imported.monitoring_since or by_hand.monitoring_since,
        review_told_on=imported.review_told_on or by_hand.review_told_on,
        review_told_by=imported.review_told_by or by_hand.review_told_by,
    )
    if by_hand.repeat_by and not imported.repeat_by and by_hand.repeat_victim != imported.repeat_victim:
        after = replace(
            after, repeat_victim=by_hand.repeat_victim, repeat_by=by_hand.repeat_by, repeat_on=by_hand.repeat_on
        )
    records.save(after)
    records.remove(by_hand)
    return after


def reopen(session: Session, case_id: str, reason: str) -> Case:
    """A closed case is open again, between two meetings: it stands on the next agenda. Raises FieldRefused without a
    reason, Refused for a case that is open."""
    session.require_case_worker()
    with session.work.step("reopening a closed case") as records:
        gone = reopened(records.get(Case, case_id), Step(session.today, session.user_name, reason))
        records.save(gone.case)
        if gone.change is not None:
            records.save(gone.change)
        bring_walk_up_to_date(session)
    return gone.case


def mark_cmht_told(session: Session, case_id: str, on: date | None) -> Case:
    """The Community Mental Health Team was told of a case with a mental-health factor on this day; None: not yet.
    Raises Refused for a day to come, and for any day where the case has no such factor."""
    session.require_case_worker()
    with session.work.step("CMHT informed" if on else "CMHT not informed") as records:
        case = records.get(Case, case_id)
        if on and not case.mental_health:
            raise Refused("This case has no mental-health factor, so CMHT does not need to be informed.")
        if on and on > session.today:
            raise Refused("The date CMHT was informed cannot be in the future.")
        after = replace(case, cmht_told_on=on)
        records.save(after)
    return after


def mark_review_told(session: Session, case_id: str, on: date | None, by: str = "") -> Case:
    """The victim was told on this day, by this person, that they may ask for a review of their case; None: not yet.
    Raises Refused for a day to come, FieldRefused for what cannot stand in a name."""
    session.require_case_worker()
    with session.work.step("right to a review: told" if on else "right to a review: not told") as records:
        case = records.get(Case, case_id)
        if on and on > session.today:
            raise Refused("The date the victim was told cannot be in the future.")
        told_by = entered(by, "The name", TOLD_BY) or session.user_name
        after = replace(case, review_told_on=on, review_told_by=told_by if on else "")
        records.save(after)
    return after


def mark_repeat_victim(session: Session, case_id: str, repeat: bool) -> Case:
    """Repeat victims are monitored specially: marked, listed, and asked about at each meeting. A mark set otherwise
    than in Safety Net stays through every import; one that agrees with Safety Net again follows it."""
    session.require_case_worker()
    with session.work.step("repeat victim" if repeat else "no repeat victim") as records:
        case = records.get(Case, case_id)
        own = repeat != case.repeat_in_safety_net
        by, on = (session.user_name, session.today) if own else ("", None)
        after = replace(case, repeat_victim=repeat, repeat_by=by, repeat_on=on)
        records.save(after)
    return after


def _composed(new: NewCase) -> NewCase:
    """Every text of it as it is kept; refused at the field that holds what nobody can see."""
    kept: dict[str, Any] = {field: entered(getattr(new, field), what, field) for field, what in TEXTS.items()}
    return replace(new, **kept)


def _plain(text: str) -> str:
    return composed(text)
