"""A late joiner on Teams or by telephone, and a deputy: heard by nobody's leave but the lead's, told apart in the
minutes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance, Remote
from csp_desktop.domain.private.admission import Bar
from csp_desktop.domain.private.minutes_layout import as_text
from csp_desktop.services.private import room
from csp_desktop.services.private.minutes import draft_private_minutes
from csp_desktop.services.private.session import PrivateSitting
from tests.support.private_session import LEAD, NOW, begun, member_named, private_session, row_of

SARA, AMIRA, JOY, HANA = "PC Sara Lyle", "Amira Shah", "Joy Okafor", "Hana Lowe"
POLICE, COUNCIL = "Hertfordshire Constabulary", "Watford Borough Council"
Running = tuple[Any, PrivateSitting]


@pytest.fixture
def running() -> Running:
    """A session with its lead and Amira in the room."""
    session = private_session()
    return session, begun(session, LEAD, AMIRA)


def joined(session: Any, sitting: PrivateSitting, remote: Remote = Remote.TEAMS, *, shown: bool = False) -> Attendance:
    """Sara, who heard the clause, said that she is alone and gave her name."""
    row = room.join(session, sitting.meeting_id, SARA, POLICE, remote=remote)
    room.read_out(session, [row.id], LEAD, shown=shown)
    room.note_alone(session, row.id, True)
    return room.sign(session, row.id, typed_name=SARA)


def paper(session: Any, sitting: PrivateSitting) -> str:
    sitting.close()
    return " ".join(as_text(draft_private_minutes(session, sitting.meeting_id)).split())


def bars(sitting: PrivateSitting) -> dict[str, Bar]:
    return {one.who.name: one.bar for one in sitting.gate().clearance.must_leave}


def test_a_late_joiner_on_teams_hides_the_person_until_the_lead_admits_them(running: Running) -> None:
    session, sitting = running
    sitting.open_person()
    row = joined(session, sitting)
    assert not sitting.visible and bars(sitting) == {SARA: Bar.REMOTE}
    sitting.admit_remote(row.id)
    assert bars(sitting) == {}
    sitting.open_person()
    with pytest.raises(NotAllowed):
        room.admit_remote(replace(session, roles=frozenset({Role.CHAIR})), row.id)


def test_before_signing_the_clause_is_read_or_shown_and_they_say_whether_they_are_alone(running: Running) -> None:
    session, sitting = running
    row = room.join(session, sitting.meeting_id, SARA, POLICE, remote=Remote.TEAMS)
    with pytest.raises(Refused, match="read out"):
        room.sign(session, row.id, typed_name=SARA)
    room.read_out(session, [row.id], LEAD, shown=True)
    with pytest.raises(Refused, match="alone in the room"):
        room.sign(session, row.id, typed_name=SARA)
    room.note_alone(session, row.id, False)
    with pytest.raises(Refused, match="not alone"):
        room.sign(session, row.id, typed_name=SARA)
    room.note_alone(session, row.id, True)
    with pytest.raises(Refused, match="type their full name"):
        room.sign(session, row.id, strokes=[((0.1, 0.1), (0.9, 0.9))])
    signed = room.sign(session, row.id, typed_name=SARA)
    assert (signed.typed_name, signed.shown, signed.remote, signed.alone) == (SARA, True, Remote.TEAMS, True)


def test_by_telephone_the_clause_can_only_be_read_out(running: Running) -> None:
    session, sitting = running
    row = room.join(session, sitting.meeting_id, SARA, POLICE, remote=Remote.TELEPHONE)
    with pytest.raises(Refused, match="only be shown on Teams"):
        room.read_out(session, [row.id], LEAD, shown=True)
    assert joined_heads(session, sitting) == 2


def joined_heads(session: Any, sitting: PrivateSitting) -> int:
    return room.check(session, sitting.meeting_id).heads_here


def test_who_comes_back_on_teams_is_admitted_anew(running: Running) -> None:
    session, sitting = running
    amira = row_of(session, sitting.meeting_id, AMIRA)
    room.leave(session, amira.id)
    later = replace(session, now=lambda: NOW + timedelta(minutes=4))
    back = room.join(later, sitting.meeting_id, AMIRA, COUNCIL, remote=Remote.TEAMS)
    assert (back.id, back.remote, back.alone, len(back.away)) == (amira.id, Remote.TEAMS, None, 1)
    assert bars(sitting) == {AMIRA: Bar.REMOTE}
    sitting.admit_remote(back.id)
    assert row_of(session, sitting.meeting_id, AMIRA).alone is True and bars(sitting) == {}
    room.leave(later, back.id)
    assert room.join(later, sitting.meeting_id, AMIRA, COUNCIL).remote is None and bars(sitting) == {}


def test_the_minutes_tell_apart_who_was_remote_and_whom_the_lead_admitted(running: Running) -> None:
    session, sitting = running
    sitting.admit_remote(joined(session, sitting, shown=True).id)
    text = paper(session, sitting)
    assert "member, remote (Teams)" in text and "typed (Teams)" in text
    assert f"Not in the room: {SARA} (Teams, alone where they were)." in text
    assert f"Admitted by New Hope's lead: {SARA}." in text and f"shown on screen {clock_of(NOW)} by {LEAD}" in text


def clock_of(at: datetime) -> str:
    return at.strftime("%H:%M")


def test_a_deputy_is_here_for_somebody_who_sent_apologies_and_hears_no_more_for_it(running: Running) -> None:
    session, sitting = running
    joy, hana = (member_named(session, name) for name in (JOY, HANA))
    assert [one.name for one in room.absent(session, sitting.meeting_id)] == ["Ewa Lukasik", HANA, JOY, SARA]
    row = room.join(session, sitting.meeting_id, HANA, "New Hope", here_for_id=joy.id)
    assert (row.here_for_id, row.here_for) == (joy.id, JOY)
    room.read_out(session, [row.id], LEAD)
    room.sign(session, row.id, typed_name=HANA)
    assert bars(sitting) == {HANA: Bar.NOT_INVOLVED}  # Joy works with this person, her deputy does not
    assert hana.id not in [one.id for one in room.absent(session, sitting.meeting_id)]
    text = paper(session, sitting)
    assert f"member, for {JOY}" in text and f"Apologies: {JOY} ({HANA} came instead)." in text


def test_nobody_stands_in_for_somebody_who_is_here_and_then_nobody_came(running: Running) -> None:
    session, sitting = running
    with pytest.raises(Refused, match="is here, so nobody stands in"):
        room.join(session, sitting.meeting_id, SARA, POLICE, here_for_id=member_named(session, AMIRA).id)
    with session.work.reading() as records:
        assert {row.name for row in records.find(Attendance)} == {LEAD, AMIRA}
