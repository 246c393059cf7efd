"""Home: the next step, the two countdowns, what needs someone, and how the cases stand against their promises."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from csp_desktop.domain.cases.cases import Case, Snapshot
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.days import clock, day_and_time, local, screen_day
from csp_desktop.domain.common.deadlines import Deadline, circulation_deadline
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import days_overdue, due_words, late_words
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueState
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.papers import PapersWritten, went_out_words
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import IspStatus, Member, Standing
from csp_desktop.services.cases.case_plans import overdue_plans
from csp_desktop.services.cases.cases import OPEN, CasePromise, promises_in
from csp_desktop.services.cases.factor_asks import cmht_not_told
from csp_desktop.services.cases.incoming_referrals import may_be_deleted, open_incoming_in
from csp_desktop.services.cases.referrals import open_referrals_in
from csp_desktop.services.cases.repeat_victims import not_told
from csp_desktop.services.file.backups import safekeeping_needs
from csp_desktop.services.home.home_needs import (
    Need,
    OfficerLate,
    action_needs,
    called_needs,
    came_in_needs,
    first_needs,
    handing_needs,
    late_officers,
    lists_need,
    mail_needs,
    minutes_need,
    paper_needs,
    papers_need,
    people_needs,
    plan_needs,
    promise_needs,
    record_need,
    referral_needs,
    remark_needs,
    update_needs,
    victim_needs,
)
from csp_desktop.services.home.next_step import NextStep, RecordSteps, record_step
from csp_desktop.services.meeting.agreed_by_mail import to_confirm_in
from csp_desktop.services.meeting.papers import last_written
from csp_desktop.services.meeting.professionals import waiting_in
from csp_desktop.services.meeting.regular import regular_meetings
from csp_desktop.services.meeting.update_requests import to_ask
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.after_meeting import lists_due
from csp_desktop.services.minutes.minutes import circulation, draft_saved_at
from csp_desktop.services.people.handing_on import left_owning
from csp_desktop.services.people.people import PersonRow, people_in
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

_PRESSES = ("high", "medium", "accent")  # the first most


class Step(Enum):
    """What a partnership does next."""

    PEOPLE = "people"
    IMPORT = "import"
    PLAN = "plan"
    PREPARE = "go over the agenda"
    SIGN_IN = "sign in"
    MEET = "go on with the meeting"
    MINUTES = "the minutes, as far as they are"
    CIRCULATE = "circulate the minutes"
    LISTS = "send the action lists"
    PAPER = "enter a meeting held on paper"


RECORD_STEPS = RecordSteps(Step.MINUTES, Step.CIRCULATE)


@dataclass(frozen=True)
class Countdown:
    """A big number of days with its day and words; `days` is None when there is nothing to count to."""

    title: str
    by: str
    days: int | None
    status: str
    tone: str
    note: str


@dataclass(frozen=True)
class Ahead:
    """Everything Home shows."""

    today: date
    next_step: NextStep
    circulate: Countdown
    meeting: Countdown
    needs: tuple[Need, ...]
    broken: tuple[CasePromise, ...]
    due: tuple[CasePromise, ...]
    kept: int
    late_officers: tuple[OfficerLate, ...]
    open_cases: int
    open_actions: int
    late_actions: int
    people: int
    last_meeting: Meeting | None
    coming_meeting: Meeting | None
    circulate_on: date | None
    prepared: bool  # the coming meeting: every room title is confirmed
    agreed_on: date | None  # the day of the next meeting, agreed at the last one and not planned yet
    draft_saved_at: datetime | None  # of the last meeting's minutes
    record: versions.Standing | None = None  # how they stand, where they are kept

    @property
    def next_on(self) -> date | None:
        """The day of the next meeting, planned or agreed."""
        return self.coming_meeting.on if self.coming_meeting else self.agreed_on


@dataclass(frozen=True)
class Waiting:
    """The few numbers the left column of every page shows."""

    next_on: date | None
    open_cases: int
    late_actions: int
    people: int
    issues: int = 0


def waiting(session: Session) -> Waiting:
    """What waits where; a few plain questions, asked by every page."""
    with session.work.reading() as records:
        last, coming = _last_and_coming(records)
        following = coming.on if coming else _agreed(last, session.today)
        cases = len(records.find(Case, status=OPEN))
        late = sum(days_overdue(a.due, session.today) > 0 for a in records.find(Action, state=ActionState.OPEN))
        issues = len(records.find(EmergingIssue, state=IssueState.OPEN))
        return Waiting(following, cases, late, len(records.find(Member, active=True)), issues)


def look_ahead(session: Session) -> Ahead:
    """Everything Home shows, read at once."""
    today = session.today
    with session.work.reading() as records:
        last, coming = _last_and_coming(records)
        agreed, saved_at = None if coming else _agreed(last, today), draft_saved_at(records, last) if last else None
        open_actions = records.find(Action, state=ActionState.OPEN)
        late = [a for a in open_actions if days_overdue(a.due, today)]
        officers, everyone = late_officers(records, late, today), people_in(records, today)
        standing = promises_in(session, records, coming.on if coming else agreed or today)
        deadline, (record, out_late) = _deadline(session, records, last, coming), _record(session, records, last)
        prepared, written = coming is not None and not _titles_waiting(records, coming), _written(records, coming)
        step = _next_step(records, today, coming, len(everyone), bool(standing), _imported_since(records, last))
        owed = _owed(session, records, (last, coming), deadline, record, saved_at)
        needs = [
            *_needs_of_last(session, records, last, _minutes_needs(records, last, deadline, today, saved_at, record)),
            *action_needs(late, officers, today),
            *promise_needs(standing, today),
            *(() if last or coming else first_needs(len(everyone), bool(standing), bool(open_actions))),
            *_case_needs(session, records),
            *_before_needs(session, records, coming, written),
            *_standing_needs(session, records, everyone),
        ]
    return Ahead(
        today,
        owed or _with_agreed(step, last, today),
        _circulate(last, deadline, today, saved_at, record, out_late),
        _agreed_day(agreed, today) if agreed else _meeting(coming, today, written),
        tuple(sorted(needs, key=lambda need: need.tone != "high")),
        tuple(p for p in standing if p.promise.state is PromiseState.BROKEN),
        tuple(p for p in standing if p.promise.state is PromiseState.DUE),
        sum(p.promise.state not in (PromiseState.BROKEN, PromiseState.DUE) for p in standing),
        tuple(officers),
        len(standing),
        len(open_actions),
        len(late),
        len(everyone),
        last,
        coming,
        deadline.on if deadline else None,
        prepared,
        agreed,
        saved_at,
        record,
    )


def _minutes_of_called(session: Session, records: Records) -> list[Need]:
    """The minutes of the professionals' meetings, until everybody who was there has them."""
    needs = []
    for held in records.find(Meeting, kind=MeetingKind.PROFESSIONALS, state=MeetingState.CLOSED):
        now, _ = _record(session, records, held)
        if now is not None:
            needs += record_need(held, circulation(session, held.id), session.today, now)
    return needs


def _written(records: Records, coming: Meeting | None) -> PapersWritten | None:
    return last_written(records, coming.id) if coming else None


def _before_needs(
    session: Session, records: Records, coming: Meeting | None, written: PapersWritten | None
) -> list[Need]:
    """Meetings called for a case, the papers that go out, and the officers who are asked."""
    called = [*called_needs(waiting_in(records, session.today), session.today), *_minutes_of_called(session, records)]
    papers = [] if written else papers_need(coming, settings_in(records), session.holidays, session.today)
    return [*called, *papers, *update_needs(to_ask(session, records), coming, session.today)]


def _case_needs(session: Session, records: Records) -> list[Need]:
    """Plans and referrals of cases, referrals that came in from partners, repeat victims who were not told."""
    today = session.today
    asked = referral_needs(open_referrals_in(records, today), cmht_not_told(records, today))
    came_in = came_in_needs(open_incoming_in(session, records), len(may_be_deleted(session, records)))
    return [*plan_needs(overdue_plans(records, today)), *asked, *came_in, *victim_needs(not_told(records))]


def _standing_needs(session: Session, records: Records, everyone: list[PersonRow]) -> list[Need]:
    """What waits whether or not a meeting is near: backups, texts to confirm, people to sign."""
    unsigned = [p.member.name for p in everyone if _waits_for_protocol(p)]
    left = handing_needs(left_owning(records, session.today))
    return [*safekeeping_needs(session, records), *paper_needs(records), *left, *people_needs(unsigned)]


def _waits_for_protocol(person: PersonRow) -> bool:
    return person.member.standing is Standing.STANDING and person.isp is not IspStatus.CURRENT


def _last_and_coming(records: Records) -> tuple[Meeting | None, Meeting | None]:
    """The last meeting held, and the one planned or running."""
    found = regular_meetings(records)
    last = next((m for m in reversed(found) if m.state is MeetingState.CLOSED), None)
    return last, next((m for m in found if m.state is not MeetingState.CLOSED), None)


def _agreed(last: Meeting | None, today: date) -> date | None:
    """The day agreed at the last meeting, while it is still to come."""
    return last.next_on if last and last.next_on and last.next_on >= today else None


def _deadline(session: Session, records: Records, last: Meeting | None, coming: Meeting | None) -> Deadline | None:
    if last is None:
        return None
    following = coming.on if coming else last.next_on
    return circulation_deadline(last.on, following, settings_in(records), session.holidays)


def _next_step(
    records: Records, today: date, coming: Meeting | None, people: int, has_cases: bool, imported: bool
) -> NextStep:
    """What a partnership does next: people, cases, a date, then the meeting through its states."""
    if coming is None:
        if people < 2:
            return NextStep("Add the people of your group", "Open people", Step.PEOPLE, chips=("First step",))
        if not has_cases:
            return _import("Before the meeting")
        return NextStep("Plan the next meeting", "Plan a meeting", Step.PLAN)
    day = screen_day(coming.on, today)
    if coming.state is MeetingState.SIGN_IN:
        signed = sum(a.signed for a in records.find(Attendance, meeting_id=coming.id))
        return NextStep(f"Continue signing in, {day}", "Open sign-in", Step.SIGN_IN, coming.id, (f"{signed} signed",))
    if coming.state is MeetingState.IN_SESSION:
        since = f"running since {clock(coming.started_at)}" if coming.started_at else "running"
        return NextStep(f"Continue the meeting of {day}", "Back to the meeting", Step.MEET, coming.id, (since,))
    if coming.on < today:
        chips = ("The date has passed", "Held on paper, or moved")
        return NextStep(f"Enter the meeting of {day}", "Open Prepare", Step.PAPER, coming.id, chips, is_late=True)
    if not has_cases or not imported:
        return _import(f"Before {day}")
    titles = _titles_waiting(records, coming)
    if titles:
        chip = f"{titles} room {'title' if titles == 1 else 'titles'} to confirm"
        return NextStep(f"Prepare the meeting of {day}", "Open Prepare", Step.PREPARE, coming.id, (chip,))
    days = (coming.on - today).days
    if days > 0:
        chip = due_words(coming.on, today)
        return NextStep(f"Check the agenda of {day}", "Open Prepare", Step.PREPARE, coming.id, (chip,))
    return NextStep(f"Open sign-in for {day}", "Open sign-in", Step.SIGN_IN, coming.id, ("Prepared",))


def _comes_first(coming: Meeting | None, today: date) -> bool:
    """A meeting that runs, is today, or passed and was never entered, before anything the last one still waits for."""
    return coming is not None and (coming.state is not MeetingState.PLANNED or coming.on <= today)


def _owed(
    session: Session,
    records: Records,
    meetings: tuple[Meeting | None, Meeting | None],
    deadline: Deadline | None,
    record: versions.Standing | None,
    saved_at: datetime | None,
) -> NextStep | None:
    """What the last of the two meetings still waits for: its minutes until everybody has them, then its action lists;
    nothing where the one to come is first. Of a record that is not kept the draft is saved, while it can go out in
    time."""
    last, coming = meetings
    if last is None or deadline is None or _comes_first(coming, session.today):
        return None
    if record is None:
        if saved_at is not None or deadline.days_left(session.today) < 0:
            return None
        title = f"Save the draft minutes of {screen_day(last.on, session.today)}"
        return NextStep(
            title, "Open minutes", Step.MINUTES, last.id, (f"Circulate by {screen_day(deadline.on, session.today)}",)
        )
    waits = record_step(last, deadline.on, session.today, record, RECORD_STEPS)
    return waits or _lists_step(last, lists_due(records, last), session.now())


def _lists_step(last: Meeting, due: datetime | None, now: datetime) -> NextStep | None:
    if due is None:
        return None
    today = local(now).date()
    by = day_and_time(due, today)
    chip = f"Were due by {by}" if now > due else f"Due by {by}"
    title = f"Send the action lists of {screen_day(last.on, today)}"
    return NextStep(title, "Open action lists", Step.LISTS, last.id, (chip,), is_late=now > due)


def _with_agreed(step: NextStep, last: Meeting | None, today: date) -> NextStep:
    agreed = _agreed(last, today)
    return (
        replace(step, chips=(f"{screen_day(agreed, today)} is agreed",)) if agreed and step.kind is Step.PLAN else step
    )


def _titles_waiting(records: Records, meeting: Meeting) -> int:
    return sum(not t.room_title_confirmed for t in records.find(CaseTurn, meeting_id=meeting.id))


def _import(chip: str) -> NextStep:
    return NextStep("Import the Safety Net cases", "Import cases", Step.IMPORT, chips=(chip,))


def _imported_since(records: Records, last: Meeting | None) -> bool:
    """Whether an export newer than the last meeting is in: the walk rests on it."""
    return last is None or any(s.as_of > last.on for s in records.find(Snapshot))


def _minutes_needs(
    records: Records,
    last: Meeting | None,
    deadline: Deadline | None,
    today: date,
    saved_at: datetime | None,
    record: versions.Standing | None,
) -> list[Need]:
    """What the last minutes wait for: by how their record stands, or, where none was kept, by whether the draft was
    saved."""
    if last is None or deadline is None:
        return []
    if record is None:
        return minutes_need(last, deadline, today, saved_at)
    return [*record_need(last, deadline, today, record), *remark_needs(records, today)]


def _needs_of_last(session: Session, records: Records, last: Meeting | None, minutes: list[Need]) -> list[Need]:
    """What the last meeting still waits for, first what presses most: its minutes, its action lists, what was
    agreed by email."""
    lists = lists_need(lists_due(records, last), session.now()) if last is not None else []
    mailed = mail_needs(to_confirm_in(session, records), session.today)
    return sorted([*minutes, *lists, *mailed], key=lambda need: _PRESSES.index(need.tone))


def _record(session: Session, records: Records, last: Meeting | None) -> tuple[versions.Standing | None, int]:
    """How the record of the last meeting stands, nothing where it was never kept; and by how many days it was
    circulated late."""
    if last is None:
        return None, 0
    try:
        now = versions.standing_in(session, records, last.id)
    except Refused:
        return None, 0
    sent = session.subject.record.sent(session, records, last, now.approval.version) if now.approval else None
    return now, sent.days_late if sent is not None else 0


def _circulate(
    last: Meeting | None,
    deadline: Deadline | None,
    today: date,
    saved_at: datetime | None,
    record: versions.Standing | None,
    out_late: int,
) -> Countdown:
    title = "Circulate minutes"
    if last is None or deadline is None:
        note = "The first minutes follow the first meeting."
        return Countdown(title, "no meeting held yet", None, "Nothing due", "neutral", note)
    days = deadline.days_left(today)
    note = f"Minutes of {screen_day(last.on, today)}."
    if saved_at:
        note += f" Draft saved {day_and_time(saved_at, today)}."
    if deadline.proposed:
        note += " The date of the next meeting is proposed, not agreed."
    if record is not None and record.state in (MinutesState.CIRCULATED, MinutesState.AGREED):
        status, tone = (f"Circulated {late_words(out_late)}", "high") if out_late else ("Circulated", "low")
        return Countdown(title, f"by {screen_day(deadline.on, today)}", None, status, tone, note)
    if days < 0 and record is not None:
        return Countdown(title, f"by {screen_day(deadline.on, today)}", days, "Overdue", "high", note)
    if days < 0:
        return Countdown(title, f"by {screen_day(deadline.on, today)}", days, "Date has passed", "neutral", note)
    status, tone = ("Due this week", "medium") if days <= 7 else ("On time", "low")
    return Countdown(title, f"by {screen_day(deadline.on, today)}", days, status, tone, note)


NEXT_CPG = "Next CPG"


def _agreed_day(agreed: date, today: date) -> Countdown:
    note = "Agreed at the last meeting. Plan it to create its agenda."
    return Countdown(
        NEXT_CPG, screen_day(agreed, today), (agreed - today).days, "Agreed, not yet planned", "medium", note
    )


def _meeting(coming: Meeting | None, today: date, written: PapersWritten | None) -> Countdown:
    title = NEXT_CPG
    if coming is None:
        note = "Plan it to set the deadline for the minutes."
        return Countdown(title, "no date fixed", None, "Not planned", "medium", note)
    days = (coming.on - today).days
    if coming.state is MeetingState.IN_SESSION:
        status, tone = "In progress", "accent"
    else:
        passed = ("Date has passed", "high")
        status, tone = ("On time", "low") if days > 0 else ("Today", "medium") if days == 0 else passed
    note = f"{clock(coming.starts)} to {clock(coming.ends)}." + (f" {coming.venue}." if coming.venue else "")
    note += f" {went_out_words(written)}." if written else ""
    return Countdown(title, f"{screen_day(coming.on, today)}, {clock(coming.starts)}", days, status, tone, note)
