"""Professionals' meetings: called for a case between two CPGs, run as any meeting, reported back at the next CPG."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.days import clock, local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import due_words, overdue_words
from csp_desktop.domain.meeting import professionals as rules
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.agenda import Presentation, place_of_new
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting, MeetingState
from csp_desktop.domain.meeting.professionals import CallPlan, ProfessionalsMeeting
from csp_desktop.domain.meeting.signing import attend
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.meeting.due_next import next_cpg_day
from csp_desktop.services.meeting.regular import regular_meetings, regular_to_come
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class AskedPerson:
    """Somebody who can be asked to come: `proposed` where they have to do with the case."""

    member: Member
    agency: str
    proposed: bool


@dataclass(frozen=True)
class Proposal:
    """What the form begins with, and whom one can choose."""

    case: Case
    plan: CallPlan
    people: tuple[AskedPerson, ...]  # those proposed first, then by name


@dataclass(frozen=True)
class CalledRow:
    """One meeting as the case and Home show it."""

    called: ProfessionalsMeeting
    meeting: Meeting
    case: Case
    lead: str
    people: tuple[str, ...]  # asked or present, by name
    agencies: tuple[str, ...]
    today: date

    @property
    def is_over(self) -> bool:
        """Whether it was held."""
        return self.meeting.state is MeetingState.CLOSED

    @property
    def when(self) -> str:
        """'Thu 3 Dec, 14:30'"""
        return f"{screen_day(self.meeting.on, self.today)}, {clock(self.meeting.starts)}"

    @property
    def late(self) -> int:
        """Days since the report was due."""
        return self.called.days_late(self.today)

    @property
    def standing(self) -> str:
        """'Sign-in open', 'Called for Thu 3 Dec, 14:30', 'Report due in 3 days', 'Reported Thu 10 Dec'."""
        state = self.meeting.state
        if state is MeetingState.SIGN_IN:
            return "Sign-in open"
        if state is MeetingState.IN_SESSION:
            return "In progress"
        if self.called.reported_on is not None:
            return f"Reported {screen_day(self.called.reported_on, self.today)}"
        if self.late:
            return f"Report {overdue_words(self.late)}"
        if state is MeetingState.PLANNED:
            passed = self.meeting.on < self.today
            return f"Not held: was called for {self.when}" if passed else f"Called for {self.when}"
        return f"Report due {due_words(self.called.report_by, self.today)}"

    @property
    def line(self) -> str:
        """'Mon 23 Nov, 09:15: report due in 3 days.', 'Called for Thu 3 Dec, 14:30.'"""
        words = self.standing
        return f"{words}." if self.when in words else f"{self.when}: {words[:1].lower()}{words[1:]}."


def proposal(session: Session, case_id: str) -> Proposal:
    """What a call begins with: now, an hour, the case's lead, those with an open action on it, the report by the next
    CPG."""
    with session.work.reading() as records:
        case = records.get(Case, case_id)
        members = [member for member in records.find(Member) if member.active]
        agencies = {agency.id: agency for agency in records.find(Agency)}
        owners = {one for a in records.find(Action, case_id=case_id, state=ActionState.OPEN) for one in a.owner_ids}
        lead = next((m.id for m in members if case.lead_officer and m.name.endswith(case.lead_officer)), "")
        report_by = next_cpg_day(session, records, session.today)
    near = owners | {lead, session.member_id}
    people = [
        AskedPerson(m, a.name if (a := agencies.get(m.agency_id)) else "", m.id in near)
        for m in sorted(members, key=lambda one: one.name.casefold())
    ]
    people.sort(key=lambda one: not one.proposed)
    asked = tuple(one.member.id for one in people if one.proposed)
    starts = rules.next_start(local(session.now()))
    return Proposal(case, CallPlan(None, "", lead, session.today, starts, "", asked, report_by), tuple(people))


def call(session: Session, case_id: str, plan: CallPlan) -> ProfessionalsMeeting:
    """Call a meeting for a case: its short agenda, whoever is asked to come, the one case. Raises FieldRefused at the
    field that is not in order, Refused for a closed case and for one that has a meeting called already."""
    session.require_case_worker()
    with session.work.step("professionals’ meeting called") as records:
        case = records.get(Case, case_id)
        _may_be_called(session, records, case)
        taker = _minute_taker(session, records, plan)
        meeting = rules.meeting_called(plan, taker, session.today)
        records.save(meeting)
        for item in rules.short_agenda(meeting):
            records.save(item)
        _ask(session, records, meeting, plan.people)
        why = plan.ground.value if plan.ground is not None else ""
        title = case.title.split(",")[0]
        records.save(CaseTurn(new_id(), meeting.id, case_id, 1, rules.AGENDA[3][2], why, room_title=title))
        assert plan.ground is not None and plan.report_by is not None, "checked with the meeting"
        made = ProfessionalsMeeting(
            new_id(),
            meeting.id,
            case_id,
            plan.ground,
            " ".join(plan.why.split()),
            plan.lead_id,
            plan.report_by,
            session.user_name,
            session.now(),
        )
        records.save(made)
    return made


def _may_be_called(session: Session, records: Records, case: Case) -> None:
    if case.status is CaseStatus.CLOSED:
        raise Refused("This case is closed. Reopen it first, then call the meeting.")
    for known in records.find(ProfessionalsMeeting, case_id=case.id):
        meeting = records.get(Meeting, known.meeting_id)
        if meeting.state is not MeetingState.CLOSED:
            when = screen_day(meeting.on, session.today)
            raise Refused(f"A professionals’ meeting is already called for {when}. Hold it or call it off first.")


def _minute_taker(session: Session, records: Records, plan: CallPlan) -> str:
    """Whoever calls it takes its minutes; where they lead it, the group's usual minute-taker."""
    if session.member_id and session.member_id != plan.lead_id:
        return session.member_id
    usual = [one.minute_taker_id for one in reversed(regular_meetings(records)) if one.minute_taker_id]
    return next((one for one in usual if one != plan.lead_id), "")


def _ask(session: Session, records: Records, meeting: Meeting, people: Sequence[str]) -> None:
    wanted = dict.fromkeys((meeting.chair_id, meeting.minute_taker_id, *people))
    for member_id in filter(None, wanted):
        member = records.get(Member, member_id)
        agency = records.get(Agency, member.agency_id)
        records.save(attend(meeting, member, agency, settings_in(records), session.today))


def call_off(session: Session, called_id: str) -> None:
    """The meeting is not held after all; what was laid out for it goes. Raises Refused once its sign-in was opened."""
    session.require_case_worker()
    with session.work.step("professionals’ meeting called off") as records:
        one = records.get(ProfessionalsMeeting, called_id)
        meeting = records.get(Meeting, one.meeting_id)
        if meeting.state is not MeetingState.PLANNED:
            raise Refused("Its sign-in was opened, so the meeting cannot be called off. Close it instead.")
        records.remove(one)
        for kind in (CaseTurn, Attendance, AgendaItem):
            for part in records.find(kind, meeting_id=meeting.id):
                records.remove(part)
        records.remove(meeting)


def report_back(session: Session, called_id: str, words: str) -> ProfessionalsMeeting:
    """The lead reports between two CPGs. Raises FieldRefused without a word, Refused before the meeting was held and
    for a second report."""
    session.require_case_worker()
    with session.work.step("report on a professionals’ meeting") as records:
        one = records.get(ProfessionalsMeeting, called_id)
        if records.get(Meeting, one.meeting_id).state is not MeetingState.CLOSED:
            raise Refused("The meeting has not been held yet. Hold it first, then report.")
        after = rules.reported(one, words, session.today, session.user_name)
        records.save(after)
    return after


def note_reported(records: Records, item: AgendaItem, on: date) -> None:
    """An item of the group's agenda is done: where a lead reported under it, what was noted is the report."""
    for one in records.find(ProfessionalsMeeting, item_id=item.id):
        if not one.is_reported and item.note.strip():
            records.save(rules.reported(one, item.note, on, _name(records, one.lead_id)))


def bring_reports(records: Records, meeting: Meeting) -> None:
    """Put what is still to be reported on the agenda of the group's meeting: an item each, with the lead's name."""
    for one in records.find(ProfessionalsMeeting, reported_on=None):
        if records.get(Meeting, one.meeting_id).state is MeetingState.CLOSED:
            _bring(records, meeting, one)


def bring_report_of(records: Records, held: Meeting) -> None:
    """A meeting is closed. If it was called for a case, the group's next one hears of it, where that has its agenda
    already; else it gets the item with its agenda."""
    coming = next(iter(regular_to_come(records)), None)
    if not held.is_regular and coming is not None and records.find(AgendaItem, meeting_id=coming.id):
        for one in records.find(ProfessionalsMeeting, meeting_id=held.id):
            _bring(records, coming, one)


def _bring(records: Records, meeting: Meeting, one: ProfessionalsMeeting) -> None:
    items = records.find(AgendaItem, meeting_id=meeting.id)
    if one.item_id in {item.id for item in items}:
        return
    title = rules.report_title(records.get(Meeting, one.meeting_id))
    place = next((n for n, item in enumerate(items, 1) if item.kind is rules.BEFORE), place_of_new(items))
    made = AgendaItem(new_id(), meeting.id, place, rules.REPORT_ITEM, title, rules.REPORT_MINUTES)
    for position, item in enumerate([*items[: place - 1], made, *items[place - 1 :]], 1):
        records.save(replace(item, position=position))
    records.save(Presentation(new_id(), meeting.id, made.id, _name(records, one.lead_id)))
    records.save(replace(one, item_id=made.id))


def _name(records: Records, member_id: str) -> str:
    return next((member.name for member in records.find(Member, id=member_id)), "")


def called_of(session: Session, meeting_id: str) -> CalledRow | None:
    """What a meeting was called for; None for one of the group's own."""
    with session.work.reading() as records:
        found = records.find(ProfessionalsMeeting, meeting_id=meeting_id)
        return next(iter(rows_in(records, found, session.today)), None)


def called_for(session: Session, case_id: str) -> tuple[CalledRow, ...]:
    """Every meeting called for a case, the latest first."""
    with session.work.reading() as records:
        return rows_in(records, records.find(ProfessionalsMeeting, case_id=case_id), session.today)


def called_meetings(session: Session) -> tuple[CalledRow, ...]:
    """All there are, those to be held or reported on first, then the latest."""
    with session.work.reading() as records:
        rows = rows_in(records, records.find(ProfessionalsMeeting), session.today)
    return tuple(sorted(rows, key=lambda row: (row.called.is_reported, -row.late)))


def waiting_in(records: Records, today: date) -> tuple[CalledRow, ...]:
    """Inside a transaction: those to be held or to be reported on, the report due first before others."""
    rows = rows_in(records, records.find(ProfessionalsMeeting, reported_on=None), today)
    return tuple(sorted(rows, key=lambda row: (row.called.report_by, row.meeting.on)))


def rows_in(records: Records, found: Sequence[ProfessionalsMeeting], today: date) -> tuple[CalledRow, ...]:
    """Inside a transaction: these with their meeting, case and people, the latest first."""
    rows = []
    for one in found:
        meeting, case = records.get(Meeting, one.meeting_id), records.get(Case, one.case_id)
        room = records.find(Attendance, meeting_id=meeting.id)
        came = [row for row in room if row.arrived_at or row.signed] if meeting.state is MeetingState.CLOSED else room
        agencies = tuple(dict.fromkeys(row.agency_name for row in came))
        names = tuple(row.name for row in came)
        rows.append(CalledRow(one, meeting, case, _name(records, one.lead_id), names, agencies, today))
    return tuple(sorted(rows, key=lambda row: (row.meeting.on, row.meeting.starts), reverse=True))
