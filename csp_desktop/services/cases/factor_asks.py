"""What a risk factor of a case asks for until somebody has answered: whether the CMHT was informed, and whether
children's safeguarding was told of a child at home.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint
from csp_desktop.domain.cases.referrals import Referral, ReferralBody, is_settled
from csp_desktop.domain.cases.risk_matrix import Matrix, RiskMatrixFile, read_matrix, score
from csp_desktop.domain.common.days import dated_day, days_words
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.services.ports.work import Records

CHILDREN_ASK = "Children at home: has children’s safeguarding been told?"


@dataclass(frozen=True)
class CmhtAsked:
    """A case with a mental-health factor of which the CMHT has not been informed. `since` is the day of the first
    assessment in which the factor scored; without one it is older than `first`, the first assessment that is known."""

    case: Case
    since: date | None
    first: date | None
    days: int  # since the factor appeared, or at least so many

    @property
    def words(self) -> str:
        """'CMHT not informed for 12 days', 'CMHT not informed since before the first assessment of Tue 3 Mar 2026'"""
        if self.since is not None:
            return f"CMHT not informed for {days_words(self.days)}"
        if self.first is not None:
            return f"CMHT not informed since before the first assessment of {dated_day(self.first)}"
        return "CMHT not informed; no assessment says since when"

    @property
    def when(self) -> str:
        """'12 days', 'over 200 days' where the factor is older than any assessment."""
        return days_words(self.days) if self.since is not None else f"over {days_words(self.days)}"


def _matrices(records: Records) -> Mapping[str, Matrix]:
    return {one.id: read_matrix(one.text) for one in records.find(RiskMatrixFile)}


def _asks(matrices: Mapping[str, Matrix], name: str) -> Callable[[CaseAssessment], bool]:
    """Whether what was answered asks for this body."""

    def asked(made: CaseAssessment) -> bool:
        matrix = matrices.get(made.matrix_id)
        return matrix is not None and any(name in one for one in score(matrix, dict(made.answers)).asks)

    return asked


def _assessed(records: Records, cases: Iterable[Case]) -> dict[str, list[CaseAssessment]]:
    """The assessments of each, the oldest first."""
    ids = tuple(case.id for case in cases)
    found: dict[str, list[CaseAssessment]] = {one: [] for one in ids}
    for made in sorted(records.find(CaseAssessment, case_id=ids), key=lambda one: one.on) if ids else ():
        found[made.case_id].append(made)
    return found


def cmht_not_told(records: Records, today: date, case_id: str = "") -> tuple[CmhtAsked, ...]:
    """Inside a transaction: open cases, or one of them, with a mental-health factor of which the CMHT was not informed,
    the longest first."""
    only = {"id": case_id} if case_id else {}
    waiting = [
        case
        for case in records.find(Case, mental_health=True, **only)
        if case.cmht_told_on is None and case.status is not CaseStatus.CLOSED
    ]
    if not waiting:
        return ()
    made, scored = _assessed(records, waiting), _asks(_matrices(records), ReferralBody.CMHT.rule.name)
    found = [_asked_of(records, case, made[case.id], scored, today) for case in waiting]
    return tuple(sorted(found, key=lambda one: -one.days))


def _asked_of(
    records: Records, case: Case, made: list[CaseAssessment], scored: Callable[[CaseAssessment], bool], today: date
) -> CmhtAsked:
    since = next((one.on for one in made if scored(one)), None)
    points = records.find(RiskPoint, case_id=case.id)
    known = [one.on for one in made] + [one.assessed_on for one in points if one.assessed_on]
    first = min([*known, *([case.assessed_on] if case.assessed_on else [])], default=None)
    return CmhtAsked(case, since, first, days_overdue(since or first or case.created_on, today))


def children_asked(records: Records, case: Case) -> str:
    """Inside a transaction: the question about children at home, while the newest assessment says that there are any
    and neither a referral to children's safeguarding nor a recorded 'not needed' stands; else empty."""
    if case.status is CaseStatus.CLOSED:
        return ""
    made = _assessed(records, [case])[case.id]
    if not made or not _asks(_matrices(records), ReferralBody.CHILDREN.rule.name)(made[-1]):
        return ""
    return "" if any(map(is_settled_for_children, records.find(Referral, case_id=case.id))) else CHILDREN_ASK


def is_settled_for_children(one: Referral) -> bool:
    """Whether it is one to children's safeguarding that stands, or says that none is needed."""
    return one.body is ReferralBody.CHILDREN and is_settled(one)
