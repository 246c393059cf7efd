"""The one writable home of the file: handing it over, and files brought in where nothing is open."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.aliases import Progress


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


class Handover(Protocol):
    """Where the one writable home of the open vault is."""

    @property
    def this_laptop(self) -> str:
        """What this computer is called."""

    def refuse_code(self, typed: str) -> None:
        """Raises a refusal when this cannot be a receiving code."""

    def hand_over(self, folder: Path, passing: Passing, progress: Progress) -> Path:
        """Write the file for the other laptop, read it back, and from then on refuse to open here."""


class BundleImport(Protocol):
    """Files brought to a laptop where nothing is open: a backup, a hand-over; and taking back what was given away."""

    def restore(self, folder: Path, file: Path, name: str, secret: str, progress: Progress) -> Brought:
        """Put a backup into a folder that holds no such vault yet, or beside which the present one can be opened."""

    def take_over(self, folder: Path, file: Path, name: str, secret: str, progress: Progress) -> Brought:
        """Go on here with what another laptop handed over."""

    def receiving_code(self, folder: Path, *, wanted: bool) -> str:
        """What is to be typed where a hand-over for this laptop is made. Without `wanted` only one shown already, else
        empty."""

    def take_back(self, folder: Path, name: str, passphrase: str, reason: str) -> None:
        """Go on here although the file was handed over and did not come back."""
