"""The sign-in sheet of one meeting: the confidentiality clause and everybody's signature, or the room for one."""

from dataclasses import dataclass
from datetime import date, datetime

from csp_desktop.domain.meeting.confidentiality import Stroke


@dataclass(frozen=True)
class SignedLine:
    """One person. Neither strokes nor a typed name: the line is left to be signed by hand, unless `instead` says how
    they signed."""

    name: str
    agency: str
    signed_at: datetime | None = None  # aware
    strokes: tuple[Stroke, ...] = ()
    typed: str = ""
    instead: str = ""  # 'signed on paper', 'drawn, since deleted'
    remote: str = ""  # 'remote (Teams)': of somebody who was not in the room

    @property
    def is_signed(self) -> bool:
        """Whether a signature was given."""
        return bool(self.strokes or self.typed or self.instead)


@dataclass(frozen=True)
class SignInSheet:
    """All of it; `clause_sha256` is that of the clause's text as it was signed."""

    partnership: str
    body: str
    on: date
    clause: str
    clause_version: int
    clause_sha256: str
    lines: tuple[SignedLine, ...]
    marking: str
    language: str = "en-GB"
    created: datetime | None = None  # aware
