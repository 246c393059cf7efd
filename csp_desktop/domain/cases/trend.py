"""The totals of a case through time, and what happened meanwhile: what meetings decided, actions, referrals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import Band, RiskPoint
from csp_desktop.domain.common.days import axis_day
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.outcomes import Outcome

ENOUGH = 2  # points; one alone is no trend


class Lane(Enum):
    """Where an event stands under the totals."""

    MEETINGS = "CPG"
    ACTIONS = "Actions"
    REFERRALS = "Referrals"


class Sense(Enum):
    """What an event says of the work: it went on, was put off, or was not done."""

    PLAIN = "plain"
    GOOD = "good"
    WAITS = "waits"
    BAD = "bad"


@dataclass(frozen=True)
class TrendPoint:
    """One total on a day. `to` is what it could be at most while factors are unanswered; `here` of an assessment made
    in the program, else it is Safety Net's."""

    on: date
    total: int
    band: Band | None
    to: int | None = None
    here: bool = False


@dataclass(frozen=True)
class TrendEvent:
    """Something that happened on a day: 'Deferred', '2 done', 'CMHT'."""

    lane: Lane
    on: date
    words: str
    sense: Sense = Sense.PLAIN


@dataclass(frozen=True)
class Decision:
    """What a meeting decided about the case, and to whom it was referred."""

    on: date
    outcome: Outcome | None
    refer_to: str = ""


@dataclass(frozen=True)
class Trend:
    """What there is to draw; without enough totals of one source there is nothing."""

    points: tuple[TrendPoint, ...] = ()
    events: tuple[TrendEvent, ...] = ()

    @property
    def known(self) -> tuple[TrendPoint, ...]:
        """The totals of Safety Net."""
        return tuple(one for one in self.points if not one.here)

    @property
    def made(self) -> tuple[TrendPoint, ...]:
        """The totals of assessments made here."""
        return tuple(one for one in self.points if one.here)

    @property
    def is_drawn(self) -> bool:
        """One point is no chart."""
        return max(len(self.known), len(self.made)) >= ENOUGH


def trend_of(
    known: Sequence[RiskPoint],
    made: Sequence[CaseAssessment],
    decisions: Iterable[Decision],
    actions: Iterable[Action],
) -> Trend:
    """Of one case; each in the order of its days."""
    points = [TrendPoint(one.dated, one.total, one.band) for one in known]
    points += [
        TrendPoint(one.on, one.total, one.shown_band, None if one.is_whole else one.ceiling, here=True) for one in made
    ]
    events = [*_meetings(decisions), *_actions(actions)]
    return Trend(tuple(sorted(points, key=lambda one: one.on)), tuple(sorted(events, key=lambda one: one.on)))


def _meetings(decisions: Iterable[Decision]) -> list[TrendEvent]:
    found = []
    for one in decisions:
        if one.outcome is not None:
            word = "deferred" if one.outcome.rule.puts_off else one.outcome.rule.word
            sense = Sense.WAITS if one.outcome.rule.puts_off else Sense.PLAIN
            found.append(TrendEvent(Lane.MEETINGS, one.on, word.capitalize(), sense))
        if one.refer_to:
            found.append(TrendEvent(Lane.REFERRALS, one.on, one.refer_to))
    return found


def _actions(actions: Iterable[Action]) -> list[TrendEvent]:
    """Those that ended on one day together: '2 done'."""
    ended = Counter((one.closed_on, one.state) for one in actions if one.closed_on is not None)
    by_day: dict[date, dict[ActionState, int]] = {}
    for (on, state), count in ended.items():
        if on is not None:
            by_day.setdefault(on, {})[state] = count
    return [TrendEvent(Lane.ACTIONS, on, _ended_words(counts), _sense(counts)) for on, counts in by_day.items()]


def _ended_words(counts: Mapping[ActionState, int]) -> str:
    """'2 done, 1 not done'"""
    return ", ".join(f"{counts[state]} {state.value}" for state in ActionState if state in counts)


def _sense(counts: Mapping[ActionState, int]) -> Sense:
    if ActionState.NOT_DONE in counts:
        return Sense.BAD
    return Sense.GOOD if ActionState.DONE in counts else Sense.PLAIN


def trend_words(trend: Trend) -> str:
    """For whoever cannot see it: the totals, then how much happened meanwhile."""
    said = [f"{one.total}{f' to {one.to}' if one.to else ''} on {axis_day(one.on)}" for one in trend.points]
    counts = Counter(one.lane for one in trend.events)
    told = {Lane.MEETINGS: ("decision", "decisions"), Lane.REFERRALS: ("referral", "referrals")}
    more = [count_of(counts[lane], *words) for lane, words in told.items() if counts[lane]]
    more += [one.words for one in trend.events if one.lane is Lane.ACTIONS]
    return ", ".join([*said, *more])
