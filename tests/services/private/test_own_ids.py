"""Whoever crossed over in version 0.1.0 stood here with an id of the group's file: none stays."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.private.meeting import RoomEntry, RoomPlace
from csp_desktop.services.private.own_ids import take_own_ids
from csp_desktop.services.session import Session
from tests.support.fakes import FakeWork
from tests.support.private_session import LEAD, NOW, private_session

CAME = RoomPlace("a", "m", "id of the group", True, NOW, "kit", (NOW, NOW + timedelta(minutes=1)))
JOINED = RoomPlace("b", "m")


def old_file(work: Any = None) -> Session:
    session = private_session(work)
    with session.work.step("as version 0.1.0 kept it") as records:
        records.save(CAME)
        records.save(JOINED)
    return session


def entries(session: Session) -> list[RoomEntry]:
    with session.work.reading() as records:
        return records.find(RoomEntry)


def test_each_gets_an_id_of_this_files_own_and_keeps_everything_else() -> None:
    session = old_file()
    assert take_own_ids(session) == 2
    came, joined = entries(session)
    assert came == RoomEntry(**{**asdict(CAME), "origin": came.origin}) and joined == RoomEntry("b", "m")
    assert came.origin not in ("", CAME.origin) and joined.origin == ""
    with session.work.reading() as records:
        assert records.find(RoomPlace) == []
    assert session.work.last_step() is None


def test_a_file_that_has_none_is_not_written_to() -> None:
    session = private_session()
    head = session.work.head()
    assert take_own_ids(session) == 0 and session.work.head() == head
    changed = old_file()
    take_own_ids(changed)
    assert take_own_ids(changed) == 0 and len(entries(changed)) == 2


class Sweeping(FakeWork):
    """Says whether the file was written anew, inside a step or not; with `full` there is no room for it."""

    def __init__(self, *, full: bool = False) -> None:
        super().__init__(lambda: NOW, LEAD)
        self.full, self.swept = full, 0

    def sweep(self) -> None:
        super().sweep()
        if self.full:
            raise Refused("The disk is full.")
        self.swept += 1


def test_the_file_is_written_anew_afterwards_but_need_not_be() -> None:
    work = Sweeping()
    assert take_own_ids(old_file(work)) == 2 and work.swept == 1
    full = Sweeping(full=True)
    session = old_file(full)
    assert take_own_ids(session) == 2 and len(entries(session)) == 2
