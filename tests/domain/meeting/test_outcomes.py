"""What holds for every way a case can leave the table: a new row is judged here before anything shows it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.domain.meeting.outcomes import DECIDING, AtTable, Decided, Outcome, status_after
from csp_desktop.domain.people.settings import Settings

ON = date(2026, 11, 26)
NEXT = ON + timedelta(weeks=4)
STORED = {"de-escalate and monitor", "continue", "intensify", "close", "refer", "defer"}  # in files of version 0.1.0


CASE = Case(
    "c",
    "SN-2026-000001",
    ON,
    "Community wellbeing",
    SubjectType.LOCATION,
    "",
    "1 Oak Way",
    "Park",
    "New Hope",
    "Ravi Nair",
    20,
    Band.MEDIUM,
    ON,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: noise",
)


def at(status):
    return AtTable(replace(CASE, status=status), ON, NEXT, Settings())


def test_every_outcome_of_an_older_file_is_still_known_by_its_word():
    assert {outcome.rule.word for outcome in Outcome} >= STORED
    assert all(Outcome.__members__[o.name] is o and o.value == o.rule.word for o in Outcome)


def test_no_two_outcomes_are_stored_or_shown_alike():
    assert len({o.rule.word for o in Outcome}) == len({o.rule.label for o in Outcome}) == len(Outcome)


def test_keys_number_the_outcomes_in_their_order_and_there_is_a_digit_for_each():
    assert [outcome.number for outcome in Outcome] == list(range(1, len(Outcome) + 1))
    assert len(Outcome) <= 9


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("status", [s for s in CaseStatus if s is not CaseStatus.CLOSED])
def test_every_outcome_says_what_it_leads_to_in_words_that_go_on_below_its_label(outcome, status):
    words = outcome.rule.leads_to(at(status))
    assert words and words[0].islower() and not words.endswith(".")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_minuted_as_the_beginning_of_a_sentence(outcome):
    for what in (Decided(None, None), Decided(NEXT, NEXT), Decided(None, None, since_unknown=True)):
        for refer_to in ("", "CGL"):
            minuted = outcome.minuted(what, refer_to)
            assert minuted[0].isupper() and not minuted.endswith("."), minuted


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outcome_that_puts_a_case_off_decides_nothing_about_it(outcome):
    rule = outcome.rule
    assert (outcome in DECIDING) is not rule.puts_off
    if rule.puts_off:
        assert rule.status is None and not rule.monitors and not rule.names_someone and rule.why is not None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_asks_for_a_reason_says_so_in_a_sentence(outcome):
    asks = outcome.rule.why(at(CaseStatus.MONITORING)) if outcome.rule.why else ""
    assert not asks or asks.endswith(".")


def test_an_outcome_that_refers_says_to_whom_and_the_others_that_it_is_referred_too():
    assert Outcome.REFER.minuted(Decided(None, None), "CGL") == "Refer to CGL"
    assert (Outcome.REFER.to("CGL"), Outcome.INTENSIFY.to("CGL")) == ("To CGL", "Referred to CGL")


def test_only_what_closes_a_case_needs_it_monitored_first():
    allowed = {o for o in Outcome if status_after(CaseStatus.MONITORING, o)}
    assert allowed == set(Outcome)
    assert status_after(CaseStatus.MONITORING, Outcome.CLOSE) is CaseStatus.CLOSED
    assert status_after(CaseStatus.INTENSIVE, Outcome.REFER) is CaseStatus.INTENSIVE
