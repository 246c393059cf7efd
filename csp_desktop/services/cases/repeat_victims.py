"""The open cases flagged as repeat victim: monitored specially, asked about at every meeting, told of their right."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.case_links import CaseLink
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.meeting.walk import Walked, order_of_walk
from csp_desktop.domain.minutes.protection import shown
from csp_desktop.services.cases.case_plans import PlanOfCase, plans_of
from csp_desktop.services.cases.cases import OPEN, until_next_meeting, walked_in
from csp_desktop.services.meeting.actions import ActionRow, action_rows, overdue_first
from csp_desktop.services.meeting.regular import regular_held
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NOTHING_DUE = "Nothing is due before the next CPG"


@dataclass(frozen=True)
class RepeatVictim:
    """One of them as the list shows it. `discussed_on` are the days of the meetings that asked about the repeat victim,
    the latest first."""

    walked: Walked
    discussed_on: tuple[date, ...]
    linked: int  # how many cases belong with it
    plan: PlanOfCase
    actions: tuple[ActionRow, ...]  # those that are open, the most overdue first
    today: date

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.walked.case

    @property
    def told(self) -> bool:
        """Whether the victim was told of the right to a review."""
        return self.case.review_told_on is not None

    @property
    def told_words(self) -> str:
        """'Told Thu 26 Nov', 'Not told'"""
        told = self.case.review_told_on
        return f"Told {screen_day(told, self.today)}" if told else "Not told"

    @property
    def since_words(self) -> str:
        """'Flagged by Ruth Coyle, Thu 3 Dec', 'Seen in Safety Net since Sat 14 Nov', 'Flagged in Safety Net'."""
        case = self.case
        if case.repeat_by:
            on = f", {screen_day(case.repeat_on, self.today)}" if case.repeat_on else ""
            return f"Flagged by {case.repeat_by}{on}"
        if case.repeat_on:
            return f"Seen in Safety Net since {screen_day(case.repeat_on, self.today)}"
        return "Flagged in Safety Net"

    @property
    def often_words(self) -> str:
        """'discussed at 3 CPGs, last Thu 26 Nov', 'not discussed yet'; with it, how many cases are linked."""
        held = count_of(len(self.discussed_on), "CPG", "CPGs")
        said = f"discussed at {held}, last {screen_day(self.discussed_on[0], self.today)}" if self.discussed_on else ""
        with_it = f"{count_of(self.linked, 'linked case', 'linked cases')}" if self.linked else ""
        return ", ".join(filter(None, (said or "not discussed yet", with_it)))

    @property
    def brief(self) -> str:
        """'Since Thu 3 Dec, 3 CPGs', for a row: since when it is marked, and how many meetings asked about it."""
        held = count_of(len(self.discussed_on), "CPG", "CPGs") if self.discussed_on else "no CPG yet"
        since = f"Since {screen_day(self.case.repeat_on, self.today)}" if self.case.repeat_on else "Marked"
        return f"{since}, {held}"

    @property
    def next_words(self) -> tuple[str, ...]:
        """What comes next, a line each: the deadline that presses, the next step of the plan, the first open action."""
        promise, planned = self.walked.promise, self.plan.next
        lines = [promise.words] if promise.state in (PromiseState.BROKEN, PromiseState.DUE) else []
        if planned is not None:
            lines.append(f"Plan: {self.plan.next_words}")
        agreed = planned.step.action_id if planned is not None else ""
        first = next((row for row in self.actions if row.action.id != agreed), None)
        if first is not None:
            late = overdue_words(days_overdue(first.action.due, self.today))
            lines.append(", ".join(filter(None, (f"Action: {shown(first.action.what).rstrip('.')}", first.line, late))))
        is_past = promise.state is PromiseState.KEPT and promise.due_on is not None and promise.due_on < self.today
        return tuple(lines or [NOTHING_DUE if is_past else promise.words])


def repeat_victims(session: Session) -> tuple[RepeatVictim, ...]:
    """All of them: first those who were not told of the right to a review, then in the order of the next meeting."""
    with session.work.reading() as records:
        found = records.find(Case, status=OPEN, repeat_victim=True)
        walked = order_of_walk(walked_in(session, records, found, until_next_meeting(session, records)))
        walked.sort(key=lambda one: one.case.review_told_on is not None)
        cases = [one.case for one in walked]
        discussed, linked = _discussed(records, cases), _linked(records, cases)
        actions = _open_actions(records, cases, session.today)
        plans = plans_of(records, cases, session.today)
    return tuple(
        RepeatVictim(one, discussed[one.case.id], linked[one.case.id], plan, actions[one.case.id], session.today)
        for one, plan in zip(walked, plans, strict=True)
    )


def not_told(records: Records) -> list[Case]:
    """Inside a transaction: those who were not told of the right to a review, the oldest first."""
    found = records.find(Case, status=OPEN, repeat_victim=True, review_told_on=None)
    return sorted(found, key=lambda case: (case.created_on, case.reference))


def _discussed(records: Records, cases: list[Case]) -> defaultdict[str, tuple[date, ...]]:
    """By case, the days of the meetings that asked about the repeat victim, the latest first."""
    held = {meeting.id: meeting.on for meeting in regular_held(records)}
    ids = tuple(case.id for case in cases)
    days: defaultdict[str, tuple[date, ...]] = defaultdict(tuple)
    asked = records.find(CaseTurn, case_id=ids, state=TurnState.DONE, repeat_victim_asked=True) if ids else []
    for turn in sorted(asked, key=lambda one: held.get(one.meeting_id, date.min), reverse=True):
        if turn.meeting_id in held:
            days[turn.case_id] += (held[turn.meeting_id],)
    return days


def _linked(records: Records, cases: list[Case]) -> defaultdict[str, int]:
    """By case, how many belong with it."""
    ids, counts = tuple(case.id for case in cases), defaultdict[str, int](int)
    if ids:
        links = {one.id: one for side in ("case_id", "other_id") for one in records.find(CaseLink, **{side: ids})}
        for link in links.values():
            for end in (link.case_id, link.other_id) if link.ended_on is None else ():
                counts[end] += 1
    return counts


def _open_actions(records: Records, cases: list[Case], today: date) -> defaultdict[str, tuple[ActionRow, ...]]:
    """By case, its open actions, the most overdue first, then by their dates."""
    ids = tuple(case.id for case in cases)
    rows: defaultdict[str, tuple[ActionRow, ...]] = defaultdict(tuple)
    found = records.find(Action, case_id=ids, state=ActionState.OPEN) if ids else []
    found.sort(key=lambda one: (one.due or date.max, one.number))
    for row in action_rows(records, overdue_first(records, found, today), today):
        rows[row.action.case_id] += (row,)
    return rows
