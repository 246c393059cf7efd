"""The plan of a case: aim, lead agency, steps by month, support before a legal power, and when the case would close."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.cases.case_plan import CasePlan, PlanField, PlanStep, PlanStepKind, PlanStepState
from csp_desktop.domain.common.days import month_year
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.actions import Action, ActionKind, Answer
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.cases.case_entry import enter_case, set_reference
from csp_desktop.services.cases.case_plans import (
    add_step,
    agree_step,
    change_step,
    drop_step,
    end_step,
    overdue_plans,
    plan_facts,
    plan_of,
    plan_paper,
    save_plan,
)
from csp_desktop.services.meeting.actions import answer_action, remove_action
from csp_desktop.services.session import Session
from tests.services.cases.test_cases import NEW, case_of
from tests.support.case_files import NOVEMBER, OCTOBER, make_file, opened

REFERENCE = "SN-2026-069502"
AIM: dict[str, Any] = {
    "aim": "No strangers in the flat",
    "agency_id": "council",
    "close_when": "two months without a call",
    "review_on": date(2026, 12, 17),
}


@pytest.fixture(scope="module")
def both_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("plans") / "records.db", OCTOBER, NOVEMBER)


@pytest.fixture
def session(both_exports: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(both_exports, tmp_path / "records.db") as made:
        with made.work.step("people") as records:
            records.save(Agency("council", "Watford Borough Council", "Watford BC", AgencyKind.COUNCIL))
            records.save(Member("ada", "Ada Field", "council", "Officer", Standing.STANDING))
        yield made


@pytest.fixture
def case_id(session: Session) -> str:
    found = case_of(session, REFERENCE).id
    save_plan(session, found, **AIM)
    return found


def steps(session: Session, case_id: str) -> list[str]:
    return [
        f"{month_year(row.step.month)}: {row.step.what}, {row.stands.words}" for row in plan_of(session, case_id).rows
    ]


def test_a_plan_says_its_aim_who_leads_and_when_the_case_would_close(session: Session, case_id: str) -> None:
    plan = plan_of(session, case_id).plan
    assert plan is not None
    assert (plan.aim, plan.agency_id, plan.close_when, plan.review_on) == tuple(AIM.values())
    with pytest.raises(FieldRefused) as refused:
        save_plan(session, case_id, **{**AIM, "aim": " "})
    assert refused.value.field == PlanField.AIM


def test_saving_the_same_again_changes_nothing(session: Session, case_id: str) -> None:
    before = session.work.head()
    save_plan(session, case_id, **AIM)
    assert session.work.head() == before


def test_steps_stand_by_month(session: Session, case_id: str) -> None:
    add_step(session, case_id, what="Ask about a move", kind=PlanStepKind.INFORMATION, month=date(2027, 1, 9))
    add_step(session, case_id, what="Door chain and lights", kind=PlanStepKind.SUPPORT)
    assert steps(session, case_id) == [
        "November 2026: Door chain and lights, planned",
        "January 2027: Ask about a move, planned",
    ]


def test_support_is_tried_before_a_legal_power_is_chosen(session: Session, case_id: str) -> None:
    step = add_step(session, case_id, what="Mediation offered", kind=PlanStepKind.RESTORATIVE)
    end_step(session, step.id, PlanStepState.DONE)
    assert plan_of(session, case_id).tried == "Mediation offered"
    made = add_step(session, case_id, what="Keep visitors out", kind=PlanStepKind.LEGAL, power="closure order")
    assert (made.power, made.tried, made.why_first) == ("closure order", "Mediation offered", "")


def test_a_power_chosen_before_any_support_was_tried_is_asked_about_and_says_why(
    session: Session, case_id: str
) -> None:
    add_step(session, case_id, what="Mediation", kind=PlanStepKind.RESTORATIVE)  # planned, not tried
    asked: dict[str, Any] = {"what": "Keep visitors out", "kind": PlanStepKind.LEGAL}
    refused_without: tuple[tuple[dict[str, Any], PlanField], ...] = (
        ({}, PlanField.POWER),
        ({"power": "closure order"}, PlanField.WHY_FIRST),
    )
    for said, field in refused_without:
        with pytest.raises(FieldRefused) as refused:
            add_step(session, case_id, **asked, **said)
        assert refused.value.field == field
    made = add_step(session, case_id, **asked, power="closure order", why_first="A child is at risk tonight")
    assert (made.tried, made.why_first) == ("", "A child is at risk tonight")


def test_a_step_not_done_says_why(session: Session, case_id: str) -> None:
    step = add_step(session, case_id, what="Home visit", kind=PlanStepKind.SUPPORT)
    with pytest.raises(FieldRefused) as refused:
        end_step(session, step.id, PlanStepState.NOT_DONE)
    assert refused.value.field == PlanField.REASON
    assert end_step(session, step.id, PlanStepState.NOT_DONE, "Moved away").ended_on == session.today
    assert plan_of(session, case_id).next is None


def test_a_step_becomes_an_action_and_stands_as_the_action_does(session: Session, case_id: str) -> None:
    said: dict[str, Any] = {"power": "notice", "why_first": "Violence"}
    step = add_step(session, case_id, what="Serve the notice", kind=PlanStepKind.LEGAL, **said)
    with pytest.raises(Refused, match="whose step it is"):
        agree_step(session, step.id)
    change_step(session, step.id, what=step.what, month=step.month, owner_id="ada")
    action = agree_step(session, step.id)
    assert (action.officer_id, action.case_id, action.kind) == ("ada", case_id, ActionKind.INTERVENTION)
    assert (action.power, action.meeting_id) == ("notice", "november")
    assert steps(session, case_id) == ["November 2026: Serve the notice, agreed as an action"]
    with pytest.raises(Refused, match="is an action already"):
        agree_step(session, step.id)
    with pytest.raises(Refused, match="stays in the plan"):
        drop_step(session, step.id)
    with pytest.raises(Refused, match="Answer the action"):
        end_step(session, step.id, PlanStepState.DONE)
    answer_action(session, action.id, Answer.DONE)
    assert plan_of(session, case_id).rows[0].stands.is_done


def test_a_step_whose_action_was_removed_is_planned_again(session: Session, case_id: str) -> None:
    step = add_step(session, case_id, what="Home visit", kind=PlanStepKind.SUPPORT, owner_id="ada")
    remove_action(session, agree_step(session, step.id).id)
    assert steps(session, case_id) == ["November 2026: Home visit, planned"]
    end_step(session, step.id, PlanStepState.DONE)


def test_a_step_is_due_by_the_end_of_its_month_and_overdue_in_days_after(session: Session, case_id: str) -> None:
    add_step(session, case_id, what="Home visit", kind=PlanStepKind.SUPPORT, owner_id="ada")
    add_step(session, case_id, what="Ask about a move", kind=PlanStepKind.INFORMATION, month=date(2026, 12, 1))
    assert not plan_of(session, case_id).late
    later = replace(session, now=lambda: datetime(2026, 12, 19, 9, tzinfo=UTC))
    plan = plan_of(later, case_id)
    assert [(row.step.what, row.standing) for row in plan.late] == [("Home visit", "19 days overdue")]
    assert plan.words == (
        "Plan: No strangers in the flat; next step Home visit, lead Ada Field, 19 days overdue; review 2 days overdue"
    )
    with session.work.reading() as records:
        assert [one.case.id for one in overdue_plans(records, later.today)] == [case_id]
        assert overdue_plans(records, session.today) == ()


def test_the_line_of_a_case_says_aim_next_step_lead_and_review(session: Session, case_id: str) -> None:
    assert plan_of(session, case_id).words == "Plan: No strangers in the flat; no steps yet; review Thu 17 Dec"
    add_step(session, case_id, what="[police only] Watch the stairs", kind=PlanStepKind.INFORMATION)
    assert plan_of(session, case_id).words == (
        "Plan: No strangers in the flat; next step Marked text, not shown here, lead Watford BC, by Mon 30 Nov; "
        "review Thu 17 Dec"
    )


def test_a_review_is_not_set_on_a_day_gone_by(session: Session, case_id: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        save_plan(session, case_id, **{**AIM, "review_on": date(2026, 11, 1)})
    assert refused.value.field == PlanField.REVIEW_ON
    later = replace(session, now=lambda: datetime(2027, 1, 4, 9, tzinfo=UTC))
    assert save_plan(later, case_id, **{**AIM, "aim": "Safe at home"}).aim == "Safe at home"  # its review has passed


def test_a_step_is_changed_until_it_is_an_action(session: Session, case_id: str) -> None:
    step = add_step(session, case_id, what="Home visit", kind=PlanStepKind.SUPPORT)
    said: dict[str, Any] = {"what": "Two home visits", "month": date(2027, 1, 1), "owner_id": "ada"}
    change_step(session, step.id, **said)
    head = session.work.head()
    change_step(session, step.id, **said)
    assert session.work.head() == head
    assert steps(session, case_id) == ["January 2027: Two home visits, planned"]
    with pytest.raises(FieldRefused):
        change_step(session, step.id, **{**said, "what": " "})
    agree_step(session, step.id)
    with pytest.raises(Refused, match="Change the action"):
        change_step(session, step.id, **{**said, "owner_id": ""})


def test_making_it_an_action_is_one_step_to_undo(session: Session, case_id: str) -> None:
    step = add_step(session, case_id, what="Home visit", kind=PlanStepKind.SUPPORT, owner_id="ada")
    agree_step(session, step.id)
    session.work.undo()
    with session.work.reading() as records:
        assert not records.find(Action, case_id=case_id)
        assert not records.get(PlanStep, step.id).action_id


def test_without_an_aim_there_are_no_steps(session: Session) -> None:
    with pytest.raises(Refused, match="to achieve first"):
        add_step(session, case_of(session, "SN-2026-047400").id, what="Visit", kind=PlanStepKind.SUPPORT)


def test_a_case_by_hand_that_safety_net_shows_too_takes_its_plan_along(session: Session, case_id: str) -> None:
    by_hand = enter_case(session, NEW)
    save_plan(session, by_hand.id, **AIM)
    add_step(session, case_id, what="First", kind=PlanStepKind.SUPPORT)
    add_step(session, by_hand.id, what="Second", kind=PlanStepKind.SUPPORT)
    set_reference(session, by_hand.id, REFERENCE)
    with session.work.reading() as records:
        assert len(records.find(CasePlan)) == 1
    assert [row.step.what for row in plan_of(session, case_id).rows] == ["First", "Second"]


def test_a_step_taken_out_is_gone(session: Session, case_id: str) -> None:
    drop_step(session, add_step(session, case_id, what="Home visit", kind=PlanStepKind.SUPPORT).id)
    assert steps(session, case_id) == []


def test_the_printed_plan_names_steps_by_month_and_what_was_tried_before_a_power(
    session: Session, case_id: str
) -> None:
    papers = replace(session.papers, print_case_plan=lambda sheet, partnership, at: repr(sheet).encode())
    printing = replace(session, papers=papers)
    with pytest.raises(Refused, match="to achieve first"):
        plan_paper(printing, case_of(session, "SN-2026-047400").id)
    step = add_step(session, case_id, what="Mediation", kind=PlanStepKind.RESTORATIVE, owner_id="ada")
    end_step(session, step.id, PlanStepState.DONE)
    add_step(session, case_id, what="Keep out", kind=PlanStepKind.LEGAL, power="closure order", month=date(2027, 1, 1))
    words = plan_paper(printing, case_id).decode()
    for said in ("'November 2026', 'Mediation (restorative work)', 'Ada Field, Watford BC', 'done 2", "January 2027"):
        assert said in words
    assert "Keep out (legal power). Power: closure order. Tried before: Mediation" in words
    facts = plan_facts(plan_of(session, case_id))
    assert facts is not None and facts["steps"][1]["tried"] == "Mediation" and facts["lead"] == "Watford BC"
