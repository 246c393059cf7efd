"""A partnership's monthly meetings for some years, and the next in session with 46 cases to walk. All invented."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.agenda import default_agenda
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import CaseTurn, ItemKind, Meeting, MeetingKind, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus, Member, Standing
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.ports.work import Work

TODAY = date(2026, 11, 26)
LIVE = "meeting-live"
AGENCIES, PEOPLE, WALKED, NEW_EACH_MONTH, ACTIONS = 10, 24, 46, 12, 36
AREAS = ("Adults with complex needs", "Antisocial behaviour", "Drug-related exploitation", "Serious violence")
NOTE = (
    "Neighbour reports shouting and strangers at the flat most nights; the mediator met both households and the "
    "agreement holds for now. Officers visit weekly, the landlord changes the locks, the camera stays a month more."
)


def fill(work: Work, months: int) -> str:
    """Put it all into the file, a step for each month; returns the id of the meeting in session."""
    with work.step("people", undoable=False, of_held=True) as records:
        for record in _people():
            records.save(record)
    for month in range(months):
        with work.step("a month", undoable=False, of_held=True) as records:
            for record in _month(month, months):
                records.save(record)
    with work.step("today", undoable=False, of_held=True) as records:
        for record in _live(months):
            records.save(record)
    return LIVE


def _people() -> Iterator[Any]:
    yield Settings()
    for number in range(AGENCIES):
        yield Agency(f"agency-{number}", f"Agency number {number}", f"A{number}", AgencyKind.SUPPORT)
    for number in range(PEOPLE):
        name = f"{'Abcdefghijklmnopqrstuvwx'[number].upper()}ria Walker{number}"
        home = f"agency-{number % AGENCIES}"
        yield Member(f"member-{number}", name, home, "Officer", Standing.STANDING, isp_version="1", isp_signed_on=TODAY)


def _held_on(month: int, months: int) -> date:
    return TODAY - timedelta(days=30 * (months - month))


def _month(month: int, months: int) -> Iterator[Any]:
    """A closed meeting, its new cases, and what was minuted and agreed in it."""
    on = _held_on(month, months)
    meeting_id = f"meeting-{month}"
    yield _meeting(meeting_id, on, MeetingState.CLOSED)
    for number in range(month * NEW_EACH_MONTH, (month + 1) * NEW_EACH_MONTH):
        yield _case(number, on - timedelta(days=9), CaseStatus.CLOSED if month < months - 4 else CaseStatus.OPEN)
    walked = range(max(0, (month + 1) * NEW_EACH_MONTH - WALKED), (month + 1) * NEW_EACH_MONTH)
    for position, number in enumerate(walked, start=1):
        total = 14 + (number * 7 + month) % 30
        yield RiskPoint(f"point-{month}-{number}", f"case-{number}", on, total, Band.MEDIUM, on, on)
        yield CaseTurn(
            f"turn-{month}-{number}",
            meeting_id,
            f"case-{number}",
            position,
            3,
            "oldest first",
            state=TurnState.DONE,
            note=f"{NOTE} Month {month}.",
            outcome=Outcome.CONTINUE,
            risk_total=total,
        )
    for number in range(ACTIONS):
        done = month < months - 2 or number % 3 > 0
        yield Action(
            f"action-{month}-{number}",
            meeting_id,
            number + 1,
            f"Visit number {number} and tell the others",
            f"member-{number % PEOPLE}",
            on + timedelta(days=14 + number % 20),
            on,
            case_id=f"case-{walked[number % len(walked)]}",
            state=ActionState.DONE if done else ActionState.OPEN,
            closed_on=on + timedelta(days=20) if done else None,
        )


def _live(months: int) -> Iterator[Any]:
    """Today's meeting, everyone signed in, its first case in hand."""
    at = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    meeting = _meeting(LIVE, TODAY, MeetingState.IN_SESSION)
    items = default_agenda(meeting, Settings())
    last = months * NEW_EACH_MONTH
    turns = [
        CaseTurn(f"live-{place}", LIVE, f"case-{number}", place, 3, "oldest first", room_title=f"Street {number}")
        for place, number in enumerate(range(max(0, last - WALKED), last), start=1)
    ]
    cases = next(item for item in items if item.kind is ItemKind.CASES)
    yield _meeting(LIVE, TODAY, MeetingState.IN_SESSION, at, cases.id, turns[0].id)
    yield from items
    yield from turns
    for number in range(PEOPLE):
        name, home = f"{'Abcdefghijklmnopqrstuvwx'[number].upper()}ria Walker{number}", number % AGENCIES
        yield Attendance(
            f"attendance-{number}",
            LIVE,
            f"member-{number}",
            name,
            f"agency-{home}",
            f"Agency number {home}",
            "Officer",
            Capacity.MEMBER,
            IspStatus.CURRENT,
            arrived_at=at,
            signed_at=at,
        )


def _meeting(
    meeting_id: str, on: date, state: MeetingState, at: datetime | None = None, item_id: str = "", turn_id: str = ""
) -> Meeting:
    return Meeting(
        meeting_id,
        MeetingKind.CPG,
        on,
        time(14),
        time(16),
        "Town Hall",
        "member-0",
        "member-1",
        state,
        started_at=at,
        current_item_id=item_id,
        current_turn_id=turn_id,
    )


def _case(number: int, created: date, status: CaseStatus) -> Case:
    total = 14 + number * 7 % 30
    band = Band.HIGH if total > 34 else Band.MEDIUM if total > 18 else Band.STANDARD
    return Case(
        f"case-{number}",
        f"SN-2026-{number:06}",
        created,
        AREAS[number % len(AREAS)],
        SubjectType.VICTIM,
        "MT",
        f"{number} Oak Way",
        "Park",
        "Agency number 1",
        f"Aria Walker{number % PEOPLE}",
        total,
        band,
        created,
        number % 5 == 0,
        number % 7 == 0,
        status,
        f"Oak Way {number}: noise at night, threats to a neighbour",
    )
