"""A professionals' meeting: called between two CPGs for one case, with named people and a lead who reports back.

Terms of reference: for somebody "at very high risk of further victimisation" or who is "a criminal danger to others".
It is a meeting as any other, with one case on its agenda; this record says why it was called, and what came of it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum

from csp_desktop.domain.common.days import paper_day, screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingKind
from csp_desktop.domain.meeting.outcomes import Outcome

NAME = "Professionals’ meeting"
MINUTES_LONG = 60
REPORT_MINUTES = 5  # for the report back at the group's next meeting
REPORT_ITEM, BEFORE = ItemKind.OWN, ItemKind.CASES  # what the report is on the group's agenda, and before which item
STARTS_EVERY = 15  # minutes: the proposed start is the next of these
AGENDA = (
    (ItemKind.CONFIDENTIALITY, "Confidentiality", 5),
    (ItemKind.APOLOGIES, "Apologies", 2),
    (ItemKind.INTERESTS, "Declarations of interest", 1),
    (ItemKind.CASES, "The case", 50),
    (ItemKind.OTHER, "Other business", 2),
)


class Ground(Enum):
    """Why one is called; each is also the word shown."""

    VICTIM = "very high risk of further victimisation"
    DANGER = "a criminal danger to others"


class CallField(StrEnum):
    """What a form asks where one is called, and of the report."""

    GROUND = "ground"
    LEAD = "lead_id"
    DAY = "on"
    STARTS = "starts"
    PEOPLE = "people"
    REPORT_BY = "report_by"
    REPORT = "report"


@dataclass(frozen=True)
class CallPlan:
    """What a person says to call one. `people` are the ids of the members asked to come, the lead among them or not."""

    ground: Ground | None
    why: str
    lead_id: str
    on: date | None
    starts: time | None
    venue: str
    people: tuple[str, ...]
    report_by: date | None


@dataclass(frozen=True)
class ProfessionalsMeeting:
    """Why a meeting was called for a case, who leads it, and the report. `item_id` is the item of the group's agenda
    under which the lead reports."""

    id: str
    meeting_id: str
    case_id: str
    ground: Ground
    why: str
    lead_id: str
    report_by: date
    called_by: str
    called_at: datetime
    item_id: str = ""
    report: str = ""
    reported_on: date | None = None
    reported_by: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether the lead has reported back."""
        return self.reported_on is not None

    def days_late(self, today: date) -> int:
        """Days since the report was due; 0 on that day, and once it was given."""
        return 0 if self.is_reported else days_overdue(self.report_by, today)


def next_start(now: datetime) -> time:
    """The start that is proposed for a meeting called now, local wall clock: the next quarter of an hour, today."""
    minutes = now.hour * 60 + now.minute
    start = min((minutes // STARTS_EVERY + 1) * STARTS_EVERY, 23 * 60)
    return time(start // 60, start % 60)


def meeting_called(plan: CallPlan, minute_taker_id: str, today: date) -> Meeting:
    """The meeting of a call, an hour long, chaired by its lead. Raises FieldRefused at the field that is not in
    order."""
    if plan.ground is None:
        raise FieldRefused(CallField.GROUND, "Choose why the meeting is called.")
    if not plan.lead_id:
        raise FieldRefused(CallField.LEAD, "Choose who leads the meeting and reports back.")
    if plan.on is None:
        raise FieldRefused(CallField.DAY, "Give the date, for example today, or 4 Dec.")
    if plan.on < today:
        raise FieldRefused(CallField.DAY, f"{screen_day(plan.on, today)} is in the past. Choose a date from today on.")
    if plan.starts is None:
        raise FieldRefused(CallField.STARTS, "Give the time it starts, for example 14:30.")
    if not set(plan.people) - {plan.lead_id, minute_taker_id}:
        raise FieldRefused(CallField.PEOPLE, "Choose at least one more person to come.")
    if plan.report_by is None:
        raise FieldRefused(CallField.REPORT_BY, "Give the date by which the lead reports back.")
    if plan.report_by < plan.on:
        raise FieldRefused(CallField.REPORT_BY, "The report comes after the meeting. Give a later date.")
    ends = min(datetime.combine(plan.on, plan.starts) + timedelta(minutes=MINUTES_LONG), _last_minute(plan.on))
    return Meeting(
        new_id(),
        MeetingKind.PROFESSIONALS,
        plan.on,
        plan.starts,
        ends.time(),
        " ".join(plan.venue.split()),
        plan.lead_id,
        minute_taker_id,
    )


def _last_minute(on: date) -> datetime:
    return datetime.combine(on, time(23, 59))


def short_agenda(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """What one goes through: the clause, the one case, what else there is."""
    return tuple(
        AgendaItem(new_id(), meeting.id, position, kind, title, minutes)
        for position, (kind, title, minutes) in enumerate(AGENDA, 1)
    )


def reported(one: ProfessionalsMeeting, words: str, on: date, by: str) -> ProfessionalsMeeting:
    """The lead has reported back. Raises FieldRefused without a word, Refused for a second report."""
    said = words.strip()
    if one.is_reported:
        raise Refused("The report is recorded already. Undo it first to record another.")
    if not said:
        raise FieldRefused(CallField.REPORT, "Say in a few words what came of the meeting.")
    return replace(one, report=said, reported_on=on, reported_by=by)


def refuse_outcome(meeting: Meeting, outcome: Outcome) -> None:
    """Raise Refused for what only the group decides: a meeting called for one case neither closes nor defers it."""
    if not meeting.is_regular and (outcome.rule.closes or outcome.rule.puts_off):
        raise Refused("Only the CPG closes or defers a case. Choose another outcome here.")


def report_title(meeting: Meeting) -> str:
    """What the item of the report is called on the group's agenda: it names nobody, for the room reads it."""
    return f"Report back: professionals’ meeting of {screen_day(meeting.on, meeting.on)}"


def called_words(one: ProfessionalsMeeting) -> str:
    """Why it was called and by when its chair reports back, as the minutes say it."""
    why = f" {one.why.rstrip('.')}." if one.why else ""
    ground = f"{one.ground.value[:1].upper()}{one.ground.value[1:]}"
    return f"{ground}.{why} The chair reports back to the CPG by {paper_day(one.report_by)}."
