"""The private session's own records: a person's turn in it, and what may come of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from csp_desktop.domain.meeting.meeting import TurnState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import RoughSleeper


@dataclass(frozen=True)
class PersonTurn:
    """One person at one private session: place on the sub-agenda, note, outcome."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    person_id: str
    position: int
    planned_minutes: int
    why: str  # why the person stands where they stand, in words
    state: TurnState = TurnState.TO_DO
    note: str = ""
    outcome: PersonOutcome | None = None
    reason: str = ""  # for a deferral, for taking off the list, and what intensifying means
    see_again_on: date | None = None  # continue: next session; an open offer: the answer; moved in: the check
    risk_total: int | None = None
    first_shown_at: datetime | None = None
    read_back_at: datetime | None = None
    changed_at: datetime | None = None  # when something read back was last changed
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int = 0
    placed_by_hand: bool = False
    taken_at: datetime | None = None  # when it was first decided, however often it was taken up again
    joined_at: datetime | None = None  # added while the session ran


@dataclass(frozen=True)
class RoomEntry:
    """How someone came to be in the private session's room; `id` is that of their attendance in this file."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    origin: str = ""  # what stood for this person in the list that came over; empty for someone who joined later
    stays: bool | None = None  # the lead's decision at the crossing; police, council and New Hope need none
    left_at_crossing: datetime | None = None  # this alone goes back to the group's minutes
    joined_for: str = ""  # the person for whom someone was called in
    clause_repeated: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class RoomPlace:
    """The same as version 0.1.0 kept it: `origin` was an id of the group's file, and stood in both. None stays, see
    services.private.own_ids.
    """

    id: str
    meeting_id: str
    origin: str = ""
    stays: bool | None = None
    left_at_crossing: datetime | None = None
    joined_for: str = ""
    clause_repeated: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Crossing:
    """How the room was cleared: who counted the heads, when the session opened. One for each private session."""

    held_with_meeting: ClassVar[bool] = True
    called: ClassVar[str] = "Start of the private session"

    id: str
    meeting_id: str
    began_at: datetime
    heads: int | None = None
    counted_by: str = ""
    counted_at: datetime | None = None
    opened_at: datetime | None = None
    led_by: str = ""  # the register's member who leads


def missing(turn: PersonTurn) -> str:
    """What must still be said before the decision is read back; empty when nothing."""
    if turn.outcome is None:
        return "Choose an outcome first."
    return "" if turn.reason.strip() else turn.outcome.rule.why


def person_after(person: RoughSleeper, turn: PersonTurn, on: date) -> RoughSleeper:
    """The person as the session leaves them."""
    return turn.outcome.rule.person_after(person, on, turn.reason) if turn.outcome else person
