"""Repeat victims: a list of their own, since when and how often, who was told of the right to a review, what comes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.case_links import LinkKind
from csp_desktop.domain.cases.case_plan import PlanStepKind
from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, TurnState
from csp_desktop.services.cases import case_plans
from csp_desktop.services.cases.case_entry import mark_repeat_victim, mark_review_told
from csp_desktop.services.cases.case_links import link_cases
from csp_desktop.services.cases.repeat_victims import RepeatVictim, repeat_victims
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import Need, NeedKind
from csp_desktop.services.session import Session
from tests.support.held_meeting import OCTOBER, partnership


@pytest.fixture
def session() -> Session:
    made: Session = partnership()
    return made


def flag(session: Session, *case_ids: str) -> None:
    for case_id in case_ids:
        mark_repeat_victim(session, case_id, True)


def change(session: Session, case_id: str, **fields: object) -> None:
    with session.work.step("another case", of_held=True) as records:
        records.save(replace(records.get(Case, case_id), **fields))  # type: ignore[arg-type]


def only(session: Session) -> RepeatVictim:
    (row,) = repeat_victims(session)
    return row


def needs(session: Session, kind: NeedKind) -> list[Need]:
    return [need for need in look_ahead(session).needs if need.kind is kind]


def test_only_open_cases_that_are_marked_stand_in_it_those_not_told_first(session: Session) -> None:
    flag(session, "case-3", "case-4", "case-5")
    change(session, "case-5", status=CaseStatus.CLOSED)
    first = repeat_victims(session)[0].case.id
    mark_review_told(session, first, session.today)
    rows = repeat_victims(session)
    assert [row.told for row in rows] == [False, True] and rows[1].case.id == first
    assert rows[1].told_words == "Told Thu 26 Nov" and rows[0].told_words == "Not told"


def test_it_says_since_when_and_who_marked_it(session: Session) -> None:
    flag(session, "case-3")
    assert only(session).since_words == "Flagged by Hana Price, Thu 26 Nov"
    change(session, "case-3", repeat_by="", repeat_on=date(2026, 11, 14))
    assert only(session).since_words == "Seen in Safety Net since Sat 14 Nov"
    assert only(session).brief == "Since Sat 14 Nov, no CPG yet"
    change(session, "case-3", repeat_on=None)
    assert only(session).since_words == "Flagged in Safety Net" and only(session).brief == "Marked, no CPG yet"


def test_it_says_at_how_many_cpgs_it_was_discussed_and_a_meeting_called_for_it_is_none(session: Session) -> None:
    flag(session, "case-3")
    with session.work.step("held before", of_held=True) as records:
        october = records.get(Meeting, OCTOBER)
        called = replace(october, id="called", kind=MeetingKind.PROFESSIONALS, on=october.on + timedelta(days=9))
        records.save(called)
        for meeting in (october, called):
            turn = CaseTurn(f"at {meeting.id}", meeting.id, "case-3", 1, 5, "", state=TurnState.DONE)
            records.save(replace(turn, repeat_victim_asked=True))
    assert only(session).often_words == "discussed at 1 CPG, last Thu 29 Oct"
    link_cases(session, "case-3", "case-4", LinkKind.PERSON)
    assert only(session).often_words == "discussed at 1 CPG, last Thu 29 Oct, 1 linked case"


def test_what_is_next_is_the_deadline_that_presses_the_step_of_the_plan_and_the_first_action(session: Session) -> None:
    flag(session, "case-4")
    with session.work.step("no action", of_held=True) as records:
        for action in records.find(Action, case_id="case-4"):
            records.remove(action)
    change(session, "case-4", created_on=session.today, assessed_on=session.today)
    assert len(only(session).next_words) == 1
    case_plans.save_plan(session, "case-4", aim="Sleep through the night")
    case_plans.add_step(session, "case-4", what="Door chain", kind=PlanStepKind.SUPPORT, owner_id="dan")
    assert "Plan: Door chain, lead PS Dan Holt, by Mon 30 Nov" in only(session).next_words
    with session.work.step("an action", of_held=True) as records:
        kept = records.find(Action)[0]
        records.save(
            replace(
                kept, id="mine", case_id="case-4", what="Ring the family.", officer_id="dan", due=date(2026, 11, 30)
            )
        )
    assert only(session).next_words[-1] == "Action: Ring the family, PS Dan Holt, Mon 30 Nov"


def test_a_step_that_became_an_action_is_named_once(session: Session) -> None:
    flag(session, "case-4")
    with session.work.step("no action", of_held=True) as records:
        for action in records.find(Action, case_id="case-4"):
            records.remove(action)
    case_plans.save_plan(session, "case-4", aim="Sleep through the night")
    step = case_plans.add_step(session, "case-4", what="Door chain", kind=PlanStepKind.SUPPORT, owner_id="dan")
    case_plans.agree_step(session, step.id)
    assert sum("Door chain" in line for line in only(session).next_words) == 1


def test_home_asks_until_every_repeat_victim_was_told(session: Session) -> None:
    assert needs(session, NeedKind.REVIEW_RIGHT) == []
    flag(session, "case-3", "case-4")
    (need,) = needs(session, NeedKind.REVIEW_RIGHT)
    assert need.title == "Repeat victims not told of the right to a review: 2 cases"
    assert "Queens Road: cuckooing" in need.detail
    for case_id in ("case-3", "case-4"):
        mark_review_told(session, case_id, session.today)
    assert needs(session, NeedKind.REVIEW_RIGHT) == []


def test_home_asks_about_a_plan_whose_step_or_review_is_overdue(session: Session) -> None:
    case_plans.save_plan(session, "case-3", aim="Quiet nights", review_on=date(2026, 12, 3))
    case_plans.save_plan(session, "case-4", aim="Sleep through the night")
    case_plans.add_step(session, "case-4", what="Door chain", kind=PlanStepKind.SUPPORT)
    assert needs(session, NeedKind.PLANS) == []
    later = replace(session, now=lambda: session.now() + timedelta(days=8))
    (need,) = needs(later, NeedKind.PLANS)
    assert (need.title, need.when, need.record_id) == ("Management plan overdue: 2 cases", "4 days overdue", "case-4")
    assert need.detail.endswith("step 4 days overdue; then Queens Road: cuckooing")
    case_plans.drop_step(session, case_plans.plan_of(session, "case-4").rows[0].step.id)
    (need,) = needs(later, NeedKind.PLANS)
    assert need.detail.endswith("review 1 day overdue")


def test_what_is_next_is_no_day_gone_by_and_an_action_overdue_says_so(session: Session) -> None:
    flag(session, "case-4")
    with session.work.step("no action", of_held=True) as records:
        kept, *others = records.find(Action)
        for action in (kept, *others):
            records.remove(action)
    created = session.today - timedelta(days=20)
    change(session, "case-4", created_on=created, assessed_on=created + timedelta(days=5))
    assert only(session).next_words == ("Nothing is due before the next CPG",)
    with session.work.step("an action", of_held=True) as records:
        due = session.today - timedelta(days=3)
        records.save(replace(kept, id="mine", case_id="case-4", what="Ring the family.", officer_id="dan", due=due))
    assert only(session).next_words[0].endswith("Mon 23 Nov, 3 days overdue")
