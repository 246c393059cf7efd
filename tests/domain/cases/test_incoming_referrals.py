"""A referral that comes in is acknowledged, triaged to a case or an issue or declined, and the referrer is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from csp_desktop.domain.cases.incoming_referrals import (
    About,
    CameBy,
    DeclineReason,
    IncomingField,
    IncomingReferral,
    IncomingState,
    Referrer,
    Triage,
    acknowledged,
    declined,
    letter,
    next_first,
    old_from,
    received,
    referrer_told,
    require_old,
    to_case,
    to_issue,
    undecided,
)
from csp_desktop.domain.common.errors import FieldRefused, Refused

DAY = date(2026, 11, 20)  # a Friday
CPG = date(2026, 11, 26)
BANK = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
ABOUT = About(DAY, CameBy.MAIL, "Look at the nights on the stairs", "JP", "Oak Way", "Threats with a knife")
SCHOOL = Referrer(body="Larkfield School", name="Una Marsh", mail="una.marsh@larkfield.example")


def made(about: About = ABOUT, referrer: Referrer = SCHOOL) -> IncomingReferral:
    return received(referrer, about, DAY + timedelta(days=60), "Marcus Bell")


@pytest.mark.parametrize(
    ("referrer", "about", "field"),
    [
        (Referrer(), ABOUT, IncomingField.BODY),
        (replace(SCHOOL, mail="una at larkfield"), ABOUT, IncomingField.MAIL),
        (SCHOOL, replace(ABOUT, received_on=DAY + timedelta(days=61)), IncomingField.RECEIVED_ON),
        (SCHOOL, replace(ABOUT, initials="", place=" "), IncomingField.INITIALS),
        (SCHOOL, replace(ABOUT, initials="Joanna Penn"), IncomingField.INITIALS),
        (SCHOOL, replace(ABOUT, asked="  "), IncomingField.ASKED),
    ],
)
def test_what_is_missing_or_more_than_needed_is_refused_at_its_field(
    referrer: Referrer, about: About, field: IncomingField
) -> None:
    with pytest.raises(FieldRefused) as refused:
        made(about, referrer)
    assert refused.value.field == field


def test_a_member_or_agency_is_named_by_the_register_and_another_body_here() -> None:
    assert made(referrer=Referrer(member_id="m", body="typed", mail="x")).body == ""
    one = made(replace(ABOUT, initials="j. p."))
    assert (one.initials, one.body, one.mail) == ("JP", "Larkfield School", SCHOOL.mail)


def test_it_is_acknowledged_within_three_working_days_and_decided_by_the_next_cpg() -> None:
    one = made()
    assert one.due(3, BANK, CPG) == date(2026, 11, 25)
    one = acknowledged(one, DAY, DAY, "Marcus Bell")
    assert one.due(3, BANK, CPG) == CPG
    one = to_case(one, "case", date(2026, 12, 23), "Marcus Bell")
    assert one.due(3, BANK, CPG) == date(2026, 12, 30)
    assert referrer_told(one, CPG + timedelta(40), CameBy.MAIL, CPG + timedelta(60), "x").due(3, BANK, CPG) is None


@pytest.mark.parametrize("why", DeclineReason)
def test_what_the_referrer_is_written_tells_nothing_about_third_parties(why: DeclineReason) -> None:
    one = acknowledged(made(), DAY, DAY, "Marcus Bell")
    no = declined(one, why, "Mr Quillfeather of Elm Road is behind it", DAY, "Marcus Bell")
    for step in (made(), one, to_case(one, "case", DAY, "x"), to_issue(one, "issue", DAY, "x"), no):
        words = " ".join(letter(step, CPG))
        for private in ("JP", "Oak Way", "knife", "stairs", "Quillfeather", "Elm Road", "SN-"):
            assert private not in words
    assert why.value in " ".join(letter(no, CPG)) and "26 November" in " ".join(letter(one, CPG))


def test_one_that_became_no_case_may_be_deleted_a_year_after_the_referrer_was_informed() -> None:
    one = acknowledged(made(), DAY, DAY, "Marcus Bell")
    case = replace(to_case(one, "case", DAY, "x"), told_on=DAY)
    no = replace(declined(one, DeclineReason.LOW_RISK, "Below", DAY, "x"), told_on=DAY)
    assert (old_from(case, 1), old_from(no, 1), old_from(one, 1)) == (None, date(2027, 11, 20), None)
    for kept, day in ((case, date(2030, 1, 1)), (no, date(2027, 11, 19)), (one, date(2030, 1, 1))):
        with pytest.raises(Refused):
            require_old(kept, 1, day)
    require_old(no, 1, date(2027, 11, 20))


def test_the_letter_of_a_case_and_of_an_issue_are_the_same() -> None:
    one = acknowledged(made(), DAY, DAY, "Marcus Bell")
    assert letter(to_case(one, "case", DAY, "x"), CPG) == letter(to_issue(one, "issue", DAY, "x"), CPG)


def test_what_is_due_soonest_comes_first_and_what_is_done_last() -> None:
    late, soon = made(), made()
    done = replace(made(), told_on=DAY)
    assert next_first([(done, None), (soon, CPG), (late, DAY)]) == [late, soon, done]


class LifeOfAnIncomingReferral(RuleBasedStateMachine):
    """Whatever is tried in whatever order: received, acknowledged, decided, the referrer informed."""

    def __init__(self) -> None:
        super().__init__()
        self.today, self.one = DAY, made()

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(back=st.integers(-3, 50))
    def acknowledge(self, back: int) -> None:
        on = self.today - timedelta(days=back)
        if self.one.state is IncomingState.RECEIVED and DAY <= on <= self.today:
            self.one = acknowledged(self.one, on, self.today, "Marcus Bell")
        else:
            with pytest.raises(Refused):
                acknowledged(self.one, on, self.today, "Marcus Bell")

    @rule(case_id=st.sampled_from(["", "case"]))
    def decide_on_a_case(self, case_id: str) -> None:
        if self.one.state is IncomingState.ACKNOWLEDGED and case_id:
            self.one = to_case(self.one, case_id, self.today, "Marcus Bell")
        else:
            with pytest.raises(Refused):
                to_case(self.one, case_id, self.today, "Marcus Bell")

    @rule(issue_id=st.sampled_from(["", "issue"]))
    def decide_on_an_issue(self, issue_id: str) -> None:
        if self.one.state is IncomingState.ACKNOWLEDGED and issue_id:
            self.one = to_issue(self.one, issue_id, self.today, "Marcus Bell")
        else:
            with pytest.raises(Refused):
                to_issue(self.one, issue_id, self.today, "Marcus Bell")

    @rule(why=st.one_of(st.none(), st.sampled_from(DeclineReason)), reason=st.sampled_from(["", "  ", "not for us"]))
    def decline(self, why: DeclineReason | None, reason: str) -> None:
        if self.one.state is IncomingState.ACKNOWLEDGED and why and reason.strip():
            self.one = declined(self.one, why, reason, self.today, "Marcus Bell")
        else:
            with pytest.raises(Refused):
                declined(self.one, why, reason, self.today, "Marcus Bell")

    @rule()
    def take_the_decision_back(self) -> None:
        if self.one.state is IncomingState.TRIAGED:
            self.one = undecided(self.one)
        else:
            with pytest.raises(Refused):
                undecided(self.one)

    @rule(back=st.integers(-2, 20), how=st.one_of(st.none(), st.sampled_from(CameBy)))
    def tell_the_referrer(self, back: int, how: CameBy | None) -> None:
        on, decided = self.today - timedelta(days=back), self.one.triaged_on
        if self.one.state is IncomingState.TRIAGED and how and decided and decided <= on <= self.today:
            self.one = referrer_told(self.one, on, how, self.today, "Marcus Bell")
        else:
            with pytest.raises(Refused):
                referrer_told(self.one, on, how, self.today, "Marcus Bell")

    @invariant()
    def one_step_after_another(self) -> None:
        one = self.one
        assert (one.triage is None) == (one.triaged_on is None)
        assert one.triage is None or one.acknowledged_on is not None
        assert one.told_on is None or one.triage is not None
        assert one.is_open == (one.state is not IncomingState.TOLD) == (one.due(3, BANK, CPG) is not None)

    @invariant()
    def it_became_one_thing(self) -> None:
        one = self.one
        assert bool(one.case_id) == (one.triage is Triage.CASE)
        assert bool(one.issue_id) == (one.triage is Triage.ISSUE)
        assert bool(one.declined) == bool(one.reason) == (one.triage is Triage.DECLINED)


TestLifeOfAnIncomingReferral = LifeOfAnIncomingReferral.TestCase
