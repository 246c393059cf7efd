"""Round the table: who is asked, in what order, and what the answers add up to."""

from dataclasses import replace
from datetime import date

from csp_desktop.domain.meeting.actions import Action, Answer
from csp_desktop.services.meeting.action_review import WHAT_CHANGED, WHY_NOT, Due, Show, round_table
from csp_desktop.services.meeting.actions import answer_action
from tests.support.held_meeting import NOVEMBER, partnership


def test_only_earlier_actions_are_asked_about_at_a_meeting() -> None:
    table = round_table(partnership(), NOVEMBER)
    assert {row.action.id for row in table.rows} == {f"old-{n}" for n in range(1, 13)}


def test_between_meetings_every_open_action_is_listed() -> None:
    ids = {row.action.id for row in round_table(partnership()).rows}
    assert {"old-1", "new-1", "new-4"} <= ids and "old-done" not in ids


def test_an_agencys_officers_sit_together_and_the_agency_with_most_late_comes_first() -> None:
    agencies = [row.agency for row in round_table(partnership(), NOVEMBER).officers]
    assert agencies[0] == "Hertfordshire Constabulary"
    assert len(set(agencies)) == sum(a != b for a, b in zip(agencies, ["", *agencies], strict=False))


def test_an_officers_late_actions_come_first_the_longest_late_at_the_top() -> None:
    rows = round_table(partnership(), NOVEMBER).of("dan")
    assert [row.days_late for row in rows] == [14, 9, 2, 0, 0]
    assert [row.group for row in rows] == [Due.LATE, Due.LATE, Due.LATE, Due.NOW, Due.LATER]


def test_an_officers_actions_to_come_stand_by_their_days_and_those_without_a_day_last() -> None:
    session = partnership()
    with session.work.step("days") as records:
        for number, day in ((1, date(2026, 12, 17)), (2, date(2026, 12, 3)), (3, None), (4, date(2026, 12, 10))):
            records.save(replace(records.get(Action, f"old-{number}"), due=day))
    rows = round_table(session, NOVEMBER).of("dan")
    assert [row.action.id for row in rows] == ["old-2", "old-4", "old-5", "old-1", "old-3"]


def test_answers_leave_every_row_in_its_place() -> None:
    session = partnership()
    before = [row.action.id for row in round_table(session, NOVEMBER).rows]
    answer_action(session, "old-2", Answer.DONE, meeting_id=NOVEMBER)
    answer_action(session, "old-1", Answer.CARRY_ON, due=date(2027, 1, 7), meeting_id=NOVEMBER)
    table = round_table(session, NOVEMBER)
    assert [row.action.id for row in table.rows] == before
    assert (table.answered, table.count(Answer.DONE), table.count(Answer.CARRY_ON)) == (2, 1, 1)


def test_an_officer_is_counted_down_as_they_answer() -> None:
    session = partnership()
    answer_action(session, "old-1", Answer.DONE, meeting_id=NOVEMBER)
    dan = next(row for row in round_table(session, NOVEMBER).officers if row.officer.id == "dan")
    assert (dan.to_ask, dan.late, dan.total) == (4, 2, 5)


def test_carried_on_a_third_time_is_said() -> None:
    row = next(row for row in round_table(partnership(), NOVEMBER).rows if row.action.id == "old-7")
    assert (row.times, row.history) == ("3rd time", "Agreed Thu 29 Oct, carried forward twice before")


def test_why_not_is_counted_by_reason() -> None:
    session = partnership()
    for action_id, choice in (("old-1", WHY_NOT[0]), ("old-2", WHY_NOT[0]), ("old-3", WHY_NOT[1])):
        answer_action(session, action_id, Answer.NOT_DONE, reason=f"{choice}: x", meeting_id=NOVEMBER)
    answer_action(session, "old-7", Answer.NOT_DONE, reason="Ladder stolen", meeting_id=NOVEMBER)
    assert round_table(session, NOVEMBER).reasons == ((WHY_NOT[0], 2), (WHY_NOT[1], 1), (WHY_NOT[-1], 1))


def test_usual_reasons_are_offered_and_the_last_of_each_stands_for_any_other() -> None:
    assert WHY_NOT == ("Waiting for another agency", "Could not reach", "Not lawful", "No time", "Another reason")
    assert (WHAT_CHANGED[:3], WHAT_CHANGED[-1]) == (
        ("Moved away", "Case closed", "Another way was found"),
        "Another change",
    )
    assert "The law or a court decided" in WHAT_CHANGED


def test_the_list_narrows_to_late_carried_or_one_kind() -> None:
    session = partnership()
    assert all(row.days_late for row in round_table(session, show=Show.LATE).rows)
    assert {row.action.id for row in round_table(session, show=Show.CARRIED).rows} == {"old-2", "old-7", "old-11"}
    assert {row.action.kind.value for row in round_table(session, show=Show.INTERVENTION).rows} == {"intervention"}


def test_what_was_answered_last_comes_first() -> None:
    session = partnership()
    answer_action(session, "old-1", Answer.DONE, meeting_id=NOVEMBER)
    session.now.advance(seconds=20)
    answer_action(session, "old-4", Answer.DONE, meeting_id=NOVEMBER)
    assert [row.action.id for row in round_table(session, NOVEMBER).latest()] == ["old-4", "old-1"]


def test_an_answer_between_meetings_stays_on_the_list_for_the_day() -> None:
    session = partnership()
    answer_action(session, "old-1", Answer.DONE)
    assert "old-1" in {row.action.id for row in round_table(session).rows}
    session.now.advance(days=1)
    assert "old-1" not in {row.action.id for row in round_table(session).rows}


def test_carrying_on_without_a_day_means_the_next_meeting() -> None:
    assert round_table(partnership(), NOVEMBER).propose_due == date(2026, 12, 24)
