"""The circulation of approved minutes: a numbered copy for each recipient, how it went out, given or left out, and the
lasting passphrase that opens a person's copies.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar

from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.people.agencies import PaperForm

RECORD_NUMBER, FIRST_COPY = 1, 2


class How(Enum):
    """How a copy goes to its recipient."""

    MAIL = "mail draft, locked PDF"
    SECURE_MAIL = "mail draft, their agency has secure mail"
    HAND = "locked PDF, by hand"


class ToldHow(Enum):
    """How somebody was told their passphrase; never by e-mail."""

    IN_PERSON = "in person"
    SIGN_IN = "at sign-in"
    SLIP = "slip"
    PHONE = "by phone"


class CopyState(Enum):
    """How far one copy is."""

    TELL_FIRST = "tell first"  # nobody has told them their passphrase yet
    READY = "ready"
    WRITTEN = "written"
    GIVEN = "given"
    RECALLED = "recalled"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class CopyRecord:
    """One copy of one version: what was in it, what file it became, when it was given; or why somebody gets none.
    `held` are the ids of the cases (in the private file the people) in it."""

    id: str
    meeting_id: str
    version: int
    member_id: str
    name: str
    agency: str
    copy_number: int
    rights: Rights
    why: str
    sections: int
    withheld: tuple[str, ...]  # in words that do not tell what
    held: tuple[str, ...]
    how: How
    written_at: datetime | None = None
    written_by: str = ""
    unlocked_sha256: str = ""  # of what it was put together from: the same for the same copy, whatever its lock
    file_sha256: str = ""
    given_at: datetime | None = None
    given_by: str = ""
    recalled_at: datetime | None = None
    recalled_by: str = ""
    recall_reason: str = ""
    left_out_at: datetime | None = None
    left_out_by: str = ""
    left_out_reason: str = ""
    form: PaperForm = PaperForm.PDF

    @property
    def settled_at(self) -> datetime | None:
        """When it was first given, recalled or left out; None while something is to be done about it."""
        return self.given_at or self.recalled_at or self.left_out_at

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.settled_at is not None

    @property
    def state(self) -> CopyState:
        """How far it is."""
        if self.left_out_at is not None:
            return CopyState.LEFT_OUT
        if self.recalled_at is not None:
            return CopyState.RECALLED
        if self.given_at is not None:
            return CopyState.GIVEN
        return CopyState.WRITTEN if self.written_at is not None else CopyState.READY


@dataclass(frozen=True)
class CopyPassphrase:
    """The passphrase of one person's copies, kept until it is changed. Its words are a document of the file, so that no
    list of changes shows them; the record knows their SHA-256 alone."""

    names_documents: ClassVar[tuple[str, ...]] = ("sha256",)

    id: str
    member_id: str
    sha256: str
    made_at: datetime
    made_by: str
    told_at: datetime | None = None
    told_by: str = ""
    told_how: ToldHow | None = None


@dataclass(frozen=True)
class Circulated:
    """Every copy due of a version was given, or left out with a reason."""

    id: str
    meeting_id: str
    version: int
    at: datetime


def copy_numbers(recipients: Iterable[str], had: Mapping[str, int]) -> dict[str, int]:
    """A number for each recipient: whoever had one keeps it, the others take the free ones in order; 1 is the
    record's."""
    numbers, taken, free = dict(had), set(had.values()), FIRST_COPY
    for member_id in recipients:
        if member_id not in numbers:
            while free in taken:
                free += 1
            numbers[member_id] = free
            taken.add(free)
    return numbers


def too_common(passages: int) -> tuple[str, ...]:
    """Withheld passages a finished file is not searched for, in words that do not tell what."""
    if not passages:
        return ()
    return (f"{'1 passage' if passages == 1 else f'{passages} passages'} not searched for: too common",)
