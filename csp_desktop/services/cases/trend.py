"""The totals of a case through time, with what happened meanwhile, and the levels to draw them on."""

from dataclasses import dataclass

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import RiskPoint
from csp_desktop.domain.cases.risk_matrix import Matrix
from csp_desktop.domain.cases.trend import Decision, Trend, trend_of
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, TurnState
from csp_desktop.services.cases.matrices import in_force_in
from csp_desktop.services.meeting.running_meeting import in_time
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class CaseTrend:
    """`matrix` is the one in force, whose levels stand behind the totals; none where there is none."""

    trend: Trend
    matrix: Matrix | None = None


def trend_in(session: Session, records: Records, case_id: str) -> CaseTrend:
    """Of one case."""
    turns = records.find(CaseTurn, case_id=case_id, state=TurnState.DONE)
    held = {one.id: one.on for one in records.find(Meeting, id=[turn.meeting_id for turn in turns])} if turns else {}
    decided = [Decision(held[one.meeting_id], one.outcome, one.refer_to) for one in turns if one.meeting_id in held]
    trend = trend_of(
        in_time(records.find(RiskPoint, case_id=case_id)),
        records.find(CaseAssessment, case_id=case_id),
        decided,
        records.find(Action, case_id=case_id),
    )
    try:
        return CaseTrend(trend, in_force_in(records, session).matrix)
    except Refused:
        return CaseTrend(trend)
