"""Preparing the next meeting: when and where, who is expected, the agenda and the order of the cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from csp_desktop.domain.cases.cases import Case, RiskPoint, Snapshot
from csp_desktop.domain.cases.clocks import StaleSign
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.deadlines import propose_next_meeting
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.agenda import Presentation, default_agenda, missing_items, presenter_words
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Clause, ClauseKind
from csp_desktop.domain.meeting.issues import EmergingIssue, comes_to
from csp_desktop.domain.meeting.meeting import (
    AgendaItem,
    CaseTurn,
    ItemKind,
    Meeting,
    MeetingField,
    MeetingKind,
    MeetingState,
)
from csp_desktop.domain.meeting.offices import Office, OfficeTaken, first_holder
from csp_desktop.domain.meeting.signing import attend, texts_words
from csp_desktop.domain.meeting.walk import WalkPlan
from csp_desktop.domain.people.agencies import Agency, Member, Standing
from csp_desktop.services.cases.cases import WalkCandidate, stale_in, walk_candidates
from csp_desktop.services.meeting.agenda_items import add_last_minutes, template_in
from csp_desktop.services.meeting.due_next import move_due_to_plan
from csp_desktop.services.meeting.professionals import bring_reports
from csp_desktop.services.meeting.regular import regular_held, regular_meetings, regular_to_come
from csp_desktop.services.meeting.walk_order import (
    OrderBy,
    early_in,
    fill_walk,
    leaves_early,
    ordered_by,
    slot_minutes,
    walk_plan,
)
from csp_desktop.services.people.people import people_in
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class MeetingPlan:
    """What a person fixes about a meeting."""

    on: date
    starts: time
    ends: time
    venue: str
    chair_id: str
    minute_taker_id: str


@dataclass(frozen=True)
class ItemRow:
    """One agenda item with the time it begins."""

    item: AgendaItem
    begins: time
    minutes: int
    detail: str
    presented: Presentation | None = None


@dataclass(frozen=True)
class TurnRow:
    """One case of the walk as Prepare shows it."""

    turn: CaseTurn
    case: Case
    candidate: WalkCandidate | None  # None: closed meanwhile
    total_before: int | None  # the total before today's, where one is known
    stale: tuple[StaleSign, ...] = ()  # why the rating may no longer tell how things are
    early: bool = False  # it stands before others because its agency may leave early


@dataclass(frozen=True)
class ExpectedRow:
    """One person of the register and whether they are expected."""

    member: Member
    agency_name: str
    expected: bool
    apology: bool
    came: bool  # was in the room: the row stays


class CheckKind(Enum):
    """What is looked at before the meeting."""

    CASES = "cases"
    TITLES = "room titles"
    ROLES = "chair and minute-taker"
    EXPECTED = "expected people"
    CLAUSES = "confidentiality texts"
    ITEMS = "standard items"


@dataclass(frozen=True)
class Check:
    """One thing that should be so before the meeting, in words as it is."""

    kind: CheckKind
    passed: bool
    words: str


@dataclass(frozen=True)
class Preparation:
    """Everything Prepare shows."""

    meeting: Meeting
    items: tuple[ItemRow, ...]
    turns: tuple[TurnRow, ...]
    expected: tuple[ExpectedRow, ...]
    slot_minutes: int
    planned_minutes: int
    plan: WalkPlan  # how many cases fit, which to defer, in words
    ends_at: time
    ordered_by: OrderBy | None  # None: in an order of its own
    checks: tuple[Check, ...]
    from_template: bool = False  # the next meetings begin with the partnership's own agenda
    may_leave_early: bool = False  # some agency is named that may

    @property
    def spare_minutes(self) -> int:
        """Minutes left of the slot; negative when over."""
        return self.slot_minutes - self.planned_minutes

    @property
    def as_planned(self) -> MeetingPlan:
        """What is fixed about the meeting, as its form shows it."""
        m = self.meeting
        return MeetingPlan(m.on, m.starts, m.ends, m.venue, m.chair_id, m.minute_taker_id)


def meetings(session: Session) -> list[Meeting]:
    """All meetings, the oldest first."""
    with session.work.reading() as records:
        return regular_meetings(records)


def next_meeting(session: Session) -> Meeting | None:
    """The meeting that is planned or running, the earliest first."""
    return next((m for m in meetings(session) if m.state is not MeetingState.CLOSED), None)


def propose_plan(session: Session) -> MeetingPlan:
    """A plan to start from: the date by the frequency, the slot of the settings, the people and place of last time."""
    held = meetings(session)
    with session.work.reading() as records:
        settings = settings_in(records)
        active = records.find(Member, active=True)
        last = held[-1] if held else None
        before = _planned_people(records, last) if last else ("", "")
    fixed = last.next_on if last and last.next_on and last.next_on >= session.today else None
    proposed = propose_next_meeting(last.on if last else session.today, settings, session.holidays)
    while proposed < session.today:
        proposed = propose_next_meeting(proposed, settings, session.holidays)
    venue = last.venue if last else settings.default_venue
    return MeetingPlan(
        fixed or proposed, settings.slot_starts, settings.slot_ends, venue, *_chair_and_taker(active, before)
    )


def _planned_people(records: Records, last: Meeting) -> tuple[str, str]:
    """Who was to chair a meeting and take its minutes, whoever took over while it ran."""
    taken = records.find(OfficeTaken, meeting_id=last.id)
    return first_holder(last, Office.CHAIR, taken), first_holder(last, Office.MINUTES, taken)


def _chair_and_taker(active: Sequence[Member], before: tuple[str, str]) -> tuple[str, str]:
    """Two people: those of last time while they are here, else by their roles. One person is never both."""
    here = [m.id for m in active]
    chairs = [before[0]] if before[0] in here else _with_role(active, Role.CHAIR, Role.DEPUTY_CHAIR)
    takers = [before[1]] if before[1] in here else _with_role(active, Role.MINUTE_TAKER)
    both = ((chair, taker) for chair in chairs for taker in takers if chair != taker)
    return next(both, (chairs[0], "") if chairs else ("", takers[0] if takers else ""))


def _with_role(active: Sequence[Member], *roles: Role) -> list[str]:
    """Those who have the first of the roles, then those who have the next."""
    return [one.id for role in roles for one in active if role.value in one.roles]


def roles_left(plan: MeetingPlan) -> str:
    """Which of the two is still to be chosen, and why nobody is proposed; empty when both are."""
    left = [r for r, who in (("chair", plan.chair_id), ("minute-taker", plan.minute_taker_id)) if not who]
    if not left:
        return ""
    other = "else " if len(left) == 1 else ""
    return f"Nobody {other}has the role of {' or '.join(left)}: choose who it is."


def plan_meeting(session: Session, plan: MeetingPlan) -> Meeting:
    """Fix the next meeting: its agenda, the standing members as expected, every open case in the order of the walk.
    Raises Refused while one is planned or running."""
    session.require_recorder()
    with session.work.step(f"planning of the meeting of {dated_day(plan.on)}") as records:
        if regular_to_come(records):
            raise Refused("A meeting is already planned. Change or close it first.")
        check_when(session, None, plan.on, plan.starts, plan.ends)
        check_no_other(records, plan.on, "")
        move_due_to_plan(session, records, None, plan.on)
        meeting = Meeting(
            new_id(),
            MeetingKind.CPG,
            plan.on,
            plan.starts,
            plan.ends,
            entered(plan.venue, "The venue", MeetingField.VENUE),
            plan.chair_id,
            plan.minute_taker_id,
        )
        records.save(meeting)
        _lay_out(session, records, meeting)
    return meeting


def _lay_out(session: Session, records: Records, meeting: Meeting) -> None:
    """The agenda, the standing members as expected unless somebody was listed, every open case in the walk's order."""
    for item in default_agenda(meeting, settings_in(records), template_in(records)):
        records.save(item)
    listed = records.find(Attendance, meeting_id=meeting.id)
    for row in people_in(records, session.today) if not listed else ():
        if row.member.standing is Standing.STANDING:
            records.save(_expected(session, records, meeting, row.member))
    bring_reports(records, meeting)
    fill_walk(session, records, meeting)


def check_when(session: Session, before: Meeting | None, on: date, starts: time, ends: time) -> None:
    """Raise FieldRefused for a day to be set that has passed, and for an end that is not after the start."""
    if on < session.today and (before is None or before.on != on):
        raise FieldRefused(
            MeetingField.DAY, f"{screen_day(on, session.today)} is in the past. Choose a date from today on."
        )
    if ends <= starts:
        raise FieldRefused(MeetingField.ENDS, "The meeting must end after it starts. Give a later end.")


def check_no_other(records: Records, on: date, meeting_id: str) -> None:
    """Raise FieldRefused where another meeting is on that day."""
    for other in regular_meetings(records, on=on):
        if other.id != meeting_id:
            raise FieldRefused(MeetingField.DAY, f"There is already a meeting on {dated_day(on)}. Choose another date.")


def change_meeting(session: Session, meeting_id: str, plan: MeetingPlan) -> Meeting:
    """Change date, time, place, chair or minute-taker of a meeting not yet closed. Raises Refused for one that is."""
    session.require_recorder()
    with session.work.step("meeting details") as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This meeting is closed and cannot be changed.")
        check_when(session, meeting, plan.on, plan.starts, plan.ends)
        before = first_planned(records)
        if plan.on != meeting.on:
            check_no_other(records, plan.on, meeting_id)
        after = replace(
            meeting,
            on=plan.on,
            starts=plan.starts,
            ends=plan.ends,
            venue=entered(plan.venue, "The venue", MeetingField.VENUE),
            chair_id=plan.chair_id,
            minute_taker_id=plan.minute_taker_id,
        )
        records.save(after)
        if after.minute_taker_id != meeting.minute_taker_id:
            _seat_minute_taker(records, after)
        if after.on != meeting.on:
            _follow_first(session, records, before)
            if is_laid_out(records, after.id):
                fill_walk(session, records, after)
    return after


def first_planned(records: Records) -> date | None:
    """The day of the meeting that comes first, planned or running."""
    return min((m.on for m in regular_to_come(records)), default=None)


def _follow_first(session: Session, records: Records, before: date | None) -> None:
    """What is due at the next meeting moves with it, where another day comes first now."""
    after = first_planned(records)
    if before is not None and after is not None and after != before:
        move_due_to_plan(session, records, before, after)


def is_laid_out(records: Records, meeting_id: str) -> bool:
    """Whether a meeting has its agenda: a date of the year gets it when it is the next to come."""
    return bool(records.find(AgendaItem, meeting_id=meeting_id))


def _seat_minute_taker(records: Records, meeting: Meeting) -> None:
    """Whoever was to take the minutes comes as a member again, the new one as the minute-taker; who signed stays."""
    for row in records.find(Attendance, meeting_id=meeting.id):
        if row.signed:
            continue
        if row.member_id == meeting.minute_taker_id:
            records.save(replace(row, capacity=Capacity.MINUTE_TAKER))
        elif row.capacity is Capacity.MINUTE_TAKER:
            occasional = records.get(Member, row.member_id).standing is Standing.OCCASIONAL
            records.save(replace(row, capacity=Capacity.OCCASIONAL if occasional else Capacity.MEMBER))


def _expected(session: Session, records: Records, meeting: Meeting, member: Member) -> Attendance:
    """The row of someone expected: nothing about it is true yet but the expectation."""
    return attend(meeting, member, records.get(Agency, member.agency_id), settings_in(records), session.today)


def expect(session: Session, meeting_id: str, member_id: str, expected: bool) -> None:
    """Put a person on or off the list of those expected. Someone who was there stays on the record: taking them off
    raises Refused."""
    session.require_recorder()
    with session.work.step("people expected") as records:
        meeting = records.get(Meeting, meeting_id)
        found = records.find(Attendance, meeting_id=meeting_id, member_id=member_id)
        if expected and not found:
            records.save(_expected(session, records, meeting, records.get(Member, member_id)))
        elif not expected:
            for attendance in found:
                if attendance.arrived_at or attendance.signed:
                    raise Refused(f"{attendance.name} was here and cannot be removed.")
                records.remove(attendance)


def refresh_walk(session: Session, meeting_id: str) -> int:
    """After an import: closed cases leave the walk, new ones enter it, all stand in the order of the walk again, and
    one put at its place by hand stays there. Returns how many entered or left."""
    session.require_recorder()
    with session.work.step("case order") as records:
        meeting = records.get(Meeting, meeting_id)
        return fill_walk(session, records, meeting) if is_laid_out(records, meeting_id) else 0


def lay_out(session: Session, meeting_id: str) -> None:
    """Give a date of the year its agenda, those expected and its walk, as it becomes the next to come; one that has
    them stays as it is.
    """
    with session.work.reading() as records:
        laid_out = is_laid_out(records, meeting_id)
    if not laid_out:
        session.require_recorder()
        with session.work.step("agenda of the next meeting") as records:
            _lay_out(session, records, records.get(Meeting, meeting_id))


def preparation(session: Session, meeting_id: str) -> Preparation:
    """Everything Prepare shows, read at once."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        items = records.find(AgendaItem, meeting_id=meeting_id)
        found = walk_candidates(session, records, meeting.on)
        rows = _turn_rows(session, records, records.find(CaseTurn, meeting_id=meeting_id), found)
        expected = _expected_rows(session, records, meeting)
        plan = walk_plan(records, meeting, [r.candidate for r in rows if r.candidate])
        checks = (*_checks(session, records, meeting, rows, expected), *_items_check(items))
        presented = _presented(records, meeting, expected)
        kept = template_in(records) is not None
        issues, early = len(comes_to(records.find(EmergingIssue), meeting.id)), early_in(records)
    stand = [r.turn.case_id for r in rows]
    by = next((by for by in OrderBy if [c for c in ordered_by(found, by, early) if c in stand] == stand), None)
    if by is OrderBy.EARLY:
        rows = tuple(replace(row, early=leaves_early(row.case, early)) for row in rows)
    case_minutes = sum(r.turn.planned_minutes for r in rows if not r.turn.propose_defer)
    count = sum(1 for r in expected if r.expected and not r.apology)
    item_rows, planned, ends = _timed(meeting, items, case_minutes, _details(len(rows), count, issues), presented)
    slot = slot_minutes(meeting)
    return Preparation(meeting, item_rows, rows, expected, slot, planned, plan, ends, by, checks, kept, bool(early))


def _presented(
    records: Records, meeting: Meeting, people: Sequence[ExpectedRow]
) -> dict[str, tuple[Presentation, str]]:
    """By item: who presents it, and in words."""
    names = {row.member.id: row.member.name for row in people}
    found = records.find(Presentation, meeting_id=meeting.id)
    return {one.item_id: (one, presenter_words(one, names.get(one.host_id, ""))) for one in found}


def _details(case_count: int, expected: int, issues: int) -> dict[ItemKind, str]:
    return {
        ItemKind.CASES: _count(case_count, "case"),
        ItemKind.CONFIDENTIALITY: f"{expected} expected",
        ItemKind.EMERGING: _count(issues, "issue") if issues else "",
    }


def bring_walk_up_to_date(session: Session) -> int:
    """The same for the meeting to come, if there is one, laid out where it was only a date; a walk under way is left
    alone."""
    meeting = next_meeting(session)
    if not session.is_writable() or meeting is None or meeting.state is MeetingState.IN_SESSION:
        return 0
    lay_out(session, meeting.id)
    add_last_minutes(session, meeting.id)
    return refresh_walk(session, meeting.id)


def everyone(session: Session) -> tuple[ExpectedRow, ...]:
    """The register, while no meeting is planned: nobody is expected anywhere yet."""
    with session.work.reading() as records:
        found = people_in(records, session.today)
    return tuple(ExpectedRow(r.member, r.agency.name, False, False, False) for r in found)


def _turn_rows(
    session: Session, records: Records, turns: Sequence[CaseTurn], candidates: Sequence[WalkCandidate]
) -> tuple[TurnRow, ...]:
    """The turns in their order; the totals before today's say where each rating is going."""
    found = {c.case.id: c for c in candidates}
    stale = stale_in(session, records, [c.case for c in candidates])
    totals: dict[str, list[RiskPoint]] = {}
    for point in records.find(RiskPoint):
        totals.setdefault(point.case_id, []).append(point)
    rows = []
    for turn in turns:
        candidate = found.get(turn.case_id)
        case = candidate.case if candidate else records.get(Case, turn.case_id)
        known = sorted(totals.get(case.id, []), key=lambda p: (p.dated, p.as_of))
        rows.append(TurnRow(turn, case, candidate, known[-2].total if len(known) > 1 else None, stale.get(case.id, ())))
    return tuple(rows)


def _expected_rows(session: Session, records: Records, meeting: Meeting) -> tuple[ExpectedRow, ...]:
    """Everyone of the register, those on the meeting's list as expected."""
    there = {a.member_id: a for a in records.find(Attendance, meeting_id=meeting.id)}
    rows = []
    for person in people_in(records, session.today):
        found = there.get(person.member.id)
        rows.append(
            ExpectedRow(
                person.member,
                person.agency.name,
                found is not None,
                found is not None and found.apology,
                found is not None and (found.signed or found.arrived_at is not None),
            )
        )
    return tuple(rows)


def _checks(
    session: Session, records: Records, meeting: Meeting, rows: Sequence[TurnRow], expected: Sequence[ExpectedRow]
) -> tuple[Check, ...]:
    """What should be so before the meeting. Nothing here forbids opening sign-in; each failing one names its fix."""
    waiting = sum(not r.turn.room_title_confirmed for r in rows)
    roles = [w for w, who in (("chair", meeting.chair_id), ("minute-taker", meeting.minute_taker_id)) if not who]
    coming = sum(r.expected and not r.apology for r in expected)
    last = max((m.on for m in regular_held(records)), default=None)
    newest = max((s.as_of for s in records.find(Snapshot)), default=None)
    imported = newest is not None and (last is None or newest > last)
    since = f" since {screen_day(last, session.today)}" if last else ""
    words = f"Cases imported, as of {screen_day(newest, session.today)}" if newest else "Cases imported"
    return (
        Check(CheckKind.CASES, imported, words if imported else f"No cases imported{since}"),
        Check(
            CheckKind.TITLES,
            not waiting,
            f"{_count(waiting, 'room screen title')} to confirm" if waiting else "All room screen titles confirmed",
        ),
        Check(
            CheckKind.ROLES,
            not roles,
            f"No {' and no '.join(roles)} chosen" if roles else "Chair and minute-taker chosen",
        ),
        Check(
            CheckKind.EXPECTED,
            coming > 1,
            f"{_count(coming, 'person', 'people')} expected" if coming else "Nobody is expected yet",
        ),
        _clause_check(records),
    )


def _items_check(items: Sequence[AgendaItem]) -> tuple[Check, ...]:
    """An agenda planned by an earlier version may lack standard items; nothing is said where it has them all."""
    missing = missing_items(items) if items else ()
    words = f"{_count(len(missing), 'standard item')} missing from this agenda"
    return (Check(CheckKind.ITEMS, False, words),) if missing else ()


def _clause_check(records: Records) -> Check:
    """The chair confirms the confidentiality texts once; until then they are marked as illustrative."""
    newest: dict[ClauseKind, Clause] = {}
    for clause in records.find(Clause):
        if clause.kind not in newest or clause.version > newest[clause.kind].version:
            newest[clause.kind] = clause
    waiting = [clause.kind for clause in newest.values() if clause.illustrative]
    return Check(CheckKind.CLAUSES, not waiting, texts_words(waiting))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _timed(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    case_minutes: int,
    details: Mapping[ItemKind, str],
    presented: Mapping[str, tuple[Presentation, str]],
) -> tuple[tuple[ItemRow, ...], int, time]:
    """The items with the time each begins, the minutes planned in all, and when the last one ends."""
    now = datetime.combine(meeting.on, meeting.starts)
    rows = []
    planned = 0
    for item in items:
        minutes = case_minutes if item.kind is ItemKind.CASES else item.planned_minutes
        one, words = presented.get(item.id, (None, details.get(item.kind, "")))
        rows.append(ItemRow(item, now.time(), minutes, words, one))
        planned += minutes
        now += timedelta(minutes=minutes)
    return tuple(rows), planned, now.time()
