"""Actions at the table: agreed in one line, answered with their reasons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.meeting.action_line import ActionChange
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, ActionKind, ActionState, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.people.agencies import Member, Standing
from csp_desktop.services.meeting import actions as meeting_actions
from tests.support.fakes import NOON, FixedClock, fake_session
from tests.support.walk_meeting import fill


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def session(clock):
    made = fake_session(now=clock)
    fill(made.work)
    return made


def agree(session, line, **more):
    said = meeting_actions.read_line(session, "november", line)
    return meeting_actions.agree_action(session, "november", said, **more)


def answer(session, action_id, given, **more):
    return meeting_actions.answer_action(session, action_id, given, meeting_id="november", **more)


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
        records.save(Member("rob", "Rob Nash", "police", "", Standing.STANDING))
        records.save(Member("zoe", "Zoe Yates", "police", "", Standing.STANDING))
    assert [o.id for o in meeting_actions.read_line(session, "november", "rn visit").owners] == ["ravi"]
    assert [o.id for o in meeting_actions.read_line(session, "november", "zy visit").owners] == ["zoe"]


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
    meeting_actions.answer_action(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 1))
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
        rows = meeting_actions.action_rows(records, records.find(Action, case_id="oak"), on, "november")
    assert [r.status for r in rows] == ["Done", "8 days overdue", "Carried forward to Thu 24 Dec"]
    assert [r.answer for r in rows] == [Answer.DONE, None, Answer.CARRY_ON]


def test_open_actions_are_counted_for_everyone_in_the_room(session):
    agree(session, "dh visit")
    counts = {r.officer.id: (r.open, r.late) for r in meeting_actions.open_counts(session, "november")}
    assert counts == {"dan": (2, 1), "stefan": (1, 1), "ewa": (1, 1), "ravi": (0, 0)}


def test_an_action_is_put_right(session):
    action = agree(session, "rn visit fri")
    after = meeting_actions.change_action(
        session, action.id, what="Visit twice", officer_id="dan", kind=ActionKind.INTERVENTION
    )
    assert (after.what, after.officer_id, after.due) == ("Visit twice", "dan", date(2026, 11, 27))
    with pytest.raises(Refused):
        meeting_actions.change_action(session, action.id, what=" ")


def test_an_action_agreed_by_mistake_is_removed_but_not_after_its_meeting_closed(session):
    action = agree(session, "rn visit fri")
    meeting_actions.remove_action(session, action.id)
    with session.work.reading() as records, pytest.raises(NotFound):
        records.get(Action, action.id)
    with pytest.raises(Refused):
        meeting_actions.remove_action(session, "x1")


def test_the_actions_of_a_case_the_most_overdue_first_then_the_newest(session):
    action = agree(session, "rn visit fri", case_id="oak")
    rows = meeting_actions.actions_of_case(session, "oak")
    late = [row.action.id for row in rows if "overdue" in row.status]
    assert late and [row.action.id for row in rows][: len(late)] == late
    days = [int(row.status.split()[0]) for row in rows if row.action.id in late]
    assert days == sorted(days, reverse=True)
    assert [row.action.id for row in rows if row.action.id not in late][0] == action.id


def test_what_was_agreed_last_time_has_overdue_first_and_an_answer_moves_no_row(session):
    with session.work.reading() as records:
        chosen = records.find(Action, case_id="oak")
        before = [a.id for a in meeting_actions.overdue_first(records, chosen, date(2026, 11, 26), "november")]
    first = next(a for a in chosen if a.id == before[0])
    assert first.due < date(2026, 11, 26)
    answer(session, first.id, Answer.CARRY_ON, due=date(2026, 12, 24))
    with session.work.reading() as records:
        chosen = records.find(Action, case_id="oak")
        assert [a.id for a in meeting_actions.overdue_first(records, chosen, date(2026, 11, 26), "november")] == before
        assert meeting_actions.overdue_first(records, chosen, date(2026, 11, 26))[0].id != first.id


def other_member(session, key, name, agency="police", **more):
    with session.work.step("another") as records:
        records.save(Member(key, name, agency, "", Standing.STANDING, **more))


def stored(session, kind, record_id):
    with session.work.reading() as records:
        return records.get(kind, record_id)


def change(session, kind, record_id, **changes):
    with session.work.step("changed") as records:
        records.save(replace(records.get(kind, record_id), **changes))


def test_who_is_in_the_room_is_offered_first_by_name_and_nobody_who_left(session):
    other_member(session, "zoe", "Zoe Yates")
    other_member(session, "bea", "Bea Young")
    other_member(session, "tom", "Tom Uri", active=False)
    change(session, Attendance, "a-ravi", left_at=NOON)
    offered = meeting_actions.people_for_actions(session, "november")
    assert [(p.id, p.agency) for p in offered] == [
        ("ewa", "CGL"),
        ("dan", "Police"),
        ("stefan", "WBC"),
        ("bea", "Police"),
        ("ravi", "New Hope"),
        ("zoe", "Police"),
    ]


def test_an_officer_without_agency_or_no_longer_in_the_register_still_has_a_row(session):
    other_member(session, "lou", "Lou Ash", agency="gone")
    with session.work.reading() as records:
        known = meeting_actions.officers(records)
    assert (known["lou"].agency, known["lou"].initials, known["dan"].agency_id) == ("", "LA", "police")
    assert meeting_actions.officer_of(known, "dan").name == "PS Dan Holt"
    assert meeting_actions.officer_of(known, "who left") == meeting_actions.Officer("who left", "No officer", "?", "")


def test_an_action_keeps_where_when_and_how_it_was_agreed(session):
    said = agree(session, "dh serve notice power: closure order fri", item_id="item")
    assert (said.kind, said.power, said.item_id, said.agreed_at) == (
        ActionKind.INTERVENTION,
        "Closure order",
        "item",
        NOON,
    )
    assert (said.next_of_id, said.meeting_id) == ("", "november")
    other = agree(session, "dh serve notice", power="Injunction")
    assert (other.power, other.next_of_id) == ("Injunction", "november")


def test_a_day_chosen_by_hand_is_not_moved_with_the_next_meeting(session):
    action = agree(session, "rn visit")
    moved = meeting_actions.change_action(session, action.id, due=date(2026, 12, 3))
    assert (moved.due, moved.next_of_id, moved.changed_at) == (date(2026, 12, 3), "", NOON)
    back = meeting_actions.change_action(session, action.id, no_day=True)
    assert (back.due, back.next_of_id) == (action.due, "november")


def test_a_change_that_changes_nothing_is_no_change(session):
    action = agree(session, "rn visit twice")
    assert meeting_actions.change_action(session, action.id, what=" Visit   twice ") == action
    head = session.work.head()
    assert meeting_actions.apply_change(session, action.id, ActionChange()) == action
    assert session.work.head() == head


def test_what_was_changed_in_a_line_is_changed_and_nothing_else(session):
    action = agree(session, "rn visit fri", case_id="oak")
    after = meeting_actions.apply_change(
        session, action.id, ActionChange("Visit at night", "dan", None, date(2026, 12, 1), False, None, "Closure order")
    )
    assert after == replace(
        action,
        what="Visit at night",
        officer_id="dan",
        due=date(2026, 12, 1),
        kind=ActionKind.INTERVENTION,
        power="Closure order",
        changed_at=NOON,
    )
    assert meeting_actions.apply_change(session, action.id, ActionChange(no_day=True)).next_of_id == "november"
    with pytest.raises(NotFound):
        meeting_actions.change_action(session, action.id, officer_id="nobody")


def test_an_action_taken_away_marks_what_it_was_read_back_with(session):
    change(session, CaseTurn, "t-oak", read_back_at=NOON)
    change(session, CaseTurn, "t-elm", read_back_at=NOON)
    with session.work.step("an item") as records:
        records.save(AgendaItem("item", "november", 9, ItemKind.OTHER, "Other business", 5, read_back_at=NOON))
        records.save(AgendaItem("free", "november", 9, ItemKind.OTHER, "Other business", 5))
    for line, about in (
        ("rn visit", {"case_id": "oak"}),
        ("rn call", {"item_id": "item"}),
        ("rn do", {"item_id": "free"}),
    ):
        meeting_actions.remove_action(session, agree(session, line, **about).id)
    assert stored(session, CaseTurn, "t-oak").changed_at == NOON == stored(session, AgendaItem, "item").changed_at
    assert stored(session, CaseTurn, "t-elm").changed_at is None is stored(session, AgendaItem, "free").changed_at


def test_with_an_action_taken_away_its_answers_go(session):
    action = agree(session, "rn visit fri")
    answer(session, action.id, Answer.DONE)
    meeting_actions.remove_action(session, action.id)
    with session.work.reading() as records:
        assert records.find(ActionAnswer) == []


def test_carried_on_to_the_next_meeting_it_moves_with_it_and_to_another_day_it_does_not(session):
    due = date(2026, 12, 24)
    assert answer(session, "x3", Answer.CARRY_ON, due=due).next_of_id == "november"
    assert answer(session, "x3", Answer.CARRY_ON, due=date(2026, 12, 23)).next_of_id == ""
    between = meeting_actions.answer_action(session, "x2", Answer.CARRY_ON, due=date(2026, 11, 26))
    assert between.next_of_id == "october"
    assert answer(session, "x1", Answer.DONE).next_of_id is None


def test_an_answer_between_meetings_counts_from_today(session):
    late = meeting_actions.answer_action(session, "x3", Answer.DONE, reason=" on   Monday ")
    assert (late.closed_on, late.reason) == (date(2026, 11, 26), "on Monday")
    with session.work.reading() as records:
        (kept,) = records.find(ActionAnswer)
        assert meeting_actions.answers_here(records, "", "x3") == []
    assert (kept.meeting_id, kept.reason, kept.at, kept.answer) == ("", "on Monday", NOON, Answer.DONE)


@pytest.mark.parametrize(
    ("changes", "given", "status"),
    [
        ({"state": ActionState.DONE}, None, ("Done", "low")),
        ({"state": ActionState.NOT_DONE}, None, ("Not done", "high")),
        ({"state": ActionState.NO_LONGER_POSSIBLE}, None, ("No longer possible", "neutral")),
        ({"due": date(2026, 12, 3)}, Answer.CARRY_ON, ("Carried forward to Thu 3 Dec", "medium")),
        ({"due": date(2026, 11, 25)}, None, ("1 day overdue", "high")),
        ({"due": date(2026, 11, 26)}, None, ("Open", "neutral")),
        ({"due": date(2026, 11, 26), "carried": 1}, None, ("2nd time", "medium")),
        ({"due": None}, Answer.CARRY_ON, ("Open", "neutral")),
    ],
)
def test_the_status_of_an_action_has_words_and_a_tone(session, changes, given, status):
    action = replace(stored(session, Action, "x1"), **changes)
    assert meeting_actions.status_of(action, date(2026, 11, 26), given) == status


def test_a_row_says_the_officer_the_day_and_what_came_after_the_read_back(session):
    action = agree(session, "rn visit fri")
    with session.work.reading() as records:
        no_day = replace(action, due=None, officer_id="who left")
        early, late = meeting_actions.action_rows(
            records, [action, no_day], date(2026, 11, 26), read_back_at=NOON - timedelta(minutes=1)
        )
        (same,) = meeting_actions.action_rows(records, [action], date(2026, 11, 26), read_back_at=NOON)
        assert meeting_actions.action_rows(records, [], date(2026, 11, 26), "november") == ()
    assert (early.line, early.later) == ("Ravi Nair, Fri 27 Nov", "agreed after the read-back, 14:00")
    assert (late.line, same.later) == ("No officer, no date", "")


def test_the_last_answer_given_at_a_meeting_is_the_one_shown(session, clock):
    answer(session, "x1", Answer.NOT_DONE, reason="on leave")
    clock.advance(minutes=1)
    answer(session, "x1", Answer.DONE)
    with session.work.reading() as records:
        (row,) = meeting_actions.action_rows(records, [records.get(Action, "x1")], date(2026, 11, 26), "november")
        (elsewhere,) = meeting_actions.action_rows(records, [records.get(Action, "x1")], date(2026, 11, 26), "october")
    assert (row.answer, elsewhere.answer) == (Answer.DONE, None)


def test_the_most_open_actions_stand_first_then_the_name_and_who_is_not_in_the_register_too(session):
    agree(session, "dh visit")
    with session.work.step("a guest") as records:
        guest = replace(records.get(Attendance, "a-ravi"), id="a-guest", member_id="", name="Al Moss", signed_at=None)
        records.save(guest)
        records.save(replace(records.get(Attendance, "a-ewa"), left_at=NOON))
    counts = meeting_actions.open_counts(session, "november")
    assert [(row.officer.name, row.open, row.late, row.signed) for row in counts] == [
        ("PS Dan Holt", 2, 1, True),
        ("Ștefan Ionescu", 1, 1, True),
        ("Al Moss", 0, 0, False),
        ("Ravi Nair", 0, 0, True),
    ]
    assert (counts[2].officer.initials, counts[2].officer.agency) == ("AM", "New Hope")


def test_only_whose_actions_changed_are_counted_again(session):
    rows = meeting_actions.open_counts(session, "november")
    agree(session, "rn visit")
    agree(session, "dh visit")
    again = meeting_actions.counted_again(session, rows, ["ravi"])
    assert {row.officer.id: row.open for row in again} == {"dan": 1, "ewa": 1, "stefan": 1, "ravi": 1}
    assert meeting_actions.counted_again(session, rows, []) == rows
    assert meeting_actions.counted_again(session, rows, ["ravi", "dan"])[0].officer.id == "dan"


def test_the_line_being_typed_is_kept_for_its_meeting_until_it_is_agreed(session):
    assert meeting_actions.kept_line(session, "november") == ""
    assert meeting_actions.keep_line(session, "november", "rn det") == NOON
    assert (meeting_actions.kept_line(session, "november"), meeting_actions.kept_line(session, "october")) == (
        "rn det",
        "",
    )
    meeting_actions.drop_line(session, "november")
    meeting_actions.drop_line(session, "november")
    assert meeting_actions.kept_line(session, "november") == ""


def test_of_a_case_that_is_gone_no_actions_are_shown(session):
    with pytest.raises(NotFound):
        meeting_actions.actions_of_case(session, "gone")
