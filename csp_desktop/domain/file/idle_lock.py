"""When an unattended program locks itself, and when it says so beforehand."""

from dataclasses import dataclass
from datetime import timedelta

WARNED_FOR = timedelta(minutes=1)
TRUSTED_DRIFT = timedelta(minutes=1)  # between two clocks of one computer; more, and it slept or its clock was set


@dataclass(frozen=True)
class LockAfter:
    """Minutes without a key until the program locks: as a rule, and while a meeting is in session."""

    usual: int
    in_session: int


@dataclass(frozen=True)
class Idle:
    """How long nobody has touched keys or mouse: by the clock on the wall, and by one that nobody can set."""

    by_wall: timedelta
    by_steady: timedelta

    @property
    def longest(self) -> timedelta:
        """A clock put back does not give anybody more time."""
        return max(self.by_wall, self.by_steady)

    @property
    def clock_was_changed(self) -> bool:
        """The two disagree: the computer slept, or somebody set its clock."""
        return abs(self.by_wall - self.by_steady) > TRUSTED_DRIFT


def until_lock(idle: Idle, limit: timedelta) -> timedelta:
    """What is left; zero or less locks at once."""
    return timedelta(0) if idle.clock_was_changed else limit - idle.longest


def is_warned(left: timedelta, limit: timedelta) -> bool:
    """Whether the warning stands: in the last minute, of a very short limit in its last third."""
    return left <= min(WARNED_FOR, limit / 3)
