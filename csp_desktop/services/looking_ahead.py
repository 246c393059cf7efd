"""Home: the next step, the two countdowns, what needs someone, and how the cases stand against their promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.actions import Action, ActionState
from csp_desktop.domain.agencies import Agency, IspStatus, Member, Standing
from csp_desktop.domain.cases import Case, CaseStatus
from csp_desktop.domain.clocks import PromiseState
from csp_desktop.domain.confidentiality import Attendance, Clause
from csp_desktop.domain.days import clock, days_words, month_day, short_day
from csp_desktop.domain.deadlines import Deadline, circulation_deadline
from csp_desktop.domain.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.services.keeping_cases import CasePromise, promises_in
from csp_desktop.services.keeping_people import people_in
from csp_desktop.services.keeping_settings import settings_in
from csp_desktop.services.ports import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: title, the button's words, and where it leads."""

    title: str
    button: str
    stem: str
    argument: str = ""
    chips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """One line of "Needs you": `tone` is high, medium or accent; `stem` and `argument` say where it leads."""

    icon: str
    tone: str
    title: str
    detail: str
    when: str
    stem: str
    argument: str = ""
    officers: tuple[tuple[str, int], ...] = ()  # name, count
    totals: tuple[tuple[int, str], ...] = ()  # total, band


@dataclass(frozen=True)
class OfficerLate:
    """How many actions of one officer are overdue, and for how many days the oldest."""

    member_id: str
    name: str
    agency: str
    late: int
    oldest_days: int


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


def look_ahead(session: Session) -> Ahead:
    """Everything Home shows, read at once."""
    today = session.today
    with session.work.reading() as records:
        held = sorted(records.find(Meeting), key=lambda m: (m.on, m.starts))
        last = next((m for m in reversed(held) if m.state is MeetingState.CLOSED), None)
        coming = next((m for m in held if m.state is not MeetingState.CLOSED), None)
        open_actions = records.find(Action, state=ActionState.OPEN)
        late = [a for a in open_actions if a.due and a.due < today]
        officers = _late_officers(records, late, today)
        standing = promises_in(session, records, coming.on if coming else today)
        everyone = people_in(records, today)
        unsigned = [p for p in everyone if p.member.standing is Standing.STANDING and p.isp is not IspStatus.CURRENT]
        deadline = _deadline(session, records, last, coming)
        step = _next_step(records, coming, len(everyone), bool(standing))
        needs = [
            *_action_needs(late, officers, today),
            *_promise_needs(standing),
            *_paper_needs(records, coming),
            *_people_needs([p.member.name for p in unsigned]),
        ]
    return Ahead(
        step,
        _circulate(last, deadline, today),
        _meeting(coming, today),
        tuple(needs),
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
    )


def _deadline(session: Session, records: Records, last: Meeting | None, coming: Meeting | None) -> Deadline | None:
    if last is None:
        return None
    following = coming.on if coming else last.next_on
    return circulation_deadline(last.on, following, settings_in(records), session.holidays)


def _next_step(records: Records, coming: Meeting | None, people: int, has_cases: bool) -> NextStep:
    """What a partnership does next: people, cases, a date, then the meeting through its states."""
    if coming is None:
        if people < 2:
            return NextStep("Add the people of your group", "Open people", "people", chips=("First step",))
        if not has_cases:
            return NextStep("Import the Safety Net cases", "Import cases", "import_cases", chips=("Before the meeting",))
        return NextStep("Plan the next meeting", "Plan a meeting", "prepare")
    day = month_day(coming.on)
    if coming.state is MeetingState.SIGN_IN:
        signed = sum(a.signed for a in records.find(Attendance, meeting_id=coming.id))
        return NextStep(f"Go on signing in, {day}", "Open sign-in", "sign_in", coming.id, (f"{signed} signed",))
    if coming.state is MeetingState.IN_SESSION:
        since = f"running since {clock(coming.started_at)}" if coming.started_at else "running"
        return NextStep(f"Go on with the meeting of {day}", "Back to the meeting", "live", coming.id, (since,))
    if not has_cases:
        return NextStep("Import the Safety Net cases", "Import cases", "import_cases", chips=(f"Before {day}",))
    waiting = sum(not t.room_title_confirmed for t in records.find(CaseTurn, meeting_id=coming.id))
    if waiting:
        return NextStep(f"Prepare the meeting of {day}", "Open prepare", "prepare", coming.id, (f"{waiting} room titles to confirm",))
    return NextStep(f"Open sign-in for {day}", "Open sign-in", "sign_in", coming.id, ("Prepared",))


def _circulate(last: Meeting | None, deadline: Deadline | None, today: date) -> Countdown:
    if last is None or deadline is None:
        return Countdown("Circulate minutes", "no meeting held yet", None, "Nothing due", "neutral", "The first minutes follow the first meeting.")
    days = deadline.days_left(today)
    status, tone = _due_words(days)
    note = f"Minutes of {month_day(last.on)}." + (" The date of the next meeting is proposed, not fixed." if deadline.proposed else "")
    return Countdown("Circulate minutes", f"by {short_day(deadline.on)}", days, status, tone, note)


def _meeting(coming: Meeting | None, today: date) -> Countdown:
    if coming is None:
        return Countdown("Next CPG", "no date fixed", None, "Not planned", "medium", "Plan it, so that the deadline for the minutes is certain.")
    days = (coming.on - today).days
    if coming.state is MeetingState.IN_SESSION:
        status, tone = "In session", "accent"
    else:
        status, tone = ("Today", "medium") if days == 0 else ("On time", "low") if days > 0 else ("Day has passed", "high")
    where = f" {coming.venue}." if coming.venue else ""
    return Countdown("Next CPG", f"{short_day(coming.on)}, {clock(coming.starts)}", days, status, tone, f"{clock(coming.starts)} to {clock(coming.ends)}.{where}")


def _due_words(days: int) -> tuple[str, str]:
    if days < 0:
        return f"{days_words(-days)} late", "high"
    return ("Due this week", "medium") if days <= 7 else ("On time", "low")


def _late_officers(records: Records, late: Sequence[Action], today: date) -> list[OfficerLate]:
    by_officer: dict[str, list[Action]] = {}
    for action in late:
        by_officer.setdefault(action.officer_id, []).append(action)
    names = {m.id: m for m in records.find(Member)}
    homes = {a.id: a.short_name for a in records.find(Agency)}
    rows = []
    for officer_id, actions in by_officer.items():
        oldest = max((today - a.due).days for a in actions if a.due)
        member = names.get(officer_id)
        name = member.name if member else "No officer"
        rows.append(OfficerLate(officer_id, name, homes.get(member.agency_id, "") if member else "", len(actions), oldest))
    return sorted(rows, key=lambda r: (-r.late, -r.oldest_days))


def _action_needs(late: Sequence[Action], officers: Sequence[OfficerLate], today: date) -> list[Need]:
    if not late:
        return []
    oldest = min(late, key=lambda a: a.due or today)
    days = (today - (oldest.due or today)).days
    title = f"{len(late)} {'action' if len(late) == 1 else 'actions'} late, with {len(officers)} {'officer' if len(officers) == 1 else 'officers'}"
    detail = f"Oldest: {oldest.what}, due {short_day(oldest.due or today)}"
    who = tuple((o.name, o.late) for o in officers[:4])
    return [Need("clock", "high", title, detail, f"{days_words(days)} late", "actions", officers=who)]


def _promise_needs(standing: Sequence[CasePromise]) -> list[Need]:
    """One line for each kind of broken promise, and one for what falls due before the meeting."""
    groups: dict[str, list[CasePromise]] = {}
    for row in standing:
        if row.promise.state is PromiseState.BROKEN:
            groups.setdefault(row.promise.kind.value, []).append(row)
    needs = []
    for kind, rows in sorted(groups.items(), key=lambda g: -max(r.promise.days_late for r in g[1])):
        most = max(r.promise.days_late for r in rows)
        needs.append(Need("trending-up", "high", f"{kind}: {_cases(len(rows))}", _titles(rows), f"{days_words(most)} over", "cases", "broken", totals=_totals(rows)))
    due = [r for r in standing if r.promise.state is PromiseState.DUE]
    if due:
        needs.append(Need("calendar-clock", "medium", f"Due before the meeting: {_cases(len(due))}", _titles(due), "soon", "cases", "due", totals=_totals(due)))
    return needs


def _cases(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"


def _titles(rows: Sequence[CasePromise]) -> str:
    words = ", ".join(r.case.title.split(",")[0] for r in rows[:3])
    return words if len(rows) <= 3 else f"{words} and {len(rows) - 3} more"


def _totals(rows: Sequence[CasePromise]) -> tuple[tuple[int, str], ...]:
    return tuple((r.case.total, r.case.band.value if r.case.band else "") for r in rows[:3] if r.case.total is not None)


def _paper_needs(records: Records, coming: Meeting | None) -> list[Need]:
    needs = []
    waiting = [c for c in records.find(Case, reference="") if c.status is not CaseStatus.CLOSED]
    if waiting:
        needs.append(Need("pencil", "medium", f"Awaiting a Safety Net reference: {_cases(len(waiting))}", "Entered by hand; enter them in Safety Net too", "to enter", "cases", "awaiting"))
    newest: dict[str, Clause] = {}
    for clause in records.find(Clause):
        if clause.kind.value not in newest or clause.version > newest[clause.kind.value].version:
            newest[clause.kind.value] = clause
    if any(c.illustrative for c in newest.values()):
        needs.append(Need("scroll-text", "accent", "Confirm the confidentiality texts", "The wording is illustrative until the chair confirms it", "once", "settings", "clauses"))
    return needs


def _people_needs(names: Sequence[str]) -> list[Need]:
    if not names:
        return []
    title = f"{len(names)} standing {'member' if len(names) == 1 else 'members'} without a current protocol"
    detail = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return [Need("shield-check", "medium", title, detail + ": the clause is read out to them", "until signed", "people", "isp")]


