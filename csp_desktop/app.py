"""The composition root: the only place that reads the clock, and what the window and the command line start from.

Nothing heavy is imported before the first window is painted: cipher, SQL and papers come in while a name is typed.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csp_desktop.opening import Partnerships

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


def clock_for(folder: Path) -> Clock:
    """The computer's clock; on the sample partnership the sample's own afternoon, running on from now."""
    from csp_desktop.opening import is_sample

    if not is_sample(folder):
        return system_clock
    from csp_desktop.sample import sample_clock

    begun, shift = system_clock(), sample_clock()
    return lambda: shift + (system_clock() - begun)


def make_partnerships(now: Clock) -> "Partnerships":
    """The real vaults behind the first screens."""
    from csp_desktop.opening import Partnerships

    return Partnerships(now)


def run_window(folder: Path | None) -> int:
    """Open the window and stay until it closes. Without a folder: the one used last, else the first start."""
    from csp_desktop.gui.program import run

    return run(folder, clock_for, make_partnerships)
