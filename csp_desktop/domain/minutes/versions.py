"""What becomes of the record of a meeting: frozen as it closes, corrected, checked, approved version by version.

Both meetings keep theirs in these records. The facts themselves and each version's PDF are documents of the file, known
here by their SHA-256, so that any version can be printed again byte for byte.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import ClassVar


class MinutesState(Enum):
    """How far the record of a meeting is."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    CIRCULATED = "circulated"
    AGREED = "agreed"


@dataclass(frozen=True)
class FrozenFacts:
    """Every fact of a meeting's paper as it stood when the meeting closed. `later`: it was closed by a version of the
    program that froze nothing, so these are the facts of the day they were frozen on."""

    names_documents: ClassVar[tuple[str, ...]] = ("sha256",)

    id: str
    meeting_id: str
    sha256: str
    at: datetime
    by: str
    later: bool = False


class CorrectionKind(Enum):
    """What a correction does to the frozen facts."""

    CHANGE = "change"  # one field of one part
    ADD = "add"  # a part to a list of the paper: somebody who was missed
    REMOVE = "remove"  # a part


@dataclass(frozen=True)
class Correction:
    """One thing put right in the record: of the part `part_id` its `field`, from `before` to `after` (both as JSON, so
    that a day stays a day). `what` names it for people. `wrongly_recorded`: a decision that was read back and accepted,
    for the reason given. Corrections are applied in the order of their numbers."""

    id: str
    meeting_id: str
    number: int
    kind: CorrectionKind
    part_id: str
    field: str
    what: str  # 'SN-2026-0371, J.K.: discussion'
    before: str
    after: str
    at: datetime
    by: str
    reason: str = ""
    wrongly_recorded: bool = False
    case_id: str = ""  # in the private file the person's, so that it goes with what it is about


@dataclass(frozen=True)
class CheckedMinutes:
    """The minute-taker has checked the draft; it counts while the facts are those whose SHA-256 is kept: the frozen
    ones with the corrections up to this number."""

    id: str
    meeting_id: str
    at: datetime
    by: str
    facts_sha256: str
    corrected_to: int


class ApprovedHow(Enum):
    """How the approval reached the file."""

    OWN = "own passphrase"
    MAIL = "e-mail"  # noted by the minute-taker until the person confirms it at the laptop


@dataclass(frozen=True)
class Approval:
    """One version was approved. `by` is who approved, `noted_by` who wrote down an approval that came by e-mail on
    `mailed_on`; `confirmed_at` is when `by` confirmed that one with their own passphrase."""

    id: str
    meeting_id: str
    version: int
    at: datetime
    by: str
    facts_sha256: str
    corrected_to: int
    how: ApprovedHow = ApprovedHow.OWN
    noted_by: str = ""
    mailed_on: date | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class MinutesVersion:
    """One approved version as it is kept: its facts and its PDF by their SHA-256, where the journal stood at the
    approval, and what changed since the version before. `replaced` lists each lawful erasure that put an edition with
    less text in its place: (old SHA-256 of the PDF, day, reason)."""

    names_documents: ClassVar[tuple[str, ...]] = ("facts_sha256", "pdf_sha256", "sealed_sha256")

    id: str
    meeting_id: str
    number: int
    at: datetime
    facts_sha256: str
    pdf_sha256: str
    journal_number: int
    journal_digits: str
    changes: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str, str], ...] = ()
    sealed_sha256: str = ""  # the PDF with a seal upon it; a document of its own, for a seal is never made twice alike


@dataclass(frozen=True)
class SealKey:
    """The key that the record copies of this file are sealed with: a document, for nothing but the file may hold it."""

    names_documents: ClassVar[tuple[str, ...]] = ("sha256",)

    id: str
    sha256: str
    at: datetime
