"""The sample's clock: its own afternoon, running on with the computer's, never behind what its file holds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.days import instant
from csp_desktop.resources import sample_data
from csp_desktop.services.ports.journal import JournalQuery
from csp_desktop.services.session import Session

NEWEST = 50  # steps: one written by a clock that was behind may stand after a later one


class RunningOn:
    """A clock that begins at a moment of its own and runs as the other does."""

    def __init__(self, begins: datetime, other: Clock) -> None:
        self._begins, self._other, self._begun = begins, other, other()

    def __call__(self) -> datetime:
        """Now, aware UTC."""
        return self._begins + (self._other() - self._begun)

    def begin_at(self, moment: datetime) -> None:
        """It is this moment now."""
        self._begins += moment - self()

    def go_on_from(self, moment: datetime) -> None:
        """What was done then is done: it is not earlier now."""
        behind = moment - self()
        if behind.total_seconds() > 0:
            self._begins += behind


def go_on(clock: Clock, session: Session) -> None:
    """A file was opened. The sample's clock goes on from the latest moment in its journal; every other is right."""
    if isinstance(clock, RunningOn) and session.journal is not None:
        newest = session.journal.page(JournalQuery(), 0, NEWEST)
        if newest:
            clock.go_on_from(max(step.at for step in newest))


@dataclass
class ScriptedClock:
    """A clock the script moves on: aware UTC."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def on(self, day: date, at: time) -> None:
        """Put it to a wall-clock time at the table."""
        self.at = instant(day, at)

    def pass_seconds(self, seconds: int) -> None:
        """Let time go by."""
        self.at += timedelta(seconds=seconds)


def sample_clock() -> datetime:
    """The sample's "now": the afternoon of the November meeting, before anyone has come."""
    return datetime.fromisoformat(sample_data()["clock"])


def private_clock() -> datetime:
    """The sample's "now" in the private window: the group's meeting has just ended."""
    return datetime.fromisoformat(sample_data()["private_clock"])
