"""What was held stays as it was in private too: nothing of a closed session is changed but by a correction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting, Place
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, RoomEntry
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.services.minutes import agreeing
from csp_desktop.services.private import agenda, next_date, room, room_changes, session_items
from csp_desktop.services.private.session import PrivateSitting
from tests.support.private_minutes import NEXT, held
from tests.support.private_session import private_session

HELD = (Meeting, AgendaItem, PersonTurn, Attendance, RoomEntry, Crossing, Hearing, AdmissionOverride, ActionAnswer)
STROKES = (((0.1, 0.1), (0.5, 0.9), (0.9, 0.1), (0.2, 0.8)),) * 3


def _first(session: Any, kind: Any, meeting_id: str) -> str:
    with session.work.reading() as records:
        return str(records.find(kind, meeting_id=meeting_id)[0].id)


def _of(kind: Any, do: Callable[[Any, str], object]) -> "Doing":
    return lambda session, meeting_id: do(session, _first(session, kind, meeting_id))


def _sitting(do: Callable[[PrivateSitting], object]) -> "Doing":
    return lambda session, meeting_id: do(PrivateSitting(session, meeting_id))


Doing = Callable[[Any, str], object]
DOINGS: dict[str, Doing] = {
    "the session again": _sitting(lambda s: s.begin()),
    "a decision": _sitting(lambda s: s.choose(PersonOutcome.CONTINUE)),
    "what a decision says": _sitting(lambda s: s.say(reason="otherwise")),
    "a read-back": _sitting(lambda s: s.accept()),
    "a person taken up again": _sitting(lambda s: s.take_up_again()),
    "an action": _sitting(lambda s: s.agree("sl look again thu")),
    "an interest": _of(Attendance, lambda s, row: room.declare_interest(s, row, "someone")),
    "closing again": _sitting(lambda s: s.close()),
    "an outcome": lambda s, m: PrivateSitting(s, m).answer(_first(s, Action, m), Answer.DONE),
    "a leaver": _of(Attendance, room.leave),
    "who comes back": _of(Attendance, room.come_back),
    "whether somebody is alone": _of(Attendance, lambda s, row: room.note_alone(s, row, True)),
    "who stays": _of(Attendance, lambda s, row: room.decide(s, row, stays=False)),
    "who joins": lambda s, m: room.join(s, m, "New Face", "Police"),
    "a reading out": _of(Attendance, lambda s, row: room.read_out(s, [row], "Ravi Nair")),
    "who is admitted": _of(Attendance, room.admit_remote),
    "a new person": lambda s, m: room_changes.add_new_person(s, m, "Una Frost", Place.END),
    "a signature": _of(Attendance, lambda s, row: room.sign(s, row, strokes=STROKES)),
    "the heads": lambda s, m: room.count_heads(s, m, 3),
    "who comes over": lambda s, m: room.receive(s, m, []),
    "turning to an item": lambda s, m: session_items.turn_to(s, m, _first(s, AgendaItem, m)),
    "finishing an item": session_items.finish,
    "another next date": lambda s, m: next_date.fix_next_date(s, m, NEXT + timedelta(days=14)),
    "its sub-agenda": lambda s, m: agenda.pick(s, m, []),
    "the order of its people": _of(PersonTurn, lambda s, turn: agenda.move(s, turn, 2)),
    "the minutes of a person": _of(PersonTurn, lambda s, turn: agenda.set_minutes(s, turn, 17)),
    "minutes agreed at it": lambda s, m: agreeing.agree(s, m, "october"),
}


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_nothing_of_a_closed_session_is_changed(doing: Doing) -> None:
    session: Any = private_session()
    meeting_id = held(session)
    before = {kind: rows for kind, rows in session.work.everything().items() if kind in HELD}
    with pytest.raises(Refused):
        doing(session, meeting_id)
    assert {kind: rows for kind, rows in session.work.everything().items() if kind in HELD} == before
