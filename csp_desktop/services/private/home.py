"""What New Hope's lead finds on Home: the next step, two countdowns, what needs them, the severe weather flag.

Whoever else has a slot, and everybody while a session runs, sees no more than when the next session is. What needs the
lead: scores out of date, people not seen, offers and actions, the room, the file itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.risk_matrix import Assessment, read_matrix
from csp_desktop.domain.common.days import clock, days_words, screen_day
from csp_desktop.domain.common.deadlines import working_days_after
from csp_desktop.domain.common.overdue import days_overdue, due_words, overdue_words
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionState, days_late
from csp_desktop.domain.meeting.confidentiality import Attendance, Clause, ClauseKind
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.private.agenda import UNSEEN_DAYS
from csp_desktop.domain.private.circulation import MinutesApproval
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.people import Consent, Offer, OfferAnswer, RoughSleeper, Sighting, last_seen
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.services.cases.matrices import days_out_of_date, valid_in
from csp_desktop.services.file.backups import safekeeping_needs
from csp_desktop.services.home.home import Countdown
from csp_desktop.services.home.home_needs import Need, mail_needs, remark_needs, update_needs
from csp_desktop.services.home.next_step import NextStep, RecordSteps, record_step
from csp_desktop.services.meeting.agreed_by_mail import to_confirm_in
from csp_desktop.services.meeting.update_requests import to_ask
from csp_desktop.services.minutes.record import frozen_facts
from csp_desktop.services.minutes.versions import standing_of
from csp_desktop.services.ports.users import Paper
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.agenda import last_meeting, next_meeting_in
from csp_desktop.services.private.circulation import given_in, sent_out
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import may_prepare
from csp_desktop.services.private.register import LEADING, rows_in
from csp_desktop.services.session import Session

MOST_NAMED = 4


class PrivateNeed(Enum):
    """What needs New Hope's lead."""

    LATE_ACTIONS = "late actions"
    NEVER_SCORED = "never scored"
    SCORE_OVER = "score out of date"
    NO_MATRIX = "no matrix in force"
    UNSEEN = "not seen"
    OFFER_OPEN = "offer open"
    NOT_ASKED = "not asked about sharing"
    UNKNOWN_IN_ROOM = "in the room and unknown"
    NO_DEPUTY = "no deputy"
    DEPUTY_SHUT_OUT = "deputy shut out"
    CLAUSE = "text to confirm"
    CIRCULATION = "circulation list empty"
    RECOVERY = "recovery key not proved"
    LATE_MINUTES = "minutes late"


RATED = (PrivateNeed.SCORE_OVER, PrivateNeed.UNSEEN)  # where the scores themselves say how much it presses


@dataclass(frozen=True)
class _Known:
    """One person with what the needs ask about."""

    person: RoughSleeper
    latest: Assessment | None
    seen: Sighting | None
    offers: Sequence[Offer]
    late: Sequence[Action]


def people_needs(session: Session, records: Records) -> list[Need]:
    """What is wanting about the people, most pressing first; each names them by initials."""
    today, known = session.today, list(_known(session, records))
    late = [action for one in known for action in one.late]
    needs = _late_actions(late, today)
    needs += _need(
        [one for one in known if one.latest is None],
        PrivateNeed.NEVER_SCORED,
        "high",
        "No risk score yet",
        lambda _: "never scored",
    )
    needs += _out_of_date(session, records, known)
    unseen = [one for one in known if one.seen is None or (today - one.seen.on).days >= UNSEEN_DAYS]
    needs += _need(
        unseen,
        PrivateNeed.UNSEEN,
        "medium",
        f"Not seen for {UNSEEN_DAYS} days",
        lambda ones: _longest(ones, today),
    )
    thinking = [one for one in known if any(offer.answer is OfferAnswer.THINKING for offer in one.offers)]
    words = "An offer is open"
    needs += _need(thinking, PrivateNeed.OFFER_OPEN, "medium", words, lambda _: "answer wanted")
    unasked = [one for one in known if one.person.consent is Consent.NOT_ASKED]
    needs += _need(unasked, PrivateNeed.NOT_ASKED, "accent", "Not asked about sharing", lambda _: "to ask")
    return needs


def _known(session: Session, records: Records) -> Iterable[_Known]:
    for person in sorted(records.find(RoughSleeper, on_list=True), key=lambda one: one.number):
        marks = sorted(records.find(Assessment, person_id=person.id), key=lambda one: one.on)
        actions = records.find(Action, case_id=person.id, state=ActionState.OPEN)
        yield _Known(
            person,
            marks[-1] if marks else None,
            last_seen(records.find(Sighting, person_id=person.id)),
            records.find(Offer, person_id=person.id),
            [action for action in actions if days_late(action, session.today) > 0],
        )


def _need(
    ones: Sequence[_Known], kind: PrivateNeed, tone: str, title: str, when: Callable[[Sequence[_Known]], str]
) -> list[Need]:
    """One line; with one person it is about them."""
    if not ones:
        return []
    alone = len(ones) == 1
    scored = ones[:3] if kind in RATED else ()
    totals = tuple((one.latest.total, one.latest.shown_band.value) for one in scored if one.latest)
    people = "1 person" if alone else f"{len(ones)} people"
    whom = ones[0].person.id if alone else ""
    return [Need(kind, tone, f"{title}: {people}", _named(ones), when(ones), whom, totals=totals)]


def _named(ones: Sequence[_Known]) -> str:
    words = ", ".join(f"{one.person.initials} {one.person.reference}" for one in ones[:MOST_NAMED])
    return words if len(ones) <= MOST_NAMED else f"{words} and {len(ones) - MOST_NAMED} more"


def _late_actions(late: Sequence[Action], today: date) -> list[Need]:
    if not late:
        return []
    most = max(days_late(action, today) for action in late)
    actions = "1 action" if len(late) == 1 else f"{len(late)} actions"
    detail = "They are reviewed in the next private session only"
    return [Need(PrivateNeed.LATE_ACTIONS, "high", f"{actions} overdue", detail, overdue_words(most))]


def _out_of_date(session: Session, records: Records, known: Sequence[_Known]) -> list[Need]:
    """Scores older than their band's review days in the matrix in force."""
    force = valid_in(records, session)
    if force is None:
        title, detail = "No risk matrix is in force", "Nobody can be scored until one is loaded"
        return [Need(PrivateNeed.NO_MATRIX, "high", title, detail, "load one")]
    matrix = read_matrix(force.text)

    def over(one: _Known) -> int:
        return days_out_of_date(one.latest, session.today, matrix)

    old = sorted((one for one in known if over(one) > 0), key=over, reverse=True)
    words = "Risk score out of date"
    return _need(old, PrivateNeed.SCORE_OVER, "high", words, lambda ones: overdue_words(over(ones[0])))


def _longest(ones: Sequence[_Known], today: date) -> str:
    days = [(today - one.seen.on).days for one in ones if one.seen]
    return f"{days_words(max(days))}" if days else "never seen"


def file_needs(session: Session, records: Records) -> list[Need]:
    """The room, the papers and the file."""
    return [
        *_room_needs(records),
        *_deputy_needs(records),
        *_paper_needs(records),
        *_recovery_need(session),
        *safekeeping_needs(session, records),
    ]


def _room_needs(records: Records) -> list[Need]:
    """Whoever came over and is nobody of the register may hear no one."""
    meeting = next_meeting_in(records)
    if meeting is None or meeting.state is not MeetingState.SIGN_IN:
        return []
    unknown = [row for row in records.find(Attendance, meeting_id=meeting.id, member_id="") if row.present]
    if not unknown:
        return []
    title = f"Here but not in the register: {'1 person' if len(unknown) == 1 else f'{len(unknown)} people'}"
    names = ", ".join(row.name for row in unknown[:MOST_NAMED])
    return [Need(PrivateNeed.UNKNOWN_IN_ROOM, "high", title, names, "confirm", meeting.id)]


def _deputy_needs(records: Records) -> list[Need]:
    deputies = [row for row in rows_in(records) if Role.NEW_HOPE_DEPUTY.value in row.member.roles]
    if not deputies:
        title, detail = "Name a deputy", "If you are absent, nobody else can lead the private session"
        return [Need(PrivateNeed.NO_DEPUTY, "accent", title, detail, "once")]
    locked_out = next((row for row in deputies if not row.has_slot), None)
    if locked_out is None:
        return []
    title = f"{locked_out.member.name} is deputy, but cannot open this file"
    detail = "Add them under Users, with their own passphrase"
    return [Need(PrivateNeed.DEPUTY_SHUT_OUT, "medium", title, detail, "once")]


def _paper_needs(records: Records) -> list[Need]:
    needs = []
    clauses = sorted(records.find(Clause, kind=ClauseKind.PRIVATE), key=lambda one: one.version)
    if not clauses or clauses[-1].illustrative:
        title, detail = "Confirm the clause people sign", "The wording is an example until you confirm it"
        needs.append(Need(PrivateNeed.CLAUSE, "accent", title, detail, "once"))
    if not private_settings_in(records).circulation:
        title, detail = "Choose who gets the private minutes", "The circulation list is empty"
        needs.append(Need(PrivateNeed.CIRCULATION, "accent", title, detail, "once"))
    return needs


def _recovery_need(session: Session) -> list[Need]:
    if session.users is None or session.users.paper() is Paper.PROVED:
        return []
    detail = "Without it, nobody can open this file if the passphrase is forgotten"
    return [Need(PrivateNeed.RECOVERY, "medium", "Check the recovery key against its sheet", detail, "once")]


class PrivateStep(Enum):
    """What New Hope's lead does next."""

    HELP = "read the help"
    SESSION = "go on with the session"
    ROOM = "go on clearing the room"
    BEGIN = "begin without a meeting of the group"
    MINUTES = "minutes"
    CIRCULATE = "circulate the minutes"
    PEOPLE = "people"
    AGENDA = "sub-agenda"


@dataclass(frozen=True)
class PrivateAhead:
    """Everything Home of the private window shows."""

    today: date
    next_step: NextStep
    session: Countdown
    minutes: Countdown
    needs: tuple[Need, ...]
    settings: PrivateSettings
    coming: Meeting | None
    last: Meeting | None
    circulate_on: date | None
    minutes_state: MinutesState
    picked: int  # people on the coming sub-agenda
    people: int | None  # on the list; None where they may not be shown


def look_ahead(session: Session) -> PrivateAhead:
    """Read it all at once."""
    with session.work.reading() as records:
        coming, last, settings = next_meeting_in(records), last_meeting(records), private_settings_in(records)
        open_book = may_prepare(session, records)
        people = len(records.find(RoughSleeper, on_list=True)) if open_book else None
        picked = len(records.find(PersonTurn, meeting_id=coming.id)) if coming else 0
        due = _circulate_on(session, last, settings)
        how_far = _how_far(session, records, last, settings)
        sent = how_far in (MinutesState.CIRCULATED, MinutesState.AGREED)
        owed = None if sent or last is None else _owed(session, records, last, due, how_far)
        step = _next_step(session, coming, last, owed, people or 0, picked)
        needs: Sequence[Need] = ()
        if open_book:
            late = _minutes_needs(last, due, how_far, session.today)
            asked = [*remark_needs(records, session.today), *_mail_needs(session, records)]
            asked += update_needs(to_ask(session, records), coming, session.today)
            found = (*late, *asked, *people_needs(session, records), *file_needs(session, records))
            needs = sorted(found, key=lambda need: need.tone != "high")
    return PrivateAhead(
        session.today,
        step,
        _session(coming, session.today),
        _minutes(last, due, sent, session.today),
        tuple(needs),
        settings,
        coming,
        last,
        due,
        how_far,
        picked,
        people,
    )


def _minutes_needs(last: Meeting | None, due: date | None, how_far: MinutesState, today: date) -> list[Need]:
    """Minutes that are not out in time stand first, until everybody on the list has them."""
    if last is None or due is None or due >= today or how_far in (MinutesState.CIRCULATED, MinutesState.AGREED):
        return []
    verb = "Circulate" if how_far is MinutesState.APPROVED else "Approve"
    title, when = f"{verb} the minutes of {screen_day(last.on, today)}", overdue_words(days_overdue(due, today))
    return [Need(PrivateNeed.LATE_MINUTES, "high", title, f"Were due by {screen_day(due, today)}", when, last.id)]


def _mail_needs(session: Session, records: Records) -> list[Need]:
    """What was agreed by email and waits for a passphrase."""
    return mail_needs(to_confirm_in(session, records), session.today)


def _circulate_on(session: Session, last: Meeting | None, settings: PrivateSettings) -> date | None:
    return working_days_after(last.on, settings.circulate_days, session.holidays) if last else None


def _how_far(session: Session, records: Records, last: Meeting | None, settings: PrivateSettings) -> MinutesState:
    """Draft until the lead approved them; circulated once everyone on the list has the approved version. A session that
    an earlier version of the program closed, and that is not kept yet, has its approvals alone."""
    if last is None:
        return MinutesState.DRAFT
    if frozen_facts(records, last.id) is not None:
        now = standing_of(records, last.id)
        sent = sent_out(session, records, last, now.version) if now.state is MinutesState.APPROVED else None
        return MinutesState.CIRCULATED if sent else now.state
    of_before = [one.version for one in records.find(MinutesApproval, meeting_id=last.id)]
    if not of_before:
        return MinutesState.DRAFT
    given = [one for one in given_in(records, last.id) if one.version == max(of_before) and not one.actions_only]
    wanted = {one.id for one in records.find(Member, active=True)} & set(settings.circulation)
    has_all = bool(wanted) and wanted <= {one.member_id for one in given}
    return MinutesState.CIRCULATED if has_all else MinutesState.APPROVED


def _owed(
    session: Session, records: Records, last: Meeting, due: date | None, how_far: MinutesState
) -> NextStep | None:
    """What the minutes of the last session wait for; of one that is not kept yet as far as is known."""
    if due is not None and frozen_facts(records, last.id) is not None:
        in_one = Role.NEW_HOPE_LEAD in session.roles
        steps = RecordSteps(PrivateStep.MINUTES, PrivateStep.CIRCULATE, in_one)
        return record_step(last, due, session.today, standing_of(records, last.id), steps)
    verb = "Approve" if how_far is MinutesState.DRAFT else "Circulate"
    title = f"{verb} the minutes of {screen_day(last.on, session.today)}"
    return NextStep(title, "Open minutes", PrivateStep.MINUTES, last.id)


def _next_step(
    session: Session,
    coming: Meeting | None,
    last: Meeting | None,
    owed: NextStep | None,
    people: int,
    picked: int,
) -> NextStep:
    """People, a day, the sub-agenda, the room, the session, its minutes. There is one session a day."""
    if not session.roles & set(LEADING):
        return NextStep("New Hope's lead prepares the private session", "Read the help", PrivateStep.HELP)
    if coming is not None and coming.state is MeetingState.IN_SESSION:
        since = f"running since {clock(coming.started_at)}" if coming.started_at else "running"
        return NextStep("Continue the private session", "Back to the session", PrivateStep.SESSION, coming.id, (since,))
    if coming is not None and coming.state is MeetingState.SIGN_IN:
        return NextStep(
            "Continue clearing the room", "Open the room check", PrivateStep.ROOM, coming.id, ("Not open yet",)
        )
    held_today = last is not None and last.on == session.today
    if coming is not None and coming.on == session.today and picked and not held_today:
        chips = (f"{_count(picked, 'person', 'people')} on the sub-agenda", f"at {clock(coming.starts)}")
        return NextStep("Begin: who is in the room?", "Begin the session", PrivateStep.BEGIN, coming.id, chips)
    if owed is not None:
        return owed
    if not people:
        title = "Add the people your outreach team knows"
        return NextStep(title, "Add people", PrivateStep.PEOPLE, chips=("First step",))
    if coming is None:
        return NextStep("Plan the next private session", "Plan the session", PrivateStep.AGENDA)
    return _over_agenda(session, coming, picked)


def _over_agenda(session: Session, coming: Meeting, picked: int) -> NextStep:
    day, days = screen_day(coming.on, session.today), (coming.on - session.today).days
    if days < 0:
        words = f"The date of the session, {day}, has passed"
        return NextStep(words, "Set another date", PrivateStep.AGENDA, coming.id, ("Not held",))
    if not picked:
        title = f"Choose who to discuss on {day}"
        return NextStep(title, "Open the sub-agenda", PrivateStep.AGENDA, coming.id, ("Nobody selected yet",))
    chips = (f"{_count(picked, 'person', 'people')} selected", due_words(coming.on, session.today))
    return NextStep(f"Check the sub-agenda of {day}", "Open the sub-agenda", PrivateStep.AGENDA, coming.id, chips)


def _session(coming: Meeting | None, today: date) -> Countdown:
    title = "Private session"
    if coming is None:
        return Countdown(title, "none planned", None, "To plan", "neutral", "It follows the group's meeting.")
    days = (coming.on - today).days
    status, tone = ("On time", "low") if days > 0 else ("Today", "medium")
    if days < 0:
        status, tone = "Date has passed", "high"
    if coming.state is not MeetingState.PLANNED:
        status, tone = "In progress", "medium"
    note = f"{clock(coming.starts)} to {clock(coming.ends)}." + (f" {coming.venue}." if coming.venue else "")
    return Countdown(title, f"{screen_day(coming.on, today)}, {clock(coming.starts)}", days, status, tone, note)


def _minutes(last: Meeting | None, due: date | None, sent: bool, today: date) -> Countdown:
    title = "Private minutes out"
    if last is None or due is None:
        return Countdown(title, "no session held yet", None, "Nothing due", "neutral", "To its own list only.")
    note = f"Minutes of {screen_day(last.on, today)}, to their own list only."
    if sent:
        return Countdown(title, f"of {screen_day(last.on, today)}", None, "Circulated", "low", note)
    days = (due - today).days
    status, tone = ("Due this week", "medium") if days <= 7 else ("On time", "low")
    if days < 0:
        status, tone = "Overdue", "high"
    return Countdown(title, f"by {screen_day(due, today)}", days, status, tone, note)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
