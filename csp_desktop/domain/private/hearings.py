"""Who heard one person at one private session, and how many were out of the room because they may not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from csp_desktop.domain.private.admission import Clearance


@dataclass(frozen=True)
class Hearing:
    """Once for each person and session, written when the person is first shown; whoever comes in later and may hear is
    added. What was heard cannot be unheard: undo leaves it. The ids are those of the session's attendance.
    """

    held_with_meeting: ClassVar[bool] = True

    stays_when_undone: ClassVar[bool] = True

    id: str
    meeting_id: str
    person_id: str
    at: datetime
    heard: tuple[str, ...]
    stepped_out: tuple[str, ...]


def also_heard(hearing: Hearing, room: Clearance, out: Clearance) -> Hearing:
    """The hearing with everyone in the room now, and those out of it who may not hear. Someone who was let in after
    all has heard, and did not step out.
    """
    heard = _joined(hearing.heard, (one.who.id for one in room.may_hear))
    stepped_out = _joined(hearing.stepped_out, (one.who.id for one in out.must_leave))
    return replace(hearing, heard=heard, stepped_out=tuple(one for one in stepped_out if one not in heard))


def _joined(before: Iterable[str], now: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*before, *now}))
