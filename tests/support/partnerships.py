"""A partnership of a few users on real files, for tests of what happens to the whole file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from csp_desktop.bootstrap.partnership import Founder
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.services.session import Session

PASS = {"chair": "orchard lantern pebble", "minute-taker": "velvet canyon spoon", "second": "marble otter ladder"}
BOROUGH = "Watford Borough Council"
CHAIR = Founder("Hannah Price", BOROUGH, AgencyKind.COUNCIL, "Manager", PASS["chair"], (Role.CHAIR,))
MINUTE_TAKER = Founder(
    "Dilip Anand", BOROUGH, AgencyKind.COUNCIL, "Officer", PASS["minute-taker"], (Role.MINUTE_TAKER,)
)
SECOND = Founder("Ruth Coyle", BOROUGH, AgencyKind.COUNCIL, "Officer", PASS["second"], (Role.ADMINISTRATOR,))


@dataclass
class Ticking:
    """Aware UTC; five minutes pass with each look."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 26, 16, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=5)
        return self.at


@dataclass(frozen=True)
class Founded:
    """The partnership's folder, never written to by a test, its key on paper, and when the last of it was written."""

    folder: Path
    paper: str
    at: datetime


def add_agency(session: Session, name: str) -> None:
    """Something to find again."""
    with session.work.step(f"agency {name}") as records:
        records.save(Agency(name.lower(), name, name[:8], AgencyKind.OTHER))


def agencies(session: Session) -> set[str]:
    """What is in the records."""
    with session.work.reading() as records:
        return {agency.name for agency in records.find(Agency)}


def quiet(done: int, total: int, words: str) -> None:
    """Nobody watches the progress."""
