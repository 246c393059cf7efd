"""What a risk factor asks for until somebody has answered: the CMHT, and children's safeguarding."""

from dataclasses import replace
from datetime import timedelta

import pytest

from csp_desktop.domain.cases.cases import Case, RiskPoint
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases import assessing, referrals
from csp_desktop.services.cases.factor_asks import CHILDREN_ASK, CmhtAsked, children_asked, cmht_not_told
from csp_desktop.services.meeting import case_walk
from csp_desktop.services.session import Session
from tests.support.held_meeting import partnership
from tests.support.prepared_meeting import prepared_session


@pytest.fixture
def session() -> Session:
    """Between meetings; the first case has a mental-health factor nobody told the CMHT of, and no assessment."""
    made = prepared_session()
    made = replace(made, papers=replace(made.papers, shipped_matrix=shipped_case_matrix))
    with made.work.step("one factor") as records:
        for case in records.find(Case):
            records.save(replace(case, mental_health=case.id == first(made).id, cmht_told_on=None))
    return made


def first(session: Session) -> Case:
    with session.work.reading() as records:
        return min(records.find(Case), key=lambda one: one.reference)


def asked(session: Session, days: int = 0) -> CmhtAsked:
    with session.work.reading() as records:
        (one,) = cmht_not_told(records, session.today + timedelta(days=days))
    return one


def child_question(session: Session, case_id: str) -> str:
    with session.work.reading() as records:
        return children_asked(records, records.get(Case, case_id))


def test_days_count_from_the_first_assessment_in_which_the_factor_scored(session: Session) -> None:
    case = first(session)
    earlier = replace(session, now=lambda: session.now() - timedelta(days=20))
    assessing.assess(earlier, case.id, {"mind": "0"})
    assessing.assess(replace(session, now=lambda: session.now() - timedelta(days=12)), case.id, {"mind": "2"})
    assessing.assess(session, case.id, {"mind": "3"})
    assert asked(session).words == "CMHT not informed for 12 days"
    assert asked(session, 3).words == "CMHT not informed for 15 days", "between meetings too"


def test_a_factor_older_than_every_assessment_says_so_in_words(session: Session) -> None:
    case = first(session)
    assert case.assessed_on is not None
    one = asked(session)
    assert one.words.startswith("CMHT not informed since before the first assessment of ")
    assert one.when.startswith("over ")


def test_without_any_assessment_it_says_that_nobody_knows(session: Session) -> None:
    with session.work.step("none") as records:
        for point in records.find(RiskPoint, case_id=first(session).id):
            records.remove(point)
        records.save(replace(records.get(Case, first(session).id), assessed_on=None))
    assert asked(session).words == "CMHT not informed; no assessment says since when"


def test_children_at_home_ask_about_safeguarding_until_a_referral_stands(session: Session) -> None:
    case = first(session)
    assert child_question(session, case.id) == ""
    assessing.assess(session, case.id, {"children": "1"})
    assert child_question(session, case.id) == CHILDREN_ASK
    made = referrals.refer(session, case.id, "children's safeguarding", "Two small children")
    assert child_question(session, case.id) == ""
    referrals.withdraw(session, made.id, "Wrong case")
    assert child_question(session, case.id) == CHILDREN_ASK


def test_not_needed_because_stands_and_is_not_asked_again(session: Session) -> None:
    case = first(session)
    assessing.assess(session, case.id, {"children": "1"})
    with pytest.raises(FieldRefused):
        referrals.note_not_needed(session, case.id, "children's safeguarding", " ")
    noted = referrals.note_not_needed(session, case.id, "children's safeguarding", "They live with their father")
    assert noted.was_not_needed and not noted.is_open
    assert child_question(session, case.id) == ""
    (row,) = referrals.referrals(session, case.id)
    assert row.standing.startswith("Not needed, ") and "not needed" in row.referred_words
    assert referrals.referral_facts([row])[0]["state"] == "not needed"
    session.work.undo()
    assert child_question(session, case.id) == CHILDREN_ASK


def test_at_the_table_ask_now_asks_about_children_at_home() -> None:
    made = partnership()
    session: Session = replace(made, papers=replace(made.papers, shipped_matrix=shipped_case_matrix))
    with session.work.step("nothing else is asked") as records:
        turn = records.get(CaseTurn, "turn-5")
        for action in records.find(Action, case_id=turn.case_id):
            records.save(replace(action, state=ActionState.DONE))
    assessing.assess(session, turn.case_id, {"children": "2"})
    ask = case_walk.ask_now(case_walk.live_case(session, turn.id))
    assert ask is not None and (ask.who, ask.question) == ("PS Dan Holt", CHILDREN_ASK)
    referrals.note_not_needed(session, turn.case_id, "children's safeguarding", "The children moved out")
    ask = case_walk.ask_now(case_walk.live_case(session, turn.id))
    assert ask is None or ask.question != CHILDREN_ASK
