"""A made-up partnership in memory with October closed and November in session: for reviewing, closing and minutes.
Invented people, places and references."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Override
from csp_desktop.domain.meeting.meeting import (
    AgendaItem,
    CaseTurn,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    TurnState,
)
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus, Member, Standing
from tests.support.fakes import QUICK_PAPERS, FakeWork, FixedClock, fake_session

OCTOBER, NOVEMBER = "october", "november"
OPENED = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
AGENCIES = (
    ("police", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE),
    ("council", "Watford Borough Council", "Council", AgencyKind.COUNCIL),
    ("cgl", "Change Grow Live", "CGL", AgencyKind.SUPPORT),
    ("newhope", "New Hope", "New Hope", AgencyKind.SUPPORT),
    ("county", "Hertfordshire County Council", "County Council", AgencyKind.COUNCIL),
    ("probation", "Probation Service", "Probation", AgencyKind.PROBATION),
    ("fire", "Hertfordshire Fire and Rescue", "Fire", AgencyKind.FIRE),
)
PEOPLE = (
    ("dan", "PS Dan Holt", "police"),
    ("aisha", "PC Aisha Rahman", "police"),
    ("stefan", "Ștefan Ionescu", "council"),
    ("hana", "Hana Price", "council"),
    ("ewa", "Ewa Łukasik", "cgl"),
    ("ravi", "Ravi Nair", "newhope"),
    ("ruth", "Ruth Coyle", "county"),
    ("sean", "Seán Ó Briain", "probation"),
    ("tom", "Tom Ellis", "fire"),
)
WALK = (
    (ItemKind.CONFIDENTIALITY, "Confidentiality"),
    (ItemKind.APOLOGIES, "Apologies"),
    (ItemKind.MATTERS_ARISING, "Minutes of the last meeting, matters arising"),
    (ItemKind.CASES, "Open Safety Net cases"),
    (ItemKind.EMERGING, "Emerging issues by area of work"),
    (ItemKind.OTHER, "Other business"),
    (ItemKind.NEXT_DATE, "Next date"),
)
SUMMARIES = (
    "Harwoods Road: dispute between two households",
    "Town centre: shop theft by a group of six",
    "Leggatts Way: noise at night",
    "Queens Road: cuckooing",
    "Whippendell Road: knife shown",
    "St Albans Road: begging",
)
TASKS = (
    ("Second patrol plan with the park rangers", "dan", date(2026, 11, 12), 0),
    ("Shop watch: names and pictures of the six to every store", "dan", date(2026, 11, 17), 1),
    ("Closure notice: finish the evidence pack", "dan", date(2026, 11, 24), 0),
    ("Weapons sweep with rangers and the school", "dan", date(2026, 11, 26), 0),
    ("Dispersal power: note on use for December", "dan", date(2026, 12, 10), 0),
    ("Statement from the family at 14", "aisha", date(2026, 11, 26), 0),
    ("Gate and lights at the back of the shops", "stefan", date(2026, 11, 20), 2),
    ("Call back both households", "hana", date(2026, 11, 26), 0),
    ("Detox place, visit with the landlord", "ewa", date(2026, 11, 27), 0),
    ("Blankets and a named worker", "ravi", date(2026, 11, 25), 0),
    ("School place for one child", "ruth", date(2026, 11, 19), 1),
    ("Licence conditions checked", "sean", date(2026, 12, 3), 0),
)


def partnership(cases: int = 6, now: FixedClock | None = None, work: Any = None, **session: Any) -> Any:
    """A session on the partnership, the November meeting in session: case 1 and 2 done, 3 called without outcome, one
    case deferred, one opened and not decided, the rest not reached; one person unsigned, one absent, one action without
    a date. `work` is a file of its clock, else it is in memory."""
    clock = now or FixedClock(OPENED + timedelta(minutes=100))
    work = FakeWork(clock) if work is None else work
    with work.step("the partnership", undoable=False, of_held=True) as records:
        _people(records)
        _meetings(records)
        _october_actions(records)
        _walk(records, cases)
        _attendance(records)
        _agreed(records)
    return fake_session(work, now=clock, user_name="Hana Price", member_id="hana", **{"papers": QUICK_PAPERS} | session)


def _people(records: Any) -> None:
    for agency_id, name, short, kind in AGENCIES:
        records.save(Agency(agency_id, name, short, kind))
    for member_id, name, agency_id in PEOPLE:
        records.save(
            Member(
                member_id,
                name,
                agency_id,
                "Officer",
                Standing.STANDING,
                isp_version="1",
                isp_signed_on=date(2026, 1, 5),
            )
        )


def _meetings(records: Any) -> None:
    october = Meeting(OCTOBER, MeetingKind.CPG, date(2026, 10, 29), time(14), time(16), "Town Hall", "hana", "ruth")
    november = replace(october, id=NOVEMBER, on=date(2026, 11, 26), venue="Town Hall, Committee Room 2")
    at = datetime(2026, 10, 29, 14, 0, tzinfo=UTC)
    records.save(
        replace(
            october,
            state=MeetingState.CLOSED,
            opened_at=at,
            started_at=at,
            closed_at=at + timedelta(hours=2),
            next_on=november.on,
        )
    )
    records.save(replace(november, state=MeetingState.IN_SESSION, opened_at=OPENED, started_at=OPENED))


def _october_actions(records: Any) -> None:
    for number, (what, officer, due, carried) in enumerate(TASKS, 1):
        case_id = f"case-{number % 6 + 1}" if number % 4 else ""
        kind = (ActionKind.SUPPORT, ActionKind.INTERVENTION, ActionKind.INFORMATION)[number % 3]
        power = "Community Protection Notice" if kind is ActionKind.INTERVENTION else ""
        records.save(
            Action(
                f"old-{number}",
                OCTOBER,
                number,
                what,
                officer,
                due,
                date(2026, 10, 29),
                case_id=case_id,
                kind=kind,
                power=power,
                carried=carried,
            )
        )
    records.save(
        Action(
            "old-done",
            OCTOBER,
            40,
            "Letter sent",
            "dan",
            date(2026, 11, 2),
            date(2026, 10, 29),
            state=ActionState.DONE,
            closed_on=date(2026, 11, 2),
        )
    )


def _walk(records: Any, cases: int) -> None:
    for position, (kind, title) in enumerate(WALK):
        walked = kind not in (ItemKind.EMERGING, ItemKind.NEXT_DATE)
        records.save(
            AgendaItem(
                f"item-{position}",
                NOVEMBER,
                position,
                kind,
                title,
                5,
                TurnState.DONE if walked else TurnState.TO_DO,
                note="The hall is closed in January." if kind is ItemKind.OTHER else "",
            )
        )
    for n in range(1, max(cases, 6) + 1):
        records.save(
            Case(
                f"case-{n}",
                f"SN-2026-{400 + n:04}",
                date(2026, 9, n % 28 + 1),
                "Community wellbeing",
                SubjectType.VICTIM,
                "JK",
                SUMMARIES[n % 6].split(":")[0],
                "Central",
                "Police",
                "PS Dan Holt",
                30 + n,
                Band.MEDIUM,
                date(2026, 11, 2),
                False,
                False,
                CaseStatus.OPEN,
                SUMMARIES[n % 6],
            )
        )
    for n in range(1, cases + 1):
        records.save(_turn(n))


def _turn(n: int) -> CaseTurn:
    turn = CaseTurn(f"turn-{n}", NOVEMBER, f"case-{n}", n - 1, 4, "oldest")
    if n == 1:
        return replace(
            turn,
            state=TurnState.DONE,
            outcome=Outcome.DE_ESCALATE,
            monitor_until=date(2026, 12, 26),
            note="No new reports since 9 November.",
            risk_total=31,
            read_back_at=OPENED + timedelta(minutes=20),
        )
    if n == 2:
        return replace(
            turn,
            state=TurnState.DONE,
            outcome=Outcome.REFER,
            refer_to="Channel panel",
            reason="new threat",
            intervention_planned=True,
            note="Six people named.",
            risk_total=32,
            read_back_at=OPENED + timedelta(minutes=32),
        )
    if n == 3:
        return replace(turn, state=TurnState.IN_HAND, note="Noise recorder shows four nights.")
    if n == 4:
        return replace(turn, outcome=Outcome.DEFER, reason="the officer is away")
    opened = OPENED + timedelta(minutes=70)
    return replace(turn, state=TurnState.IN_HAND, started_at=opened, ended_at=opened) if n == 5 else turn


def _attendance(records: Any) -> None:
    names = {agency_id: name for agency_id, name, _, _ in AGENCIES}
    for n, (member_id, name, agency_id) in enumerate(PEOPLE):
        row = Attendance(
            f"row-{member_id}",
            NOVEMBER,
            member_id,
            name,
            agency_id,
            names[agency_id],
            "Officer",
            Capacity.MEMBER,
            IspStatus.CURRENT,
            "1",
        )
        if member_id == "tom":
            row = replace(row, apology=True, information_sent=True, information_received_on=date(2026, 11, 24))
        elif member_id == "aisha":
            row = replace(row, arrived_at=OPENED + timedelta(minutes=8))
        elif member_id != "sean":
            at = OPENED + timedelta(minutes=n)
            stroke = ((0.123456, 0.2), (0.5, 0.8), (0.9, 0.654321))
            row = replace(row, arrived_at=at, signed_at=at, clause_version=3, strokes=(stroke,))
        records.save(row)
    records.save(
        Override(
            "override",
            NOVEMBER,
            OPENED + timedelta(minutes=9),
            "Hana Price",
            "the pad failed",
            ("row-aisha",),
            ("PC Aisha Rahman",),
        )
    )


def _agreed(records: Any) -> None:
    on = date(2026, 11, 26)
    for number, (what, officer, due, case_id) in enumerate(
        (
            ("Second call to both households", "stefan", date(2026, 12, 10), "case-1"),
            ("Serve the notice", "dan", date(2026, 12, 1), "case-2"),
            ("Home visit and report back", "ewa", None, "case-3"),
        ),
        1,
    ):
        kind, power = (
            (ActionKind.INTERVENTION, "Community Protection Warning") if number == 2 else (ActionKind.SUPPORT, "")
        )
        records.save(Action(f"new-{number}", NOVEMBER, number, what, officer, due, on, case_id, "", kind, power))
    records.save(Action("new-4", NOVEMBER, 4, "Book another hall", "ruth", date(2026, 12, 17), on, "", "item-5"))
