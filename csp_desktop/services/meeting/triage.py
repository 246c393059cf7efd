"""What becomes of a referral that came in: a case, an emerging issue, or declined with a reason."""

from dataclasses import dataclass
from enum import Enum

from csp_desktop.domain.cases import incoming_referrals as rules
from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.cases.incoming_referrals import DeclineReason, IncomingReferral
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueState
from csp_desktop.services.cases.case_entry import NewCase, enter_case
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting.issues import change_issue, new_issue
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.session import Session

TO_CASE, TO_ISSUE, DECLINING = "referral to a case", "referral to an issue", "declining a referral"


class Becomes(Enum):
    """What one can become."""

    NEW_CASE = "new case"
    CASE = "case"
    NEW_ISSUE = "new issue"
    ISSUE = "issue"
    DECLINED = "declined"


@dataclass(frozen=True)
class Targets:
    """What one can become beside something new: (id, words) of the open cases and issues, and the areas of work."""

    cases: tuple[tuple[str, str], ...]
    issues: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]


def targets(session: Session, referral_id: str) -> Targets:
    """The open cases by reference, those with the same initials or place first; the open issues by title."""
    with session.work.reading() as records:
        one = records.get(IncomingReferral, referral_id)
        cases = [case for case in records.find(Case) if case.status is not CaseStatus.CLOSED]
        issues = records.find(EmergingIssue, state=IssueState.OPEN)
        areas = settings_in(records).areas
    cases.sort(key=lambda case: (not _alike(case, one), case.reference or "~", case.title))
    words = ((case.id, ", ".join(filter(None, (reference_of(case), case.initials, case.title)))) for case in cases)
    titles = ((issue.id, issue.title) for issue in sorted(issues, key=lambda issue: issue.title.casefold()))
    return Targets(tuple(words), tuple(titles), areas)


def _alike(case: Case, one: IncomingReferral) -> bool:
    return (case.initials.upper() == one.initials != "") or (case.location.casefold() == one.place.casefold() != "")


def make_new_case(session: Session, referral_id: str, title: str, area: str, subject: SubjectType) -> Case:
    """A case entered by hand from what the referral says; it awaits its Safety Net reference. Raises FieldRefused at
    the field that is not in order, Refused before it is acknowledged and once it is decided."""
    session.require_case_worker()
    with session.work.step(TO_CASE) as records:
        one = records.get(IncomingReferral, referral_id)
        case = enter_case(session, NewCase(title or one.asked, one.place, area, subject, one.initials, session.today))
        records.save(rules.to_case(one, case.id, session.today, session.user_name))
    return case


def join_case(session: Session, referral_id: str, case_id: str) -> IncomingReferral:
    """It belongs to a case there is. Raises FieldRefused without one."""
    session.require_case_worker()
    with session.work.step(TO_CASE) as records:
        one = rules.to_case(records.get(IncomingReferral, referral_id), case_id, session.today, session.user_name)
        records.get(Case, case_id)
        records.save(one)
    return one


def make_new_issue(session: Session, referral_id: str, title: str, area: str) -> EmergingIssue:
    """An emerging issue from what the referral says; it is on the next agenda. Raises FieldRefused at the field that is
    not in order, Refused before it is acknowledged and once it is decided."""
    session.require_case_worker()
    with session.work.step(TO_ISSUE) as records:
        one = records.get(IncomingReferral, referral_id)
        made = new_issue(session, title or one.asked)
        issue = change_issue(session, made.id, area=area, place=one.place, first_seen=one.received_on)
        records.save(rules.to_issue(one, issue.id, session.today, session.user_name))
    return issue


def join_issue(session: Session, referral_id: str, issue_id: str) -> IncomingReferral:
    """It belongs to an issue there is. Raises FieldRefused without one."""
    session.require_case_worker()
    with session.work.step(TO_ISSUE) as records:
        one = rules.to_issue(records.get(IncomingReferral, referral_id), issue_id, session.today, session.user_name)
        records.get(EmergingIssue, issue_id)
        records.save(one)
    return one


def decline(session: Session, referral_id: str, why: DeclineReason | None, reason: str) -> IncomingReferral:
    """It is not taken on; `reason` stays here, the referrer is told `why`. Raises FieldRefused without either."""
    session.require_case_worker()
    with session.work.step(DECLINING) as records:
        one = records.get(IncomingReferral, referral_id)
        after = rules.declined(one, why, reason, session.today, session.user_name)
        records.save(after)
    return after


def take_back(session: Session, referral_id: str) -> IncomingReferral:
    """The decision was entered by mistake; a case or issue made from it stays. Raises Refused once the referrer is
    informed."""
    session.require_case_worker()
    with session.work.step("decision on a referral removed") as records:
        after = rules.undecided(records.get(IncomingReferral, referral_id))
        records.save(after)
    return after
