"""No day said means the next meeting: the action moves with it, in both meetings, and nothing else does."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from csp_desktop.domain.meeting.actions import Action, ActionAnswer, ActionState, Answer
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.services.meeting import actions
from csp_desktop.services.meeting import agenda as meeting_agenda
from csp_desktop.services.meeting.actions import agree_action, answer_action, change_action, read_line
from csp_desktop.services.meeting.agenda import MeetingPlan
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.running_meeting import fix_next_date
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.private import agenda, next_date
from csp_desktop.services.session import Session
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.private_session import LEAD, begun, private_session

PROPOSED, AGREED = date(2026, 12, 24), date(2027, 1, 7)


def agree(session: Session, line: str) -> str:
    return agree_action(session, NOVEMBER, read_line(session, NOVEMBER, line)).id


def action(session: Session, action_id: str) -> Action:
    with session.work.reading() as records:
        return records.get(Action, action_id)


def due(session: Session, action_id: str) -> date | None:
    return action(session, action_id).due


def test_agreeing_the_next_date_moves_what_is_due_then_and_nothing_else() -> None:
    session = partnership()
    silent = [agree(session, f"el visit number {n} at home") for n in range(12)]
    said = agree(session, "el report back 24 dec")
    assert {due(session, one) for one in (*silent, said)} == {PROPOSED}
    fix_next_date(session, NOVEMBER, AGREED)
    assert {due(session, one) for one in silent} == {AGREED}
    assert due(session, said) == PROPOSED
    fix_next_date(session, NOVEMBER, None)
    assert {due(session, one) for one in silent} == {PROPOSED}


def test_a_meeting_that_was_held_later_is_not_the_next_one() -> None:
    session = partnership()
    with session.work.step("others") as records:
        held = records.get(Meeting, NOVEMBER)
        records.save(replace(held, id="later", on=date(2026, 12, 10), state=MeetingState.CLOSED))
        assert next_meeting_day(session, records, held) == PROPOSED
        records.save(replace(held, id="planned", on=date(2026, 12, 17), state=MeetingState.PLANNED))
        assert next_meeting_day(session, records, held) == date(2026, 12, 17)


def test_what_was_carried_on_to_the_next_meeting_moves_with_its_answer() -> None:
    session = partnership()
    answer_action(session, "old-1", Answer.CARRY_ON, due=PROPOSED, meeting_id=NOVEMBER)
    answer_action(session, "old-2", Answer.CARRY_ON, due=date(2026, 12, 22), meeting_id=NOVEMBER)
    answer_action(session, "old-3", Answer.DONE, meeting_id=NOVEMBER)
    fix_next_date(session, NOVEMBER, AGREED)
    assert (due(session, "old-1"), due(session, "old-2")) == (AGREED, date(2026, 12, 22))
    with session.work.reading() as records:
        answers = {a.action_id: a.due_after for a in records.find(ActionAnswer, meeting_id=NOVEMBER)}
    assert (answers["old-1"], answers["old-2"]) == (AGREED, date(2026, 12, 22))
    assert action(session, "old-3").state is ActionState.DONE
    close_meeting(session, NOVEMBER, reason="time")
    lines = draft_minutes(session, NOVEMBER).answers
    assert {a.due_after for a in lines if a.answer is Answer.CARRY_ON} == {AGREED, date(2026, 12, 22)}


def test_the_date_agreed_at_the_closing_moves_them_too_and_is_taken_back_with_it() -> None:
    session = partnership()
    silent = agree(session, "el visit at home")
    close_meeting(session, NOVEMBER, next_on=AGREED, reason="time")
    assert due(session, silent) == AGREED
    session.work.undo()
    assert due(session, silent) == PROPOSED


def test_a_day_given_later_stays_and_no_day_goes_back_to_the_next_meeting() -> None:
    session = partnership()
    one, two = agree(session, "el visit at home"), agree(session, "el call 18 dec")
    change_action(session, one, due=date(2026, 12, 11))
    change_action(session, two, no_day=True)
    fix_next_date(session, NOVEMBER, AGREED)
    assert (due(session, one), due(session, two)) == (date(2026, 12, 11), AGREED)


def test_what_is_changed_otherwise_still_moves() -> None:
    session = partnership()
    one = agree(session, "el visit at home")
    change_action(session, one, what="Visit at the hostel")
    fix_next_date(session, NOVEMBER, AGREED)
    assert due(session, one) == AGREED


def test_planning_the_next_meeting_for_another_day_moves_them() -> None:
    session = partnership()
    silent = agree(session, "el visit at home")
    close_meeting(session, NOVEMBER, reason="time")
    plan = MeetingPlan(AGREED, time(14), time(16), "Town Hall", "hana", "ruth")
    made = meeting_agenda.plan_meeting(session, plan)
    assert due(session, silent) == AGREED
    meeting_agenda.change_meeting(session, made.id, replace(plan, on=date(2027, 1, 14)))
    assert due(session, silent) == date(2027, 1, 14)


@pytest.mark.parametrize(("stood", "moves"), [(PROPOSED, True), (date(2026, 12, 23), False)])
def test_an_action_of_an_older_file_moves_when_it_stood_on_the_day_of_the_next_meeting(
    stood: date, moves: bool
) -> None:
    session = partnership()
    with session.work.step("an older file", of_held=True) as records:
        records.save(replace(records.get(Action, "new-1"), due=stood, next_of_id=None))
    fix_next_date(session, NOVEMBER, AGREED)
    assert due(session, "new-1") == (AGREED if moves else stood)


def test_in_the_private_meeting_actions_and_who_is_seen_again_move_too() -> None:
    session: Any = private_session()
    sitting = begun(session, LEAD)
    sitting.open_person()
    made = sitting.agree("rn find a kennel space")
    day = sitting.agree("rn ask the shelter mon")
    sitting.choose(PersonOutcome.CONTINUE)
    with session.work.reading() as records:
        meeting = records.get(Meeting, sitting.meeting_id)
        proposed = next_meeting_day(session, records, meeting)
        turn = next(t for t in records.find(PersonTurn, meeting_id=meeting.id) if t.outcome)
    assert turn.see_again_on == due(session, made.id) == proposed
    next_date.fix_next_date(session, sitting.meeting_id, date(2027, 1, 8))
    assert due(session, made.id) == date(2027, 1, 8)
    sitting.close(next_on=AGREED)
    with session.work.reading() as records:
        assert records.get(PersonTurn, turn.id).see_again_on == AGREED
    assert due(session, made.id) == AGREED and due(session, day.id) == day.due
    later = date(2027, 1, 21)
    agenda.plan(session, later, time(15), time(16))
    assert due(session, made.id) == later
    with session.work.reading() as records:
        assert records.get(PersonTurn, turn.id).see_again_on == later


def test_between_meetings_an_action_carried_on_to_the_next_meeting_is_due_there() -> None:
    session = partnership()
    close_meeting(session, NOVEMBER, next_on=PROPOSED, reason="time")
    answer_action(session, "old-1", Answer.CARRY_ON, due=PROPOSED)
    assert action(session, "old-1").next_of_id == NOVEMBER
    meeting_agenda.plan_meeting(session, MeetingPlan(AGREED, time(14), time(16), "Town Hall", "hana", "ruth"))
    assert due(session, "old-1") == AGREED
    with session.work.reading() as records:
        assert records.get(Meeting, NOVEMBER).state is MeetingState.CLOSED
    assert actions.status_of(action(session, "old-1"), PROPOSED)[0] != "14 days overdue"
