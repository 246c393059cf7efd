"""Actions at the table: agreed in one line, answered with their reasons."""

from datetime import date

import pytest

from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, ActionKind, ActionState, Answer
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.services.meeting import actions as agreeing
from tests.support.fakes import fake_session
from tests.support.walk_meeting import fill


@pytest.fixture
def session():
    made = fake_session()
    fill(made.work)
    return made


def agree(session, line, **more):
    said = agreeing.read_line(session, "november", line)
    return agreeing.agree_action(session, "november", said, **more)


def answer(session, action_id, given, **more):
    return agreeing.answer_action(session, action_id, given, meeting_id="november", **more)


def test_an_action_in_one_line(session):
    action = agree(session, "rn detox place, visit with CGL fri", case_id="oak")
    assert (action.officer_id, action.what, action.due) == ("ravi", "Detox place, visit with CGL", date(2026, 11, 27))
    assert (action.number, action.case_id, action.agreed_on) == (1, "oak", date(2026, 11, 26))


def test_actions_are_numbered_by_meeting(session):
    assert [agree(session, "rn visit").number, agree(session, "dh visit").number] == [1, 2]


def test_no_date_is_the_next_meeting(session):
    assert agree(session, "rn visit").due == date(2026, 12, 24)


def test_no_action_without_an_officer(session):
    with pytest.raises(Refused, match="choose the officer"):
        agree(session, "zz visit")


def test_who_sits_here_is_meant_when_someone_absent_has_the_same_initials(session):
    with session.work.step("another") as records:
        from csp_desktop.domain.people.agencies import Member, Standing

        records.save(Member("rob", "Rob Nash", "police", "", Standing.STANDING))
        records.save(Member("zoe", "Zoe Yates", "police", "", Standing.STANDING))
    assert [o.id for o in agreeing.read_line(session, "november", "rn visit").officers] == ["ravi"]
    assert [o.id for o in agreeing.read_line(session, "november", "zy visit").officers] == ["zoe"]


def test_not_done_and_no_longer_possible_both_need_a_reason(session):
    for given in (Answer.NOT_DONE, Answer.NO_LONGER_POSSIBLE):
        with pytest.raises(Refused):
            answer(session, "x3", given, reason="  ")
    assert answer(session, "x3", Answer.NOT_DONE, reason="on leave").state is ActionState.NOT_DONE
    assert answer(session, "x2", Answer.NO_LONGER_POSSIBLE, reason="moved away").state is ActionState.NO_LONGER_POSSIBLE


def test_carrying_on_gives_a_new_date_and_is_counted_once_a_meeting(session):
    with pytest.raises(Refused, match="new date"):
        answer(session, "x3", Answer.CARRY_ON)
    first = answer(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 24))
    assert (first.state, first.due, first.carried) == (ActionState.OPEN, date(2026, 12, 24), 1)
    again = answer(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 17))
    assert (again.due, again.carried) == (date(2026, 12, 17), 1)


def test_carried_on_between_meetings_is_counted_too(session):
    agreeing.answer_action(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 1))
    assert answer(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 24)).carried == 2


def test_the_history_of_an_action_is_kept(session):
    answer(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 24))
    with session.work.reading() as records:
        [kept] = records.find(ActionAnswer, action_id="x3")
    assert (kept.due_before, kept.due_after, kept.by) == (date(2026, 11, 24), date(2026, 12, 24), "Ruth Coyle")


def test_an_answer_can_be_undone(session):
    before = session.work.everything()
    answer(session, "x3", Answer.DONE)
    session.work.undo()
    assert session.work.everything() == before


def test_the_row_says_what_became_of_it(session):
    answer(session, "x1", Answer.DONE)
    answer(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 24))
    with session.work.reading() as records:
        on = records.get(Meeting, "november").on
        rows = agreeing.action_rows(records, records.find(Action, case_id="oak"), on, "november")
    assert [r.status for r in rows] == ["Done", "8 days late", "Carried to 24 Dec"]
    assert [r.answer for r in rows] == [Answer.DONE, None, Answer.CARRY_ON]


def test_open_actions_are_counted_for_everyone_in_the_room(session):
    agree(session, "dh visit")
    counts = {r.officer.id: (r.open, r.late) for r in agreeing.open_counts(session, "november")}
    assert counts == {"dan": (2, 1), "stefan": (1, 1), "ewa": (1, 1), "ravi": (0, 0)}


def test_an_action_is_put_right(session):
    action = agree(session, "rn visit fri")
    after = agreeing.change_action(
        session, action.id, what="Visit twice", officer_id="dan", kind=ActionKind.INTERVENTION
    )
    assert (after.what, after.officer_id, after.due) == ("Visit twice", "dan", date(2026, 11, 27))
    with pytest.raises(Refused):
        agreeing.change_action(session, action.id, what=" ")


def test_an_action_agreed_by_mistake_is_removed_but_not_after_its_meeting_closed(session):
    action = agree(session, "rn visit fri")
    agreeing.remove_action(session, action.id)
    with session.work.reading() as records, pytest.raises(NotFound):
        records.get(Action, action.id)
    with pytest.raises(Refused):
        agreeing.remove_action(session, "x1")


def test_the_actions_of_a_case_the_newest_first(session):
    action = agree(session, "rn visit fri", case_id="oak")
    assert [r.action.id for r in agreeing.actions_of_case(session, "oak")] == [action.id, "x3", "x2", "x1"]
