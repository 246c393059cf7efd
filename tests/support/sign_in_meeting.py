"""A meeting at its sign-in, with invented people: for the tests and pictures of the desk."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.meeting import sign_in
from csp_desktop.services.session import Session
from tests.support.fakes import FixedClock, fake_session

MEETING = "meeting"
HALF_PAST_ONE = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
SIGNATURE = (((0.1, 0.7), (0.15, 0.3), (0.2, 0.7)), ((0.25, 0.6), (0.4, 0.5), (0.6, 0.6)))
CLAUSES = Path(__file__).resolve().parents[2] / "resources" / "clauses"
AGENCIES = (
    ("Watford Borough Council", "Watford BC", AgencyKind.COUNCIL),
    ("Hertfordshire County Council", "County council", AgencyKind.COUNCIL),
    ("Hertfordshire Constabulary", "Police", AgencyKind.POLICE),
    ("Hertfordshire Fire and Rescue", "Fire and rescue", AgencyKind.FIRE),
    ("Probation Service", "Probation", AgencyKind.PROBATION),
    ("Community Mental Health Team", "CMHT", AgencyKind.HEALTH),
    ("Change Grow Live", "CGL", AgencyKind.SUPPORT),
    ("New Hope", "New Hope", AgencyKind.SUPPORT),
    ("Watford Community Housing", "Housing", AgencyKind.HOUSING),
    ("NHS mental health trust", "NHS", AgencyKind.HEALTH),
)
PEOPLE = (
    ("Hannah Price", 0),
    ("Marcus Bell", 0),
    ("PS Dan Holt", 2),
    ("PC Sara Lyle", 2),
    ("Joy Okafor", 5),
    ("Liam Reed", 8),
    ("Amira Shah", 0),
    ("Ravi Nair", 7),
    ("Tom Ellis", 3),
    ("Ewa Łukasik", 6),
    ("Insp Neil Grant", 2),
    ("Femi Adeyemi", 4),
    ("Claire Dunn", 8),
    ("Nadia Karim", 0),
    ("Becky Shore", 6),
    ("Grace Tan", 5),
    ("Ian Mott", 3),
    ("Lewis Hart", 8),
    ("Ruth Coyle", 1),
    ("Owen Pryce", 1),
    ("Anita Rowe", 4),
    ("Glen Marsh", 6),
)


def key(name: str) -> str:
    """A member's id: 'ruth-coyle'."""
    return name.lower().replace(" ", "-")


def sign_in_session(signed: int = 18, clock: FixedClock | None = None) -> Session:
    """The desk open with so many signed, two apologies, an occasional attendee on the list and one off it; the chair
    and one member without a current protocol are among the people."""
    clock = clock or FixedClock()
    clock.at = HALF_PAST_ONE
    session = fake_session(now=clock, user_name="Hannah Price", member_id=key("Hannah Price"))
    with session.work.step("people", undoable=False, of_held=True) as records:
        for number, (name, short, kind) in enumerate(AGENCIES):
            records.save(Agency(f"agency-{number}", name, short, kind))
        for name, agency in PEOPLE:
            protocol = None if name == "Owen Pryce" else date(2026, 3, 3)
            records.save(_member(name, agency, Standing.STANDING, protocol))
        records.save(_member("Rupa Desai", 8, Standing.OCCASIONAL, None))
        records.save(_member("Dr Priya Raman", 9, Standing.OCCASIONAL, None))
        records.save(
            Meeting(
                MEETING,
                MeetingKind.CPG,
                date(2026, 11, 26),
                time(14),
                time(16),
                "Town Hall",
                key("Hannah Price"),
                key("Marcus Bell"),
            )
        )
    texts = {kind: (CLAUSES / f"{kind.value}.txt").read_text("utf-8") for kind in list(ClauseKind)[:3]}
    sign_in.seed_clauses(session, texts)
    sign_in.open_sign_in(session, MEETING)
    sign_in.record_apology(session, MEETING, key("Anita Rowe"), True, date(2026, 11, 24))
    sign_in.record_apology(session, MEETING, key("Glen Marsh"), False, None)
    for name, _ in PEOPLE[:signed]:
        clock.advance(minutes=1, seconds=20)
        sign_in.sign(session, MEETING, key(name), strokes=SIGNATURE)
    clock.at = datetime(2026, 11, 26, 13, 56, tzinfo=UTC)
    return session


def _member(name: str, agency: int, standing: Standing, protocol: date | None) -> Member:
    version = "1" if protocol else ""
    return Member(key(name), name, f"agency-{agency}", "officer", standing, isp_version=version, isp_signed_on=protocol)
