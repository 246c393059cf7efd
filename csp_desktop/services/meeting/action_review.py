"""Reviewing actions round the table, by agency and officer, late first; between meetings the same list with filters.

What was answered stays in its place and is counted: a list that jumps loses the person who reads from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.factor_tasks import FactorNow
from csp_desktop.domain.common.days import local, screen_day
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.actions import (
    Action,
    ActionAnswer,
    ActionKind,
    ActionState,
    Answer,
    owner_words,
    times_carried,
)
from csp_desktop.domain.meeting.asking import did_it_fall
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.services.cases.factor_tasks import now_of
from csp_desktop.services.meeting.actions import Officer, beside_of, officer_of, officers
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.earlier_minutes import day_before
from csp_desktop.services.meeting.regular import regular_held
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

WHY_NOT = ("Waiting for another agency", "Could not reach", "Not lawful", "No time", "Another reason")
WHAT_CHANGED = ("Moved away", "Case closed", "Another way was found", "The law or a court decided", "Another change")


class Due(Enum):
    """Where an action stands against its date, as it was before it was answered."""

    LATE = "Overdue"
    NOW = "Due by today"
    LATER = "Due later"
    UNDATED = "Without a date"


class Show(Enum):
    """What the list is narrowed to."""

    ALL = "All"
    LATE = "Overdue"
    SUPPORT = "Support"
    INTERVENTION = "Intervention"
    INFORMATION = "Information"
    CARRIED = "Carried forward before"


@dataclass(frozen=True)
class ReviewRow:
    """One action to be asked about, or answered already. `days_late` and `due` are as before its answer; `beside` do it
    with the officer, who leads."""

    action: Action
    officer: Officer
    reference: str  # case reference, or the action's own number without a case
    about: str
    history: str  # 'Agreed 29 October, carried on once before'
    due: date | None
    days_late: int
    group: Due
    answer: ActionAnswer | None
    beside: tuple[Officer, ...] = ()
    factor: str = ""  # 'did “How often it happens” fall from 4 points?', or what it came to

    @property
    def who(self) -> str:
        """'PS Dan Holt, with Liam Reed'"""
        return owner_words(self.officer.name, [one.name for one in self.beside])

    @property
    def times(self) -> str:
        """'3rd time', or empty."""
        return times_carried(self.action)


@dataclass(frozen=True)
class OfficerRow:
    """One officer at the table with what is to be asked."""

    officer: Officer
    agency: str
    to_ask: int  # without answer
    late: int  # without answer and late
    total: int
    here: bool  # in the room of the meeting asked about


@dataclass(frozen=True)
class RoundTable:
    """The whole list. `from_on` is the day of the last meeting; `meeting_id` is empty between meetings."""

    meeting_id: str
    on: date
    from_on: date | None
    propose_due: date
    officers: tuple[OfficerRow, ...]
    rows: tuple[ReviewRow, ...]
    reasons: tuple[tuple[str, int], ...]
    carried_more: tuple[ReviewRow, ...]

    def of(self, officer_id: str) -> tuple[ReviewRow, ...]:
        """One officer's actions: late first, then by date."""
        return tuple(row for row in self.rows if officer_id in row.action.owner_ids)

    def count(self, answer: Answer) -> int:
        """How many got this answer."""
        return sum(row.answer is not None and row.answer.answer is answer for row in self.rows)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(row.answer is not None for row in self.rows)

    def latest(self, most: int = 4) -> tuple[ReviewRow, ...]:
        """What was answered last, the newest first."""
        given = [row for row in self.rows if row.answer]
        return tuple(sorted(given, key=_answered_at, reverse=True)[:most])


def round_table(session: Session, meeting_id: str = "", show: Show = Show.ALL) -> RoundTable:
    """Every earlier action that is open, or was answered at this meeting (between meetings: today)."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id) if meeting_id else _last_held(records)
        on = meeting.on if meeting_id and meeting else session.today
        rows = _rows(session, records, meeting_id, on)
        propose = next_meeting_day(session, records, meeting) if meeting else on
        agencies = {a.id: a.name for a in records.find(Agency)}
        last = day_before(session, records, on)
        room = records.find(Attendance, meeting_id=meeting_id) if meeting_id else []
    ordered = _in_turn(rows, agencies)
    shown = [row for row in ordered if _shown(row, show)]
    return RoundTable(
        meeting_id=meeting_id,
        on=on,
        from_on=last,
        propose_due=max(propose, on),
        officers=_officers(shown, agencies, {a.member_id for a in room if a.present}),
        rows=tuple(shown),
        reasons=_reasons(shown),
        carried_more=tuple(sorted((r for r in shown if r.action.carried), key=lambda r: -r.action.carried)),
    )


def _last_held(records: Records) -> Meeting | None:
    return max(regular_held(records), key=lambda m: m.on, default=None)


def _rows(session: Session, records: Records, meeting_id: str, on: date) -> list[ReviewRow]:
    answers = _answers(session, records, meeting_id)
    found = {a.id: a for a in records.find(Action, state=ActionState.OPEN)}
    missing = [action_id for action_id in answers if action_id not in found]
    found |= {a.id: a for a in records.find(Action, id=missing)} if missing else {}
    asked = [a for a in found.values() if not meeting_id or a.meeting_id != meeting_id]
    case_ids = sorted({a.case_id for a in asked if a.case_id})
    cases = {c.id: c for c in records.find(Case, id=case_ids)} if case_ids else {}
    items = {i.id: i.title for i in records.find(AgendaItem)}
    known, factors = officers(records), _factors(records, asked, on)
    return [
        replace(
            _row(action, officer_of(known, action.officer_id), cases, items, answers.get(action.id), on),
            beside=beside_of(known, action),
            factor=factors.get(action.id, ""),
        )
        for action in asked
    ]


def _factors(records: Records, asked: Iterable[Action], on: date) -> dict[str, str]:
    """By action, what to ask of the risk factor it is meant to reduce, or what that came to since."""
    tasks: defaultdict[str, list[Action]] = defaultdict(list)
    for action in asked:
        if action.factor:
            tasks[action.case_id].append(action)
    told = {}
    for case_id, mine in tasks.items():
        assessed = now_of(records, case_id, mine)
        for action in mine:
            now = assessed.get(action.id)
            told[action.id] = f"{_capital(did_it_fall(action))}?" if now is None else _came_to(action, now, on)
    return told


def _came_to(action: Action, now: FactorNow, on: date) -> str:
    return f"“{action.factor_label}”: {action.factor_points} then, {now.points} on {screen_day(now.on, on)}"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _answers(session: Session, records: Records, meeting_id: str) -> dict[str, ActionAnswer]:
    """By action, the last answer given here."""
    given = sorted(records.find(ActionAnswer, meeting_id=meeting_id), key=lambda a: a.at)
    if not meeting_id:
        given = [a for a in given if local(a.at).date() == session.today]
    return {a.action_id: a for a in given}


def _row(
    action: Action,
    officer: Officer,
    cases: dict[str, Case],
    items: dict[str, str],
    answer: ActionAnswer | None,
    on: date,
) -> ReviewRow:
    case = cases.get(action.case_id)
    due = answer.due_before if answer else action.due
    late = days_overdue(due, on)
    group = Due.UNDATED if due is None else Due.LATE if due < on else Due.NOW if due == on else Due.LATER
    reference = (case.reference or "awaiting reference") if case else f"No. {action.number}"
    about = case.title if case else items.get(action.item_id, "")
    return ReviewRow(action, officer, reference, about, _history(action, answer, on), due, late, group, answer)


def _history(action: Action, answer: ActionAnswer | None, on: date) -> str:
    times = action.carried - (answer is not None and answer.answer is Answer.CARRY_ON)
    before = {0: "", 1: ", carried forward once before", 2: ", carried forward twice before"}
    return f"Agreed {screen_day(action.agreed_on, on)}" + before.get(times, f", carried forward {times} times before")


def _in_turn(rows: Iterable[ReviewRow], agencies: dict[str, str]) -> list[ReviewRow]:
    """The agencies with late actions first, an agency's officers together, each officer's late actions first. Answers
    do not change the order."""
    rows = list(rows)
    agency_late = Counter(row.officer.agency_id for row in rows if row.days_late)
    officer_late = Counter(row.officer.id for row in rows if row.days_late)

    def turn(row: ReviewRow) -> tuple[object, ...]:
        officer = row.officer
        agency = agencies.get(officer.agency_id, "")
        place = (
            -agency_late[officer.agency_id],
            not agency,
            agency,
            -officer_late[officer.id],
            officer.name,
            officer.id,
        )
        return (*place, list(Due).index(row.group), row.due or date.max, row.action.agreed_on, row.action.number)

    return sorted(rows, key=turn)


def _shown(row: ReviewRow, show: Show) -> bool:
    match show:
        case Show.ALL:
            return True
        case Show.LATE:
            return row.days_late > 0
        case Show.CARRIED:
            return row.action.carried > 0
        case _:
            return row.action.kind is ActionKind[show.name]


def _officers(rows: list[ReviewRow], agencies: dict[str, str], here: set[str]) -> tuple[OfficerRow, ...]:
    """Everybody whose action one is; somebody who leads none comes behind the others of their agency."""
    found: dict[str, list[ReviewRow]] = {row.officer.id: [] for row in rows}
    known = {row.officer.id: row.officer for row in rows}
    for row in rows:
        for owner in (row.officer, *row.beside):
            known.setdefault(owner.id, owner)
            found.setdefault(owner.id, []).append(row)
    places = list(dict.fromkeys(one.agency_id for one in known.values()))
    in_place = sorted(found, key=lambda key: places.index(known[key].agency_id))
    return tuple(
        OfficerRow(
            officer=known[key],
            agency=agencies.get(known[key].agency_id, ""),
            to_ask=sum(row.answer is None for row in theirs),
            late=sum(row.answer is None and row.days_late > 0 for row in theirs),
            total=len(theirs),
            here=key in here,
        )
        for key, theirs in ((key, found[key]) for key in in_place)
    )


def _reasons(rows: list[ReviewRow]) -> tuple[tuple[str, int], ...]:
    """Why actions were not done, the commonest first, those of the list only."""
    given = [r.answer.reason for r in rows if r.answer and r.answer.answer is Answer.NOT_DONE]
    counted = Counter(next((why for why in WHY_NOT if reason.startswith(why)), WHY_NOT[-1]) for reason in given)
    return tuple(counted.most_common())


def _answered_at(row: ReviewRow) -> datetime:
    assert row.answer is not None
    return row.answer.at
