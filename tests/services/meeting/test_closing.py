"""The end of a meeting: what is missing, what is mended, what closing leaves behind."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Override
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.services.meeting.actions import change_action
from csp_desktop.services.meeting.closing import (
    Check,
    Closing,
    close_meeting,
    closing,
    date_actions,
    defer_uncalled,
    return_to,
)
from csp_desktop.services.meeting.running_meeting import fix_next_date
from csp_desktop.services.meeting.sign_in import record_apology
from tests.support.held_meeting import NOVEMBER, OCTOBER, partnership

NEXT = date(2026, 12, 24)


def _failed(state: Closing) -> dict[Check, str]:
    return {row.check: row.words for row in state.failed}


def _get(session: Any, kind: type, record_id: str) -> Any:
    with session.work.reading() as records:
        return records.get(kind, record_id)


def test_every_thing_missing_is_a_row_of_its_own() -> None:
    state = closing(partnership(8), NOVEMBER)
    assert _failed(state) == {
        Check.APOLOGIES: "Seán Ó Briain did not come and sent no apologies",
        Check.ITEMS: "Emerging issues by area of work was not discussed",
        Check.OUTCOMES: "SN-2026-0403, JK has no outcome",
        Check.DATES: "An action has no date",
    }
    assert state.passed == (Check.SIGNED, Check.OFFICERS, Check.COMPLETE)
    assert {row.check: row.detail for row in state.failed} == {
        Check.APOLOGIES: "Probation Service",
        Check.ITEMS: "Agenda item 5",
        Check.OUTCOMES: "It was started, but no decision was recorded",
        Check.DATES: "Home visit and report back, Ewa Łukasik",
    }


def test_a_decision_chosen_and_not_read_back_is_missing_too() -> None:
    session = partnership(8)
    with session.work.step("chosen") as records:
        turn = records.get(CaseTurn, "turn-3")
        records.save(replace(turn, outcome=Outcome.CONTINUE, state=TurnState.OUTCOME_CHOSEN))
    (row,) = [row for row in closing(session, NOVEMBER).failed if row.check is Check.OUTCOMES]
    assert (row.words, row.detail) == ("SN-2026-0403, JK: the decision was not read back", "Chosen: continue")


def test_an_action_of_nobody_is_missing_its_officer() -> None:
    session = partnership(8)
    with session.work.step("nobody") as records:
        records.save(replace(records.get(Action, "new-1"), officer_id=""))
    assert _failed(closing(session, NOVEMBER))[Check.OFFICERS] == "An action has no officer"


def test_what_is_mended_passes() -> None:
    session = partnership(8)
    change_action(session, "new-3", due=date(2026, 12, 3))
    record_apology(session, NOVEMBER, "sean", information_sent=False, received_on=None)
    passed = closing(session, NOVEMBER).passed
    assert Check.DATES in passed and Check.APOLOGIES in passed


def test_uncalled_cases_are_listed_with_the_reason() -> None:
    state = closing(partnership(8), NOVEMBER)
    assert [(row.name, row.why) for row in state.uncalled][:2] == [
        ("SN-2026-0404, JK", "deferred: the officer is away"),
        ("SN-2026-0405, JK", "opened, not decided"),
    ]
    assert state.uncalled[1].title == "St Albans Road: begging"  # for the screen
    assert (state.called, state.not_reached, state.opened) == (3, 4, 1)


def _without_override(session: Any) -> Any:
    with session.work.step("no reason is minuted") as records:
        for made in records.find(Override, meeting_id=NOVEMBER):
            records.remove(made)
    return session


def test_an_unsigned_person_needs_a_signature_or_a_minuted_reason_before_closing() -> None:
    session = partnership(8)
    assert Check.SIGNED in closing(session, NOVEMBER).passed  # the reason is minuted
    assert _failed(closing(_without_override(session), NOVEMBER))[Check.SIGNED] == "PC Aisha Rahman has not signed"
    with pytest.raises(Refused, match="PC Aisha Rahman has not signed"):
        close_meeting(session, NOVEMBER, next_on=NEXT, reason="  ")
    assert _get(session, Meeting, NOVEMBER).state is MeetingState.IN_SESSION
    note = close_meeting(session, NOVEMBER, next_on=NEXT, reason="the hall closed").closing_note
    assert note.splitlines()[0] == "the hall closed"


def test_closing_fixes_the_next_date_and_the_time() -> None:
    session = partnership(8)
    close_meeting(session, NOVEMBER, next_on=NEXT, reason="time")
    meeting = _get(session, Meeting, NOVEMBER)
    assert (meeting.state, meeting.next_on, meeting.closed_at) == (MeetingState.CLOSED, NEXT, session.now())
    assert _get(session, AgendaItem, "item-6").state is TurnState.DONE


def test_a_day_nobody_agreed_is_not_fixed_by_closing() -> None:
    session = partnership(8)
    assert closing(session, NOVEMBER).next_on == NEXT  # the proposal
    close_meeting(session, NOVEMBER, reason="time")
    assert _get(session, Meeting, NOVEMBER).next_on is None
    assert _get(session, AgendaItem, "item-6").state is TurnState.TO_DO


def test_a_day_agreed_at_the_table_stands_when_the_meeting_closes() -> None:
    session = partnership(8)
    fix_next_date(session, NOVEMBER, date(2026, 12, 17))
    close_meeting(session, NOVEMBER, reason="time")
    assert _get(session, Meeting, NOVEMBER).next_on == date(2026, 12, 17)


def test_cases_not_reached_are_deferred_only_when_the_person_confirms() -> None:
    unconfirmed = partnership(8)
    close_meeting(unconfirmed, NOVEMBER, next_on=NEXT, reason="time")
    assert _get(unconfirmed, CaseTurn, "turn-6").outcome is None
    confirmed = partnership(8)
    close_meeting(confirmed, NOVEMBER, next_on=NEXT, reason="time", not_reached_confirmed=True)
    turn = _get(confirmed, CaseTurn, "turn-6")
    assert (turn.outcome, turn.reason, turn.state) == (Outcome.DEFER, "not reached", TurnState.TO_DO)
    assert _get(confirmed, CaseTurn, "turn-4").reason == "the officer is away"


def test_cases_deferred_twice_before_are_left_for_a_reason_of_their_own() -> None:
    session = partnership(8)
    with session.work.step("deferred twice before", undoable=False, of_held=True) as records:
        for day in (5, 12):
            meeting = replace(
                records.get(Meeting, NOVEMBER), id=f"held-{day}", on=date(2026, 11, day), state=MeetingState.CLOSED
            )
            turn = replace(records.get(CaseTurn, "turn-6"), id=f"turn-{day}th", meeting_id=meeting.id)
            records.save(meeting)
            records.save(replace(turn, outcome=Outcome.DEFER, reason="x"))
    free = closing(session, NOVEMBER).not_reached - 1
    assert defer_uncalled(session, NOVEMBER) == free
    assert _get(session, CaseTurn, "turn-6").outcome is None
    assert [row.turn_id for row in closing(session, NOVEMBER).uncalled if row.twice] == ["turn-6"]


def test_a_decision_read_back_without_all_that_is_asked_is_to_be_completed() -> None:
    session = partnership(8)
    with session.work.step("referred to nobody") as records:
        turn = records.get(CaseTurn, "turn-1")
        records.save(replace(turn, outcome=Outcome.REFER, refer_to="", intervention_planned=None))
    (row,) = closing(session, NOVEMBER).of(Check.COMPLETE)
    assert row.record_id == "turn-1" and "No specialist or agency was named" in row.detail
    note = close_meeting(session, NOVEMBER, reason="time").closing_note
    assert "1 decision to complete" in note


def test_actions_without_a_date_are_due_at_the_next_meeting_in_one_step() -> None:
    session = partnership(8)
    assert date_actions(session, NOVEMBER) == 1
    assert _get(session, Action, "new-3").due == NEXT
    session.work.undo()
    assert _get(session, Action, "new-3").due is None


def test_closing_can_be_undone_in_one_step() -> None:
    session = partnership(8)
    before = session.work.everything()
    close_meeting(session, NOVEMBER, next_on=NEXT, reason="time", not_reached_confirmed=True)
    session.work.undo()
    assert session.work.everything() == before


def test_a_meeting_is_closed_once() -> None:
    with pytest.raises(Refused, match="already closed"):
        close_meeting(partnership(), OCTOBER, next_on=NEXT)


def test_the_next_meeting_is_after_this_one() -> None:
    with pytest.raises(Refused, match="after this one"):
        close_meeting(partnership(), NOVEMBER, next_on=date(2026, 11, 26), reason="time")


def test_only_chair_or_minute_taker_close() -> None:
    with pytest.raises(NotAllowed, match="chair or the minute-taker"):
        close_meeting(partnership(roles=frozenset({Role.NEW_HOPE_LEAD})), NOVEMBER, next_on=NEXT, reason="time")


def test_the_fix_of_a_case_turns_the_walk_back_to_it() -> None:
    session = partnership(8)
    row = next(r for r in closing(session, NOVEMBER).failed if r.check is Check.OUTCOMES)
    return_to(session, NOVEMBER, row)
    meeting = _get(session, Meeting, NOVEMBER)
    assert (meeting.current_item_id, meeting.current_turn_id) == ("item-3", "turn-3")


def test_the_fix_of_an_item_turns_the_agenda_back_to_it() -> None:
    session = partnership(8)
    row = next(r for r in closing(session, NOVEMBER).failed if r.check is Check.ITEMS)
    return_to(session, NOVEMBER, row)
    assert _get(session, Meeting, NOVEMBER).current_item_id == "item-4"


def test_the_reason_given_before_the_meeting_is_minuted_when_the_case_is_deferred_once_more() -> None:
    session = partnership(8)
    with session.work.step("suggested with a reason") as records:
        turn = records.get(CaseTurn, "turn-6")
        records.save(replace(turn, propose_defer=True, reason_to_defer="its officer is away"))
    defer_uncalled(session, NOVEMBER)
    assert _get(session, CaseTurn, "turn-6").reason == "its officer is away"
