"""What a person said of a case that an export leaves open: where it went, or which of two references it is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class ImportAnswer(Enum):
    """Of a case that is not in the export: closed or moved there, or only filtered out of this file. Of a reference
    that looks like a known one: that case, or another."""

    CLOSED_THERE = "closed there"
    MOVED_AWAY = "moved away"
    PART_FILE = "part file"
    SAME_CASE = "same case"
    NEW_CASE = "new case"


GONE = (ImportAnswer.CLOSED_THERE, ImportAnswer.MOVED_AWAY, ImportAnswer.PART_FILE)
ALIKE = (ImportAnswer.SAME_CASE, ImportAnswer.NEW_CASE)


@dataclass(frozen=True)
class ImportDecision:
    """`reference` as the export writes it, of the case that is known here as `case_id`; for another case than that one
    it is the known one that it looked like. `as_of` is the day the export shows."""

    id: str
    case_id: str
    reference: str
    answer: ImportAnswer
    as_of: date
    at: datetime
    by: str
