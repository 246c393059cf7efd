"""What the services ask for about copies of a vault's file: backups, handing it over, and files brought in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

Tell = Callable[[int, int, str], None]  # so much of so much, in words; raises to end the work where it stands


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

    def write(self, folder: Path, tell: Tell) -> BackupFile:
        """Write one file, read it back, and only then give it its name."""

    def rescue(self, folder: Path, tell: Tell) -> BackupFile:
        """The same where the file itself is no longer where it was: of what is open, with nothing written beside it."""

    def listed(self, folder: Path) -> Sequence[BackupFile]:
        """This vault's backups in a folder, the newest first."""

    def remove(self, backup: BackupFile) -> None:
        """Take one away that is too many."""

    def try_out(self, file: Path, name: str, secret: str, tell: Tell) -> TriedBackup:
        """Restore it beside, look through it, take it away again. `secret`: passphrase or recovery key."""

    def prepare_restore(self, file: Path, name: str, secret: str, tell: Tell) -> TriedBackup:
        """Make ready what takes the place of the open file when that is closed; nothing is changed before."""


@dataclass(frozen=True)
class Brought:
    """A file that came in: what it turned out to be."""

    made_at: datetime
    origin: str  # the laptop it came from; empty for a backup
    kind: str  # "cpg" or "rough-sleeping"
    left_behind: str = ""  # a sentence where the file of a hand-over could not be removed


@dataclass(frozen=True)
class Passing:
    """From which laptop to which, and by whom."""

    origin: str
    to: str
    by: str
    code: str = ""  # the receiving code shown there: then only that laptop can take it over


class Custody(Protocol):
    """Where the one writable home of the open vault is."""

    @property
    def this_laptop(self) -> str:
        """What this computer is called."""

    def refuse_code(self, typed: str) -> None:
        """Raises a refusal when this cannot be a receiving code."""

    def hand_over(self, folder: Path, passing: Passing, tell: Tell) -> Path:
        """Write the file for the other laptop, read it back, and from then on refuse to open here."""


class Arrivals(Protocol):
    """Files brought to a laptop where nothing is open: a backup, a hand-over; and taking back what was given away."""

    def restore(self, folder: Path, file: Path, name: str, secret: str, tell: Tell) -> Brought:
        """Put a backup into a folder that holds no such vault yet, or beside which the present one can be opened."""

    def take_over(self, folder: Path, file: Path, name: str, secret: str, tell: Tell) -> Brought:
        """Go on here with what another laptop handed over."""

    def receiving_code(self, folder: Path, *, wanted: bool) -> str:
        """What is to be typed where a hand-over for this laptop is made. Without `wanted` only one shown already, else
        empty."""

    def take_back(self, folder: Path, name: str, passphrase: str, reason: str) -> None:
        """Go on here although the file was handed over and did not come back."""
