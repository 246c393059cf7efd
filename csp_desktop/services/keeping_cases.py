"""The Safety Net cases as they stand against what was promised: for the walk, for the home screen, for one case."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from csp_desktop.domain.cases import Case, CaseStatus, RiskPoint
from csp_desktop.domain.clocks import CaseClocks, case_clocks
from csp_desktop.domain.meeting import CaseTurn, Meeting, Outcome, TurnState
from csp_desktop.domain.walk_order import Walked, order_of_walk
from csp_desktop.services.keeping_settings import settings_in
from csp_desktop.services.ports import Records
from csp_desktop.services.running_meeting import in_time
from csp_desktop.services.session import Session

WalkCandidate: TypeAlias = Walked
CasePromise: TypeAlias = Walked
OPEN = tuple(status for status in CaseStatus if status is not CaseStatus.CLOSED)
DECIDED = tuple(outcome for outcome in Outcome if outcome is not Outcome.DEFER)


def walk_candidates(session: Session, records: Records, until: date) -> list[Walked]:
    """Every open case in the order of the walk, as it stands today; what falls due up to `until` is due."""
    return order_of_walk(walked_in(session, records, records.find(Case, status=OPEN), until))


def promises_in(session: Session, records: Records, until: date) -> list[Walked]:
    """The same rows for the home screen: every open case with the promise that counts, the most pressing first."""
    return walk_candidates(session, records, until)


def walked_in(session: Session, records: Records, cases: Sequence[Case], until: date) -> list[Walked]:
    """The cases given, each with its clocks, in the order given: a few questions to the file, not one per case."""
    settings = settings_in(records)
    points: dict[str, list[RiskPoint]] = defaultdict(list)
    for point in records.find(RiskPoint):
        points[point.case_id].append(point)
    reviews = _review_days(records, records.find(CaseTurn, state=TurnState.DONE, outcome=DECIDED))
    return [
        Walked(case, case_clocks(case, in_time(points[case.id]), reviews[case.id], session.today, until, settings))
        for case in cases
    ]


def clocks_of(session: Session, records: Records, case: Case, until: date) -> CaseClocks:
    """The clocks of one case as they stand today."""
    points = in_time(records.find(RiskPoint, case_id=case.id))
    turns = records.find(CaseTurn, case_id=case.id, state=TurnState.DONE, outcome=DECIDED)
    reviews = _review_days(records, turns)
    return case_clocks(case, points, reviews[case.id], session.today, until, settings_in(records))


def _review_days(records: Records, turns: Sequence[CaseTurn]) -> defaultdict[str, list[date]]:
    """The days on which this group decided something about each case; a deferral is no review."""
    held = {m.id: m.on for m in records.find(Meeting)} if turns else {}
    days: defaultdict[str, list[date]] = defaultdict(list)
    for turn in turns:
        if turn.meeting_id in held:
            days[turn.case_id].append(held[turn.meeting_id])
    return days
