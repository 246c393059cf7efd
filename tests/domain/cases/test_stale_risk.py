"""The signs that a rating may no longer tell how things are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.cases.clocks import StaleKind, review_days, stale_signs
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.people.settings import Settings

TODAY = date(2026, 11, 26)
CASE = Case(
    "c",
    "SN-2026-000001",
    date(2026, 8, 3),
    "Community wellbeing",
    SubjectType.VICTIM,
    "MT",
    "1 Oak Way",
    "Park",
    "Hertfordshire Constabulary",
    "PS Dan Holt",
    30,
    Band.HIGH,
    TODAY,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: noise",
)
SETTINGS = Settings(high_review_days=28, medium_review_days=35, standard_review_days=56)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def point(day: date, total: int, assessed: bool = True) -> RiskPoint:
    return RiskPoint(f"p{day}", "c", day, total, Band.HIGH, day if assessed else None, day, not assessed)


def action(state: ActionState, closed_on: date | None) -> Action:
    return Action("a", "m", 1, "Visit", "dan", TODAY, ago(60), case_id="c", state=state, closed_on=closed_on)


def signs(case: Case = CASE, *, points=(), reviews=(), actions=(), unanswered=()) -> dict[StaleKind, str]:
    found = stale_signs(case, points, reviews, actions, TODAY, SETTINGS, unanswered)
    return {sign.kind: sign.words for sign in found}


def test_a_rating_made_today_shows_no_sign():
    assert signs(points=[point(TODAY, 30)]) == {}


def test_factors_known_to_have_no_answer_are_named():
    assert signs(unanswered=("Frequency", "Support at home")) == {
        StaleKind.UNANSWERED: "2 factors are not scored: Frequency, Support at home"
    }
    assert signs(unanswered=("Frequency",))[StaleKind.UNANSWERED] == "1 factor is not scored: Frequency"


@pytest.mark.parametrize(("band", "holds"), [(Band.HIGH, 28), (Band.MEDIUM, 35), (Band.STANDARD, 56), (None, 35)])
def test_an_assessment_is_old_the_day_after_the_period_of_its_level(band, holds):
    assert review_days(band, SETTINGS) == holds
    assert signs(replace(CASE, band=band, assessed_on=ago(holds))) == {}
    old = signs(replace(CASE, band=band, assessed_on=ago(holds + 1)))
    assert old == {StaleKind.OLD: f"Assessment out of date ({holds + 1} days; limit {holds})"}


def test_a_case_never_assessed_has_no_old_assessment():
    assert signs(replace(CASE, assessed_on=None)) == {}


def test_a_total_is_unchanged_for_two_reviews_when_two_found_it_the_same():
    first = [point(ago(60), 30)]
    assert StaleKind.UNCHANGED not in signs(points=first, reviews=[ago(28)])
    found = signs(points=[*first, point(ago(10), 30)], reviews=[ago(28)])
    assert found[StaleKind.UNCHANGED] == "Still 30 after 2 reviews, the last Mon 16 Nov"


def test_an_assessment_and_an_outcome_of_one_day_are_one_review():
    assert signs(points=[point(ago(60), 30), point(ago(28), 30)], reviews=[ago(28)]) == {}


def test_only_reviews_after_the_total_last_moved_count():
    moved = [point(ago(90), 25), point(ago(60), 30), point(ago(20), 30)]
    assert signs(points=moved, reviews=[ago(80), ago(70)]) == {}
    assert StaleKind.UNCHANGED in signs(points=moved, reviews=[ago(80), ago(28)])


def test_a_total_that_changed_without_an_assessment_is_no_review():
    assert signs(points=[point(ago(60), 25), point(ago(50), 30, assessed=False)], reviews=[ago(28)]) == {}


def test_a_fall_is_doubtful_when_no_action_was_done():
    fall = [point(ago(40), 33), point(ago(5), 27)]
    words = "Reduced from 33 to 27 with no action done"
    assert signs(points=fall) == {StaleKind.UNEARNED: words}
    for state in (ActionState.OPEN, ActionState.NOT_DONE, ActionState.NO_LONGER_POSSIBLE):
        assert signs(points=fall, actions=[action(state, ago(10))]) == {StaleKind.UNEARNED: words}
    assert signs(points=fall, actions=[action(ActionState.DONE, ago(10))]) == {}


def test_what_was_done_before_the_higher_total_was_known_does_not_explain_the_fall():
    fall = [point(ago(40), 33), point(ago(5), 27)]
    assert StaleKind.UNEARNED in signs(points=fall, actions=[action(ActionState.DONE, ago(41))])
    assert signs(points=fall, actions=[action(ActionState.DONE, ago(40))]) == {}


def test_a_fall_is_from_the_total_known_just_before():
    points = [point(ago(60), 20), point(ago(40), 33), point(ago(5), 27)]
    assert signs(points=points) == {StaleKind.UNEARNED: "Reduced from 33 to 27 with no action done"}
    assert signs(points=[*points, point(ago(1), 30)]) == {}


def test_a_rise_or_a_first_total_is_no_fall():
    assert signs(points=[point(ago(5), 27)]) == {}
    assert signs(points=[point(ago(40), 27), point(ago(5), 33)]) == {}


def test_a_closed_case_shows_none_of_it():
    closed = replace(CASE, status=CaseStatus.CLOSED, assessed_on=ago(300))
    assert signs(closed, points=[point(ago(300), 33), point(ago(250), 27)], unanswered=("Frequency",)) == {}
