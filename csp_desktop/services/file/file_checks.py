"""Whether the open file is whole and as the program wrote it; and going on with a copy older than was seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from csp_desktop.domain.common.days import clock, local, tiny_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted, Seen
from csp_desktop.services.session import Session

Tell = Callable[[int, int, str], None]  # so many of so many, in words; raises to end the checking
LEAST_REASON = 4


@dataclass(frozen=True)
class CheckReport:
    """What a check found; no findings means that all is well."""

    findings: tuple[str, ...]
    entries: int
    head: str  # 16 hexadecimal digits
    generation: int
    epoch: int
    seen: Seen | None  # None: this computer keeps no witness of the file

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def sentences(self) -> tuple[str, ...]:
        """For people: what was checked, then what was found."""
        told = [
            "The header is sealed by the vault key and belongs to this database.",
            f"The journal has {self.entries} entries; its head is {self.head}.",
            self._of_witness(),
        ]
        return (*told, *(self.findings or ("Database and journal are sound.",)))

    def _of_witness(self) -> str:
        if self.seen is None:
            return "This computer keeps no witness of the file, so an older copy could only be told by printed minutes."
        when = f"{tiny_day(local(self.seen.at).date())} {local(self.seen.at).year}, {clock(self.seen.at)}"
        return f"This computer last saw entry {self.seen.number} ({when})."


class FileChecks(Protocol):
    """The open file, looked through from end to end."""

    def check(self, tell: Tell) -> CheckReport:
        """Header, pages, structure, journal, records, witness; long, so with progress."""

    def keep_witness(self) -> bool:
        """Remember what is seen now; whether this computer could."""


def check_file(session: Session, tell: Tell) -> CheckReport:
    """Look the whole file through."""
    if session.checks is None:
        raise RuntimeError("a session without checks")
    return session.checks.check(tell)


def go_on_with_older_copy(session: Session, reason: str) -> Session:
    """The person knows that entries are missing and says why it is right: recorded, and then the work goes on."""
    older = session.older
    if older is None:
        return session
    words = " ".join(reason.split())
    if len(words) < LEAST_REASON:
        raise Refused("Say why it is right to go on with this copy. The reason goes into the journal.")
    with session.work.step("going on with an older copy of the file", undoable=False) as records:
        records.save(
            OlderCopyAccepted(
                new_id(), session.now(), session.user_name, words, older.seen.at, older.seen.number, older.number
            )
        )
    return replace(session, older=None)
