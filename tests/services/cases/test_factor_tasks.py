"""A task for a factor is agreed at the meeting that runs, else for the next one; what came of it is told by case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.cases import Case, SubjectType
from csp_desktop.domain.cases.factor_tasks import for_factor
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.meeting.action_line import ParsedAction, parse
from csp_desktop.domain.meeting.actions import Action, ActionState, Answer
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases import assessing, factor_tasks
from csp_desktop.services.meeting import case_walk
from csp_desktop.services.meeting.action_review import round_table
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.session import Session
from tests.support.held_meeting import NOVEMBER, OCTOBER, partnership

OCTOBER_ON = date(2026, 10, 29)


@pytest.fixture
def session() -> Session:
    made: Session = partnership()
    session = replace(made, papers=replace(made.papers, shipped_matrix=shipped_case_matrix))
    with session.work.step("a person") as records:
        case = min(records.find(Case), key=lambda one: one.reference)
        records.save(replace(case, subject_type=SubjectType.VICTIM))
    return session


def case_id(session: Session) -> str:
    with session.work.reading() as records:
        return str(min(records.find(Case), key=lambda one: one.reference).id)


def said(session: Session, line: str) -> ParsedAction:
    basis = factor_tasks.who_and_when(session)
    return parse(line, basis.people, basis.days.today, basis.days.next_meeting or basis.days.today)


def later(session: Session, days: int) -> Session:
    return replace(session, now=lambda: session.now() + timedelta(days=days))


def agree(session: Session, factor: str, line: str) -> Action:
    return factor_tasks.agree_for_factor(
        session, assessing.sheet(session, case_id(session)), factor, said(session, line)
    )


def with_meetings(session: Session, state: MeetingState, on: date) -> None:
    with session.work.step("the meeting") as records:
        records.save(replace(records.get(Meeting, NOVEMBER), state=state, on=on))


def test_at_a_meeting_that_runs_the_task_is_agreed_there_with_the_factor_and_its_points(session: Session) -> None:
    assessing.answer(session, case_id(session), "often", "2")
    made = agree(session, "often", "dh visit twice a week fri")
    assert (made.meeting_id, made.case_id, made.factor, made.factor_points) == (
        NOVEMBER,
        case_id(session),
        "often",
        assessing.sheet(session, case_id(session)).score.total,
    )
    assert made.factor_label == "How often it happens" and made.what == "Visit twice a week"
    (row,) = factor_tasks.tasks_by_factor(session, case_id(session))["often"]
    assert row.action == made and row.officer.name == "PS Dan Holt"


def test_between_meetings_it_is_agreed_today_for_the_next_one_and_due_there(session: Session) -> None:
    with_meetings(session, MeetingState.PLANNED, session.today + timedelta(days=9))
    assessing.answer(session, case_id(session), "often", "2")
    made = agree(session, "often", "dh visit the landlord")
    assert (made.meeting_id, made.agreed_on, made.due) == (NOVEMBER, session.today, session.today + timedelta(days=9))
    with_meetings(session, MeetingState.CLOSED, session.today)
    with pytest.raises(Refused, match="Plan the next meeting first"):
        agree(session, "often", "dh visit the landlord")


def test_a_task_needs_a_factor_with_points_that_could_fall(session: Session) -> None:
    now = assessing.sheet(session, case_id(session))
    with pytest.raises(Refused, match="Answer this factor first"):
        factor_tasks.factor_then(now, "often")
    zero = now.matrix.factor("often")
    assert zero is not None
    with pytest.raises(Refused, match="has 0 points"):
        factor_tasks.factor_then(assessing.answer(session, case_id(session), "often", zero.options[0].key), "often")
    assessing.answer(session, case_id(session), "often", "2")
    with pytest.raises(NotAllowed):
        agree(replace(session, roles=frozenset()), "often", "dh visit")


def test_last_time_s_answer_counts_while_today_s_is_missing(session: Session) -> None:
    assessing.answer(session, case_id(session), "often", "2")
    month = later(session, 28)
    assert factor_tasks.factor_then(assessing.sheet(month, case_id(session)), "often").points > 0


def test_next_month_what_moved_is_shown_with_the_task_and_whether_it_was_done(session: Session) -> None:
    key = case_id(session)
    assessing.assess(session, key, {"often": "3", "kind": "1"})
    task = agree(session, "often", "dh visit the landlord fri")
    answer_action(later(session, 5), task.id, Answer.DONE)
    month = later(session, 28)
    assessing.assess(month, key, {"often": "1", "kind": "1"})
    with month.work.reading() as records:
        moved = factor_tasks.what_moved_in(month, records, key)
        now = factor_tasks.now_of(records, key, records.find(Action, case_id=key))
    (row,) = moved.rows
    assert (row.label, row.came.value, moved.refused) == ("How often it happens", "Done, fell", "")
    assert row.before is not None and row.now == now[task.id].points < row.before
    assert moved.named[task.id].officer.name == "PS Dan Holt"


def test_one_assessment_alone_compares_nothing_and_says_so(session: Session) -> None:
    key = case_id(session)
    with session.work.reading() as records:
        assert factor_tasks.what_moved_in(session, records, key) == factor_tasks.WhatMoved()
    assessing.answer(session, key, "often", "2")
    with session.work.reading() as records:
        moved = factor_tasks.what_moved_in(session, records, key)
    assert moved.rows == () and moved.refused == "Assessed once here: nothing to compare yet."


def test_a_line_half_typed_is_kept_with_its_factor(session: Session) -> None:
    key = case_id(session)
    factor_tasks.keep_line(session, key, "often", "dh vis")
    assert factor_tasks.kept_line(session, key) == ("often", "dh vis")
    factor_tasks.keep_line(session, key, "often", "")
    assert factor_tasks.kept_line(session, key) == ("", "")


def october_task(session: Session, state: ActionState) -> Action:
    """An action of October, made a task for a factor assessed then; nothing else of its case is open."""
    with session.work.reading() as records:
        action = min(
            (one for one in records.find(Action, meeting_id=OCTOBER) if one.case_id), key=lambda one: one.number
        )
    month_ago = later(session, -28)
    assessing.answer(month_ago, action.case_id, "often", "3")
    then = factor_tasks.factor_then(assessing.sheet(month_ago, action.case_id), "often")
    closed = OCTOBER_ON + timedelta(days=3) if state is ActionState.DONE else None
    with session.work.step("a task") as records:
        for other in records.find(Action, case_id=action.case_id):
            records.save(replace(other, state=ActionState.DONE, closed_on=OCTOBER_ON))
        task = for_factor(replace(action, state=state, closed_on=closed, what="Visit the landlord"), then)
        records.save(task)
    return task


def test_the_next_meeting_asks_by_itself_until_the_factor_is_assessed(session: Session) -> None:
    task = october_task(session, ActionState.DONE)
    with session.work.reading() as records:
        (turn,) = records.find(CaseTurn, meeting_id=NOVEMBER, case_id=task.case_id)
    asked = case_walk.ask_now(case_walk.live_case(session, turn.id))
    assert asked is not None
    assert asked.question.endswith("to visit the landlord: did “How often it happens” fall from 5 points?")
    assessing.answer(session, task.case_id, "often", "1")
    row = case_walk.live_case(session, turn.id)
    asked = case_walk.ask_now(row)
    assert row.factor_now[task.id].points == 1 and (asked is None or "fall" not in asked.question)


def test_round_the_table_an_open_task_says_its_factor(session: Session) -> None:
    task = october_task(session, ActionState.OPEN)

    def told() -> str:
        return next(row.factor for row in round_table(session, NOVEMBER).rows if row.action.id == task.id)

    assert told() == "Did “How often it happens” fall from 5 points?"
    assessing.answer(session, task.case_id, "often", "1")
    assert told() == "“How often it happens”: 5 then, 1 on Thu 26 Nov"
