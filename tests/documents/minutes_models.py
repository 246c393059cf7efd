"""Minutes made up for the printing tests: invented people, places and references."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.meeting.actions import ActionKind, Answer
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.record import (
    ActionLine,
    AnswerLine,
    ApologyLine,
    AttendeeLine,
    CasePart,
    ItemPart,
    JournalHead,
    Minutes,
    OverrideLine,
    UncalledLine,
)
from csp_desktop.domain.people.agencies import IspStatus

OPENED = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
OFFICERS = (
    ("Ștefan Ionescu", "Watford Borough Council"),
    ("PC Aisha Rahman", "Hertfordshire Constabulary"),
    ("Ewa Łukasik", "Change Grow Live"),
    ("Ravi Nair", "New Hope"),
    ("Ruth Coyle", "Hertfordshire County Council"),
    ("Seán Ó Briain", "Probation Service"),
)
NOTE = (
    "Reports fell to two in four weeks, both on a weekday evening. The mediator has met both households and the "
    "agreement holds. The camera stays for one more month.\nThe agencies share what they hear by Friday noon."
)


def action(number: int, about: str) -> ActionLine:
    """One action, the officers taking turns."""
    officer, agency = OFFICERS[number % len(OFFICERS)]
    kind = ActionKind.INTERVENTION if number % 3 == 0 else ActionKind.SUPPORT
    return ActionLine(
        label=f"2026-11/{number:02}",
        what=f"Task {number} of the plan: visit, write down what is said and tell the others",
        officer=officer,
        agency=agency,
        due=date(2026, 12, 1) + timedelta(days=number % 20),
        kind=kind,
        power="Community Protection Warning" if kind is ActionKind.INTERVENTION else "",
        about=about,
    )


def case(number: int, actions: int = 3) -> CasePart:
    """One called case with its actions."""
    reference = f"SN-2026-{400 + number:04}"
    outcomes = list(Outcome)
    return CasePart(
        case_id=f"case-{number}",
        reference=reference,
        initials="JK",
        area="Adults with complex needs",
        total=38,
        band=Band.HIGH,
        note=NOTE,
        outcome=outcomes[number % len(outcomes)],
        reason="the reports fell",
        refer_to="Channel panel",
        monitor_until=date(2026, 12, 26),
        intervention_planned=True if number % 4 == 0 else None,
        cmht_told=None,
        dissent="",
        read_back_at=OPENED + timedelta(minutes=10 + number),
        actions=tuple(action(number * actions + n, reference) for n in range(actions)),
    )


def attendee(number: int) -> AttendeeLine:
    """One person in the room."""
    officer, agency = OFFICERS[number % len(OFFICERS)]
    return AttendeeLine(
        name=f"{officer} {number:02}",
        agency=agency,
        capacity=Capacity.OCCASIONAL if number % 7 == 0 else Capacity.MEMBER,
        arrived_at=OPENED - timedelta(minutes=5),
        left_at=OPENED + timedelta(minutes=50) if number % 5 == 0 else None,
        signed_at=OPENED + timedelta(minutes=number % 9),
        signature="typed" if number % 4 == 0 else "drawn",
        isp=IspStatus.CURRENT,
        isp_version="1",
        clause_version=3,
        read_by="Hana Price" if number % 7 == 0 else "",
        read_at=OPENED if number % 7 == 0 else None,
        interests=("SN-2026-0401",) if number == 3 else (),
    )


def minutes(cases: int = 4, attendees: int = 6, actions: int = 3) -> Minutes:
    """Whole minutes of the size asked for, with two overrides, an apology, two answers and two uncalled cases."""
    walked = tuple(case(n, actions) for n in range(1, cases + 1))
    other = action(900, "Other business")
    return Minutes(
        meeting_id="meeting",
        partnership="Watford Community Safety Partnership",
        body="Community Protection Group",
        on=date(2026, 11, 26),
        starts=time(14, 0),
        ends=time(16, 0),
        opened_at=OPENED,
        closed_at=OPENED + timedelta(minutes=118),
        venue="Town Hall, Committee Room 2",
        chair="Hana Price",
        minute_taker="Marcus Bell",
        attendees=tuple(attendee(n) for n in range(1, attendees + 1)),
        apologies=(ApologyLine("Tom Ellis", "Hertfordshire Fire and Rescue", True, date(2026, 11, 24)),),
        overrides=(
            OverrideLine(OPENED + timedelta(minutes=9), "Hana Price", "the pad failed", ("PS Dan Holt",)),
            OverrideLine(
                OPENED + timedelta(minutes=70), "Hana Price", "joined by telephone", ("Ravi Nair", "Ewa Łukasik")
            ),
        ),
        earlier_meeting=date(2026, 10, 29),
        answers=(
            AnswerLine(
                "2026-10/04", "Call back both households", *OFFICERS[0], "SN-2026-0401", Answer.DONE, "", None, 0
            ),
            AnswerLine(
                "2026-10/07",
                "School place",
                *OFFICERS[4],
                "SN-2026-0402",
                Answer.CARRY_ON,
                "term ends",
                date(2026, 12, 17),
                3,
            ),
        ),
        still_open=2,
        items=_items(other),
        cases=walked,
        uncalled=(UncalledLine("SN-2026-0901", "AB", "not reached"), UncalledLine("", "CD", "deferred: officer away")),
        actions=(*(line for part in walked for line in part.actions), other),
        next_on=date(2026, 12, 24),
        journal=JournalHead(812, "0f3a9c4477d1e2b6"),
    )


def _items(other: ActionLine) -> tuple[ItemPart, ...]:
    words = {
        ItemKind.CONFIDENTIALITY: "Confidentiality",
        ItemKind.APOLOGIES: "Apologies",
        ItemKind.MATTERS_ARISING: "Minutes of the last meeting, matters arising",
        ItemKind.CASES: "Open Safety Net cases",
        ItemKind.EMERGING: "Emerging issues by area of work",
        ItemKind.CASE_REVIEWS: "ASB case reviews",
        ItemKind.OTHER: "Other business",
        ItemKind.NEXT_DATE: "Next date",
    }
    parts = [ItemPart(kind, words[kind], True, "", None, ()) for kind in words]
    noted = {ItemKind.EMERGING: "Mopeds in the park after school.", ItemKind.OTHER: "The hall is closed in January."}
    parts = [replace(part, note=noted.get(part.kind, "")) for part in parts]
    return tuple(replace(p, actions=(other,), read_back_at=OPENED) if p.kind is ItemKind.OTHER else p for p in parts)
