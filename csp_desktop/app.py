"""The composition root: the only place that reads the clock, and what the window and the command line start from.

Nothing heavy is imported before the first window is painted: cipher, SQL and papers come in while a name is typed.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from csp_desktop.domain.common.aliases import Clock

if TYPE_CHECKING:
    from csp_desktop.bootstrap.attempts import Attempts
    from csp_desktop.bootstrap.partnerships import Partnerships
    from csp_desktop.services.session import Session


def system_clock() -> datetime:
    """Now, aware UTC."""
    return datetime.now(UTC)


def own_command() -> list[str]:
    """What starts this program once more: a frozen build is the program itself, with no Python to be told."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "csp_desktop"]


def require_display() -> None:
    """Qt ends the process where there is none. Raises Refused, which says so in words."""
    asked = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform not in ("win32", "darwin") and not any(os.environ.get(name) for name in asked):
        from csp_desktop.domain.common.errors import Refused

        raise Refused(
            "There is no screen to open the window on. Sign in to the computer's desktop and open the "
            "program there. csp-desktop --help lists what can be done without a window."
        )


def clock_for(folder: Path) -> Clock:
    """The computer's clock; on the sample partnership the sample's own afternoon, running on from now."""
    from csp_desktop.bootstrap.partnership import is_sample
    from csp_desktop.sample.clock import RunningOn

    if not is_sample(folder):
        return system_clock
    from csp_desktop.sample.clock import sample_clock

    return RunningOn(sample_clock(), system_clock)


def _holds_vault(place: Path) -> bool:
    """Once an interrupted restore is finished. Where it cannot be, it is no first start: unlocking says why."""
    from csp_desktop.domain.common.errors import Refused
    from csp_desktop.vault import vault_presence

    if vault_presence.is_settled(place):
        return vault_presence.has_header(place)
    from csp_desktop.vault import vault_install

    try:
        return vault_install.holds_vault(place)
    except Refused:
        return True


def attempts() -> "Attempts":
    """Wrong passphrases are counted by the computer's own clock, whatever clock a folder lives by."""
    from csp_desktop.bootstrap.attempts import Attempts
    from csp_desktop.gui.window.bug_log import log_folder

    return Attempts(log_folder(), system_clock)


class AppEnvironment:
    """csp_desktop.gui.window.environment.Environment on the real folders."""

    _clock: Clock = staticmethod(system_clock)  # the one asked for last

    def computer_clock(self) -> datetime:
        """The computer's own time."""
        return system_clock()

    def steady_clock(self) -> float:
        """The operating system's own count of seconds."""
        return monotonic()

    def clock(self, folder: Path) -> Clock:
        """The clock a folder lives by."""
        self._clock = clock_for(folder)
        return self._clock

    def follow(self, moment: datetime) -> None:
        """The group's window follows nobody."""

    def _opened(self, session: "Session") -> None:
        """The sample's afternoon goes on where its file stands."""
        from csp_desktop.sample.clock import go_on

        go_on(self._clock, session)

    def vaults(self, now: Clock) -> "Partnerships":
        """The real vaults behind the first screens. From here on there may be keys in memory."""
        from csp_desktop.bootstrap.partnerships import Partnerships
        from csp_desktop.bootstrap.process import guard_memory

        guard_memory()
        return Partnerships(now, told=self._opened, attempts=attempts())

    def holds_partnership(self, folder: Path) -> bool:
        """Cheap enough to ask before the first window."""
        return _holds_vault(folder / "cpg")

    def private_command(self) -> Sequence[str]:
        """What starts the private program: every account of the computer can read it, so it names neither."""
        return [*own_command(), "window"]

    def private_first(self, folder: Path) -> Mapping[str, str]:
        """What it is told first, by the pipe."""
        return {"folder": str(folder)}

    def sample_users(self, folder: Path) -> Sequence[dict[str, str]]:
        """The sample's people are public: its data is invented."""
        from csp_desktop.bootstrap.partnership import is_sample

        if not is_sample(folder):
            return ()
        from csp_desktop.sample.partnership import sample_users

        return sample_users()


class PrivateEnvironment(AppEnvironment):
    """The same on the private file of a partnership folder."""

    _followed: datetime | None = None  # when the group's meeting ended, by its own clock

    def clock(self, folder: Path) -> Clock:
        """The clock a folder lives by; the sample's private file lives by the sample's afternoon too."""
        self._clock = private_clock_for(folder, self._followed)
        return self._clock

    def follow(self, moment: datetime) -> None:
        """The sample's two clocks are one: who came at 13:42 by the group's is not there until 15:42 by another."""
        from csp_desktop.sample.clock import RunningOn

        self._followed = moment
        if isinstance(self._clock, RunningOn):
            self._clock.begin_at(moment)

    def vaults(self, now: Clock) -> "Partnerships":
        """The private file behind the first screens."""
        from csp_desktop.bootstrap.partnerships import Partnerships
        from csp_desktop.bootstrap.process import guard_memory
        from csp_desktop.vault.header import VaultKind

        guard_memory()
        return Partnerships(now, kind=VaultKind.ROUGH_SLEEPING, told=self._opened, attempts=attempts())

    def holds_partnership(self, folder: Path) -> bool:
        """Cheap enough to ask before the first window."""
        return _holds_vault(folder / "rough-sleeping")

    def sample_users(self, folder: Path) -> Sequence[dict[str, str]]:
        """Only New Hope's lead has a slot in the sample's private file."""
        users = super().sample_users(folder)
        return [user for user in users if user["role"] == "new-hope-lead"]


def private_clock_for(folder: Path, followed: datetime | None = None) -> Clock:
    """As `clock_for`; a folder that holds only a sample's private file is told by that. `followed`: when the group's
    meeting ended, where this one came out of it."""
    from csp_desktop.bootstrap.partnership import is_sample
    from csp_desktop.sample.clock import RunningOn
    from csp_desktop.vault.header import VaultKind

    if not is_sample(folder, VaultKind.ROUGH_SLEEPING):
        return system_clock
    from csp_desktop.sample.clock import private_clock

    return RunningOn(followed or private_clock(), system_clock)


def run_private(folder: Path, *, follows_meeting: bool) -> int:
    """Open the private meeting's window. When it follows the group's meeting, that program talks to it by a pipe."""
    require_display()
    from csp_desktop.gui.private.starting import run_private as run

    return run(folder, PrivateEnvironment(), follows_meeting)


def run_window(folder: Path | None) -> int:
    """Open the window and stay until it closes. Without a folder: the one used last, else the first start."""
    require_display()
    from csp_desktop.gui.window.starting import run

    return run(folder, AppEnvironment())
