"""A small meeting, signed in and ready to start: four cases, four people of three agencies, one meeting before it."""

from datetime import UTC, date, datetime, time, timedelta

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.agenda import default_agenda
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus, Member, Standing
from csp_desktop.domain.people.settings import Settings

DAY = date(2026, 11, 26)
LAST = date(2026, 10, 29)
OPENED = datetime(2026, 11, 26, 13, 50, tzinfo=UTC)
AGENCIES = (
    Agency("council", "Watford Borough Council", "WBC", AgencyKind.COUNCIL),
    Agency("police", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE),
    Agency("newhope", "New Hope", "New Hope", AgencyKind.SUPPORT),
    Agency("cgl", "Change Grow Live", "CGL", AgencyKind.HEALTH),
)
PEOPLE = (
    ("stefan", "Ștefan Ionescu", "council"),
    ("dan", "PS Dan Holt", "police"),
    ("ravi", "Ravi Nair", "newhope"),
    ("ewa", "Ewa Łukasik", "cgl"),
)
_CASES = (
    ("oak", "Oak Way: cuckooing, threats to neighbour", 38, Band.HIGH, CaseStatus.OPEN, (44, 41, 38)),
    ("elm", "Elm Close: mopeds", 27, Band.MEDIUM, CaseStatus.OPEN, (22, 27)),
    ("ash", "Ash Grove: shop theft", 20, Band.MEDIUM, CaseStatus.MONITORING, (26, 20)),
    ("yew", "Yew Court: noise", 12, Band.STANDARD, CaseStatus.OPEN, (12,)),
)


def fill(work):
    """Put the meeting into the file; returns the id of the meeting."""
    last = Meeting(
        "october", MeetingKind.CPG, LAST, time(14), time(16), "Town Hall", "stefan", "ewa", MeetingState.CLOSED
    )
    meeting = Meeting(
        "november", MeetingKind.CPG, DAY, time(14), time(16), "Town Hall", "stefan", "ewa", MeetingState.SIGN_IN, OPENED
    )
    with work.step("sample", undoable=False, of_held=True) as records:
        for agency in AGENCIES:
            records.save(agency)
        for record in (last, meeting, *default_agenda(meeting, Settings())):
            records.save(record)
        for key, name, agency_id in PEOPLE:
            home = next(a.name for a in AGENCIES if a.id == agency_id)
            member = Member(key, name, agency_id, "Officer", Standing.STANDING, isp_version="1", isp_signed_on=LAST)
            records.save(member)
            records.save(
                Attendance(
                    f"a-{key}",
                    "november",
                    key,
                    name,
                    agency_id,
                    home,
                    "Officer",
                    Capacity.MEMBER,
                    IspStatus.CURRENT,
                    arrived_at=OPENED,
                    signed_at=OPENED,
                )
            )
        _fill_cases(records)
    return "november"


def _fill_cases(records):
    for number, (key, title, total, band, status, totals) in enumerate(_CASES, start=1):
        created = date(2026, 11, 6) - timedelta(days=14 * (number - 1))
        records.save(
            Case(
                key,
                f"SN-2026-00000{number}",
                created,
                "Adults with complex needs",
                SubjectType.VICTIM,
                "MT",
                "1 Oak Way",
                "Park",
                "Hertfordshire Constabulary",
                "PS Dan Holt",
                total,
                band,
                date(2026, 11, 24),
                number == 1,
                number == 2,
                status,
                title,
                as_of=date(2026, 11, 25),
                monitoring_since=date(2026, 10, 20) if status is CaseStatus.MONITORING else None,
            )
        )
        records.save(
            CaseTurn(
                f"t-{key}",
                "november",
                key,
                number,
                5,
                "oldest first",
                room_title=title.split(",")[0],
                room_title_confirmed=number == 1,
            )
        )
        for place, known in enumerate(totals):
            day = date(2026, 11, 6) + timedelta(days=9 * place)
            records.save(RiskPoint(f"p-{key}-{place}", key, day, known, band, day, day))
    note = "Neighbour reports shouting and strangers at the flat most nights."
    records.save(
        CaseTurn("t-oak-october", "october", "oak", 1, 5, "", state=TurnState.DONE, note=note, outcome=Outcome.CONTINUE)
    )
    for number, (what, officer, due) in enumerate(
        (
            ("Assess and report on medication", "ewa", 20),
            ("Change the locks", "stefan", 18),
            ("Closure notice: evidence pack", "dan", 24),
        ),
        start=1,
    ):
        records.save(Action(f"x{number}", "october", number, what, officer, date(2026, 11, due), LAST, case_id="oak"))
