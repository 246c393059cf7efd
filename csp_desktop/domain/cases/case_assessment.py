"""An assessment of a case made here with the risk matrix: a worksheet, until Safety Net confirms or contradicts it.

Safety Net stays the one master of a case's total. What is scored here waits on the list "to enter in Safety Net" until
an import brings an assessment of that day or a later one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.cases import Band, RiskPoint
from csp_desktop.domain.cases.risk_matrix import Answers, Scored


@dataclass(frozen=True)
class CaseAssessment(Scored):
    """One scoring of one case: see `Scored`. `meeting_id` is set where it was made at the table."""

    id: str
    case_id: str
    on: date
    by: str
    matrix_id: str
    matrix_version: str
    answers: Answers
    total: int
    ceiling: int
    band: Band
    escalated_by: str = ""  # the answer that forced the band
    override_band: Band | None = None
    override_by: str = ""
    override_reason: str = ""
    meeting_id: str = ""


class Entered(Enum):
    """Where a worksheet stands with Safety Net."""

    UNFINISHED = "unfinished"  # factors are not answered
    TO_ENTER = "to enter"
    CONFIRMED = "confirmed"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Standing:
    """Where a worksheet stands, and the total of Safety Net that says so."""

    state: Entered
    point: RiskPoint | None = None


def standing(made: CaseAssessment, points: Iterable[RiskPoint]) -> Standing:
    """By the first assessment that Safety Net has from that day on; before there is one it is to be entered, or to be
    finished first."""
    later = [one for one in points if one.assessed_on is not None and one.assessed_on >= made.on]
    if not later:
        return Standing(Entered.TO_ENTER if made.is_whole else Entered.UNFINISHED)
    first = min(later, key=lambda one: (one.assessed_on or one.dated, one.as_of))
    return Standing(Entered.CONFIRMED if first.total == made.total and made.is_whole else Entered.DIFFERS, first)
