"""Order of the walk: broken promises (most days late first), due, deferred twice, band, oldest."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.cases.clocks import PromiseState, case_clocks
from csp_desktop.domain.meeting.deferrals import Deferrals
from csp_desktop.domain.meeting.walk import (
    BANDS,
    WalkCase,
    Walked,
    is_walked,
    order_of_walk,
    place_sums,
    plan_walk,
)
from csp_desktop.domain.people.settings import Settings

TODAY = date(2026, 11, 26)
CASE = Case(
    "c",
    "SN-2026-000001",
    TODAY,
    "Community wellbeing",
    SubjectType.VICTIM,
    "MT",
    "1 Oak Way",
    "Park",
    "Hertfordshire Constabulary",
    "PS Dan Holt",
    30,
    Band.HIGH,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: noise",
)


def walked(
    key: str, days_old: int, band: Band | None = Band.STANDARD, *, fallen: bool = True, **changes: object
) -> Walked:
    """A case reviewed in time; its risk has fallen, or stays where it was."""
    created = TODAY - timedelta(days=days_old)
    case = replace(CASE, id=key, reference=key, created_on=created, band=band, **changes)  # type: ignore[arg-type]
    days = (created + timedelta(days=1), created + timedelta(days=2))
    totals = (30, 20 if fallen else 30)
    points = [
        RiskPoint(f"{key}{n}", key, day, total, band, day, day)
        for n, (day, total) in enumerate(zip(days, totals, strict=True))
    ]
    return Walked(case, case_clocks(case, points, (), TODAY, TODAY, Settings()))


def keys(*cases: Walked) -> list[str]:
    return [w.case.id for w in order_of_walk(cases)]


def test_broken_promises_come_first_most_days_late_first():
    late, later = walked("late", 40, fallen=False), walked("later", 60, fallen=False)
    assert late.promise.state is PromiseState.BROKEN
    assert keys(walked("high", 90, Band.HIGH), late, later) == ["later", "late", "high"]


def test_then_the_band_and_one_without_rating_last():
    found = keys(
        walked("none", 9, None), walked("standard", 9), walked("high", 9, Band.HIGH), walked("medium", 9, Band.MEDIUM)
    )
    assert found == ["high", "medium", "standard", "none"]


def test_then_the_oldest():
    assert keys(walked("new", 3), walked("old", 20), walked("older", 25)) == ["older", "old", "new"]


def waiting(key: str, days_old: int, meetings: int, band: Band = Band.STANDARD, **more: bool) -> Walked:
    """It was put off at so many meetings in a row."""
    return replace(walked(key, days_old, band, **more), deferrals=Deferrals(meetings, meetings, date(2026, 5, 28)))


def due(key: str) -> Walked:
    """Its first review falls on the day of the meeting."""
    case = replace(CASE, id=key, reference=key, created_on=TODAY - timedelta(days=14), band=Band.STANDARD)
    return Walked(case, case_clocks(case, (), (), TODAY, TODAY, Settings()))


def test_what_is_due_before_the_next_meeting_goes_before_what_was_deferred_twice_and_that_before_the_rating():
    late, high = walked("late", 40, fallen=False), walked("high", 20, Band.HIGH)
    assert keys(high, waiting("twice", 9, 2), due("due"), late) == ["late", "due", "twice", "high"]


def test_day_0_is_due_and_not_overdue():
    assert due("due").promise.state is PromiseState.DUE


def test_a_standard_case_deferred_at_six_meetings_stands_before_every_case_that_does_not_press():
    others = [walked(f"{n}", 20, Band.HIGH) for n in range(5)]
    assert keys(*others, waiting("six", 25, 6), waiting("twice", 25, 2))[:2] == ["six", "twice"]
    assert keys(*others, waiting("once", 25, 1))[-1] == "once"


def test_the_reason_of_a_place_says_how_often_it_was_deferred():
    assert waiting("w", 20, 3).why == "Deferred 3 times, Standard, open since Fri 6 Nov"
    assert waiting("w", 20, 1).why == "Standard, open since Fri 6 Nov, deferred once"
    assert waiting("w", 40, 3, fallen=False).why.endswith("overdue, deferred 3 times")


def test_the_place_of_a_case_is_worked_out_in_words():
    first, *more = place_sums(waiting("w", 40, 3, fallen=False))
    assert first == (
        "Risk not reduced: 9 days overdue. Expected 1 month after creation on Sat 17 Oct, that is by Tue 17 Nov. "
        "The first recorded total is 30, the latest 30."
    )
    assert more == [
        "First review Sun 18 Oct. Due 14 days after creation on Sat 17 Oct, that is Sat 31 Oct. "
        "The first recorded review was on Sun 18 Oct.",
        "Deferred 3 times, not discussed since Thu 28 May, so it moves up within its group.",
        "Then the rating: Standard, total 30. Then its age: 40 days.",
    ]


def test_a_case_deferred_twice_is_never_suggested_again_by_itself():
    cases = [WalkCase(f"{n}", Band.STANDARD, False, waited=n in (3, 4)) for n in range(5)]
    assert plan_walk(cases, 4, 15).deferred == ("0", "1", "2")
    assert plan_walk(cases, 0, 15).deferred == ("0", "1", "2"), "not even where there is no time"


def test_closed_cases_are_not_walked_and_monitored_ones_are():
    closed = walked("closed", 20, status=CaseStatus.CLOSED)
    monitored = walked("monitored", 20, status=CaseStatus.MONITORING, monitoring_since=TODAY)
    intensive = walked("intensive", 10, status=CaseStatus.INTENSIVE)
    assert keys(closed, monitored, intensive) == ["monitored", "intensive"]
    assert [is_walked(w.case) for w in (closed, monitored, intensive)] == [False, True, True]


def test_the_place_is_said_in_words():
    assert walked("late", 40, fallen=False).why.startswith("Risk not reduced")
    assert walked("on track", 20, Band.MEDIUM).why == "Medium, open since Fri 6 Nov"
    assert walked("unrated", 20, None).why == "Not rated, open since Fri 6 Nov"


@given(
    st.permutations(
        [
            (n, days, band, fallen)
            for n, (days, band, fallen) in enumerate(
                (d, b, f) for d in (5, 40, 41) for b in (Band.HIGH, None) for f in (True, False)
            )
        ]
    )
)
def test_the_order_does_not_depend_on_the_order_given(rows):
    found = order_of_walk([walked(f"{n:02}", days, band, fallen=fallen) for n, days, band, fallen in rows])
    broken = [w for w in found if w.promise.state is PromiseState.BROKEN]
    assert found[: len(broken)] == broken
    assert [w.promise.days_late for w in broken] == sorted((w.promise.days_late for w in broken), reverse=True)
    rest = [BANDS.index(w.case.band) for w in found[len(broken) :]]
    assert rest == sorted(rest)
    assert [w.case.id for w in found] == [w.case.id for w in order_of_walk(reversed(found))]
