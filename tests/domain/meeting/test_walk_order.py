"""Order of the walk: broken promises (most days late first), band, oldest."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.cases.clocks import PromiseState, case_clocks
from csp_desktop.domain.meeting.walk import BANDS, Walked, is_walked, order_of_walk
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


def test_closed_cases_are_not_walked_and_monitored_ones_are():
    closed = walked("closed", 20, status=CaseStatus.CLOSED)
    monitored = walked("monitored", 20, status=CaseStatus.MONITORING, monitoring_since=TODAY)
    intensive = walked("intensive", 10, status=CaseStatus.INTENSIVE)
    assert keys(closed, monitored, intensive) == ["monitored", "intensive"]
    assert [is_walked(w.case) for w in (closed, monitored, intensive)] == [False, True, True]


def test_the_place_is_said_in_words():
    assert walked("late", 40, fallen=False).why.startswith("Risk not reduced")
    assert walked("on track", 20, Band.MEDIUM).why == "Medium, open since Fri 6 Nov"
    assert walked("unrated", 20, None).why == "No rating, open since Fri 6 Nov"


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
