"""Signs that a rating may no longer tell how things are. They judge nothing: each says what to look at, in words.

Answers of the assessment are counted only where they are known; Safety Net exports the total alone.

The clocks of a case: what the partnership promised by when, and whether it kept it.

The terms of reference: "The risk is reviewed within two weeks of the case creation, with an expectation that the risk
will have dropped within a month." And: "a de-escalation of the ASB followed by monitoring for a further month, ideally
leading to closure of a case". Creation is day 0; months are calendar months, clamped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint
from csp_desktop.domain.common.days import days_words, screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.people.settings import Settings

MUST_BE_ASSESSED = ("Adults with complex needs", "Exploitation and extremism")


class PromiseState(Enum):
    """How a case stands against what was promised; each is also the word shown."""

    BROKEN = "overdue"
    DUE = "due"
    KEPT = "on track"
    UNKNOWN = "unknown"


class PromiseKind(Enum):
    """Which promise; the words head its group on the home screen."""

    ASSESSMENT = "No assessment"
    REVIEW = "Review overdue"
    FALL = "Risk not reduced"
    MONITORING = "Monitoring period over"


@dataclass(frozen=True)
class Promise:
    """One promise of one case on a day. `due_on` is None where it cannot be known; `days_late` counts from `due_on`.
    `because` is how it was worked out, a sentence or two."""

    kind: PromiseKind
    state: PromiseState
    due_on: date | None
    days_late: int
    words: str
    because: str = ""


@dataclass(frozen=True)
class CaseClocks:
    """What the clock of a case shows: opened, first review, the day the fall is due, and the promise that counts."""

    opened: date
    day: int  # days since creation, day 0 is the creation
    review_due: date
    first_review: date | None
    fall_due: date
    fallen: bool | None  # None: no total known
    monitoring_until: date | None
    promises: tuple[Promise, ...]

    @property
    def today(self) -> date:
        """The day they are read on."""
        return self.opened + timedelta(days=self.day)

    @property
    def promise(self) -> Promise:
        """The one that counts: a broken one (most days late), else what falls due, else what is unknown, else kept."""
        rank = (PromiseState.BROKEN, PromiseState.DUE, PromiseState.UNKNOWN, PromiseState.KEPT)
        return min(self.promises, key=lambda p: (rank.index(p.state), -p.days_late, p.due_on or date.max))


def case_clocks(
    case: Case, points: Sequence[RiskPoint], reviews: Iterable[date], today: date, until: date, settings: Settings
) -> CaseClocks:
    """The clocks of a case on a day. `points` are its known totals, the oldest first; `reviews` the days of this
    group's outcomes on it; what falls due from today to `until` (the next meeting) is due."""
    known = sorted(
        {d for d in (*reviews, *(p.assessed_on for p in points), case.assessed_on) if d and d > case.created_on}
    )
    review_due = case.created_on + timedelta(days=settings.first_review_days)
    fall_due = add_months(case.created_on, settings.risk_drop_months)
    until_monitored = add_months(case.monitoring_since, settings.monitoring_months) if case.monitoring_since else None
    fallen = points[-1].total < points[0].total if points else None
    window = (today, max(today, until))
    review = _review(case, known, review_due, window)
    promises = [replace(review, because=_review_sum(case, known, review, today))]
    if _must_be_assessed(case) and not any(p.assessed_on for p in points) and case.assessed_on is None:
        promises.append(_unassessed(case, window))
    if case.status is CaseStatus.MONITORING:
        because = _monitoring_sum(case, until_monitored, settings, today)
        promises.append(replace(_monitoring(until_monitored, window), because=because))
    elif fallen is not None:
        because = _fall_sum(case, points, fall_due, settings, today)
        promises.append(replace(_fall(fallen, fall_due, window), because=because))
    return CaseClocks(
        case.created_on,
        (today - case.created_on).days,
        review_due,
        known[0] if known else None,
        fall_due,
        fallen,
        until_monitored,
        tuple(promises),
    )


def _must_be_assessed(case: Case) -> bool:
    """A case that repeats, has complex needs or possible exploitation is always assessed."""
    return case.repeat_victim or case.area in MUST_BE_ASSESSED


def _unassessed(case: Case, window: tuple[date, date]) -> Promise:
    """Due on the day the case was created, and overdue from the next."""
    today = window[0]
    created, why = case.created_on, "it is a repeat victim" if case.repeat_victim else f"its area is “{case.area}”"
    promise = _by(
        PromiseKind.ASSESSMENT, created, window, _counted("No assessment", created, today), "No assessment yet"
    )
    because = f"Due now, because {why}. No assessment has been recorded since {screen_day(created, today)}."
    return replace(promise, because=because)


def _review_sum(case: Case, known: Sequence[date], promise: Promise, today: date) -> str:
    """'Due 14 days after creation on 4 Aug, that is 18 Aug. No review is recorded.'"""
    assert promise.due_on is not None
    days = days_words((promise.due_on - case.created_on).days)
    created, on = screen_day(case.created_on, today), screen_day(promise.due_on, today)
    first = f"The first recorded review was on {screen_day(known[0], today)}." if known else "No review is recorded."
    return f"Due {days} after creation on {created}, that is {on}. {first}"


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _fall_sum(case: Case, points: Sequence[RiskPoint], due: date, settings: Settings, today: date) -> str:
    """'Expected 1 month after creation on 4 Aug, that is by 4 Sep. The first recorded total is 30, the latest 34.'"""
    created = screen_day(case.created_on, today)
    return (
        f"Expected {_months(settings.risk_drop_months)} after creation on {created}, that is by "
        f"{screen_day(due, today)}. The first recorded total is {points[0].total}, the latest {points[-1].total}."
    )


def _monitoring_sum(case: Case, until: date | None, settings: Settings, today: date) -> str:
    """'Monitored for 1 month from 29 Oct, that is until 29 Nov.'"""
    if case.monitoring_since is None or until is None:
        return "The start date was not recorded."
    since = screen_day(case.monitoring_since, today)
    return (
        f"Monitored for {_months(settings.monitoring_months)} from {since}, that is until {screen_day(until, today)}."
    )


def _review(case: Case, known: Sequence[date], due: date, window: tuple[date, date]) -> Promise:
    """Within two weeks. Where only a later review is known, an earlier one may have been: unknown, never broken."""
    kind = PromiseKind.REVIEW
    if known and known[0] <= due:
        return Promise(kind, PromiseState.KEPT, due, 0, f"First review {screen_day(known[0], window[0])}")
    if known:
        return Promise(
            kind, PromiseState.UNKNOWN, due, 0, f"First review unknown, assessed {screen_day(known[0], window[0])}"
        )
    late = f"Review {overdue_words(days_overdue(due, window[0]))}"
    return _by(kind, due, window, late, f"Review {screen_day(due, window[0])}")


def _fall(fallen: bool, due: date, window: tuple[date, date]) -> Promise:
    """A drop is a latest total below the first known one."""
    if fallen:
        return Promise(PromiseKind.FALL, PromiseState.KEPT, due, 0, "Risk has reduced")
    late = _counted("Risk not reduced", due, window[0])
    return _by(PromiseKind.FALL, due, window, late, f"Risk to reduce by {screen_day(due, window[0])}")


def _monitoring(until: date | None, window: tuple[date, date]) -> Promise:
    """One further month, then closure or intensive support."""
    if until is None:
        return Promise(PromiseKind.MONITORING, PromiseState.UNKNOWN, None, 0, "Monitoring, start date unknown")
    return _by(
        PromiseKind.MONITORING,
        until,
        window,
        _counted("Monitoring ended", until, window[0]),
        f"Monitoring ends {screen_day(until, window[0])}",
    )


def _counted(what: str, due: date, today: date) -> str:
    """'Risk not reduced: 3 days overdue'"""
    return ": ".join(filter(None, (what, overdue_words(days_overdue(due, today)))))


def _by(kind: PromiseKind, due: date, window: tuple[date, date], broken: str, coming: str) -> Promise:
    """Broken the day after it was due, due within the window, kept before it."""
    today, until = window
    if due < today:
        return Promise(kind, PromiseState.BROKEN, due, days_overdue(due, today), broken)
    state = PromiseState.DUE if due <= until else PromiseState.KEPT
    return Promise(kind, state, due, 0, coming)


ENOUGH_REVIEWS = 2  # so many reviews that found the same total are a sign


class StaleKind(Enum):
    """What makes the rating doubtful."""

    UNANSWERED = "factors not scored"
    OLD = "an assessment that is out of date"
    UNCHANGED = "no change in score for two reviews"
    UNEARNED = "a lower score with no action done"


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
    count = "1 factor is" if len(factors) == 1 else f"{len(factors)} factors are"
    return StaleSign(StaleKind.UNANSWERED, f"{count} not scored: {', '.join(factors)}")


def _old(case: Case, today: date, settings: Settings) -> StaleSign | None:
    """A case never assessed has its own words everywhere; here it is about an assessment that has had its time."""
    if case.assessed_on is None:
        return None
    holds = review_days(case.band, settings)
    if case.assessed_on + timedelta(days=holds) >= today:
        return None
    age = days_words((today - case.assessed_on).days)
    return StaleSign(StaleKind.OLD, f"Assessment out of date ({age}; limit {holds})")


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
    words = f"Still {total} after {len(later)} reviews, the last {screen_day(later[-1], today)}"
    return StaleSign(StaleKind.UNCHANGED, words)


def _unearned(points: Sequence[RiskPoint], actions: Iterable[Action]) -> StaleSign | None:
    """The total fell, and nothing agreed for the case was done since the total before it was known."""
    if len(points) < 2 or points[-1].total >= points[-2].total:
        return None
    before = points[-2]
    for action in actions:
        if action.state is ActionState.DONE and (action.closed_on is None or action.closed_on >= before.dated):
            return None
    return StaleSign(StaleKind.UNEARNED, f"Reduced from {before.total} to {points[-1].total} with no action done")
