"""Signing in: the clause, the signature, who was there and from when to when."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from csp_desktop.domain.people.agencies import IspStatus


class ClauseKind(Enum):
    """Which text a person signs."""

    MEMBER = "member"
    OCCASIONAL = "occasional"
    OBSERVER = "observer"
    PRIVATE = "private session"


class Capacity(Enum):
    """In what capacity a person is in the room."""

    MEMBER = "member"
    OCCASIONAL = "occasional"
    OBSERVER = "observer"
    MINUTE_TAKER = "minute-taker"
    PRIVATE = "private session"


class Remote(Enum):
    """How somebody takes part who is not in the room."""

    TEAMS = "Teams"
    TELEPHONE = "telephone"


@dataclass(frozen=True)
class Clause:
    """One version of a confidentiality text. Illustrative until the chair confirms it."""

    id: str
    kind: ClauseKind
    version: int
    text: str
    valid_from: date
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    @property
    def sha256(self) -> str:
        """The text's fingerprint, kept with every signature: 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def illustrative(self) -> bool:
        """True until the chair has confirmed the wording."""
        return self.confirmed_at is None


Stroke = tuple[tuple[float, float], ...]  # points in 0..1 of the signing field's width and height


@dataclass(frozen=True)
class Attendance:
    """One person's row at one meeting: expected, present, signed, left. The signed rows are the minutes' attendance."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    member_id: str
    name: str
    agency_id: str
    agency_name: str
    job_title: str
    capacity: Capacity
    isp: IspStatus
    isp_version: str = ""
    expected: bool = True
    arrived_at: datetime | None = None
    signed_at: datetime | None = None
    left_at: datetime | None = None
    clause_id: str = ""
    clause_version: int = 0
    clause_sha256: str = ""
    strokes: tuple[Stroke, ...] = ()
    typed_name: str = ""
    read_by: str = ""
    read_at: datetime | None = None
    interests: tuple[str, ...] = ()  # case references or plain words
    apology: bool = False
    information_sent: bool = False
    information_received_on: date | None = None
    away: tuple[tuple[datetime, datetime], ...] = ()  # left and came back, in order
    remote: Remote | None = None  # None: in the room
    alone: bool | None = None  # asked of somebody remote: alone in their room? None until it was
    shown: bool = False  # the clause was shown on their screen instead of read out
    here_for_id: str = ""  # the member who sent apologies and for whom they came
    here_for: str = ""  # that member's name

    @property
    def present(self) -> bool:
        """In the room, or on Teams or telephone, now."""
        return self.arrived_at is not None and self.left_at is None

    @property
    def signed(self) -> bool:
        """Has signed the confidentiality document of this meeting."""
        return self.signed_at is not None

    @property
    def present_unsigned(self) -> bool:
        """In the room without having signed: what blanks the room screen."""
        return self.present and not self.signed


def where_words(remote: Remote | None) -> str:
    """'on Teams', 'on the telephone', 'in the room'"""
    return {Remote.TEAMS: "on Teams", Remote.TELEPHONE: "on the telephone", None: "in the room"}[remote]


def remote_words(remote: Remote | None) -> str:
    """'remote (Teams)'; empty for somebody in the room."""
    return f"remote ({remote.value})" if remote is not None else ""


@dataclass(frozen=True)
class Override:
    """Going on although someone present has not signed: who decided, why, about whom. Minuted."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    at: datetime
    by: str
    reason: str
    attendance_ids: tuple[str, ...]
    names: tuple[str, ...]
