"""The life of a case: what may follow what, and what every move carries."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.cases.life import (
    CHANGED,
    Step,
    begun,
    followed,
    is_decided_here,
    moved,
    reopened,
    taken_back,
)
from csp_desktop.domain.common.errors import FieldRefused, Refused

DAY = date(2026, 11, 26)
STEP = Step(DAY, "Ruth Coyle", "Quiet for a month", "november")
CASE = Case(
    "oak",
    "SN-2026-000001",
    date(2026, 11, 6),
    "Community wellbeing",
    SubjectType.VICTIM,
    "MT",
    "1 Oak Way",
    "Park",
    "",
    "",
    31,
    None,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way",
)


def of(status: CaseStatus) -> Case:
    return replace(CASE, status=status)


def test_every_move_carries_the_meeting_or_date_a_person_and_the_reason() -> None:
    change = moved(CASE, CaseStatus.MONITORING, STEP).change
    assert change is not None
    assert (change.before, change.after) == (CaseStatus.OPEN, CaseStatus.MONITORING)
    assert (change.on, change.by, change.reason, change.meeting_id) == (
        DAY,
        "Ruth Coyle",
        "Quiet for a month",
        "november",
    )


@pytest.mark.parametrize(("by", "reason"), [("", "Quiet"), ("Ruth Coyle", "  ")])
def test_a_move_without_a_person_or_a_reason_is_refused(by: str, reason: str) -> None:
    with pytest.raises(Refused):
        moved(CASE, CaseStatus.MONITORING, Step(DAY, by, reason))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (CaseStatus.OPEN, CaseStatus.CLOSED, "only after a month of monitoring"),
        (CaseStatus.INTENSIVE, CaseStatus.CLOSED, "must be monitored before it is closed"),
        (CaseStatus.CLOSED, CaseStatus.MONITORING, "already closed. Reopen it first"),
        (CaseStatus.CLOSED, CaseStatus.INTENSIVE, "already closed. Reopen it first"),
    ],
)
def test_impossible_moves_are_refused_in_words(before: CaseStatus, after: CaseStatus, words: str) -> None:
    with pytest.raises(Refused, match=words):
        moved(of(before), after, STEP)


def test_monitoring_counts_from_the_day_it_began_and_ends_when_the_risk_comes_back() -> None:
    watched = moved(CASE, CaseStatus.MONITORING, STEP).case
    assert watched.monitoring_since == DAY
    assert moved(watched, CaseStatus.INTENSIVE, STEP).case.monitoring_since is None
    assert moved(watched, CaseStatus.CLOSED, STEP).case.monitoring_since == DAY


def test_a_closed_case_is_reopened_by_hand_with_a_reason() -> None:
    closed = replace(of(CaseStatus.CLOSED), monitoring_since=DAY)
    with pytest.raises(FieldRefused, match="Give the reason for reopening it"):
        reopened(closed, replace(STEP, reason=" "))
    gone = reopened(closed, replace(STEP, reason="Noise again", meeting_id=""))
    assert (gone.case.status, gone.case.monitoring_since) == (CaseStatus.OPEN, None)
    assert gone.change is not None
    assert is_decided_here(gone.change)
    with pytest.raises(Refused, match="open already"):
        reopened(gone.case, STEP)


def test_what_safety_net_shows_is_followed_and_is_no_decision_of_this_group() -> None:
    gone = followed(CASE, CaseStatus.CLOSED, Step(DAY, "Ruth Coyle", CHANGED))
    assert gone.case.status is CaseStatus.CLOSED
    assert gone.change is not None
    assert not is_decided_here(gone.change)
    assert followed(CASE, CaseStatus.OPEN, STEP).change is None
    with pytest.raises(Refused, match="no intensive support"):
        followed(CASE, CaseStatus.INTENSIVE, STEP)


def test_a_case_does_not_begin_in_intensive_support() -> None:
    assert begun(CASE, STEP).before is None
    with pytest.raises(Refused, match="begins open"):
        begun(of(CaseStatus.INTENSIVE), STEP)


def test_what_a_meeting_decided_is_taken_back_and_that_it_was_reopened_stays() -> None:
    again = reopened(of(CaseStatus.CLOSED), STEP)
    watched = moved(again.case, CaseStatus.MONITORING, STEP)
    assert again.change is not None
    assert watched.change is not None
    case, gone = taken_back(watched.case, [again.change, watched.change])
    assert (case.status, gone) == (CaseStatus.OPEN, (watched.change,))
