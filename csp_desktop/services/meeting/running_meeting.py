"""Running a meeting: start it, go through the agenda, keep the time; killed and started again, it is where it was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from csp_desktop.domain.cases.cases import Case, RiskPoint
from csp_desktop.domain.common.days import dated_day, instant
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting import signing, walk
from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.pace import Pace, Stage, pace, weight
from csp_desktop.domain.meeting.walk import AnyStop, Stop
from csp_desktop.domain.people.bodies import body_of
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.cases.disclosures import disclose
from csp_desktop.services.meeting.due_next import move_due, next_meeting_day
from csp_desktop.services.meeting.issue_talks import end_talks
from csp_desktop.services.meeting.professionals import note_reported
from csp_desktop.services.meeting.regular import regular_meetings
from csp_desktop.services.meeting.table_time import at_table, note_reader, paper_of
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Draft, Records, Step, StepKind
from csp_desktop.services.session import Session

MINUTE, NOTE = "minute of a case", "note of an item"
NEXT_DATE = "date of the next meeting"
DRAFTED = ("note", "reason", "refer_to", "dissent")  # the fields of a stop that are kept while they are typed


@dataclass(frozen=True)
class WalkRow:
    """One case in the rail."""

    turn: CaseTurn
    case: Case
    change: int | None  # since the total known before


@dataclass(frozen=True)
class LiveMeeting:
    """A running meeting as the screens know it; read again after every step."""

    meeting: Meeting
    body: str
    items: tuple[AgendaItem, ...]
    walk: tuple[WalkRow, ...]
    present: int
    signed: int
    gate: signing.Gate
    settings: Settings
    paper_at: datetime | None = None  # of a meeting held on paper: the time on its sheets
    remote: int = 0  # how many of those present are on Teams or telephone

    @property
    def item(self) -> AgendaItem | None:
        """The agenda item in hand."""
        return next((i for i in self.items if i.id == self.meeting.current_item_id), None)

    @property
    def row(self) -> WalkRow | None:
        """The case in hand."""
        return next((r for r in self.walk if r.turn.id == self.meeting.current_turn_id), None)

    @property
    def number(self) -> int:
        """The case's place in the walk, from 1; 0 when no case is in hand."""
        row = self.row
        return self.walk.index(row) + 1 if row else 0

    @property
    def done(self) -> int:
        """How many cases are done."""
        return sum(r.turn.state is TurnState.DONE for r in self.walk)

    @property
    def ends_at(self) -> datetime:
        """The end of the slot."""
        return instant(self.meeting.on, self.meeting.ends)

    def at(self, now: datetime) -> datetime:
        """What time it is at the table, by the clock or by the sheets."""
        return self.paper_at or now

    def pace(self, now: datetime) -> Pace:
        """How the walk stands against the clock at this instant."""
        stages, current = self._stages(now)
        return pace(stages, current, now, self.ends_at, self.settings.case_minutes_most)

    def _stages(self, now: datetime) -> tuple[list[Stage], int | None]:
        stages: list[Stage] = []
        current = None
        in_hand = self.row.turn.id if self.row else self.meeting.current_item_id
        for stop, of_weight in self._stops():
            if stop.id == in_hand:
                current = len(stages)
            planned = timedelta(minutes=stop.planned_minutes)
            done = stop.state is TurnState.DONE
            stages.append(Stage(planned, walk.spent(stop, now), done, of_weight))
        return stages, current

    def _stops(self) -> list[tuple[AgendaItem | CaseTurn, int]]:
        stops: list[tuple[AgendaItem | CaseTurn, int]] = []
        for item in self.items:
            if item.kind is ItemKind.CASES:
                stops += [(r.turn, weight(r.case.band)) for r in self.walk]
            else:
                stops.append((item, 0))
        return stops


def start(session: Session, meeting_id: str) -> Meeting:
    """Begin confidential business. Raises Refused while someone present has not signed and no override covers them, and
    for a closed meeting."""
    session.require_recorder()
    with session.work.step("start of the meeting", kind=StepKind.START) as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.IN_SESSION:
            return meeting
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This meeting is closed. It is recorded in the minutes.")
        for other in records.find(Meeting, state=MeetingState.IN_SESSION):
            raise Refused(f"The meeting of {dated_day(other.on)} is in progress. Close it first, then start this one.")
        gate = _gate(records, meeting_id)
        if not gate.may_start:
            raise Refused(
                f"{gate.reason} Everyone signs first, or the meeting continues with an override and its reason."
            )
        now = at_table(session, records, meeting_id)
        items = records.find(AgendaItem, meeting_id=meeting_id)
        for item in items:
            if item.kind is ItemKind.CONFIDENTIALITY:
                late = max(now - instant(meeting.on, meeting.starts), timedelta())
                seconds = min(int(late.total_seconds()), 4 * 3600)
                records.save(replace(item, state=TurnState.DONE, ended_at=now, seconds=seconds))
        order = tuple(turn.id for turn in records.find(CaseTurn, meeting_id=meeting_id))
        started = replace(meeting, state=MeetingState.IN_SESSION, started_at=now, agenda_order=order)
        records.save(started)
        first = next((i for i in items if i.kind is not ItemKind.CONFIDENTIALITY), None)
        return move(session, records, started, first) if first else started


def _gate(records: Records, meeting_id: str) -> signing.Gate:
    return signing.gate(records.find(Attendance, meeting_id=meeting_id), records.find(Override, meeting_id=meeting_id))


def running(session: Session) -> Meeting | None:
    """The meeting in session, to come back to after a crash or a lock."""
    with session.work.reading() as records:
        return next(iter(records.find(Meeting, state=MeetingState.IN_SESSION)), None)


def begun(session: Session) -> Meeting | None:
    """The meeting in session, else one whose sign-in is open."""
    with session.work.reading() as records:
        found = records.find(Meeting, state=(MeetingState.IN_SESSION, MeetingState.SIGN_IN))
    return min(found, key=lambda one: (one.state is not MeetingState.IN_SESSION, one.on, one.starts), default=None)


def meeting_state(session: Session, meeting_id: str, known: Sequence[WalkRow] = ()) -> LiveMeeting:
    """Everything about a running meeting except the case in hand, read at once. `known`: the walk as read before,
    when nothing but the turns can have changed; its cases are not read again."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        rows = records.find(Attendance, meeting_id=meeting_id)
        here = [a for a in rows if a.present]
        settings, paper = settings_in(records), paper_of(session, records, meeting_id)
        return LiveMeeting(
            meeting=meeting,
            body=body_of(settings, meeting.kind),
            items=tuple(records.find(AgendaItem, meeting_id=meeting_id)),
            walk=_turned(records, meeting_id, known) or walk_rows(records, meeting_id),
            present=len(here),
            signed=sum(a.signed for a in here),
            gate=signing.gate(rows, records.find(Override, meeting_id=meeting_id)),
            settings=settings,
            paper_at=paper.at if paper else None,
            remote=sum(a.remote is not None for a in here),
        )


def _turned(records: Records, meeting_id: str, known: Sequence[WalkRow]) -> tuple[WalkRow, ...]:
    """The known walk with its turns as they are now; empty when other cases are on it."""
    rows = {r.turn.id: r for r in known}
    turns = records.find(CaseTurn, meeting_id=meeting_id) if known else []
    if {t.id for t in turns} != rows.keys():
        return ()
    return tuple(replace(rows[t.id], turn=t) for t in turns)


def walk_rows(records: Records, meeting_id: str) -> tuple[WalkRow, ...]:
    """The cases of the walk in order, with how their rating moved."""
    turns = records.find(CaseTurn, meeting_id=meeting_id)
    ids = [t.case_id for t in turns]
    cases = {c.id: c for c in records.find(Case, id=ids)} if ids else {}
    points: dict[str, list[RiskPoint]] = {}
    for point in records.find(RiskPoint, case_id=ids) if ids else ():
        points.setdefault(point.case_id, []).append(point)
    return tuple(WalkRow(t, cases[t.case_id], walk.change_of_risk(in_time(points.get(t.case_id, ())))) for t in turns)


def in_time(points: Sequence[RiskPoint]) -> tuple[RiskPoint, ...]:
    """Known totals, the oldest first."""
    return tuple(sorted(points, key=lambda p: (p.dated, p.as_of)))


def move(
    session: Session, records: Records, meeting: Meeting, item: AgendaItem | None, turn: CaseTurn | None = None
) -> Meeting:
    """Turn the meeting to an item, or to a case of the walk: what was typed is kept, the clocks change over. Raises
    Refused for a meeting not in session."""
    if meeting.state is not MeetingState.IN_SESSION:
        raise Refused("This meeting is not in progress.")
    stays = item is not None and item.id == meeting.current_item_id
    leave(session, records, meeting, item_too=not stays)
    now = at_table(session, records, meeting.id)
    if item is not None and item.kind is ItemKind.CASES and turn is None:
        turn = _resumed(records, meeting.id)
    for stop in (None if stays and item and item.state is not TurnState.TO_DO else item, turn):
        if stop is not None:
            records.save(walk.take_in_hand(records.get(type(stop), stop.id), now))
    after = replace(meeting, current_item_id=item.id if item else "", current_turn_id=turn.id if turn else "")
    records.save(after)
    if turn is not None:
        disclose(session, records, turn)
    return after


def _resumed(records: Records, meeting_id: str) -> CaseTurn | None:
    """Where the walk goes on: the last one looked at that is not done, else the first not done."""
    turns = records.find(CaseTurn, meeting_id=meeting_id)
    left = [t for t in turns if t.ended_at is not None and t.state is not TurnState.DONE]
    last = max(left, key=lambda t: t.ended_at or datetime.min, default=None)
    return last or next((t for t in turns if t.state is not TurnState.DONE), turns[0] if turns else None)


def leave(session: Session, records: Records, meeting: Meeting, *, item_too: bool = True) -> None:
    """Lay down whatever is in hand: drafts become part of the record, the time is added up. From case to case the item
    of the cases stays in hand."""
    now = at_table(session, records, meeting.id)
    if meeting.current_item_id and item_too:
        _lay_down(session, records, records.get(AgendaItem, meeting.current_item_id), now)
    if meeting.current_turn_id:
        _lay_down(session, records, records.get(CaseTurn, meeting.current_turn_id), now)


def _lay_down(session: Session, records: Records, stop: AgendaItem | CaseTurn, now: datetime) -> None:
    typed = drafts_of(session, stop)
    said = walk.touched(fold_drafts(session, stop), stop, now) if typed else stop
    records.save(walk.lay_down(said, now))
    if typed:
        drop_drafts(session, stop)


def fold_drafts(session: Session, stop: Stop) -> Stop:
    """The record with what was being typed in it."""
    typed: dict[str, Any] = {d.field: d.text for d in drafts_of(session, stop)}
    return replace(stop, **typed) if typed else stop


def drafts_of(session: Session, stop: AnyStop) -> list[Draft]:
    """What is being typed in it, asked for once."""
    kind = type(stop).__name__
    return [d for d in session.work.drafts() if (d.kind, d.record_id) == (kind, stop.id) and d.field in DRAFTED]


def drop_drafts(session: Session, stop: AnyStop) -> None:
    """Its text is in the record now."""
    for draft in drafts_of(session, stop):
        session.work.drop_draft(type(stop), stop.id, draft.field)


def end_typing(session: Session, kind: type[AnyStop], stop_id: str, words: str) -> None:
    """The field was left: one step takes over what was typed. Nothing typed, no step; nor once the meeting is closed,
    for then no field of it can be written to."""
    with session.work.reading() as records:
        before: AnyStop = records.get(kind, stop_id)
        is_closed = records.get(Meeting, before.meeting_id).state is MeetingState.CLOSED
    after = fold_drafts(session, before)
    if after != before and not is_closed:
        with session.work.step(words, kind=StepKind.NOTE) as records:
            records.save(walk.touched(after, before, at_table(session, records, before.meeting_id)))
            drop_drafts(session, after)
    else:
        drop_drafts(session, after)


def end_all_typing(session: Session) -> None:
    """What is being typed at the table becomes part of the record before anything else is done, in a step of its own:
    taking back what comes next leaves the words that stand there."""
    typed = {(d.kind, d.record_id) for d in session.work.drafts() if d.field in DRAFTED}
    for name, record_id in sorted(typed):
        if name == CaseTurn.__name__:
            end_typing(session, CaseTurn, record_id, MINUTE)
        elif name == AgendaItem.__name__:
            end_typing(session, AgendaItem, record_id, NOTE)
    end_talks(session)


def go_to_item(session: Session, item_id: str) -> Meeting:
    """Turn to an agenda item; at the cases, to the one where the walk goes on."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step("going to another item", kind=StepKind.GOING) as records:
        item = records.get(AgendaItem, item_id)
        return move(session, records, records.get(Meeting, item.meeting_id), item)


def to_be_taken_back(session: Session) -> Step | None:
    """Return to where the last thing at the table was done, and say what it was: `session.work.undo` takes it back.
    The start of the meeting, and what was before it, stay."""
    go_back(session)
    step = session.work.last_step()
    return step if step is not None and step.kind is not StepKind.START else None


def go_back(session: Session) -> bool:
    """Take back that the meeting turned elsewhere, as often as it did without doing anything; whether it had."""
    went = False
    while (step := session.work.last_step()) is not None and step.kind is StepKind.GOING:
        session.work.undo()
        went = True
    return went


def finish_item(session: Session, item_id: str) -> Meeting:
    """The item is done, its note and actions read back, and the meeting goes on to the next one."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step("end of an item") as records:
        item = records.get(AgendaItem, item_id)
        return done_with(session, records, item)


def done_with(session: Session, records: Records, item: AgendaItem) -> Meeting:
    """The same inside a transaction."""
    meeting = records.get(Meeting, item.meeting_id)
    leave(session, records, meeting)
    now = at_table(session, records, meeting.id)
    done = walk.lay_down(replace(records.get(AgendaItem, item.id), state=TurnState.DONE, read_back_at=now), now)
    records.save(done)
    note_reader(session, records, meeting.id, done.id)
    note_reported(records, done, meeting.on)
    resting = replace(meeting, current_item_id="", current_turn_id="")
    records.save(resting)
    following = walk.following(records.find(AgendaItem, meeting_id=meeting.id), item.id)
    if following is None:
        records.save(replace(resting, current_item_id=item.id))
        return records.get(Meeting, meeting.id)
    return move(session, records, resting, following)


def reopen_item(session: Session, item_id: str) -> None:
    """There is something to add to an item that was done."""
    session.require_recorder()
    with session.work.step("reopening an item") as records:
        item = records.get(AgendaItem, item_id)
        records.save(replace(item, state=TurnState.IN_HAND, read_back_at=None, changed_at=None))


def keep_item_note(session: Session, item_id: str, text: str) -> datetime:
    """Commit what is being typed; returns the instant that may be shown as saved."""
    session.require_recorder()
    return session.work.keep_draft(AgendaItem, item_id, "note", text)


def end_item_note(session: Session, item_id: str) -> None:
    """The note was left: it becomes part of the record."""
    end_typing(session, AgendaItem, item_id, NOTE)


def fix_next_date(session: Session, meeting_id: str, day: date | None) -> None:
    """The day of the next meeting, as agreed; none takes it back. Raises Refused for one that is not after this
    meeting's."""
    session.require_recorder()
    with session.work.step(NEXT_DATE) as records:
        meeting = records.get(Meeting, meeting_id)
        if day is not None and day <= meeting.on:
            raise Refused("The next meeting must be after this one. Give a later date.")
        set_next_date(session, records, meeting, day)


def set_next_date(session: Session, records: Records, meeting: Meeting, day: date | None) -> Meeting:
    """The same inside a transaction: what is due at the next meeting moves with its day."""
    before = next_meeting_day(session, records, meeting)
    after = replace(meeting, next_on=day)
    records.save(after)
    if day is not None:
        _plan_follows(records, meeting, day)
    move_due(records, meeting.id, before, next_meeting_day(session, records, after))
    return after


def _plan_follows(records: Records, meeting: Meeting, day: date) -> None:
    """The next meeting that is planned already is on the day agreed now, unless another one stands there."""
    planned = [m for m in regular_meetings(records, state=MeetingState.PLANNED) if m.on > meeting.on]
    if planned and not any(m.on == day for m in planned):
        records.save(replace(min(planned, key=lambda m: m.on), on=day))
