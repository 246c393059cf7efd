"""What was agreed or changed once the read-back was accepted never passes for read back: on screen, in the checks, in
the minutes, in both meetings."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.meeting.walk import read_back_words
from csp_desktop.domain.minutes.checks import check_minutes
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.minutes_checks import check_private_minutes
from csp_desktop.domain.private.minutes_layout import as_text as as_private_text
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.services.meeting import case_walk, running_meeting
from csp_desktop.services.meeting.actions import agree_action, change_action, read_line, remove_action
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.walk import live_item
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.private.minutes import draft_private_minutes
from tests.support.fakes import FixedClock
from tests.support.held_meeting import NOVEMBER, OPENED, partnership
from tests.support.private_session import LEAD, NOW, begun, private_session

READ, LATER = "and accepted at 14:20.", "14:40"


def meeting() -> tuple[Any, FixedClock]:
    """The meeting in session; case 1 was read back at 14:20, it is 14:40 now."""
    clock = FixedClock(OPENED)
    clock.advance(minutes=40)
    return partnership(now=clock), clock


def minuted(session: Any) -> tuple[str, list[str]]:
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    minutes = draft_minutes(session, NOVEMBER)
    failed = [check.words for check in check_minutes(minutes) if not check.passed and "SN-2026-0401" in check.words]
    part = as_text(minutes).split("SN-2026-0401, JK\n")[1].split("SN-2026-0402, JK")[0]
    return part, failed


def test_an_action_agreed_after_the_read_back_is_minuted_so_and_shown_so() -> None:
    session, _ = meeting()
    made = agree_action(session, NOVEMBER, read_line(session, NOVEMBER, "el call both families fri"), case_id="case-1")
    row = case_walk.live_case(session, "turn-1")
    shown = {action.action.id: action.later for action in row.agreed}
    assert shown[made.id] == f"agreed after the read-back, {LATER}"
    assert read_back_words(row.turn, later=True) == "Changed since the read-back 14:20"
    part, failed = minuted(session)
    assert f"Call both families. Agreed after the read-back, {LATER}" in part and READ in part
    assert "Second call to both households. " not in part
    assert failed == [f"SN-2026-0401, JK: action 2026-11/05 agreed after the read-back, {LATER}"]


def test_an_action_changed_after_the_read_back_is_marked_and_one_left_alone_is_not() -> None:
    session, _ = meeting()
    change_action(session, "new-1", what="Second call to both households")
    assert case_walk.live_case(session, "turn-1").agreed[0].later == ""
    change_action(session, "new-1", due=date(2026, 12, 11))
    part, failed = minuted(session)
    assert f"Second call to both households. Changed after the read-back, {LATER}" in part
    assert failed == [f"SN-2026-0401, JK: action 2026-11/01 changed after the read-back, {LATER}"]


@pytest.mark.parametrize("how", ["note", "dissent", "left", "removed"])
def test_what_was_minuted_and_changed_after_the_read_back_is_marked(how: str) -> None:
    session, _ = meeting()
    if how == "note":
        case_walk.keep_typing(session, "turn-1", "Another note.")
        case_walk.end_note(session, "turn-1")
    elif how == "dissent":
        case_walk.say(session, "turn-1", dissent="The council would close it.")
    elif how == "left":
        with session.work.step("going on") as records:
            meeting_now = replace(records.get(Meeting, NOVEMBER), current_turn_id="turn-1")
            records.save(meeting_now)
            case_walk.keep_typing(session, "turn-1", "Another note.")
            running_meeting.leave(session, records, meeting_now)
    else:
        remove_action(session, "new-1")
    assert read_back_words(case_walk.live_case(session, "turn-1").turn, later=False).startswith("Changed since")
    part, failed = minuted(session)
    assert f"{READ} Changed after the read-back, at {LATER}." in part
    assert failed == [f"SN-2026-0401, JK: changed after the read-back, {LATER}"]


def test_reading_it_back_again_takes_the_mark_away() -> None:
    session, clock = meeting()
    case_walk.take_up_again(session, "turn-1")
    agree_action(session, NOVEMBER, read_line(session, NOVEMBER, "el call both families fri"), case_id="case-1")
    case_walk.say(session, "turn-1", dissent="The council would close it.")
    clock.advance(minutes=1)
    case_walk.accept(session, "turn-1")
    part, failed = minuted(session)
    assert "accepted at 14:41." in part and "after the read-back" not in part and failed == []


def test_what_is_undone_leaves_no_mark() -> None:
    session, _ = meeting()
    case_walk.say(session, "turn-1", dissent="The council would close it.")
    session.work.undo()
    part, failed = minuted(session)
    assert "after the read-back" not in part and failed == []


def test_an_item_is_marked_as_a_case_is() -> None:
    session, clock = meeting()
    with session.work.step("read back") as records:
        other = next(i for i in records.find(AgendaItem, meeting_id=NOVEMBER) if i.kind is ItemKind.OTHER)
        records.save(replace(other, read_back_at=clock.advance(minutes=1)))
    clock.advance(minutes=1)
    agree_action(session, NOVEMBER, read_line(session, NOVEMBER, "el ask the hall fri"), item_id=other.id)
    assert [action.later for action in live_item(session, other.id).agreed][-1] == "agreed after the read-back, 14:42"
    running_meeting.keep_item_note(session, other.id, "The hall is open again.")
    running_meeting.end_item_note(session, other.id)
    close_meeting(session, NOVEMBER, reason="time")
    minutes = draft_minutes(session, NOVEMBER)
    assert "Ask the hall. Agreed after the read-back, 14:42" in as_text(minutes)
    assert "and accepted at 14:41. Changed after the read-back, at 14:42." in as_text(minutes)
    failed = [check.words for check in check_minutes(minutes) if check.words.startswith("Other business")]
    assert failed == [
        "Other business: changed after the read-back, 14:42",
        "Other business: action 2026-11/05 agreed after the read-back, 14:42",
    ]


def test_in_the_private_meeting_too() -> None:
    clock = FixedClock(NOW)
    session: Any = replace(private_session(), now=clock)
    sitting = begun(session, LEAD)
    sitting.open_person()
    first = sitting.agree("rn find a kennel space fri")
    sitting.choose(PersonOutcome.CONTINUE)
    sitting.accept()
    with session.work.reading() as records:
        turn = next(t for t in records.find(PersonTurn, meeting_id=sitting.meeting_id) if t.read_back_at)
    clock.advance(minutes=4)
    sitting.go_to(turn.id)
    sitting.open_person()
    with pytest.raises(Refused, match="Reopen them"):
        sitting.choose(PersonOutcome.OFF_LIST, reason="gone")
    late = sitting.agree("rn ask the shelter fri")
    assert [row.later for row in sitting.person().agreed] == ["", "agreed after the read-back, 15:44"]
    sitting.keep_typing("Another word.")
    sitting.remove_action(first.id)
    sitting.close()
    minutes = draft_private_minutes(session, sitting.meeting_id)
    text = as_private_text(minutes)
    assert "Ask the shelter. Agreed after the read-back, 15:44" in text and late.agreed_at == clock.at
    assert "accepted at 15:40. Changed after the read-back, at 15:44." in text
    failed = [check.words for check in check_private_minutes(minutes) if "after the read-back" in check.words]
    assert len(failed) == 2


def test_actions_of_an_older_file_bear_no_mark() -> None:
    session, _ = meeting()
    with session.work.reading() as records:
        assert records.get(Action, "new-1").agreed_at is None
        assert records.get(CaseTurn, "turn-1").changed_at is None
    part, failed = minuted(session)
    assert "after the read-back" not in part and failed == []
