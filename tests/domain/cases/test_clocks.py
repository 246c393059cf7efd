"""The clocks of a case, by the sentences of the terms of reference."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.cases.clocks import CaseClocks, Promise, PromiseKind, PromiseState, case_clocks
from csp_desktop.domain.people.settings import Settings

CREATED = date(2026, 11, 2)
CASE = Case(
    "c",
    "SN-2026-000001",
    CREATED,
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
SETTINGS = Settings()


def on_day(days: int) -> date:
    """So many days after the creation."""
    return CREATED + timedelta(days=days)


def point(day: date, total: int, assessed: bool = True) -> RiskPoint:
    return RiskPoint(f"p{day}", "c", day, total, Band.HIGH, day if assessed else None, day, not assessed)


def clocks(case: Case = CASE, *, today: date, points=(), reviews=(), until=None, settings=SETTINGS) -> CaseClocks:
    return case_clocks(case, points, reviews, today, until or today, settings)


def test_each_promise_heads_its_group_in_plain_words() -> None:
    assert [kind.value for kind in PromiseKind] == [
        "No assessment",
        "Review overdue",
        "Risk not reduced",
        "Monitoring period over",
    ]


def promise(found: CaseClocks, kind: PromiseKind) -> Promise:
    return next(p for p in found.promises if p.kind is kind)


def test_the_first_review_is_within_14_days_of_creation():
    for day, state in ((13, PromiseState.KEPT), (14, PromiseState.DUE), (15, PromiseState.BROKEN)):
        assert promise(clocks(today=on_day(day)), PromiseKind.REVIEW).state is state
    late = promise(clocks(today=on_day(17)), PromiseKind.REVIEW)
    assert (late.due_on, late.days_late, late.words) == (on_day(14), 3, "Review 3 days overdue")


def test_creation_is_day_0():
    assert clocks(today=CREATED).day == 0
    assert clocks(today=on_day(20)).day == 20


def test_a_review_is_an_assessment_or_an_outcome_dated_after_creation():
    same_day = clocks(today=on_day(20), points=[point(CREATED, 30)])
    assert promise(same_day, PromiseKind.REVIEW).state is PromiseState.BROKEN
    assessed = clocks(today=on_day(20), points=[point(on_day(14), 30)])
    assert promise(assessed, PromiseKind.REVIEW).state is PromiseState.KEPT
    assert assessed.first_review == on_day(14)
    decided = clocks(today=on_day(20), reviews=[on_day(10)])
    assert promise(decided, PromiseKind.REVIEW).state is PromiseState.KEPT
    by_the_case_itself = clocks(replace(CASE, assessed_on=on_day(3)), today=on_day(20))
    assert promise(by_the_case_itself, PromiseKind.REVIEW).words == "First review Thu 5 Nov"


def test_a_total_without_assessment_is_no_review():
    silent = clocks(today=on_day(20), points=[point(on_day(5), 30, assessed=False)])
    assert promise(silent, PromiseKind.REVIEW).state is PromiseState.BROKEN


def test_where_the_first_review_is_not_known_the_clock_says_unknown_never_broken():
    seen_late = clocks(today=on_day(40), points=[point(on_day(15), 30)])
    review = promise(seen_late, PromiseKind.REVIEW)
    assert (review.state, review.days_late) == (PromiseState.UNKNOWN, 0)
    assert "unknown" in review.words


def test_the_risk_is_expected_to_have_dropped_within_1_month():
    points = [point(on_day(3), 30)]
    month = date(2026, 12, 2)
    assert clocks(today=CREATED).fall_due == month
    assert promise(clocks(today=month, points=points), PromiseKind.FALL).state is PromiseState.DUE
    over = promise(clocks(today=month + timedelta(days=3), points=points), PromiseKind.FALL)
    assert (over.state, over.days_late, over.words) == (PromiseState.BROKEN, 3, "Risk not reduced: 3 days overdue")


@pytest.mark.parametrize(
    ("totals", "fallen"),
    [((30,), False), ((30, 30), False), ((30, 29), True), ((30, 20, 31), False), ((30, 40, 29), True)],
)
def test_a_drop_is_a_latest_total_below_the_first_known_one(totals, fallen):
    points = [point(on_day(n + 1), total) for n, total in enumerate(totals)]
    found = clocks(today=on_day(60), points=points)
    assert found.fallen is fallen
    assert promise(found, PromiseKind.FALL).state is (PromiseState.KEPT if fallen else PromiseState.BROKEN)


def test_without_any_total_nothing_is_said_of_a_fall():
    found = clocks(today=on_day(60))
    assert found.fallen is None
    assert PromiseKind.FALL not in {p.kind for p in found.promises}


def test_a_month_is_a_calendar_month_clamped():
    assert clocks(replace(CASE, created_on=date(2027, 1, 31)), today=date(2027, 2, 1)).fall_due == date(2027, 2, 28)
    assert clocks(replace(CASE, created_on=date(2028, 1, 31)), today=date(2028, 2, 1)).fall_due == date(2028, 2, 29)


def test_after_de_escalation_monitor_1_further_month():
    monitored = replace(CASE, status=CaseStatus.MONITORING, monitoring_since=date(2026, 10, 29), assessed_on=on_day(1))
    due = promise(clocks(monitored, today=date(2026, 11, 29)), PromiseKind.MONITORING)
    over = promise(clocks(monitored, today=date(2026, 11, 30)), PromiseKind.MONITORING)
    assert (due.state, due.words) == (PromiseState.DUE, "Monitoring ends Sun 29 Nov")
    assert (over.state, over.days_late, over.words) == (PromiseState.BROKEN, 1, "Monitoring ended: 1 day overdue")
    assert clocks(monitored, today=on_day(5)).monitoring_until == date(2026, 11, 29)


def test_a_monitored_case_is_not_asked_for_its_fall_again():
    monitored = replace(CASE, status=CaseStatus.MONITORING, monitoring_since=on_day(30))
    found = clocks(monitored, today=on_day(45), points=[point(on_day(3), 30)])
    assert {p.kind for p in found.promises} == {PromiseKind.REVIEW, PromiseKind.MONITORING}


def test_where_the_start_of_monitoring_is_not_known_the_clock_says_unknown():
    found = clocks(replace(CASE, status=CaseStatus.MONITORING), today=on_day(90))
    unknown = promise(found, PromiseKind.MONITORING)
    assert (unknown.state, unknown.due_on) == (PromiseState.UNKNOWN, None)


@pytest.mark.parametrize(
    "changes",
    [{"repeat_victim": True}, {"area": "Adults with complex needs"}, {"area": "Exploitation and extremism"}],
)
def test_a_case_that_repeats_has_complex_needs_or_possible_exploitation_and_no_assessment_is_a_broken_promise(changes):
    case = replace(CASE, **changes)
    first = promise(clocks(case, today=on_day(0)), PromiseKind.ASSESSMENT)
    assert (first.state, first.days_late, first.words) == (PromiseState.DUE, 0, "No assessment yet")
    broken = promise(clocks(case, today=on_day(3)), PromiseKind.ASSESSMENT)
    assert (broken.state, broken.days_late) == (PromiseState.BROKEN, 3)
    for assessed in (
        clocks(replace(case, assessed_on=on_day(1)), today=on_day(3)),
        clocks(case, today=on_day(3), points=[point(on_day(1), 30)]),
        clocks(CASE, today=on_day(3)),
    ):
        assert PromiseKind.ASSESSMENT not in {p.kind for p in assessed.promises}


def test_what_falls_due_before_the_next_meeting_is_due():
    assert clocks(today=on_day(5), until=on_day(13)).promise.state is PromiseState.KEPT
    due = clocks(today=on_day(5), until=on_day(14)).promise
    assert (due.kind, due.state, due.words) == (PromiseKind.REVIEW, PromiseState.DUE, "Review Mon 16 Nov")


def test_of_two_broken_promises_the_later_one_counts():
    found = clocks(today=on_day(40), points=[point(CREATED, 30)])
    assert {p.kind for p in found.promises if p.state is PromiseState.BROKEN} == {PromiseKind.REVIEW, PromiseKind.FALL}
    assert (found.promise.kind, found.promise.days_late) == (PromiseKind.REVIEW, 26)


def test_a_broken_promise_counts_before_one_that_is_due_and_that_before_one_unknown():
    month = date(2026, 12, 2)
    due = clocks(today=month, points=[point(on_day(15), 30)])
    assert {p.state for p in due.promises} == {PromiseState.UNKNOWN, PromiseState.DUE}
    assert due.promise.state is PromiseState.DUE
    unknown = clocks(today=month, points=[point(on_day(15), 30), point(on_day(20), 20)])
    assert {p.state for p in unknown.promises} == {PromiseState.UNKNOWN, PromiseState.KEPT}
    assert unknown.promise.state is PromiseState.UNKNOWN


def test_the_clocks_are_settings():
    own = Settings(first_review_days=7, risk_drop_months=2, monitoring_months=3)
    monitored = replace(CASE, status=CaseStatus.MONITORING, monitoring_since=CREATED)
    found = clocks(monitored, today=on_day(1), settings=own)
    assert (found.review_due, found.fall_due) == (on_day(7), date(2027, 1, 2))
    assert found.monitoring_until == date(2027, 2, 2)
