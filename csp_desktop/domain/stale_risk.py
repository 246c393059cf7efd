"""Signs that a rating may no longer tell how things are. They judge nothing: each says what to look at, in words.

Answers of the assessment are counted only where they are known; Safety Net exports the total alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from csp_desktop.domain.actions import Action, ActionState
from csp_desktop.domain.cases import Band, Case, CaseStatus, RiskPoint
from csp_desktop.domain.days import days_words, tiny_day
from csp_desktop.domain.settings import Settings

ENOUGH_REVIEWS = 2  # so many reviews that found the same total are a sign


class StaleKind(Enum):
    """What makes the rating doubtful."""

    UNANSWERED = "factors without an answer"
    OLD = "an assessment older than its review period"
    UNCHANGED = "a total unchanged for two reviews"
    UNEARNED = "a fall with no action done"


@dataclass(frozen=True)
class StaleSign:
    """One sign; `words` stand alone: 'Assessed 41 days ago, due after 28'."""

    kind: StaleKind
    words: str


def review_days(band: Band | None, settings: Settings) -> int:
    """How long an assessment holds at a level. One without a level is taken as medium: it is no small case."""
    return {Band.HIGH: settings.high_review_days, Band.STANDARD: settings.standard_review_days}.get(
        band or Band.MEDIUM, settings.medium_review_days
    )


def stale_signs(
    case: Case,
    points: Sequence[RiskPoint],
    reviews: Iterable[date],
    actions: Iterable[Action],
    today: date,
    settings: Settings,
    unanswered: Sequence[str] = (),
) -> tuple[StaleSign, ...]:
    """The signs of a case on a day. `points` are its known totals, the oldest first; `reviews` the days of this group's
    outcomes on it; `unanswered` the factors known to have no answer. A closed case has none."""
    if case.status is CaseStatus.CLOSED:
        return ()
    found = (
        _unanswered(unanswered),
        _old(case, today, settings),
        _unchanged(points, reviews, today),
        _unearned(points, actions),
    )
    return tuple(sign for sign in found if sign is not None)


def _unanswered(factors: Sequence[str]) -> StaleSign | None:
    if not factors:
        return None
    count = "1 factor has" if len(factors) == 1 else f"{len(factors)} factors have"
    return StaleSign(StaleKind.UNANSWERED, f"{count} no answer: {', '.join(factors)}")


def _old(case: Case, today: date, settings: Settings) -> StaleSign | None:
    """A case never assessed has its own words everywhere; here it is about an assessment that has had its time."""
    if case.assessed_on is None:
        return None
    holds = review_days(case.band, settings)
    if case.assessed_on + timedelta(days=holds) >= today:
        return None
    age = days_words((today - case.assessed_on).days)
    return StaleSign(StaleKind.OLD, f"Assessed {age} ago, it holds for {holds}")


def _unchanged(points: Sequence[RiskPoint], reviews: Iterable[date], today: date) -> StaleSign | None:
    """Two reviews after the day this total was first known, and it is still the same."""
    if not points:
        return None
    total, since = points[-1].total, points[-1].dated
    for point in reversed(points):
        if point.total != total:
            break
        since = point.dated
    days = {*reviews, *(p.assessed_on for p in points if p.assessed_on)}
    later = sorted(day for day in days if since < day <= today)
    if len(later) < ENOUGH_REVIEWS:
        return None
    words = f"Still {total} after {len(later)} reviews, the last {tiny_day(later[-1])}"
    return StaleSign(StaleKind.UNCHANGED, words)


def _unearned(points: Sequence[RiskPoint], actions: Iterable[Action]) -> StaleSign | None:
    """The total fell, and nothing agreed for the case was done since the total before it was known."""
    if len(points) < 2 or points[-1].total >= points[-2].total:
        return None
    before = points[-2]
    for action in actions:
        if action.state is ActionState.DONE and (action.closed_on is None or action.closed_on >= before.dated):
            return None
    return StaleSign(StaleKind.UNEARNED, f"Fell from {before.total} to {points[-1].total} with no action done")
