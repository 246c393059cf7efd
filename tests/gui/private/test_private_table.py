"""What the private window knows beside its file: nothing is lost when the group's program can no longer be told."""

import io
import os
from collections.abc import Iterator

import pytest

from csp_desktop.domain.meeting.private_handover import Departures, Handed, RoomList, message_of
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.private.private_table import GONE, LACKS, PrivateTable
from csp_desktop.gui.window.pipe import Pipe
from csp_desktop.services.private import agenda, room
from csp_desktop.services.session import Session
from tests.support.private_session import DAY, LEAD, NOW, private_session, row_of

ROOM = RoomList(
    DAY,
    NOW.time(),
    (Handed("row lead", LEAD, "New Hope", AgencyKind.SUPPORT), Handed("row tom", "Tom Ellis", "Fire", AgencyKind.FIRE)),
    NOW,
)


@pytest.fixture
def session() -> Session:
    return private_session()


@pytest.fixture
def broken() -> Iterator[Pipe]:
    """A pipe whose other end has gone, as after a kill."""
    reads, writes = os.pipe()
    os.close(reads)
    end = os.fdopen(writes, "wb")
    yield Pipe(io.BytesIO(), end)
    with pytest.raises(OSError):
        end.close()


def crossed(table: PrivateTable, session: Session) -> Departures:
    """The list came over, and Tom left."""
    table._take(ROOM)
    meeting_id = table.cross_over(session)
    room.leave(session, row_of(session, meeting_id, "Tom Ellis").id)
    return room.departures(session, meeting_id)


def test_who_left_is_named_when_the_groups_window_has_gone(qapp: object, session: Session, broken: Pipe) -> None:
    table, told = PrivateTable(broken), list[str]()
    table.untold.connect(told.append)
    assert not table.give_back(crossed(table, session))
    assert told[0] == GONE
    assert told[1].startswith(f"{LACKS} Tom Ellis 15:40.")


def test_begun_again_in_the_middle_who_left_is_told_the_new_window_at_once(qapp: object, session: Session) -> None:
    departures = crossed(PrivateTable(), session)
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    room.sign(session, row_of(session, meeting.id, LEAD).id, typed_name=LEAD)
    room.count_heads(session, meeting.id, 1)
    PrivateTable().sitting(session, meeting.id).begin()
    back = io.BytesIO()
    again = PrivateTable(Pipe(io.BytesIO(), back))
    again._take(ROOM)
    again.cross_over(session)
    assert message_of(back.getvalue().strip()) == departures
