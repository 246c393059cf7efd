"""Closing a meeting: what is still missing, each with its way to mend it, then the end. The minutes follow at once."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum

from csp_desktop.domain.cases.cases import Case, RiskPoint
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.actions import Action, owner_words
from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import change_of_risk, to_complete
from csp_desktop.domain.minutes.record import case_name, was_called, was_opened, why_uncalled
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.services.cases.cases import deferrals_in
from csp_desktop.services.cases.referrals import is_unclear
from csp_desktop.services.meeting.actions import Officer, officers
from csp_desktop.services.meeting.due_next import due_after, next_meeting_day
from csp_desktop.services.meeting.professionals import bring_report_of
from csp_desktop.services.meeting.running_meeting import in_time, leave, move, set_next_date
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.minutes.record import freeze
from csp_desktop.services.ports.work import Records, StepKind
from csp_desktop.services.session import Session


class ClosingField(StrEnum):
    """What is typed where a meeting is closed."""

    NEXT_ON = "next_on"
    REASON = "reason"


NOT_DISCUSSED = " was not discussed"


class Check(Enum):
    """What is looked at before a meeting is closed, with the words it passes in."""

    SIGNED = "Everyone who came has signed"
    OUTCOMES = "Every case called has an outcome"
    OFFICERS = "Every action has an officer"
    DATES = "Every action has a date"
    COMPLETE = "Every decision says all that is asked of it"
    ITEMS = "Every agenda item was discussed"
    APOLOGIES = "Everyone expected came or sent apologies"


@dataclass(frozen=True)
class FailedRow:
    """One thing missing: what, about whom or what, and the record to mend."""

    check: Check
    words: str
    detail: str
    record_id: str  # attendance, turn, action or item; the person for apologies


@dataclass(frozen=True)
class UncalledRow:
    """One case on the agenda that was not called. `title` is for the screen alone: no paper bears it."""

    turn_id: str
    name: str
    title: str
    why: str
    deferred: bool
    opened: bool
    twice: bool = False  # it was put off at the last two meetings: not by all at once again


@dataclass(frozen=True)
class Figures:
    """What is in order, counted."""

    present: int
    apologies: int
    owned: int  # actions agreed now that have an owner
    read_back: int


@dataclass(frozen=True)
class Closing:
    """How the meeting stands at its end."""

    meeting: Meeting
    failed: tuple[FailedRow, ...]
    passed: tuple[Check, ...]
    uncalled: tuple[UncalledRow, ...]
    called: int
    next_on: date  # agreed (`meeting.next_on`), else proposed
    people: tuple[Officer, ...]
    figures: Figures

    def of(self, *checks: Check) -> tuple[FailedRow, ...]:
        """What failed of these."""
        return tuple(row for row in self.failed if row.check in checks)

    @property
    def deferrable(self) -> tuple[UncalledRow, ...]:
        """Those that can be deferred all at once; one deferred twice already needs a reason of its own."""
        return tuple(row for row in self.uncalled if not (row.deferred or row.twice))

    @property
    def not_reached(self) -> int:
        """Cases neither called nor deferred."""
        return sum(not row.deferred for row in self.uncalled)

    @property
    def opened(self) -> int:
        """How many of these the meeting turned to without a word or a decision."""
        return sum(row.opened and not row.deferred for row in self.uncalled)


def closing(session: Session, meeting_id: str) -> Closing:
    """The checks, what failed first in the order of the meeting."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        turns = sorted(records.find(CaseTurn, meeting_id=meeting_id), key=lambda turn: turn.position)
        actions = records.find(Action, meeting_id=meeting_id)
        cases = {c.id: c for c in records.find(Case, id=[t.case_id for t in turns])} if turns else {}
        known = officers(records)
        acted_on = {a.case_id for a in actions}
        called = [t for t in turns if was_called(t, t.case_id in acted_on)]
        rows = records.find(Attendance, meeting_id=meeting_id)
        covered = {of for made in records.find(Override, meeting_id=meeting_id) for of in made.attendance_ids}
        failed = [
            *_unsigned(rows, covered),
            *_absent(rows),
            *_unwalked(records.find(AgendaItem, meeting_id=meeting_id)),
            *_undecided(called, cases),
            *_incomplete(records, called, cases),
            *_unowned(actions, known),
        ]
        following = next_meeting_day(session, records, meeting)
        waited = deferrals_in(records, [turn.case_id for turn in turns if turn not in called])
        often = {case_id for case_id, one in waited.items() if one.often}
    uncalled = tuple(
        replace(_uncalled(turn, cases[turn.case_id]), twice=turn.case_id in often and not turn.reason_to_defer)
        for turn in turns
        if turn not in called
    )
    people = tuple(sorted(known.values(), key=lambda officer: officer.name))
    wrong = {row.check for row in failed}
    passed = tuple(check for check in Check if check not in wrong)
    figures = Figures(
        sum(row.present for row in rows),
        sum(row.apology for row in rows),
        sum(action.officer_id in known for action in actions),
        sum(turn.state is TurnState.DONE for turn in called),
    )
    return Closing(meeting, tuple(failed), passed, uncalled, len(called), following, people, figures)


def _unsigned(rows: Iterable[Attendance], covered: Container[str]) -> list[FailedRow]:
    """Who came and has not signed, unless a reason for it is minuted."""
    return [
        FailedRow(Check.SIGNED, f"{row.name} has not signed", row.agency_name, row.id)
        for row in rows
        if row.arrived_at and not row.signed and row.id not in covered
    ]


def _incomplete(records: Records, called: Iterable[CaseTurn], cases: dict[str, Case]) -> list[FailedRow]:
    """Decisions of which something is still to be said: to whom it is referred, whether something is planned."""
    done = [turn for turn in called if turn.state is TurnState.DONE]
    points = defaultdict(list)
    for point in records.find(RiskPoint, case_id=[turn.case_id for turn in done]) if done else ():
        points[point.case_id].append(point)
    found, agencies = [], records.find(Agency)
    for turn in done:
        case = cases[turn.case_id]
        change = change_of_risk(in_time(points[turn.case_id]))
        left = to_complete(turn, case, change, unclear=is_unclear(turn.refer_to, agencies))
        if left:
            words = f"{case_name(case.reference, case.initials)} is not complete"
            found.append(FailedRow(Check.COMPLETE, words, ". ".join(one.told for one in left), turn.id))
    return found


def _absent(rows: Iterable[Attendance]) -> list[FailedRow]:
    return [
        FailedRow(Check.APOLOGIES, f"{row.name} did not come and sent no apologies", row.agency_name, row.member_id)
        for row in rows
        if row.expected and not (row.arrived_at or row.signed or row.apology)
    ]


def _unwalked(items: Iterable[AgendaItem]) -> list[FailedRow]:
    """The cases are checked one by one, and the next date is fixed here: neither counts as an item passed over."""
    return [
        FailedRow(Check.ITEMS, f"{item.title}{NOT_DISCUSSED}", f"Agenda item {number}", item.id)
        for number, item in enumerate(items, start=1)
        if item.state is TurnState.TO_DO and item.kind not in (ItemKind.CASES, ItemKind.NEXT_DATE)
    ]


def _undecided(called: Iterable[CaseTurn], cases: dict[str, Case]) -> list[FailedRow]:
    found = []
    for turn in called:
        case = cases[turn.case_id]
        name = case_name(case.reference, case.initials)
        if turn.outcome is None:
            found.append(
                FailedRow(
                    Check.OUTCOMES, f"{name} has no outcome", "It was started, but no decision was recorded", turn.id
                )
            )
        elif turn.state is not TurnState.DONE:
            words = f"{name}: the decision was not read back"
            found.append(FailedRow(Check.OUTCOMES, words, f"Chosen: {turn.outcome.rule.word}", turn.id))
    return found


def _unowned(actions: Iterable[Action], known: dict[str, Officer]) -> list[FailedRow]:
    found = []
    for action in actions:
        if action.officer_id not in known:
            found.append(FailedRow(Check.OFFICERS, "An action has no officer", action.what, action.id))
        if action.due is None:
            names = [known[one].name if one in known else "no officer" for one in action.owner_ids]
            who = f"{action.what}, {owner_words(names[0], names[1:])}"
            found.append(FailedRow(Check.DATES, "An action has no date", who, action.id))
    return found


def _uncalled(turn: CaseTurn, case: Case) -> UncalledRow:
    name = case_name(case.reference, case.initials)
    deferred = turn.outcome is not None and turn.outcome.rule.puts_off
    why = why_uncalled(turn)
    if not deferred and turn.propose_defer and turn.reason_to_defer:
        why = turn.reason_to_defer
    return UncalledRow(turn.id, name, case.title, why, deferred, was_opened(turn))


def defer_uncalled(session: Session, meeting_id: str) -> int:
    """Record the cases not discussed as deferred, each for the reason shown; how many. Those deferred twice already are
    left: each needs a reason of its own."""
    session.require_recorder()
    rows = closing(session, meeting_id).deferrable
    with session.work.step("deferring the cases not discussed") as records:
        for row in rows:
            turn = records.get(CaseTurn, row.turn_id)
            records.save(replace(turn, outcome=Outcome.DEFER, reason=row.why, state=TurnState.TO_DO))
    return len(rows)


def date_actions(session: Session, meeting_id: str) -> int:
    """Every action without a date is due at the next meeting; how many."""
    session.require_recorder()
    with session.work.step("a date for the actions without one") as records:
        meeting = records.get(Meeting, meeting_id)
        day = next_meeting_day(session, records, meeting)
        undated = [action for action in records.find(Action, meeting_id=meeting_id) if action.due is None]
        for action in undated:
            records.save(replace(action, due=day, next_of_id=due_after(records, meeting)))
    return len(undated)


def return_to(session: Session, meeting_id: str, row: FailedRow) -> None:
    """Put the walk back to the item or case a check found, so that the live page opens there."""
    with session.work.step("return to an earlier item") as records:
        meeting = records.get(Meeting, meeting_id)
        if row.check in (Check.OUTCOMES, Check.COMPLETE):
            cases = next(i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is ItemKind.CASES)
            move(session, records, meeting, cases, records.get(CaseTurn, row.record_id))
        else:
            move(session, records, meeting, records.get(AgendaItem, row.record_id))


def close_meeting(
    session: Session,
    meeting_id: str,
    *,
    next_on: date | None = None,
    not_reached_confirmed: bool = False,
    reason: str = "",
) -> Meeting:
    """End the meeting with the next date as agreed now or before, if anybody did. What is open is written as it is;
    cases not reached are deferred where that was confirmed. Raises Refused out of session, FieldRefused for somebody
    unsigned without a reason, and for a date that is not later."""
    session.require_recorder()
    state = closing(session, meeting_id)
    meeting, reason = state.meeting, " ".join(reason.split())
    _refuse_out_of_session(session, meeting)
    agreed = next_on or meeting.next_on
    if agreed is not None and agreed <= meeting.on:
        raise FieldRefused(ClosingField.NEXT_ON, "The next meeting must be after this one.")
    if state.of(Check.SIGNED) and not reason:
        raise FieldRefused(
            ClosingField.REASON, f"{_who(state)} not signed. Sign now, or give the reason; it is minuted."
        )
    with session.work.step("closing of the meeting", kind=StepKind.CLOSING) as records:
        leave(session, records, meeting)
        _end_items(session, records, meeting_id, bool(agreed))
        for row in state.uncalled:
            turn = replace(records.get(CaseTurn, row.turn_id), state=TurnState.TO_DO)
            if not_reached_confirmed and not row.deferred:
                turn = replace(turn, outcome=Outcome.DEFER, reason=row.why)
            records.save(turn)
        dated = set_next_date(session, records, meeting, agreed)
        closed = replace(
            dated,
            state=MeetingState.CLOSED,
            closed_at=at_table(session, records, meeting_id),
            current_item_id="",
            current_turn_id="",
            closing_note="\n".join(filter(None, (reason, _left_open(state, bool(agreed), not_reached_confirmed)))),
        )
        records.save(closed)
        freeze(session, records, closed)
        bring_report_of(records, closed)
    return closed


def _refuse_out_of_session(session: Session, meeting: Meeting) -> None:
    if meeting.state is MeetingState.CLOSED:
        raise Refused(f"The meeting of {screen_day(meeting.on, session.today)} is already closed.")
    if meeting.state is not MeetingState.IN_SESSION:
        raise Refused("This meeting has not started, so it cannot be closed. Start it from the sign-in.")


def _who(state: Closing) -> str:
    """'PC Aisha Rahman has', '3 people have'"""
    unsigned = state.of(Check.SIGNED)
    return unsigned[0].words.removesuffix(" not signed") if len(unsigned) == 1 else f"{len(unsigned)} people have"


def _left_open(state: Closing, agreed: bool, deferred: bool) -> str:
    """What the meeting leaves open as it closes, for the minutes: cases, then the checks that failed, then the day."""
    failed = {check: [row for row in state.failed if row.check is check] for check in Check}
    reached = state.not_reached - state.opened
    left = [
        _count(reached, "case not discussed", "cases not discussed"),
        _count(state.opened, "case opened without a decision", "cases opened without a decision"),
    ]
    cases = " and ".join(filter(None, left))
    parts = [
        _count(
            len(failed[Check.OUTCOMES]),
            "case without a decision read back",
            "cases without a decision read back",
        ),
        f"{cases}, deferred to the next meeting" if cases and deferred else cases,
        *(row.words for row in failed[Check.SIGNED]),
        _passed_over([row.words.removesuffix(NOT_DISCUSSED) for row in failed[Check.ITEMS]]),
        _count(len(failed[Check.COMPLETE]), "decision to complete", "decisions to complete"),
        _count(len(failed[Check.APOLOGIES]), "person absent without apologies", "people absent without apologies"),
        _count(len(failed[Check.OFFICERS]), "action without an officer", "actions without an officer"),
        _count(len(failed[Check.DATES]), "action without a date", "actions without a date"),
        "" if agreed or not state.meeting.is_regular else "no date agreed for the next meeting",
    ]
    words = "; ".join(filter(None, parts))
    return f"Outstanding at closing: {words}." if words else ""


def _passed_over(titles: Sequence[str]) -> str:
    """'2 agenda items not discussed (Matters arising, Other business)'"""
    return f"{_count(len(titles), 'agenda item', 'agenda items')} not discussed ({', '.join(titles)})" if titles else ""


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}" if number else ""


def _end_items(session: Session, records: Records, meeting_id: str, agreed: bool) -> None:
    """A next date that is agreed was said; whatever was still in hand ends now."""
    for item in records.find(AgendaItem, meeting_id=meeting_id):
        running = item.state is TurnState.IN_HAND
        if running or (item.kind is ItemKind.NEXT_DATE and agreed):
            ended = item.ended_at or at_table(session, records, meeting_id)
            records.save(replace(item, state=TurnState.DONE, ended_at=ended))
