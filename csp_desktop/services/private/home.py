"""What New Hope's lead finds on Home: the next step, two countdowns, what needs them, the severe weather flag.

Whoever else has a slot, and everybody while a session runs, sees no more than when the next session is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.agencies import Member
from csp_desktop.domain.days import clock, days_words, month_day, short_day
from csp_desktop.domain.deadlines import working_days_after
from csp_desktop.domain.meeting import Meeting, MeetingState
from csp_desktop.domain.private_circulation import MinutesApproval, MinutesState, PrivateCirculation
from csp_desktop.domain.private_meeting import PersonTurn
from csp_desktop.domain.private_settings import PrivateSettings
from csp_desktop.domain.rough_sleeping import RoughSleeper
from csp_desktop.services.looking_ahead import Countdown, NextStep
from csp_desktop.services.noticing_needs import Need
from csp_desktop.services.ports import Records
from csp_desktop.services.private.agenda import last_meeting, next_meeting_in
from csp_desktop.services.private.needs import file_needs, people_needs
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import may_prepare
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session

BEGIN = "begin"  # the next step that opens the room check without a meeting of the group


@dataclass(frozen=True)
class PrivateAhead:
    """Everything Home of the private window shows."""

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
        how_far = _how_far(records, last, settings)
        sent = how_far is MinutesState.CIRCULATED
        step = _next_step(session, coming, None if sent else last, how_far, people or 0, picked)
        needs: Sequence[Need] = ()
        if open_book:
            needs = (*people_needs(session, records), *file_needs(session, records))
    return PrivateAhead(
        step, _session(coming, session.today), _minutes(last, due, sent, session.today), tuple(needs), settings,
        coming, last, due, how_far, picked, people,
    )  # fmt: skip


def _circulate_on(session: Session, last: Meeting | None, settings: PrivateSettings) -> date | None:
    return working_days_after(last.on, settings.circulate_days, session.holidays) if last else None


def _how_far(records: Records, last: Meeting | None, settings: PrivateSettings) -> MinutesState:
    """Draft until the lead approved them; circulated once everyone on the list has the approved version."""
    approvals = records.find(MinutesApproval, meeting_id=last.id) if last else []
    if not approvals:
        return MinutesState.DRAFT
    version = max(one.version for one in approvals)
    given = records.find(PrivateCirculation, meeting_id=approvals[0].meeting_id, version=version, actions_only=False)
    wanted = {one.id for one in records.find(Member, active=True)} & set(settings.circulation)
    has_all = bool(wanted) and wanted <= {one.member_id for one in given}
    return MinutesState.CIRCULATED if has_all else MinutesState.APPROVED


def _next_step(
    session: Session, coming: Meeting | None, owed: Meeting | None, how_far: MinutesState, people: int, picked: int
) -> NextStep:
    """People, a day, the sub-agenda, the room, the session, its minutes."""
    if not session.roles & set(LEADING):
        return NextStep("New Hope's lead prepares the private session", "Read the help", "private_help")
    if coming is not None and coming.state is MeetingState.IN_SESSION:
        since = f"running since {clock(coming.started_at)}" if coming.started_at else "running"
        return NextStep("Go on with the private session", "Back to the session", "private_live", coming.id, (since,))
    if coming is not None and coming.state is MeetingState.SIGN_IN:
        return NextStep("Go on clearing the room", "Open the room check", "private_room", coming.id, ("Not open yet",))
    if coming is not None and coming.on == session.today and picked:
        chips = (f"{_count(picked, 'person', 'people')} on the sub-agenda", f"at {clock(coming.starts)}")
        return NextStep("Begin: who is in the room?", "Begin the session", BEGIN, coming.id, chips)
    if owed is not None:
        verb = "Write" if how_far is MinutesState.DRAFT else "Send out"
        title = f"{verb} the minutes of {month_day(owed.on)}"
        return NextStep(title, "Open the minutes", "private_minutes", owed.id, ("Initials only",))
    if not people:
        title = "Enter the people your outreach team knows"
        return NextStep(title, "Enter people", "private_people", chips=("First step",))
    if coming is None:
        return NextStep("Plan the next private session", "Plan the session", "private_agenda")
    return _over_agenda(session, coming, picked)


def _over_agenda(session: Session, coming: Meeting, picked: int) -> NextStep:
    day, days = month_day(coming.on), (coming.on - session.today).days
    if days < 0:
        words = f"The day of the session, {day}, has passed"
        return NextStep(words, "Set another day", "private_agenda", coming.id, ("Not held",))
    if not picked:
        title = f"Choose whom to talk about on {day}"
        return NextStep(title, "Open the sub-agenda", "private_agenda", coming.id, ("Nobody picked yet",))
    chips = (f"{_count(picked, 'person', 'people')} picked", f"in {days_words(days)}" if days else "today")
    return NextStep(f"Go over the sub-agenda of {day}", "Open the sub-agenda", "private_agenda", coming.id, chips)


def _session(coming: Meeting | None, today: date) -> Countdown:
    title = "Private session"
    if coming is None:
        return Countdown(title, "none planned", None, "To plan", "neutral", "It follows the group's meeting.")
    days = (coming.on - today).days
    status, tone = ("On time", "low") if days > 0 else ("Today", "medium")
    if days < 0:
        status, tone = "Day has passed", "high"
    if coming.state is not MeetingState.PLANNED:
        status, tone = "Running", "medium"
    note = f"{clock(coming.starts)} to {clock(coming.ends)}." + (f" {coming.venue}." if coming.venue else "")
    return Countdown(title, f"{short_day(coming.on)}, {clock(coming.starts)}", days, status, tone, note)


def _minutes(last: Meeting | None, due: date | None, sent: bool, today: date) -> Countdown:
    title = "Private minutes out"
    if last is None or due is None:
        return Countdown(title, "no session held yet", None, "Nothing due", "neutral", "To their own list only.")
    note = f"Minutes of {month_day(last.on)}, to their own list only."
    if sent:
        return Countdown(title, f"of {short_day(last.on)}", None, "Circulated", "low", note)
    days = (due - today).days
    status, tone = ("Due this week", "medium") if days <= 7 else ("On time", "low")
    if days < 0:
        status, tone = "Late", "high"
    return Countdown(title, f"by {short_day(due)}", days, status, tone, note)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
