"""Preparing the next meeting: when and where, who is expected, the agenda and the order of the cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from csp_desktop.domain.agencies import Agency, Member, Standing
from csp_desktop.domain.agenda import WalkCase, WalkPlan, default_items, least_minutes, plan_walk
from csp_desktop.domain.cases import Case
from csp_desktop.domain.clocks import PromiseState
from csp_desktop.domain.confidentiality import Attendance
from csp_desktop.domain.days import short_day
from csp_desktop.domain.deadlines import propose_next_meeting
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.ids import new_id
from csp_desktop.domain.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingKind, MeetingState, TurnState
from csp_desktop.domain.signing import attend
from csp_desktop.services.keeping_cases import WalkCandidate, walk_candidates
from csp_desktop.services.keeping_people import people_in
from csp_desktop.services.keeping_settings import settings_in
from csp_desktop.services.ports import Records
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
    detail: str


@dataclass(frozen=True)
class TurnRow:
    """One case of the walk as Prepare shows it."""

    turn: CaseTurn
    case: Case
    candidate: WalkCandidate | None


@dataclass(frozen=True)
class ExpectedRow:
    """One person of the register and whether they are expected."""

    member: Member
    agency_name: str
    expected: bool
    apology: bool


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
    unconfirmed_titles: int
    ends_at: time

    @property
    def spare_minutes(self) -> int:
        """Minutes left of the slot; negative when over."""
        return self.slot_minutes - self.planned_minutes


def meetings(session: Session) -> list[Meeting]:
    """All meetings, the oldest first."""
    with session.work.reading() as records:
        return sorted(records.find(Meeting), key=lambda m: (m.on, m.starts))


def next_meeting(session: Session) -> Meeting | None:
    """The meeting that is planned or running, the earliest first."""
    return next((m for m in meetings(session) if m.state is not MeetingState.CLOSED), None)


def propose_plan(session: Session) -> MeetingPlan:
    """A plan to start from: the date by the frequency, the slot of the settings, the people and place of last time."""
    held = meetings(session)
    with session.work.reading() as records:
        settings = settings_in(records)
        by_role = {role: m.id for m in records.find(Member) for role in m.roles}
    last = held[-1] if held else None
    fixed = last.next_on if last and last.next_on and last.next_on >= session.today else None
    proposed = propose_next_meeting(last.on if last else session.today, settings, session.holidays)
    while proposed < session.today:
        proposed = propose_next_meeting(proposed, settings, session.holidays)
    return MeetingPlan(
        fixed or proposed,
        settings.slot_starts,
        settings.slot_ends,
        last.venue if last else settings.default_venue,
        last.chair_id if last else by_role.get("chair", ""),
        last.minute_taker_id if last else by_role.get("minute-taker", ""),
    )


def plan_meeting(session: Session, plan: MeetingPlan) -> Meeting:
    """Fix the next meeting with its agenda, the standing members as expected, and every open case in the order of the walk."""
    with session.work.step(f"plan of the meeting of {short_day(plan.on)}") as records:
        if any(m.state is not MeetingState.CLOSED for m in records.find(Meeting)):
            raise Refused("A meeting is already planned. Change that one, or close it first.")
        _check(session, records, plan, "")
        meeting = Meeting(
            new_id(), MeetingKind.CPG, plan.on, plan.starts, plan.ends, plan.venue.strip(), plan.chair_id, plan.minute_taker_id
        )
        records.save(meeting)
        for position, item in enumerate(default_items(settings_in(records).agenda_minutes), 1):
            records.save(AgendaItem(new_id(), meeting.id, position, item.kind, item.title, item.minutes))
        for row in people_in(records, session.today):
            if row.member.standing is Standing.STANDING:
                records.save(_expected(session, records, meeting, row.member))
        _fill_walk(session, records, meeting)
    return meeting


def _check(session: Session, records: Records, plan: MeetingPlan, meeting_id: str) -> None:
    if plan.on < session.today:
        raise Refused(f"{short_day(plan.on)} {plan.on.year} has passed. Choose a day from today on.")
    if plan.ends <= plan.starts:
        raise Refused("The meeting must end after it starts. Give a later end.")
    for other in records.find(Meeting, on=plan.on):
        if other.id != meeting_id:
            raise Refused(f"There is already a meeting on {short_day(plan.on)}. Choose another day.")


def change_meeting(session: Session, meeting_id: str, plan: MeetingPlan) -> Meeting:
    """Change date, time, place, chair or minute-taker of a meeting not yet closed."""
    with session.work.step("meeting details") as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This meeting is closed: what was held stays as it was.")
        if plan.on != meeting.on:
            _check(session, records, plan, meeting_id)
        elif plan.ends <= plan.starts:
            raise Refused("The meeting must end after it starts. Give a later end.")
        after = replace(
            meeting,
            on=plan.on,
            starts=plan.starts,
            ends=plan.ends,
            venue=plan.venue.strip(),
            chair_id=plan.chair_id,
            minute_taker_id=plan.minute_taker_id,
        )
        records.save(after)
    return after


def _expected(session: Session, records: Records, meeting: Meeting, member: Member) -> Attendance:
    """The row of someone expected: nothing about it is true yet but the expectation."""
    return attend(meeting, member, records.get(Agency, member.agency_id), settings_in(records), session.today)


def expect(session: Session, meeting_id: str, member_id: str, expected: bool) -> None:
    """Put a person on or off the list of those expected. Someone who was there stays on the record."""
    with session.work.step("who is expected") as records:
        meeting = records.get(Meeting, meeting_id)
        found = records.find(Attendance, meeting_id=meeting_id, member_id=member_id)
        if expected and not found:
            records.save(_expected(session, records, meeting, records.get(Member, member_id)))
        elif not expected:
            for attendance in found:
                if attendance.arrived_at or attendance.signed:
                    raise Refused(f"{attendance.name} was in the room, so the row stays.")
                records.remove(attendance)


def _fill_walk(session: Session, records: Records, meeting: Meeting) -> None:
    """Give every open case its turn: those already there keep their place, new ones follow in the order of the walk."""
    turns = records.find(CaseTurn, meeting_id=meeting.id)
    known = {t.case_id for t in turns}
    position = max((t.position for t in turns), default=0)
    candidates = walk_candidates(session, records, meeting.on)
    minutes = dict(_plan(records, meeting.id, candidates).minutes)
    for candidate in candidates:
        if candidate.case.id in known:
            continue
        position += 1
        planned = minutes.get(candidate.case.id, least_minutes(candidate.case.band))
        title = candidate.case.title.split(",")[0]
        records.save(CaseTurn(new_id(), meeting.id, candidate.case.id, position, planned, candidate.why, room_title=title))


def _plan(records: Records, meeting_id: str, candidates: Sequence[WalkCandidate]) -> WalkPlan:
    """Which of the cases fit the time the other items leave."""
    cases = [WalkCase(c.case.id, c.case.band, c.promise.state is PromiseState.BROKEN) for c in candidates]
    return plan_walk(cases, _case_minutes(records, meeting_id), settings_in(records).case_minutes_most)


def refresh_walk(session: Session, meeting_id: str) -> int:
    """After an import: cases that closed leave the walk, new ones enter it, and all stand in the order of the walk again.
    Returns how many entered or left."""
    with session.work.step("order of the walk") as records:
        meeting = records.get(Meeting, meeting_id)
        turns = {t.case_id: t for t in records.find(CaseTurn, meeting_id=meeting_id)}
        candidates = walk_candidates(session, records, meeting.on)
        wanted = {c.case.id for c in candidates}
        moved = 0
        for case_id, turn in turns.items():
            if case_id not in wanted and turn.state is TurnState.TO_DO:
                records.remove(turn)
                moved += 1
        before = len(wanted - set(turns))
        _fill_walk(session, records, meeting)
        _sort(records, meeting_id, [c.case.id for c in candidates])
        for candidate in candidates:
            turn = records.find(CaseTurn, meeting_id=meeting_id, case_id=candidate.case.id)[0]
            records.save(replace(turn, why=candidate.why))
    return moved + before


def order_cases(session: Session, meeting_id: str, by: str) -> None:
    """Order the walk: by 'promise' (the order of the walk), 'rating' or 'reference'."""
    with session.work.step(f"order of cases by {by}") as records:
        meeting = records.get(Meeting, meeting_id)
        candidates = walk_candidates(session, records, meeting.on)
        if by == "rating":
            candidates = sorted(candidates, key=lambda c: -(c.case.total or 0))
        elif by == "reference":
            candidates = sorted(candidates, key=lambda c: c.case.reference)
        _sort(records, meeting_id, [c.case.id for c in candidates])


def _sort(records: Records, meeting_id: str, case_ids: Sequence[str]) -> None:
    rank = {case_id: n for n, case_id in enumerate(case_ids)}
    turns = sorted(records.find(CaseTurn, meeting_id=meeting_id), key=lambda t: (rank.get(t.case_id, len(rank)), t.position))
    for position, turn in enumerate(turns, 1):
        records.save(replace(turn, position=position))


def move_turn(session: Session, turn_id: str, to: int) -> None:
    """Put a case at another place of the walk; `to` counts from 1."""
    with session.work.step("order of cases") as records:
        turn = records.get(CaseTurn, turn_id)
        turns = [t for t in records.find(CaseTurn, meeting_id=turn.meeting_id) if t.id != turn_id]
        turns.insert(max(0, min(to - 1, len(turns))), turn)
        for position, each in enumerate(turns, 1):
            records.save(replace(each, position=position))


def move_item(session: Session, item_id: str, to: int) -> None:
    """Put an agenda item at another place. Confidentiality stays first: nothing is said before it."""
    with session.work.step("order of the agenda") as records:
        item = records.get(AgendaItem, item_id)
        items = [i for i in records.find(AgendaItem, meeting_id=item.meeting_id) if i.id != item_id]
        items.insert(max(0, min(to - 1, len(items))), item)
        if items[0].kind is not ItemKind.CONFIDENTIALITY:
            raise Refused("Confidentiality stays first: everyone signs before anything else is said.")
        for position, each in enumerate(items, 1):
            records.save(replace(each, position=position))


def set_item_minutes(session: Session, item_id: str, minutes: int) -> None:
    """Planned minutes of an agenda item, 0 to 180."""
    if not 0 <= minutes <= 180:
        raise Refused("An item takes between 0 and 180 minutes.")
    with session.work.step("minutes of an item") as records:
        records.save(replace(records.get(AgendaItem, item_id), planned_minutes=minutes))


def set_turn_minutes(session: Session, turn_id: str, minutes: int) -> None:
    """Planned minutes of a case, from 1 to the most the settings allow."""
    with session.work.step("minutes of a case") as records:
        most = settings_in(records).case_minutes_most
        if not 1 <= minutes <= most:
            raise Refused(f"A case takes between 1 and {most} minutes. The most is a setting.")
        records.save(replace(records.get(CaseTurn, turn_id), planned_minutes=minutes))


def propose_to_defer(session: Session, turn_id: str, defer: bool) -> None:
    """Mark a case as one to defer when time runs out, or take the mark away. The meeting decides."""
    with session.work.step("proposal to defer") as records:
        records.save(replace(records.get(CaseTurn, turn_id), propose_defer=defer))


def confirm_room_title(session: Session, turn_id: str, title: str) -> None:
    """A person confirms what the room screen may show of a case; an empty title leaves the reference alone."""
    with session.work.step("room title") as records:
        turn = records.get(CaseTurn, turn_id)
        records.save(replace(turn, room_title=" ".join(title.split()), room_title_confirmed=bool(title.strip())))


def confirm_all_room_titles(session: Session, meeting_id: str) -> int:
    """Confirm every room title as it stands, after they were read through; returns how many."""
    with session.work.step("all room titles") as records:
        waiting = [t for t in records.find(CaseTurn, meeting_id=meeting_id) if t.room_title and not t.room_title_confirmed]
        for turn in waiting:
            records.save(replace(turn, room_title_confirmed=True))
    return len(waiting)


def apply_deferrals(session: Session, meeting_id: str) -> int:
    """Mark the cases that do not fit the slot as proposed to defer, share the time among the others; returns how many."""
    with session.work.step("proposals to defer") as records:
        turns = records.find(CaseTurn, meeting_id=meeting_id)
        found = {c.case.id: c for c in walk_candidates(session, records, records.get(Meeting, meeting_id).on)}
        plan = _plan(records, meeting_id, [found[t.case_id] for t in turns if t.case_id in found])
        minutes = dict(plan.minutes)
        for turn in turns:
            planned = minutes.get(turn.case_id, turn.planned_minutes)
            records.save(replace(turn, propose_defer=turn.case_id in plan.deferred, planned_minutes=planned))
    return len(plan.deferred)


def _case_minutes(records: Records, meeting_id: str) -> int:
    """Minutes of the slot that the other items leave for cases."""
    meeting = records.get(Meeting, meeting_id)
    others = sum(i.planned_minutes for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is not ItemKind.CASES)
    return max(0, slot_minutes(meeting) - others)


def slot_minutes(meeting: Meeting) -> int:
    """The meeting's length in minutes."""
    return (meeting.ends.hour - meeting.starts.hour) * 60 + meeting.ends.minute - meeting.starts.minute


def preparation(session: Session, meeting_id: str) -> Preparation:
    """Everything Prepare shows, read at once."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        turns = records.find(CaseTurn, meeting_id=meeting_id)
        items = records.find(AgendaItem, meeting_id=meeting_id)
        found = {c.case.id: c for c in walk_candidates(session, records, meeting.on)}
        rows = tuple(TurnRow(t, found[t.case_id].case if t.case_id in found else records.get(Case, t.case_id), found.get(t.case_id)) for t in turns)
        attendances = {a.member_id: a for a in records.find(Attendance, meeting_id=meeting_id)}
        everyone = people_in(records, session.today)
        plan = _plan(records, meeting_id, [r.candidate for r in rows if r.candidate])
    cases_minutes = sum(t.planned_minutes for t in turns if not t.propose_defer)
    item_rows, planned, ends = _timed(meeting, items, cases_minutes, len(turns), sum(a.expected for a in attendances.values()))
    expected = tuple(
        ExpectedRow(r.member, r.agency.name, r.member.id in attendances, bool(r.member.id in attendances and attendances[r.member.id].apology))
        for r in everyone
    )
    unconfirmed = sum(not t.room_title_confirmed for t in turns)
    return Preparation(meeting, item_rows, rows, expected, slot_minutes(meeting), planned, plan, unconfirmed, ends)


def _timed(
    meeting: Meeting, items: Sequence[AgendaItem], case_minutes: int, case_count: int, expected: int
) -> tuple[tuple[ItemRow, ...], int, time]:
    """The items with the time each begins, the minutes planned in all, and when the last one ends."""
    now = datetime.combine(meeting.on, meeting.starts)
    rows = []
    planned = 0
    for item in items:
        minutes = case_minutes if item.kind is ItemKind.CASES else item.planned_minutes
        detail = {ItemKind.CASES: f"{case_count} cases", ItemKind.CONFIDENTIALITY: f"{expected} expected"}.get(item.kind, "")
        rows.append(ItemRow(item, now.time(), detail))
        planned += minutes
        now += timedelta(minutes=minutes)
    return tuple(rows), planned, now.time()
