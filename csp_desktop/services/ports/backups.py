"""Copies of the file: backups in a folder, and earlier copies left beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.aliases import Progress


@dataclass(frozen=True)
class BackupFile:
    """One backup as it lies in its folder."""

    path: Path
    made_at: datetime
    size: int
    why: str = ""  # of a whole copy kept in a folder beside the file: 'before an update'


@dataclass(frozen=True)
class TriedBackup:
    """What a backup turned out to hold."""

    made_at: datetime
    entries: int
    counts: tuple[tuple[str, int], ...]  # ("cases", 46)


class Backups(Protocol):
    """The encrypted copies of the vault that is open."""

    def refuse_folder(self, folder: Path) -> None:
        """Raises a refusal when backups must not go there."""

    def warning(self, folder: Path) -> str:
        """A sentence on a folder that is allowed and not the best, or nothing."""

    def write(self, folder: Path, progress: Progress) -> BackupFile:
        """Write one file, read it back, and only then give it its name."""

    def rescue(self, folder: Path, progress: Progress) -> BackupFile:
        """The same where the file itself is no longer where it was: of what is open, with nothing written beside it."""

    def listed(self, folder: Path) -> Sequence[BackupFile]:
        """This vault's backups in a folder, the newest first."""

    def remove(self, backup: BackupFile) -> None:
        """Take one away that is too many."""

    def try_out(self, file: Path, name: str, secret: str, progress: Progress) -> TriedBackup:
        """Restore it beside, look through it, take it away again. `secret`: passphrase or recovery key."""

    def prepare_restore(self, file: Path, name: str, secret: str, progress: Progress) -> TriedBackup:
        """Make ready what takes the place of the open file when that is closed; nothing is changed before."""


@dataclass(frozen=True)
class EarlierCopy:
    """The whole file as it was, in a folder of its own beside the file that counts."""

    path: Path
    why: str  # 'before a restore'
    day: date  # when it was moved aside
    size: int

    @property
    def name(self) -> str:
        """Of its folder."""
        return self.path.name


class LeftCopies(Protocol):
    """What lies about of the open file."""

    def earlier(self) -> Sequence[EarlierCopy]:
        """Beside the file, the newest first."""

    def remove(self, copy: EarlierCopy) -> None:
        """Delete one. Raises Refused where it is open or cannot be deleted."""

    def hand_over(self) -> str:
        """A sentence on the file of a hand-over that was taken over here and could not be removed; else empty."""

    def forget_hand_over(self) -> None:
        """Somebody has deleted it."""
