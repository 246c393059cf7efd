"""A draft on its way to its approval: what whoever approves has read of it, why it went back, and what those who were
present remarked.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ReadMark:
    """Somebody has read the record as it then stood: with the corrections up to this number."""

    id: str
    meeting_id: str
    at: datetime
    by: str
    facts_sha256: str
    corrected_to: int


@dataclass(frozen=True)
class SentBack:
    """Whoever approves sent the draft back with a note: it is a draft until it is checked again."""

    id: str
    meeting_id: str
    at: datetime
    by: str
    facts_sha256: str
    corrected_to: int
    note: str


@dataclass(frozen=True)
class SentForChecking:
    """Those who were present were asked to look through the draft by a day."""

    id: str
    meeting_id: str
    at: datetime
    by: str
    names: tuple[str, ...]
    asked_by: date


@dataclass(frozen=True)
class Remark:
    """What somebody who was present said about the record. With `asked_at_id` it is a correction that the meeting of
    this id asked for, when it agreed the record: then nobody alone said it. `number` counts them within one record."""

    id: str
    meeting_id: str
    number: int
    section_id: str
    who: str
    words: str
    at: datetime
    by: str  # who noted it
    case_id: str = ""  # in the private file the person's, so that it goes with what it is about
    asked_at_id: str = ""
    accepted: bool | None = None  # None while it waits
    reason: str = ""  # of a declined one
    answered_at: datetime | None = None
    answered_by: str = ""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.accepted is None
