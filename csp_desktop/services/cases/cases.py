"""The Safety Net cases as they stand against what was promised: for the walk, the home screen, the list, one case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.cases.clocks import CaseClocks, Promise, PromiseState, StaleSign, case_clocks, stale_signs
from csp_desktop.domain.cases.risk_matrix import Matrix
from csp_desktop.domain.cases.trend import Decision, Trend, trend_of
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.deferrals import Deferrals, deferrals, since_words
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, TurnState
from csp_desktop.domain.meeting.outcomes import DECIDING, Outcome
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting
from csp_desktop.domain.meeting.walk import Walked, order_of_walk
from csp_desktop.services.cases.assessing import worksheets_in
from csp_desktop.services.cases.case_links import LinkedCaseRow, links_in
from csp_desktop.services.cases.case_plans import PlanOfCase, plan_in
from csp_desktop.services.cases.factor_tasks import WhatMoved, what_moved_in
from csp_desktop.services.cases.incoming_referrals import IncomingRow, incoming_of_case
from csp_desktop.services.cases.matrices import in_force_in
from csp_desktop.services.cases.referrals import ReferralRow, referrals_of_case
from csp_desktop.services.meeting.actions import ActionRow, actions_of_case
from csp_desktop.services.meeting.agreed_by_mail import decisions_in
from csp_desktop.services.meeting.professionals import CalledRow
from csp_desktop.services.meeting.professionals import rows_in as called_rows
from csp_desktop.services.meeting.regular import regular_held, regular_to_come
from csp_desktop.services.meeting.running_meeting import in_time
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

WalkCandidate: TypeAlias = Walked
CasePromise: TypeAlias = Walked
OPEN = tuple(status for status in CaseStatus if status is not CaseStatus.CLOSED)


class CaseSort(Enum):
    """What the list can be sorted by; each is also the column's head."""

    PROMISE = "Deadline"
    REFERENCE = "Reference"
    TITLE = "Case"
    AREA = "Area of work"
    LEAD = "Lead"
    STATUS = "Status"
    RATING = "Rating"
    OPENED = "Opened"
    REVIEWED = "Reviewed"


@dataclass(frozen=True)
class CaseQuery:
    """Which cases, and in which order. An empty status means every one, None that it does not matter."""

    text: str = ""
    status: tuple[CaseStatus, ...] = OPEN
    area: str | None = None
    band: Band | None = None
    promise: PromiseState | None = None  # what counts today; open cases only
    waited: bool = False  # only those the last meeting on their way did not discuss
    worksheet: bool = False  # only those assessed here whose total Safety Net has not confirmed
    repeat_victim: bool | None = None
    awaiting: bool | None = None  # its Safety Net reference
    sort: CaseSort = CaseSort.PROMISE
    descending: bool = False
    only: tuple[str, ...] | None = None  # ids; worked out here for a promise
    walk: tuple[str, ...] = ()  # ids in the order of the walk; worked out here for sorting by promise


@dataclass(frozen=True)
class CaseRow:
    """One case as the list shows it; a closed one has no promise any more."""

    case: Case
    promise: Promise | None
    change: int | None  # of the total, since the one known before
    waited: str = ""  # since when no meeting has discussed it
    worksheet: str = ""  # the assessment made here that Safety Net has not confirmed


@dataclass(frozen=True)
class CaseCounts:
    """How many cases the filters hold."""

    open: int
    broken: int
    due: int
    monitoring: int
    repeat: int
    awaiting: int
    waited: int
    worksheets: int
    closed: int


@dataclass(frozen=True)
class NoteRow:
    """What was said and decided about a case at one meeting."""

    on: date
    note: str
    outcome: Outcome | None
    reason: str
    refer_to: str
    dissent: str


@dataclass(frozen=True)
class CaseTrend:
    """`matrix` is the one in force, whose levels stand behind the totals; none where there is none."""

    trend: Trend
    matrix: Matrix | None = None


@dataclass(frozen=True)
class CaseRecord:
    """Everything the page of a case shows."""

    case: Case
    clocks: CaseClocks
    points: tuple[RiskPoint, ...]  # the oldest first
    changes: tuple[StatusChange, ...]  # the newest first
    notes: tuple[NoteRow, ...]  # the newest first
    actions: tuple[ActionRow, ...]  # the newest first
    areas: tuple[str, ...]
    stale: tuple[StaleSign, ...]  # why its rating may no longer tell how things are
    decisions: tuple[AgreedByMail, ...] = ()  # between meetings, by e-mail, the newest first
    trend: CaseTrend = field(default_factory=lambda: CaseTrend(Trend()))
    moved: WhatMoved = field(default_factory=WhatMoved)  # which factors, with the tasks for them
    referrals: tuple[ReferralRow, ...] = ()  # the most pressing first
    linked: tuple[LinkedCaseRow, ...] = ()  # the cases that belong with it
    plan: PlanOfCase | None = None
    called: tuple[CalledRow, ...] = ()  # the professionals' meetings, the latest first
    came_in: tuple[IncomingRow, ...] = ()  # referrals of partners that became it


def walk_candidates(session: Session, records: Records, until: date) -> list[Walked]:
    """Every open case in the order of the walk, as it stands today; what falls due up to `until` is due."""
    return order_of_walk(walked_in(session, records, records.find(Case, status=OPEN), until))


def promises_in(session: Session, records: Records, until: date) -> list[Walked]:
    """The same rows for the home screen: every open case with the promise that counts, the most pressing first."""
    return walk_candidates(session, records, until)


def walked_in(session: Session, records: Records, cases: Sequence[Case], until: date) -> list[Walked]:
    """The cases given, each with its clocks, in the order given: a few questions to the file, not one per case. The
    clocks of a case are worked out again only where something they follow from has changed."""
    settings = settings_in(records)
    points = _points(records, cases)
    ids = tuple(case.id for case in cases)
    turns = records.find(CaseTurn, case_id=ids) if ids else []
    reviews = _review_days(records, [t for t in turns if t.state is TurnState.DONE and t.outcome in DECIDING])
    waited = _deferrals(records, turns)

    def clocks(case: Case) -> CaseClocks:
        basis = case, in_time(points[case.id]), reviews[case.id], session.today, until, settings
        return session.remembered.answer(f"clocks of case {case.id}", basis, lambda: case_clocks(*basis))

    return [Walked(case, clocks(case), waited.get(case.id, Deferrals())) for case in cases]


def clocks_of(session: Session, records: Records, case: Case, until: date) -> CaseClocks:
    """The clocks of one case as they stand today."""
    return walked_in(session, records, [case], until)[0].clocks


def stale_in(session: Session, records: Records, cases: Sequence[Case]) -> dict[str, tuple[StaleSign, ...]]:
    """By case, the signs that its rating may no longer tell how things are, as of today."""
    if not cases:
        return {}
    settings, ids = settings_in(records), tuple(case.id for case in cases)
    points = _points(records, cases)
    reviews = _review_days(records, records.find(CaseTurn, case_id=ids, state=TurnState.DONE, outcome=DECIDING))
    done: defaultdict[str, list[Action]] = defaultdict(list)
    for action in records.find(Action, case_id=ids, state=ActionState.DONE):
        done[action.case_id].append(action)
    return {
        case.id: stale_signs(case, in_time(points[case.id]), reviews[case.id], done[case.id], session.today, settings)
        for case in cases
    }


def _points(records: Records, cases: Sequence[Case]) -> defaultdict[str, list[RiskPoint]]:
    points: defaultdict[str, list[RiskPoint]] = defaultdict(list)
    ids = tuple(case.id for case in cases)
    for point in records.find(RiskPoint, case_id=ids) if ids else []:
        points[point.case_id].append(point)
    return points


def deferrals_in(records: Records, case_ids: Sequence[str]) -> dict[str, Deferrals]:
    """By case, how often it has waited at the meetings that are over; none for one that was on no agenda."""
    return _deferrals(records, records.find(CaseTurn, case_id=tuple(case_ids)) if case_ids else [])


def _deferrals(records: Records, turns: Sequence[CaseTurn]) -> dict[str, Deferrals]:
    over = {m.id: m.on for m in regular_held(records)} if turns else {}
    by_case: defaultdict[str, list[tuple[date, CaseTurn]]] = defaultdict(list)
    for turn in turns:
        if turn.meeting_id in over:
            by_case[turn.case_id].append((over[turn.meeting_id], turn))
    return {case_id: deferrals(found) for case_id, found in by_case.items()}


def _review_days(records: Records, turns: Sequence[CaseTurn]) -> defaultdict[str, list[date]]:
    """The days on which this group decided something about each case; a deferral is no review."""
    held = {m.id: m.on for m in records.find(Meeting)} if turns else {}
    days: defaultdict[str, list[date]] = defaultdict(list)
    for turn in turns:
        if turn.meeting_id in held:
            days[turn.case_id].append(held[turn.meeting_id])
    return days


def until_next_meeting(session: Session, records: Records) -> date:
    """The day up to which things fall due: the next meeting's, or today when none is planned."""
    coming = [m.on for m in regular_to_come(records)]
    return max(session.today, min(coming, default=session.today))


@dataclass(frozen=True)
class OpenCases:
    """Every open case with its clocks, in the order of the walk: worked out once for counts, order and rows."""

    walk: tuple[Walked, ...]
    closed: int  # how many there are beside them
    worksheets: Mapping[str, str] = field(default_factory=dict)  # by the case's id, in words

    @cached_property
    def promises(self) -> dict[str, Promise]:
        """What counts of each, by the case's id."""
        return {row.case.id: row.promise for row in self.walk}

    def waited(self, case_id: str, today: date) -> str:
        """Since when no meeting has discussed this one; empty where the last did."""
        return since_words(self._deferrals.get(case_id, Deferrals()), today)

    @cached_property
    def _deferrals(self) -> dict[str, Deferrals]:
        return {row.case.id: row.deferrals for row in self.walk}

    def counts(self) -> CaseCounts:
        """How many cases there are of each sort."""
        states = [row.promise.state for row in self.walk]
        return CaseCounts(
            len(self.walk),
            states.count(PromiseState.BROKEN),
            states.count(PromiseState.DUE),
            sum(row.case.status is CaseStatus.MONITORING for row in self.walk),
            sum(row.case.repeat_victim for row in self.walk),
            sum(not row.case.reference for row in self.walk),
            sum(bool(row.deferrals.meetings) for row in self.walk),
            len(self.worksheets),
            self.closed,
        )


def open_cases(session: Session) -> OpenCases:
    """As they stand now. Asked again after every change: what it holds does not follow the file."""
    with session.work.reading() as records:
        walk = walk_candidates(session, records, until_next_meeting(session, records))
        _, closed = session.queries.page_of_cases(CaseQuery(status=(CaseStatus.CLOSED,), sort=CaseSort.OPENED), 0, 0)
        made = {one.case.id: one.words for one in worksheets_in(records)}
    return OpenCases(tuple(walk), closed, made)


def page_of_cases(
    session: Session, query: CaseQuery, offset: int, limit: int, among: OpenCases
) -> tuple[list[CaseRow], int]:
    """One page of the list and how many there are in all; sorted and filtered by the file itself."""
    if query.promise is not None:
        query = replace(query, only=tuple(w.case.id for w in among.walk if w.promise.state is query.promise))
    if query.waited:
        query = replace(query, only=tuple(w.case.id for w in among.walk if w.deferrals.meetings))
    if query.worksheet:
        query = replace(query, only=tuple(among.worksheets))
    if query.promise is not None or query.sort is CaseSort.PROMISE:
        query = replace(query, walk=tuple(w.case.id for w in among.walk))
    with session.work.reading() as records:
        cases, total = session.queries.page_of_cases(query, offset, limit)
        points = _points(records, cases)
    rows = [
        CaseRow(
            case,
            among.promises.get(case.id),
            _change(points[case.id]),
            among.waited(case.id, session.today),
            among.worksheets.get(case.id, ""),
        )
        for case in cases
    ]
    return rows, total


def _change(points: Sequence[RiskPoint]) -> int | None:
    known = in_time(points)
    return known[-1].total - known[-2].total if len(known) > 1 else None


def case_page(session: Session, case_id: str) -> CaseRecord:
    """Everything about one case; raises NotFound."""
    with session.work.reading() as records:
        case = records.get(Case, case_id)
        points = in_time(records.find(RiskPoint, case_id=case_id))
        changes = sorted(records.find(StatusChange, case_id=case_id), key=lambda c: c.on, reverse=True)
        held = _held_turns(records, case_id)
        return CaseRecord(
            case,
            clocks_of(session, records, case, until_next_meeting(session, records)),
            tuple(points),
            tuple(changes),
            _notes(held),
            actions_of_case(session, case_id),
            settings_in(records).areas,
            stale_in(session, records, [case])[case_id],
            decisions_in(records, case_id),
            _trend(session, records, case_id, points, held),
            what_moved_in(session, records, case_id),
            referrals_of_case(records, case_id, session.today),
            links_in(records, case_id),
            plan_in(records, case, session.today),
            called_rows(records, records.find(ProfessionalsMeeting, case_id=case_id), session.today),
            came_in=incoming_of_case(session, records, case_id),
        )


def _held_turns(records: Records, case_id: str) -> list[tuple[CaseTurn, date]]:
    """Every turn of a case, with the day of its meeting."""
    turns = records.find(CaseTurn, case_id=case_id)
    on = {m.id: m.on for m in records.find(Meeting, id=[turn.meeting_id for turn in turns])} if turns else {}
    return [(turn, on[turn.meeting_id]) for turn in turns]


def _notes(held: Sequence[tuple[CaseTurn, date]]) -> tuple[NoteRow, ...]:
    """What past meetings said, the newest first; a turn without a word or an outcome says nothing."""
    said = [(t, on) for t, on in held if t.note or (t.outcome and t.state is TurnState.DONE)]
    rows = [NoteRow(on, t.note, t.outcome, t.reason, t.refer_to, t.dissent) for t, on in said]
    return tuple(sorted(rows, key=lambda r: r.on, reverse=True))


def _trend(
    session: Session,
    records: Records,
    case_id: str,
    points: Sequence[RiskPoint],
    held: Sequence[tuple[CaseTurn, date]],
) -> CaseTrend:
    """Of one case."""
    trend = trend_of(
        points,
        records.find(CaseAssessment, case_id=case_id),
        [Decision(on, turn.outcome, turn.refer_to) for turn, on in held if turn.state is TurnState.DONE],
        records.find(Action, case_id=case_id),
    )
    try:
        return CaseTrend(trend, in_force_in(records, session).matrix)
    except Refused:
        return CaseTrend(trend)
