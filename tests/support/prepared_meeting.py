"""The sample partnership before a meeting, in memory: October held, its export and November's in, November planned."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.resources import shipped
from csp_desktop.services.cases.case_import import import_cases
from csp_desktop.services.meeting.agenda import MeetingPlan, plan_meeting
from csp_desktop.services.meeting.sign_in import seed_clauses
from csp_desktop.services.session import Session
from tests.support.fakes import FixedClock, fake_session

MORNING = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2026, 10, 29), date(2026, 11, 26)
AGENCIES = (
    ("council", "Watford Borough Council", "Watford BC", AgencyKind.COUNCIL),
    ("police", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE),
    ("cgl", "Change Grow Live", "CGL", AgencyKind.SUPPORT),
    ("newhope", "New Hope", "New Hope", AgencyKind.SUPPORT),
    ("hdas", "Herts Domestic Abuse Service", "HDAS", AgencyKind.SUPPORT),
)
PEOPLE = (
    ("hannah", "Hannah Price", "council", Standing.STANDING),
    ("marcus", "Marcus Bell", "council", Standing.STANDING),
    ("stefan", "Ștefan Ionescu", "council", Standing.STANDING),
    ("dan", "PS Dan Holt", "police", Standing.STANDING),
    ("aisha", "PC Aisha Rahman", "police", Standing.STANDING),
    ("ewa", "Ewa Łukasik", "cgl", Standing.STANDING),
    ("ravi", "Ravi Nair", "newhope", Standing.STANDING),
    ("nimmi", "Nimmi Raghunathan-Pillai", "hdas", Standing.STANDING),
    ("priya", "Dr Priya Raman", "cgl", Standing.OCCASIONAL),
)
ACTIONS = (
    ("Serve the tenancy warning", "dan", 4),
    ("Change the locks", "stefan", 12),
    ("Take the statement", "dan", 18),
    ("Detox place", "ewa", 20),
    ("Move the camera", "stefan", 28),
)
PLAN = MeetingPlan(NOVEMBER, time(14), time(16), "Town Hall, Committee Room 2", "hannah", "marcus")


def people_session(now: datetime = MORNING) -> Session:
    """People and clauses only."""
    clock = FixedClock(now)
    session = fake_session(now=clock, user_name="Hannah Price", member_id="hannah")
    with session.work.step("people", undoable=False, of_held=True) as records:
        for key, name, short, kind in AGENCIES:
            records.save(Agency(key, name, short, kind))
        for key, name, agency, standing in PEOPLE:
            signed = None if key in ("nimmi", "priya") else date(2026, 3, 3)
            version = "1" if signed else ""
            member = Member(key, name, agency, "Officer", standing, isp_version=version, isp_signed_on=signed)
            records.save(member)
    words = "What is said here stays here. " * 4
    seed_clauses(session, {kind: f"The {kind.value} text. {words}" for kind in ClauseKind})
    return session


def prepared_session(now: datetime = MORNING, *, planned: bool = True) -> Session:
    """October closed with late actions, both exports imported, November planned unless it is not."""
    session = people_session(now)
    with session.work.step("October", undoable=False, of_held=True) as records:
        at, closed = (time(14), time(16), PLAN.venue), MeetingState.CLOSED
        records.save(Meeting("october", MeetingKind.CPG, OCTOBER, *at, "hannah", "marcus", closed))
        for number, (what, officer, due) in enumerate(ACTIONS, 1):
            records.save(Action(f"x{number}", "october", number, what, officer, date(2026, 11, due), OCTOBER))
    for name, day in (("cases-2026-10.csv", date(2026, 10, 20)), ("cases-2026-11.csv", date(2026, 11, 23))):
        import_cases(session, read_cases(shipped("sample", name).read_bytes(), name), day)
    if planned:
        plan_meeting(session, PLAN)
    return session


def put_off_twice(session: Session, case_id: str) -> None:
    """The case was on the walk of two meetings that are over, and both deferred it."""
    with session.work.step("two deferrals", undoable=False, of_held=True) as records:
        for day in (3, 10):
            at, closed = (time(14), time(16), PLAN.venue), MeetingState.CLOSED
            meeting = Meeting(f"held-{day}", MeetingKind.CPG, date(2026, 11, day), *at, "hannah", "marcus", closed)
            records.save(meeting)
            turn = CaseTurn(f"turn-{day}", meeting.id, case_id, 1, 3, "", outcome=Outcome.DEFER, reason="no officer")
            records.save(replace(turn, state=TurnState.DONE))
