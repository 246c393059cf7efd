"""A referral says to whom, by whom, why and when, and is asked about until it is answered or withdrawn."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from csp_desktop.domain.cases.referrals import (
    ANSWER_DAYS,
    BODIES,
    CmhtPart,
    Referral,
    ReferralAnswer,
    ReferralBody,
    ReferralField,
    answered,
    handed_over,
    most_pressing,
    noted,
    refer,
    reopened,
    resolve,
    taking_part,
    withdrawn,
)
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.people.agencies import Agency, AgencyKind

DAY = date(2026, 11, 26)
CGL = Agency("cgl", "Change Grow Live", "CGL", AgencyKind.SUPPORT)
GONE = Agency("gone", "Old Trust", "OT", AgencyKind.SUPPORT, active=False)


def made(body: ReferralBody = ReferralBody.CMHT, on: date = DAY, why: str = "Missed two appointments") -> Referral:
    return refer("case", body, "cgl" if body is ReferralBody.AGENCY else "", why, on, "Marcus Bell")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("CMHT", (ReferralBody.CMHT, "")),
        ("the community mental health team", (ReferralBody.CMHT, "")),
        ("channel", (ReferralBody.CHANNEL, "")),
        ("Operation HALO", (ReferralBody.HALO, "")),
        ("children's safeguarding", (ReferralBody.CHILDREN, "")),
        ("Children’s safeguarding.", (ReferralBody.CHILDREN, "")),
        ("cgl", (ReferralBody.AGENCY, "cgl")),
        ("Change Grow Live", (ReferralBody.AGENCY, "cgl")),
        ("Old Trust", None),
        ("somebody who knows", None),
        ("", None),
    ],
)
def test_to_whom_is_an_agency_or_a_body_never_a_free_word(words: str, meant: object) -> None:
    assert resolve(words, [CGL, GONE]) == meant


def test_every_body_is_found_by_its_own_name() -> None:
    assert all(resolve(body.rule.name, []) == (body, "") for body in BODIES)


def test_an_answer_is_expected_within_two_weeks_unless_another_day_is_agreed() -> None:
    assert made().answer_by == DAY + timedelta(days=ANSWER_DAYS)
    other = refer("case", ReferralBody.MARAC, "", "Threats", DAY, "Marcus Bell", answer_by=DAY)
    assert (other.answer_by, other.days_late(DAY), other.days_late(DAY + timedelta(days=3))) == (DAY, 0, 3)


@pytest.mark.parametrize(
    ("body", "agency", "why", "by", "field"),
    [
        (None, "", "why", None, ReferralField.TO),
        (ReferralBody.AGENCY, "", "why", None, ReferralField.TO),
        (ReferralBody.MARAC, "", "  ", None, ReferralField.WHY),
        (ReferralBody.MARAC, "", "why", DAY - timedelta(days=1), ReferralField.ANSWER_BY),
        (ReferralBody.CMHT, "", "again", None, ReferralField.TO),
    ],
)
def test_what_is_missing_is_refused_at_its_field(
    body: ReferralBody | None, agency: str, why: str, by: date | None, field: ReferralField
) -> None:
    with pytest.raises(FieldRefused) as refused:
        refer("case", body, agency, why, DAY, "Marcus Bell", answer_by=by, known=[made()])
    assert refused.value.field == field


def test_channel_and_halo_keep_nothing_but_referred_when_by_whom_and_why() -> None:
    for body in (ReferralBody.CHANNEL, ReferralBody.HALO):
        one = noted(made(body), "What the panel needs to know")
        with pytest.raises(FieldRefused):
            handed_over(made(body), DAY)
        given = handed_over(one, DAY)
        assert (given.note, given.handed_over_on) == ("", DAY)
        with pytest.raises(Refused):
            noted(given, "more")
        back = answered(given, ReferralAnswer.TAKEN, DAY, DAY, "all about it", "and more")
        assert (back.came_back, back.next_step) == ("", "")
    with pytest.raises(Refused):
        noted(made(), "a note")


def test_only_the_cmht_leads_or_gives_clinical_direction() -> None:
    assert taking_part(made(), CmhtPart.DIRECTS).part is CmhtPart.DIRECTS
    with pytest.raises(Refused):
        taking_part(made(ReferralBody.HOUSING), CmhtPart.LEADS)


def test_the_most_days_late_come_first_and_what_is_answered_last() -> None:
    late, soon = made(on=DAY - timedelta(days=60)), made(ReferralBody.MARAC)
    done = answered(made(ReferralBody.MAPPA), ReferralAnswer.NOT_TAKEN, DAY, DAY)
    assert most_pressing([done, soon, late], DAY) == [late, soon, done]


class LifeOfAReferral(RuleBasedStateMachine):
    """Whatever is done to it: it is open, answered or withdrawn, one of the three, and keeps what was said when."""

    def __init__(self) -> None:
        super().__init__()
        self.today, self.one = DAY, made(ReferralBody.CHANNEL)

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(answer=st.sampled_from(ReferralAnswer), words=st.text(max_size=8))
    def answer(self, answer: ReferralAnswer, words: str) -> None:
        if self.one.is_open:
            self.one = answered(self.one, answer, self.today, self.today, words, words)
        else:
            with pytest.raises(Refused):
                answered(self.one, answer, self.today, self.today)

    @precondition(lambda self: self.one.answer is not None)
    @rule()
    def remove_the_answer(self) -> None:
        self.one = reopened(self.one)

    @rule(why=st.sampled_from(["", "  ", "asked by mistake"]))
    def withdraw(self, why: str) -> None:
        if self.one.is_open and why.strip():
            self.one = withdrawn(self.one, why, self.today)
        else:
            with pytest.raises(Refused):
                withdrawn(self.one, why, self.today)

    @precondition(lambda self: self.one.handed_over_on is None)
    @rule()
    def write_and_hand_over(self) -> None:
        self.one = handed_over(noted(self.one, "a note"), self.today)

    @invariant()
    def one_of_three(self) -> None:
        one = self.one
        assert (one.answer is None) == (one.answered_on is None)
        assert not (one.answer and one.withdrawn_on)
        assert one.is_open == (not one.answer and not one.withdrawn_on)
        assert one.is_open or one.days_late(self.today) == 0

    @invariant()
    def nothing_of_the_panel_stays(self) -> None:
        assert not (self.one.came_back or self.one.next_step or self.one.note)


TestLifeOfAReferral = LifeOfAReferral.TestCase
