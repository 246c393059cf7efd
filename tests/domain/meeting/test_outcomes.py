"""Each way a case can leave the table: what it leads to, what it asks, how it is read back and minuted."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.outcomes import (
    DECIDING,
    MONITORING,
    AtTable,
    Decided,
    Outcome,
    early_close,
    monitored_until,
    status_after,
)
from csp_desktop.domain.people.settings import Settings

ON, NEXT = date(2026, 11, 26), date(2026, 12, 17)
CASE = Case(
    "oak",
    "SN-2026-000421",
    date(2026, 9, 1),
    "",
    SubjectType.VICTIM,
    "MT",
    "",
    "",
    "",
    "",
    30,
    Band.HIGH,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way",
)
MONITORED = replace(CASE, status=CaseStatus.MONITORING, monitoring_since=date(2026, 10, 29))
SINCE_UNKNOWN = replace(MONITORED, monitoring_since=None)
OVER = replace(MONITORED, monitoring_since=date(2026, 10, 26))


def at_table(case: Case = CASE) -> AtTable:
    return AtTable(case, ON, NEXT, Settings())


def test_the_outcomes_stand_in_the_order_of_their_keys() -> None:
    assert [(one.number, one.rule.label) for one in Outcome] == [
        (1, "De-escalate"),
        (2, "Continue"),
        (3, "Intensify"),
        (4, "Close"),
        (5, "Refer"),
        (6, "Defer"),
    ]


def test_a_deferral_alone_decides_nothing_and_only_de_escalating_monitors() -> None:
    assert set(Outcome) - set(DECIDING) == {Outcome.DEFER} and MONITORING == (Outcome.DE_ESCALATE,)
    assert [one for one in Outcome if one.rule.closes] == [Outcome.CLOSE]
    assert [one for one in Outcome if one.rule.names_someone] == [Outcome.INTENSIFY, Outcome.REFER]
    assert [one for one in Outcome if one.rule.refers] == [Outcome.REFER]


@pytest.mark.parametrize(
    ("outcome", "case", "words"),
    [
        (Outcome.DE_ESCALATE, CASE, "monitor to Sat 26 Dec"),
        (Outcome.CONTINUE, CASE, "back on Thu 17 Dec"),
        (Outcome.INTENSIFY, CASE, "to a specialist"),
        (Outcome.REFER, CASE, "to another agency"),
        (Outcome.DEFER, CASE, "to Thu 17 Dec, say why"),
        (Outcome.CLOSE, OVER, "monitoring is over"),
        (Outcome.CLOSE, CASE, "monitoring is over"),
        (Outcome.CLOSE, MONITORED, "before Sun 29 Nov, say why"),
        (Outcome.CLOSE, SINCE_UNKNOWN, "start unknown, say why"),
    ],
)
def test_a_button_says_what_its_outcome_leads_to(outcome: Outcome, case: Case, words: str) -> None:
    assert outcome.rule.leads_to(at_table(case)) == words


@pytest.mark.parametrize(
    ("case", "on", "words"),
    [
        (CASE, ON, ""),
        (MONITORED, date(2026, 11, 28), "Its month of monitoring ends on Sun 29 Nov"),
        (MONITORED, date(2026, 11, 29), ""),
        (SINCE_UNKNOWN, ON, "It is not known when monitoring of this case began"),
    ],
)
def test_closing_before_the_month_is_over_is_early(case: Case, on: date, words: str) -> None:
    assert early_close(case, on, Settings()) == words
    assert monitored_until(MONITORED, Settings(monitoring_months=2)) == date(2026, 12, 29)
    assert monitored_until(SINCE_UNKNOWN, Settings()) is None


def test_a_reason_is_asked_for_a_deferral_and_for_closing_early() -> None:
    asked = {one: one.rule.why(at_table(MONITORED)) if one.rule.why else None for one in Outcome}
    assert asked == {
        Outcome.DE_ESCALATE: None,
        Outcome.CONTINUE: None,
        Outcome.INTENSIFY: None,
        Outcome.CLOSE: "Its month of monitoring ends on Sun 29 Nov. Say why the case is closed now; the reason is "
        "minuted.",
        Outcome.REFER: None,
        Outcome.DEFER: "Say why the case is deferred; the reason is minuted.",
    }
    assert Outcome.CLOSE.rule.why is not None and Outcome.CLOSE.rule.why(at_table(OVER)) == ""


@pytest.mark.parametrize(
    ("outcome", "decided", "read_back", "minuted"),
    [
        (
            Outcome.DE_ESCALATE,
            Decided(date(2026, 12, 26), NEXT),
            "Monitor until Sat 26 Dec 2026",
            "De-escalate and monitor until Saturday 26 December 2026, then close",
        ),
        (Outcome.DE_ESCALATE, Decided(None, None), "", "De-escalate and monitor"),
        (Outcome.CONTINUE, Decided(None, NEXT), "", "Continue"),
        (Outcome.CLOSE, Decided(None, None, early="too early"), "too early", "Close"),
        (
            Outcome.CLOSE,
            Decided(date(2026, 12, 26), None),
            "",
            "Close, before its month of monitoring ends on Saturday 26 December 2026",
        ),
        (
            Outcome.CLOSE,
            Decided(None, None, since_unknown=True),
            "",
            "Close, although it is not known when monitoring began",
        ),
        (
            Outcome.DEFER,
            Decided(None, NEXT),
            "To the next meeting, Thu 17 Dec 2026",
            "Defer to the next meeting, Thursday 17 December 2026",
        ),
        (Outcome.DEFER, Decided(None, None), "To the next meeting", "Defer to the next meeting"),
    ],
)
def test_what_was_decided_is_read_back_and_minuted_in_its_words(
    outcome: Outcome, decided: Decided, read_back: str, minuted: str
) -> None:
    assert outcome.rule.read_back(decided) == read_back
    assert outcome.minuted(decided, "") == minuted


def test_whoever_it_is_referred_to_is_named_as_the_outcome_or_beside_it() -> None:
    nothing = Decided(None, None)
    assert (Outcome.REFER.to("CGL"), Outcome.INTENSIFY.to("CGL")) == ("To CGL", "Referred to CGL")
    assert Outcome.REFER.minuted(nothing, "CGL") == "Refer to CGL" and Outcome.REFER.minuted(nothing, "") == "Refer"
    assert Outcome.INTENSIFY.minuted(nothing, "CGL") == "Intensify"


@pytest.mark.parametrize(
    ("status", "outcome", "after"),
    [
        (CaseStatus.OPEN, Outcome.DE_ESCALATE, CaseStatus.MONITORING),
        (CaseStatus.OPEN, Outcome.CONTINUE, CaseStatus.OPEN),
        (CaseStatus.OPEN, Outcome.INTENSIFY, CaseStatus.INTENSIVE),
        (CaseStatus.INTENSIVE, Outcome.DE_ESCALATE, CaseStatus.MONITORING),
        (CaseStatus.MONITORING, Outcome.INTENSIFY, CaseStatus.INTENSIVE),
        (CaseStatus.MONITORING, Outcome.CLOSE, CaseStatus.CLOSED),
        (CaseStatus.MONITORING, Outcome.REFER, CaseStatus.MONITORING),
        (CaseStatus.MONITORING, Outcome.DEFER, CaseStatus.MONITORING),
    ],
)
def test_the_life_of_a_case_goes_on_as_it_was_decided(status: CaseStatus, outcome: Outcome, after: CaseStatus) -> None:
    assert status_after(status, outcome) is after


@pytest.mark.parametrize(
    ("status", "outcome", "words"),
    [
        (CaseStatus.CLOSED, Outcome.CONTINUE, "already closed"),
        (CaseStatus.INTENSIVE, Outcome.CLOSE, "intensive support must be monitored before"),
        (CaseStatus.OPEN, Outcome.CLOSE, "after a month of monitoring"),
    ],
)
def test_what_the_life_of_a_case_does_not_allow_is_refused(status: CaseStatus, outcome: Outcome, words: str) -> None:
    with pytest.raises(Refused, match=words):
        status_after(status, outcome)
