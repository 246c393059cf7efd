"""What the composition root hands to a start. Apart: it is read by whoever checks types, and not loaded at a start."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from csp_desktop.domain.common.aliases import Clock


class Environment(Protocol):
    """What the composition root knows of folders and vaults; asked for only when it is needed."""

    def computer_clock(self) -> datetime:
        """The computer's own time, aware UTC."""

    def steady_clock(self) -> float:
        """Seconds of a clock that nobody can set."""

    def clock(self, folder: Path) -> Clock:
        """The clock a folder lives by: the computer's, or the sample's own afternoon. Loads what can tell."""

    def follow(self, moment: datetime) -> None:
        """The group's meeting ended at this moment of its own clock: the sample's private afternoon begins there."""

    def vaults(self, now: Clock) -> Any:
        """services.file.unlock.Vaults with `close`."""

    def holds_partnership(self, folder: Path) -> bool:
        """Whether a partnership lies there; cheap."""

    def private_command(self) -> Sequence[str]:
        """What starts the private program. Every account of the computer can read it: it tells nothing."""

    def private_first(self, folder: Path) -> Mapping[str, str]:
        """What it is told first, by the pipe: the same folder (domain.meeting.private_handover.Begin)."""

    def sample_users(self, folder: Path) -> Sequence[dict[str, str]]:
        """Name, role and passphrase of the sample's people, if the folder is the sample; else none."""
