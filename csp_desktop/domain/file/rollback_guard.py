"""An old copy put back in a file's place is noticed by what a computer last saw of it, kept outside the file.

The newest entry of the file tells whether this computer's clock can be right, asked when it is opened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from csp_desktop.domain.common.days import clock, dated_day, local


@dataclass(frozen=True)
class Seen:
    """The header's generation, the journal's last number with 16 digits of its chain, and when they were seen."""

    generation: int
    number: int
    head: str
    at: datetime


@dataclass(frozen=True)
class OlderCopy:
    """The open file is behind what was seen, or went another way since: whoever opened it says whether to go on."""

    seen: Seen
    number: int  # entries in the file now
    another_way: bool = False  # as many entries or more, but not the same ones

    @property
    def sentence(self) -> str:
        """What is said first."""
        when = f"{dated_day(local(self.seen.at).date())}, {clock(self.seen.at)}"
        if self.another_way:
            return f"This is another copy than this computer last saw ({when})."
        return f"This is an older copy than this computer last saw ({when})."

    @property
    def missing(self) -> int:
        """How many entries are at least missing."""
        return max(0, self.seen.number - self.number)


@dataclass(frozen=True)
class OlderCopyAccepted:
    """Someone went on with it, for a reason; recorded in the file gone on with."""

    id: str
    at: datetime
    by: str
    reason: str
    seen_at: datetime
    seen_number: int
    number: int


def judge(seen: Seen | None, generation: int, number: int, stands: bool) -> OlderCopy | None:
    """Whether the file is behind what was last seen of it. `stands`: the entry seen is in the file as it was."""
    if seen is None or (stands and generation >= seen.generation):
        return None
    return OlderCopy(seen, number, another_way=number >= seen.number and generation >= seen.generation)


BEHIND = timedelta(minutes=5)  # two computers' clocks may differ so far
AHEAD = timedelta(days=400)  # no partnership rests for longer


def clock_doubt(now: datetime, newest: datetime | None) -> str:
    """What is wrong, in two sentences; empty where nothing is. Both instants are aware."""
    if newest is None or newest - BEHIND <= now <= newest + AHEAD:
        return ""
    wrong = "behind it" if now < newest else "more than a year after it"
    newest_said = f"The newest entry in the file is of {_moment(newest)}"
    return f"This computer's clock says {_moment(now)}. {newest_said}: the clock is {wrong}."


def _moment(at: datetime) -> str:
    day = local(at).date()
    return f"{dated_day(day)}, {clock(at)}"
