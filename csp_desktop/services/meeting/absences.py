"""Who is missing where it matters, by those expected, apologies and the cases of the walk; and who comes instead."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.absences import Gap, Need, StandIn, gaps
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.meeting.agenda import expect
from csp_desktop.services.meeting.sign_in import record_apology, withdraw_apology
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MENTAL_HEALTH = ("cmht", "mental health")


@dataclass(frozen=True)
class Absences:
    """The agencies missing, and those for whom somebody comes instead: (agency's id, in words)."""

    gaps: tuple[Gap, ...]
    stand_ins: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may come instead, and why they are proposed."""

    member: Member
    agency: str
    remark: str


def absences(session: Session, meeting_id: str) -> Absences:
    """Who is missing where it matters at a meeting to come."""
    with session.work.reading() as records:
        agencies = {a.id: a for a in records.find(Agency, active=True)}
        coming = _coming(records, meeting_id)
        there = {m.agency_id for m in records.find(Member, id=sorted(coming))} if coming else set()
        stand_ins = [s for s in records.find(StandIn, meeting_id=meeting_id) if s.member_id in coming]
        names = {key: agency.short_name or agency.name for key, agency in agencies.items()}
        found = gaps(_needs(records, meeting_id, agencies), names, [*there, *(s.agency_id for s in stand_ins)])
        people = {m.id: m.name for m in records.find(Member)}
    said = [(s.agency_id, f"{people[s.member_id]} comes for {names.get(s.agency_id, 'an agency')}") for s in stand_ins]
    return Absences(found, tuple(said))


def _coming(records: Records, meeting_id: str) -> set[str]:
    rows = records.find(Attendance, meeting_id=meeting_id)
    return {row.member_id for row in rows if row.expected and not row.apology}


def _needs(records: Records, meeting_id: str, agencies: dict[str, Agency]) -> list[Need]:
    """By agency: the cases of the walk it leads, for mental health those with such a factor, and its open actions."""
    turns = [t for t in records.find(CaseTurn, meeting_id=meeting_id) if not t.propose_defer]
    ids = tuple(turn.case_id for turn in turns)
    cases = records.find(Case, id=ids) if ids else []
    known = {folded(name): a.id for a in agencies.values() for name in (a.name, a.short_name) if name}
    leads = Counter(known.get(folded(case.lead_agency), "") for case in cases)
    homes = {m.id: m.agency_id for m in records.find(Member)}
    open_ones = records.find(Action, state=ActionState.OPEN)
    to_do = Counter(home for a in open_ones for home in {homes.get(one, "") for one in a.owner_ids})
    health = sum(case.mental_health for case in cases)
    return [
        Need(key, health if is_mental_health(agency) else leads[key], to_do[key], is_mental_health(agency))
        for key, agency in agencies.items()
    ]


def is_mental_health(agency: Agency) -> bool:
    """Whether it is the Community Mental Health Team, by its name."""
    named = folded(f"{agency.name} {agency.short_name}")
    return any(word in named for word in MENTAL_HEALTH)


def candidates(session: Session, meeting_id: str, agency_id: str) -> Sequence[Candidate]:
    """Who may come instead: the agency's own people first, then everybody who is coming, then the rest; nobody who sent
    apologies.
    """
    with session.work.reading() as records:
        rows = {a.member_id: a for a in records.find(Attendance, meeting_id=meeting_id)}
        names = {a.id: a.name for a in records.find(Agency)}
        coming = _coming(records, meeting_id)
        free = [m for m in records.find(Member, active=True) if m.id not in rows or not rows[m.id].apology]

    def place(member: Member) -> tuple[bool, bool, str]:
        return member.agency_id != agency_id, member.id not in coming, folded(member.name)

    return [
        Candidate(m, names.get(m.agency_id, ""), "is coming" if m.id in coming else names.get(m.agency_id, ""))
        for m in sorted(free, key=place)
    ]


def choose_stand_in(session: Session, meeting_id: str, agency_id: str, member_id: str) -> None:
    """This person comes instead of the agency that sends nobody: they are expected. One of another agency speaks for
    it. Raises Refused for somebody who sent apologies.
    """
    session.require_recorder()
    with session.work.step("attending instead") as records:
        if records.get(Meeting, meeting_id).state is MeetingState.CLOSED:
            raise Refused("This meeting is closed: attendance is in its minutes.")
        member = records.get(Member, member_id)
        rows = records.find(Attendance, meeting_id=meeting_id, member_id=member_id)
        if any(row.apology for row in rows):
            raise Refused(f"{member.name} sent apologies. Choose someone else, or remove the apologies first.")
        expect(session, meeting_id, member_id, True)
        for before in records.find(StandIn, meeting_id=meeting_id):
            if before.agency_id == agency_id:
                records.remove(before)
        if member.agency_id != agency_id:
            records.save(StandIn(new_id(), meeting_id, agency_id, member_id))


def note_apology(session: Session, meeting_id: str, member_id: str) -> bool:
    """Somebody sent apologies before the meeting; said again it is taken back. Returns whether there is one now."""
    session.require_recorder()
    with session.work.reading() as records:
        rows = records.find(Attendance, meeting_id=meeting_id, member_id=member_id)
    if rows and rows[0].apology:
        withdraw_apology(session, rows[0].id)
        return False
    record_apology(session, meeting_id, member_id, False, None)
    return True
