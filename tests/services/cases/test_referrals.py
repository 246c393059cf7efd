"""Referrals of cases: made by hand or by what a meeting decides, and asked about until they are answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from csp_desktop.domain.cases.cases import Band, Case, RiskPoint
from csp_desktop.domain.cases.referrals import CmhtPart, Referral, ReferralAnswer, ReferralBody, ReferralField
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.services.cases import case_entry
from csp_desktop.services.cases import referrals as service
from csp_desktop.services.cases.factor_asks import cmht_not_told
from csp_desktop.services.meeting import case_walk
from csp_desktop.services.session import Session
from tests.support.held_meeting import NOVEMBER, partnership


@pytest.fixture
def session() -> Session:
    made: Session = partnership()
    return made


def turns(session: Session) -> list[CaseTurn]:
    with session.work.reading() as records:
        return [t for t in records.find(CaseTurn, meeting_id=NOVEMBER) if t.state is not TurnState.DONE]


def decide(session: Session, turn: CaseTurn, refer_to: str, outcome: Outcome = Outcome.REFER) -> None:
    case_walk.open_turn(session, turn.id)
    case_walk.choose_outcome(session, turn.id, outcome)
    case_walk.say(session, turn.id, refer_to=refer_to, intervention_planned=False)
    case_walk.accept(session, turn.id)


def of(session: Session, turn: CaseTurn) -> tuple[service.ReferralRow, ...]:
    return service.referrals(session, turn.case_id)


def later(session: Session, days: int) -> Session:
    return replace(session, now=lambda: session.now() + timedelta(days=days))


def test_what_the_meeting_refers_is_a_referral_at_the_read_back_and_goes_with_its_undo(session: Session) -> None:
    turn = turns(session)[0]
    decide(session, turn, "cgl")
    (row,) = of(session, turn)
    assert (row.to, row.referral.by, row.referral.meeting_id) == ("Change Grow Live", "the CPG", NOVEMBER)
    assert row.referral.is_open and row.referral.answer_by
    with session.work.reading() as records:
        assert records.get(CaseTurn, turn.id).refer_to == "Change Grow Live"
    session.work.undo()
    assert of(session, turn) == ()


def test_taken_up_again_the_case_is_referred_to_whom_is_said_then(session: Session) -> None:
    turn = turns(session)[0]
    decide(session, turn, "CGL")
    case_walk.take_up_again(session, turn.id)
    assert of(session, turn) == ()
    case_walk.say(session, turn.id, refer_to="marac")
    case_walk.accept(session, turn.id)
    assert [row.to for row in of(session, turn)] == ["MARAC"]
    case_walk.say(session, turn.id, refer_to="mappa")  # put right after the read-back
    assert [row.to for row in of(session, turn)] == ["MAPPA"]


def test_an_answer_that_came_stays_whatever_is_put_right_in_the_decision(session: Session) -> None:
    turn = turns(session)[0]
    decide(session, turn, "CGL")
    service.answer(session, of(session, turn)[0].referral.id, ReferralAnswer.TAKEN, came_back="Begins on Monday")
    case_walk.say(session, turn.id, refer_to="marac")
    assert [row.to for row in of(session, turn)] == ["Change Grow Live"]


def test_whom_nobody_knows_is_asked_for_and_makes_no_referral(session: Session) -> None:
    turn = turns(session)[0]
    decide(session, turn, "the other lot")
    assert of(session, turn) == ()
    row = case_walk.live_case(session, turn.id)
    assert any("Choose “the other lot” from the list" in one.sentence for one in row.to_complete)
    case_walk.say(session, turn.id, refer_to="New Hope")
    assert [one.to for one in of(session, turn)] == ["New Hope"]


def test_next_month_the_table_is_told_to_whom_and_asks_until_it_is_answered(session: Session) -> None:
    turn = turns(session)[0]
    with session.work.step("asked a month ago") as records:
        on = records.get(Meeting, NOVEMBER).on - timedelta(days=30)
        records.save(Referral("r", turn.case_id, ReferralBody.CMHT, "", on, "the CPG", "", on + timedelta(days=14)))
    row = case_walk.live_case(session, turn.id)
    ask = case_walk.ask_now(replace(row, last=(), agreed=()))
    assert ask is not None and (ask.who, ask.why, ask.late) == ("CMHT", "16 days overdue", True)
    service.answer(session, "r", ReferralAnswer.NOT_TAKEN, came_back="Below their threshold", next_step="Ask the GP")
    row = case_walk.live_case(session, turn.id)
    assert row.referrals[0].standing.startswith("Not taken on")
    assert case_walk.ask_now(replace(row, last=(), agreed=(), last_minute=None)) is None


def test_a_case_is_referred_by_hand_between_meetings(session: Session) -> None:
    case_id = turns(session)[0].case_id
    keys = dict(service.recipients(session))
    assert keys["marac"] == "MARAC" and keys["agency:cgl"] == "Change Grow Live"
    made = service.refer(session, case_id, "agency:cgl", "Drinks again")
    assert (made.by, made.why) == (session.user_name, "Drinks again")
    with pytest.raises(FieldRefused) as refused:
        service.refer(session, case_id, "agency:cgl", "Once more")
    assert refused.value.field == ReferralField.TO
    service.withdraw(session, made.id, "He asked us not to")
    service.refer(session, case_id, "agency:cgl", "Once more")
    assert [row.standing.split(",")[0].split(" Thu")[0] for row in service.referrals(session, case_id)][
        1
    ] == "Withdrawn"


def risen(session: Session) -> CaseTurn:
    """A case whose total went up since it was scored before."""
    turn = turns(session)[0]
    with session.work.step("two totals") as records:
        for point in records.find(RiskPoint, case_id=turn.case_id):
            records.remove(point)
        for number, (days, total) in enumerate(((40, 12), (2, 30))):
            on = session.today - timedelta(days=days)
            records.save(RiskPoint(f"risen-{number}", turn.case_id, on, total, Band.MEDIUM, on, on))
    return turn


def test_a_rising_risk_names_its_specialist_from_the_list_and_it_is_a_referral(session: Session) -> None:
    turn = risen(session)
    decide(session, turn, "specialist", Outcome.INTENSIFY)
    (row,) = of(session, turn)
    assert (row.to, row.referral.body, row.referral.is_open) == (
        "Another specialist service",
        ReferralBody.SPECIALIST,
        True,
    )


def test_a_rising_risk_that_names_nobody_of_the_list_stays_to_complete_until_it_does(session: Session) -> None:
    turn = risen(session)
    decide(session, turn, "somebody clever", Outcome.INTENSIFY)
    assert of(session, turn) == ()
    assert "is not known" in " ".join(one.sentence for one in case_walk.live_case(session, turn.id).to_complete)
    case_walk.say(session, turn.id, refer_to="drug service")
    assert [row.to for row in of(session, turn)] == ["Drug and alcohol service"]


def test_a_case_referred_to_the_cmht_has_it_informed_and_says_who_leads(session: Session) -> None:
    case_id = turns(session)[0].case_id
    with session.work.step("a mental-health factor") as records:
        records.save(replace(records.get(Case, case_id), mental_health=True, cmht_told_on=None))
    with later(session, 3).work.reading() as records:
        asked = cmht_not_told(records, session.today)
    assert [one.case.id for one in asked] == [case_id] and asked[0].words.startswith("CMHT not informed")
    made = service.refer(session, case_id, "cmht", "Talks of ending her life")
    with session.work.reading() as records:
        assert records.get(Case, case_id).cmht_told_on == session.today
        assert cmht_not_told(records, session.today) == ()
    assert service.set_part(session, made.id, CmhtPart.LEADS).part is CmhtPart.LEADS


def test_once_handed_over_to_the_panel_the_note_is_nowhere_and_it_cannot_be_undone(session: Session) -> None:
    made = service.refer(session, turns(session)[0].case_id, "channel", "Says that he wants to join them")
    service.write_note(session, made.id, "Names of three friends")
    service.hand_over(session, made.id)
    with session.work.reading() as records:
        kept = records.get(Referral, made.id)
    assert (kept.note, kept.why) == ("", "Says that he wants to join them") and kept.handed_over_on == session.today
    session.work.undo()
    with session.work.reading() as records:
        assert records.get(Referral, made.id) == kept


def test_the_facts_of_every_referral_for_the_command_line(session: Session) -> None:
    made = service.refer(session, turns(session)[0].case_id, "halo", "Comes home with presents")
    (fact,) = service.referral_facts(service.referrals(session))
    assert fact["to"] == "Operation Halo" and fact["restricted"] and fact["state"] == "open"
    assert set(fact) == {
        "direction",
        "case",
        "to",
        "by",
        "on",
        "why",
        "answer_by",
        "days_late",
        "state",
        "answer",
        "answered_on",
        "restricted",
    }
    service.answer(session, made.id, ReferralAnswer.TAKEN, came_back="what they said")
    assert "what they said" not in str(service.referral_facts(service.referrals(session)))


def test_the_referrals_of_a_case_entered_by_hand_go_to_the_one_from_safety_net(session: Session) -> None:
    with session.work.step("entered by hand") as records:
        known = records.get(Case, records.find(CaseTurn, meeting_id=NOVEMBER)[0].case_id)
        records.save(replace(known, id="by-hand", reference="", entered_by_hand=True))
    made = service.refer(session, "by-hand", "marac", "Threats")
    case_entry.set_reference(session, "by-hand", known.reference)
    assert [row.referral.id for row in service.referrals(session, known.id)] == [made.id]
