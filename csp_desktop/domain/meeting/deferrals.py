"""How often a case has waited: a deferral is no review, and one that is repeated moves the case up the walk.

A group that always defers what stands last would never speak about a case of standard risk. So every meeting that put
it off counts, in a row back to the one that last discussed it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState

OFTEN = 2  # from then on it moves up, and another deferral needs a reason of its own


@dataclass(frozen=True)
class Deferrals:
    """The meetings in a row, up to the last one held, that did not discuss a case. `discussed_on` is the day of the one
    that did before; None when none has."""

    meetings: int = 0
    decided: int = 0  # of these, how many put it off by a decision; the others did not reach it
    discussed_on: date | None = None

    @property
    def often(self) -> bool:
        """Whether it has waited so often that it moves up and needs a reason to wait again."""
        return self.meetings >= OFTEN

    @property
    def words(self) -> str:
        """'deferred 3 times', 'not discussed at 3 meetings', 'not discussed at the last meeting'; empty for none."""
        if not self.meetings:
            return ""
        if self.decided == self.meetings:
            return {1: "deferred once", 2: "deferred twice"}.get(self.meetings, f"deferred {self.meetings} times")
        if self.meetings == 1:
            return "not discussed at the last meeting"
        return f"not discussed at {self.meetings} meetings"


def since_words(waited: Deferrals, today: date) -> str:
    """'not discussed since Thu 27 Aug', 'never discussed'; empty for one the last meeting discussed."""
    if not waited.meetings:
        return ""
    return f"not discussed since {screen_day(waited.discussed_on, today)}" if waited.discussed_on else "never discussed"


def was_discussed(turn: CaseTurn) -> bool:
    """Whether a meeting that is over spoke about the case: a word, an action or a decision other than to put it off."""
    if turn.outcome is not None:
        return not turn.outcome.rule.puts_off
    return turn.state is not TurnState.TO_DO or bool(turn.note.strip())


def deferrals(turns: Iterable[tuple[date, CaseTurn]]) -> Deferrals:
    """Count back from the last meeting held. `turns` are the days and turns of one case at meetings that are over, in
    any order."""
    meetings = decided = 0
    for on, turn in sorted(turns, key=lambda one: one[0], reverse=True):
        if was_discussed(turn):
            return Deferrals(meetings, decided, on)
        meetings += 1
        decided += turn.outcome is not None
    return Deferrals(meetings, decided)
