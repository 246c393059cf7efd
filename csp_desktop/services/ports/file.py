"""The open file as a whole: whether it is sound, and how it lies on its disk."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import clock, dated_day, local
from csp_desktop.domain.file.rollback_guard import Seen


@dataclass(frozen=True)
class CheckReport:
    """What a check found; no findings means that all is well."""

    findings: tuple[str, ...]
    entries: int
    head: str  # 16 hexadecimal digits
    generation: int
    epoch: int
    seen: Seen | None  # None: this computer keeps nothing of what it saw

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def sentences(self) -> tuple[str, ...]:
        """For people: what was checked, then what was found."""
        told = [
            "The header matches the key and the database.",
            f"The journal has {self.entries} entries, ending in {self.head}.",
            self._of_seen(),
        ]
        return (*told, *(self.findings or ("The database and journal have no errors.",)))

    def _of_seen(self) -> str:
        if self.seen is None:
            return (
                "This computer has no rollback check for the file: only printed minutes could show that it "
                "is an older copy."
            )
        when = f"{dated_day(local(self.seen.at).date())}, {clock(self.seen.at)}"
        return f"This computer last saw entry {self.seen.number} ({when})."


class FileChecks(Protocol):
    """The open file, looked through from end to end."""

    def check(self, progress: Progress) -> CheckReport:
        """Header, pages, structure, journal, records, what was last seen; long, so with progress."""

    def keep_seen(self) -> bool:
        """Remember what is seen now; whether this computer could."""


class FileStanding(Protocol):
    """The file of the open session, as it lies on the disk now."""

    reading_only: str  # why nothing can be changed, in a sentence; else nothing
    clock_doubt: str  # what is wrong with the clock, until somebody says that it is right; else nothing
    when_lost: Callable[[], None]  # called once, on whichever thread found out

    @property
    def folder(self) -> Path:
        """The partnership folder, as it was called when it was opened."""

    def look(self) -> str:
        """What is wrong with where the file lies, in a sentence that stays once it is true; else nothing."""

    def accept_clock(self, note: Callable[[], None]) -> None:
        """From here on things are written, `note` first."""

    def keeping_what_was_typed(self) -> AbstractContextManager[None]:
        """Within it what is on the screen may still go into the file that is open, wherever that is: for a rescue
        copy."""
