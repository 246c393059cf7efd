"""What was held stays as it was: nothing of a closed meeting is changed but by a correction of its minutes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Override, Remote
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting, Place
from csp_desktop.domain.meeting.offices import Office
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.services.meeting import (
    actions,
    agenda,
    agenda_items,
    case_walk,
    closing,
    held_on_paper,
    joining,
    offices,
    running_meeting,
    sign_in,
    walk_order,
)
from csp_desktop.services.meeting.sign_in import NewPerson
from csp_desktop.services.minutes import agreeing
from tests.support.held_meeting import NOVEMBER, partnership

HELD = (Meeting, AgendaItem, CaseTurn, Attendance, Override, ActionAnswer)
STROKES = (((0.1, 0.1), (0.5, 0.9), (0.9, 0.1), (0.2, 0.8)),) * 3


def _turn(session: Any) -> str:
    with session.work.reading() as records:
        return str(records.find(CaseTurn, meeting_id=NOVEMBER)[0].id)


def _item(session: Any) -> str:
    with session.work.reading() as records:
        return str(records.find(AgendaItem, meeting_id=NOVEMBER)[4].id)


def _agreed(session: Any) -> str:
    with session.work.reading() as records:
        return str(records.find(Action, meeting_id=NOVEMBER)[0].id)


def _row(session: Any) -> str:
    with session.work.reading() as records:
        return str(records.find(Attendance, meeting_id=NOVEMBER)[0].id)


def _case(session: Any) -> str:
    with session.work.reading() as records:
        return str(records.find(CaseTurn, meeting_id=NOVEMBER)[0].case_id)


def _typed(session: Any) -> None:
    session.work.keep_draft(CaseTurn, _turn(session), "note", "typed afterwards")
    running_meeting.end_typing(session, CaseTurn, _turn(session), "a note")


Doing = Callable[[Any], object]
DOINGS: dict[str, Doing] = {
    "a decision": lambda s: case_walk.choose_outcome(s, _turn(s), Outcome.DEFER),
    "what a decision says": lambda s: case_walk.say(s, _turn(s), reason="otherwise"),
    "a read-back": lambda s: case_walk.accept(s, _turn(s)),
    "reopening a case": lambda s: case_walk.take_up_again(s, _turn(s)),
    "turning to a case": lambda s: case_walk.open_turn(s, _turn(s)),
    "finishing an item": lambda s: running_meeting.finish_item(s, _item(s)),
    "reopening an item": lambda s: running_meeting.reopen_item(s, _item(s)),
    "turning to an item": lambda s: running_meeting.go_to_item(s, _item(s)),
    "starting again": lambda s: running_meeting.start(s, NOVEMBER),
    "another next date": lambda s: running_meeting.fix_next_date(s, NOVEMBER, date(2026, 12, 30)),
    "an action": lambda s: actions.agree_action(s, NOVEMBER, actions.read_line(s, NOVEMBER, "dh look again fri")),
    "an action less": lambda s: actions.remove_action(s, _agreed(s)),
    "an outcome": lambda s: actions.answer_action(s, "old-7", Answer.DONE, meeting_id=NOVEMBER),
    "an arrival": lambda s: sign_in.arrive(s, NOVEMBER, "sean"),
    "a signature": lambda s: sign_in.sign(s, NOVEMBER, "aisha", strokes=STROKES),
    "a capacity": lambda s: sign_in.choose_capacity(s, NOVEMBER, "aisha", Capacity.OBSERVER),
    "an override": lambda s: sign_in.override(s, NOVEMBER, "late train"),
    "a reading out": lambda s: sign_in.read_out(s, NOVEMBER, ["aisha"], "Hana Price"),
    "apologies": lambda s: sign_in.record_apology(s, NOVEMBER, "sean", True, date(2026, 11, 20)),
    "opening the sign-in": lambda s: sign_in.open_sign_in(s, NOVEMBER),
    "whom it expected": lambda s: agenda.expect(s, NOVEMBER, "tom", False),
    "its walk": lambda s: agenda.refresh_walk(s, NOVEMBER),
    "the order of its cases": lambda s: walk_order.move_turn(s, _turn(s), 2),
    "the order of its items": lambda s: walk_order.move_item(s, _item(s), 5),
    "a room title": lambda s: walk_order.confirm_room_title(s, _turn(s), "Otherwise"),
    "a suggested deferral": lambda s: walk_order.propose_to_defer(s, _turn(s), True),
    "minutes of an item": lambda s: walk_order.set_item_minutes(s, _item(s), 45),
    "minutes of a case": lambda s: walk_order.set_turn_minutes(s, _turn(s), 11),
    "an earlier part": lambda s: closing.return_to(
        s, NOVEMBER, closing.FailedRow(closing.Check.ITEMS, "", "", _item(s))
    ),
    "how somebody takes part": lambda s: sign_in.choose_remote(s, NOVEMBER, "aisha", Remote.TEAMS),
    "whether somebody is alone": lambda s: sign_in.note_alone(s, NOVEMBER, "aisha", True),
    "whom somebody is here for": lambda s: sign_in.stand_for(s, NOVEMBER, "aisha", "sean"),
    "a reading taken back": lambda s: sign_in.take_back_reading(s, NOVEMBER, "aisha"),
    "a signature taken back": lambda s: sign_in.take_back_signature(s, _row(s)),
    "apologies taken back": lambda s: sign_in.withdraw_apology(s, _row(s)),
    "coming back": lambda s: sign_in.come_back(s, _row(s)),
    "leaving": lambda s: sign_in.leave(s, _row(s)),
    "times of somebody": lambda s: sign_in.correct_times(s, _row(s), s.now(), None),
    "somebody new": lambda s: sign_in.add_person(s, NOVEMBER, NewPerson("New Face", "Police")),
    "a case that joins": lambda s: joining.join_case(s, NOVEMBER, _case(s), Place.NEXT),
    "the chair handed over": lambda s: offices.take(s, NOVEMBER, Office.CHAIR, "dan"),
    "an item of its own": lambda s: agenda_items.add_item(s, NOVEMBER, agenda_items.OwnItem("A visit")),
    "the title of an item": lambda s: agenda_items.rename_item(s, _item(s), "Otherwise"),
    "an item less": lambda s: agenda_items.remove_item(s, _item(s)),
    "entered from paper": lambda s: held_on_paper.begin(s, NOVEMBER),
    "signatures from paper": lambda s: held_on_paper.sign_all(s, NOVEMBER, ["aisha"], "Hana Price"),
    "minutes agreed at it": lambda s: agreeing.agree(s, NOVEMBER, "october"),
    "closing again": lambda s: closing.close_meeting(s, NOVEMBER, reason="again"),
}


def test_what_is_typed_into_a_closed_meeting_becomes_no_part_of_it() -> None:
    session = partnership(8)
    closing.close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    before = session.work.everything()
    _typed(session)
    assert session.work.everything() == before and session.work.drafts() == []


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_nothing_of_a_closed_meeting_is_changed(doing: Doing) -> None:
    session = partnership(8)
    closing.close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    before = {kind: rows for kind, rows in session.work.everything().items() if kind in HELD}
    agreed = _agreed(session)
    with pytest.raises(Refused):
        doing(session)
    assert {kind: rows for kind, rows in session.work.everything().items() if kind in HELD} == before
    assert _agreed(session) == agreed
