"""The rules of the walk: who is next, how time is kept, and what must be said before a case may leave the table.

The order: broken promises (most days late first), what falls due before the next meeting, what was put off at two
meetings or more, then band, then oldest; the chair can reorder. The plan: which cases fit the time there is, how long
each may take, and which to put off.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeVar

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint
from csp_desktop.domain.cases.clocks import CaseClocks, Promise, PromiseState
from csp_desktop.domain.cases.life import Moved, Step, moved
from csp_desktop.domain.common.days import clock, dated_day, days_words, screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.deferrals import Deferrals, since_words
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.meeting.outcomes import AtTable, Outcome, early_close, monitored_until, status_after
from csp_desktop.domain.meeting.pace import weight
from csp_desktop.domain.people.settings import Settings


class AnyStop(Protocol):
    """Anything a meeting stops at, frozen: an item of the agenda, a case, a person."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]

    @property
    def id(self) -> str:
        """The record's."""

    @property
    def meeting_id(self) -> str:
        """The meeting's."""

    @property
    def state(self) -> TurnState:
        """Whether it is still to do."""

    @property
    def note(self) -> str:
        """What was said."""

    @property
    def started_at(self) -> datetime | None:
        """When the meeting last turned to it."""

    @property
    def ended_at(self) -> datetime | None:
        """When the meeting last turned away; None while it is in hand."""

    @property
    def seconds(self) -> int:
        """The time it had until it was last turned to."""

    @property
    def read_back_at(self) -> datetime | None:
        """When it was last read back."""

    @property
    def changed_at(self) -> datetime | None:
        """When something read back was last changed."""


Stop = TypeVar("Stop", bound=AnyStop)


class Field(Enum):
    """What the outcome bar asks for."""

    REASON = "reason"
    REFER_TO = "refer_to"
    INTERVENTION = "intervention_planned"
    OUTCOME = "outcome"
    CMHT = "cmht_told"
    REPEAT_VICTIM = "repeat_victim_asked"


@dataclass(frozen=True)
class Missing:
    """One thing still to be said, where it is said, the sentence that asks for it, and how it is read back as open."""

    field: Field
    sentence: str
    told: str = ""


NO_AGENCY = "No specialist or agency was named"
UNCLEAR = "To whom it is referred is not in the list, so no answer can be asked for"
NO_PLAN = "It was not recorded whether an intervention is planned"
NOT_ASKED = "The repeat victim was not discussed"


def take_in_hand(stop: Stop, at: datetime) -> Stop:
    """The meeting turns to it: its clock runs, and what it had before counts. What was done stays done when it is only
    looked at again."""
    before = lay_down(stop, at)
    state = TurnState.IN_HAND if before.state is TurnState.TO_DO else before.state
    return replace(before, state=state, started_at=at, ended_at=None)


def lay_down(stop: Stop, at: datetime) -> Stop:
    """The meeting turns away: the time spent is added up."""
    if stop.started_at is None or stop.ended_at is not None:
        return stop
    return replace(stop, ended_at=at, seconds=int(spent(stop, at) / timedelta(seconds=1)))


def touched(after: Stop, before: Stop, at: datetime) -> Stop:
    """What stands there now; where another was read back, when it was changed."""
    return replace(after, changed_at=at) if before.read_back_at is not None and after != before else after


def change_after_read_back(stop: AnyStop) -> datetime | None:
    """When something read back was changed; None when it stands as it was read."""
    if stop.read_back_at is None or stop.changed_at is None or stop.changed_at <= stop.read_back_at:
        return None
    return stop.changed_at


def has_changed_since(stop: AnyStop, *, later: bool) -> bool:
    """Whether it no longer stands as it was read back; `later`: an action was agreed or changed since."""
    return stop.read_back_at is not None and (later or change_after_read_back(stop) is not None)


def read_back_words(stop: AnyStop, *, later: bool) -> str:
    """'Read back 14:02', 'Changed since the read-back 14:02'; `later`: an action was agreed or changed since."""
    if stop.read_back_at is None:
        return ""
    changed = has_changed_since(stop, later=later)
    return f"{'Changed since the read-back' if changed else 'Read back'} {clock(stop.read_back_at)}"


def spent(stop: AnyStop, at: datetime) -> timedelta:
    """The time it has had, up to now when it is in hand."""
    before = timedelta(seconds=stop.seconds)
    if stop.started_at is None or stop.ended_at is not None:
        return before
    return before + max(at - stop.started_at, timedelta())


def following(stops: Sequence[Stop], current_id: str) -> Stop | None:
    """The next one not done; those skipped return at the end."""
    here = next((n for n, stop in enumerate(stops) if stop.id == current_id), -1)
    for stop in (*stops[here + 1 :], *stops[: max(here, 0)]):
        if stop.state is not TurnState.DONE:
            return stop
    return None


def change_of_risk(points: Sequence[RiskPoint]) -> int | None:
    """How the total moved since the one known before it; None when fewer than two are known. Points in order of day."""
    return points[-1].total - points[-2].total if len(points) > 1 else None


def change_words(change: int | None) -> str:
    """'down 6', 'up 3', 'no change'; empty when only one total is known."""
    if change is None:
        return ""
    return f"{'up' if change > 0 else 'down'} {abs(change)}" if change else "no change"


def names_someone(turn: CaseTurn, change: int | None) -> bool:
    """Whether a specialist or agency must be named: the outcome says so, or the risk went up."""
    rule = turn.outcome.rule if turn.outcome else None
    went_up = change is not None and change > 0
    return rule is not None and not rule.puts_off and (rule.names_someone or went_up)


def missing(turn: CaseTurn, at: AtTable) -> tuple[Missing, ...]:
    """What must be said before the decision can be read back: the outcome, and its reason where it needs one."""
    if turn.outcome is None:
        return (Missing(Field.OUTCOME, "Choose an outcome first."),)
    why = turn.outcome.rule.why(at) if turn.outcome.rule.why else ""
    return (Missing(Field.REASON, why),) if why and not turn.reason.strip() else ()


def to_complete(turn: CaseTurn, case: Case, change: int | None, *, unclear: bool = False) -> tuple[Missing, ...]:
    """What is asked of a decision and can be said later, after the meeting too: the table need not wait for it.
    `unclear`: to whom the case is referred is written, and means no agency or body that is known."""
    if turn.outcome is None:
        return ()
    asked = []
    if names_someone(turn, change):
        name = "The risk went up: name" if change is not None and change > 0 else "Name"
        if not turn.refer_to.strip():
            asked.append(
                Missing(Field.REFER_TO, f"{name} the specialist or agency the case is referred to.", NO_AGENCY)
            )
        elif unclear:
            asked.append(Missing(Field.REFER_TO, f"Choose “{turn.refer_to}” from the list: it is not known.", UNCLEAR))
        if turn.intervention_planned is None:
            asked.append(Missing(Field.INTERVENTION, "Say whether an intervention is planned.", NO_PLAN))
    if case.mental_health and not (case.cmht_told_on or turn.cmht_told):
        asked.append(Missing(Field.CMHT, "Say whether the CMHT was informed.", "CMHT has not been informed"))
    if case.repeat_victim and not turn.repeat_victim_asked:
        asked.append(Missing(Field.REPEAT_VICTIM, "Ask about the repeat victim.", NOT_ASKED))
    return tuple(asked)


def choose(turn: CaseTurn, case: Case, outcome: Outcome, meeting_on: date, settings: Settings) -> CaseTurn:
    """The outcome people agreed on; refused when the life of the case does not allow it."""
    status_after(case.status, outcome)
    until = add_months(meeting_on, settings.monitoring_months) if outcome.rule.monitors else None
    if outcome.rule.closes and early_close(case, meeting_on, settings):
        until = monitored_until(case, settings)
    return replace(turn, outcome=outcome, monitor_until=until, state=TurnState.OUTCOME_CHOSEN)


def accept(turn: CaseTurn, at_table: AtTable, at: datetime) -> CaseTurn:
    """The read-back was accepted: the time is minuted and the case is done. Raises Refused while something is
    missing."""
    still = missing(turn, at_table)
    if still:
        raise Refused(still[0].sentence)
    done = replace(
        turn, state=TurnState.DONE, read_back_at=at, taken_at=turn.taken_at or at, risk_total=at_table.case.total
    )
    return lay_down(done, at)


def case_after(case: Case, turn: CaseTurn, meeting_on: date, by: str) -> Moved:
    """The case as the meeting leaves it. A deferral is no review; every other outcome is one."""
    if turn.outcome is None:
        return Moved(case, None)
    status = status_after(case.status, turn.outcome)
    gone = moved(case, status, Step(meeting_on, by, reason_words(turn, meeting_on), turn.meeting_id))
    since = meeting_on if turn.outcome.rule.monitors else gone.case.monitoring_since  # a further month from now
    reviewed = case.last_reviewed_on
    if not turn.outcome.rule.puts_off and meeting_on > case.created_on:
        reviewed = max(reviewed or meeting_on, meeting_on)
    told = case.cmht_told_on or (meeting_on if turn.cmht_told else None)
    return replace(gone, case=replace(gone.case, monitoring_since=since, last_reviewed_on=reviewed, cmht_told_on=told))


def reason_words(turn: CaseTurn, meeting_on: date) -> str:
    """The reason a change of status carries: what was said, else the decision itself."""
    decided = f"CPG of {dated_day(meeting_on)}: {turn.outcome.rule.word if turn.outcome else 'discussed'}"
    if turn.refer_to:
        decided += f", {turn.refer_to}"
    if turn.outcome and turn.outcome.rule.closes and turn.monitor_until:
        decided += f" before its monitoring ends on {dated_day(turn.monitor_until)}"
    return f"{decided}. {turn.reason}" if turn.reason else decided


BANDS = (Band.HIGH, Band.MEDIUM, Band.STANDARD, None)


@dataclass(frozen=True)
class Walked:
    """A case with its clocks and how often it has waited, ready for its place in the walk."""

    case: Case
    clocks: CaseClocks
    deferrals: Deferrals = Deferrals()

    @property
    def promise(self) -> Promise:
        """The promise that counts."""
        return self.clocks.promise

    @property
    def why(self) -> str:
        """Why it stands where it stands, in words: 'Review 3 days overdue, deferred twice'."""
        waited = self.deferrals.words
        if self.promise.state in (PromiseState.BROKEN, PromiseState.DUE):
            return ", ".join(filter(None, (self.promise.words, waited)))
        band = self.case.band.value if self.case.band else "Not rated"
        since = f"open since {screen_day(self.case.created_on, self.clocks.today)}"
        parts = (waited, band, since) if self.deferrals.often else (band, since, waited)
        words = ", ".join(filter(None, parts))
        return words[0].upper() + words[1:]


def place_sums(walked: Walked) -> tuple[str, ...]:
    """How the place of a case was worked out, a line for each thing that counts, in the order in which they count."""
    pressing = sorted(walked.clocks.promises, key=lambda one: one is not walked.promise)
    lines = [f"{one.words}. {one.because}".strip() for one in pressing]
    waited, today = walked.deferrals, walked.clocks.today
    if waited.meetings:
        moves = ", so it moves up within its group" if waited.often else ""
        lines.append(f"{waited.words[0].upper()}{waited.words[1:]}, {since_words(waited, today)}{moves}.")
    band = walked.case.band.value if walked.case.band else "not rated"
    total = f", total {walked.case.total}" if walked.case.total is not None else ""
    lines.append(f"Then the rating: {band}{total}. Then its age: {days_words(walked.clocks.day)}.")
    return tuple(lines)


def is_walked(case: Case) -> bool:
    """Every open case is walked, monitored ones too; closed ones are not."""
    return case.status is not CaseStatus.CLOSED


def order_of_walk(cases: Iterable[Walked]) -> list[Walked]:
    """The open cases in the order of the walk."""
    return sorted((w for w in cases if is_walked(w.case)), key=_place)


def _place(walked: Walked) -> tuple[int, int, int, int, int, str]:
    """A broken promise with more days late goes before; then due before not due; then the more often put off."""
    case, state = walked.case, walked.promise.state
    pressing = {PromiseState.BROKEN: 0, PromiseState.DUE: 1}.get(state, 2)
    late = walked.promise.days_late if state is PromiseState.BROKEN else 0
    waited = walked.deferrals.meetings if walked.deferrals.often else 0
    return pressing, -late, -waited, BANDS.index(case.band), case.created_on.toordinal(), case.reference


LEAST = {Band.HIGH: 4, Band.MEDIUM: 3, Band.STANDARD: 2}
LEAST_UNKNOWN = 3  # a case without a rating is no small case


@dataclass(frozen=True)
class WalkCase:
    """What the plan needs to know of a case, in its place of the walk."""

    case_id: str
    band: Band | None
    broken: bool  # a promise about it is broken
    waited: bool = False  # it was put off so often that nobody but a person may suggest it again


@dataclass(frozen=True)
class WalkPlan:
    """Planned minutes of every case that fits, and the cases proposed to defer; the meeting decides."""

    room: int  # minutes there are for cases
    minutes: tuple[tuple[str, int], ...]
    deferred: tuple[str, ...]

    @property
    def words(self) -> str:
        """'All 12 cases fit the 80 minutes for cases.' '27 of 46 cases fit the 80 minutes for cases.'"""
        fit, whole = len(self.minutes), len(self.minutes) + len(self.deferred)
        if not whole:
            return "No cases on the agenda."
        if whole == 1:
            return f"The one case {'fits' if fit else 'does not fit'} the {self.room} minutes for cases."
        if fit == whole:
            return f"All {whole} cases fit the {self.room} minutes for cases."
        return f"{fit or 'None'} of {whole} cases {'fits' if fit == 1 else 'fit'} the {self.room} minutes for cases."


def least_minutes(band: Band | None) -> int:
    """The least a case is planned with: less than this says nothing about it."""
    return LEAST_UNKNOWN if band is None else LEAST[band]


def plan_walk(cases: Sequence[WalkCase], room: int, most: int) -> WalkPlan:
    """Put off from the end of the walk until the rest fit with their least minutes, broken promises only when nothing
    else is left, one that has waited often never; what is then spare is shared by band, a minute at a time, nobody
    above `most`."""
    least = [min(most, least_minutes(c.band)) for c in cases]
    stay = set(range(len(cases)))
    for index in sorted((n for n in stay if not cases[n].waited), key=lambda n: (cases[n].broken, -n)):
        if sum(least[n] for n in stay) <= room:
            break
        stay.remove(index)
    planned = {n: least[n] for n in sorted(stay)}
    _share(planned, [weight(c.band) for c in cases], room - sum(planned.values()), most)
    return WalkPlan(
        room,
        tuple((cases[n].case_id, minutes) for n, minutes in planned.items()),
        tuple(case.case_id for n, case in enumerate(cases) if n not in stay),
    )


def _share(planned: dict[int, int], weights: Sequence[int], spare: int, most: int) -> None:
    """Give each spare minute to the case that has least for its weight; the earlier in the walk goes first."""
    while spare > 0:
        waiting = [n for n, minutes in planned.items() if minutes < most]
        if not waiting:
            return
        planned[min(waiting, key=lambda n: (planned[n] / weights[n], n))] += 1
        spare -= 1
