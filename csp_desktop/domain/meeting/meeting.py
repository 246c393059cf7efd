"""A meeting, its agenda, and each case's turn in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum, StrEnum
from typing import ClassVar

from csp_desktop.domain.meeting.outcomes import Outcome


class MeetingKind(Enum):
    """Which body meets."""

    CPG = "CPG"
    ROUGH_SLEEPING = "private rough-sleeping meeting"
    PROFESSIONALS = "professionals"


REGULAR = (MeetingKind.CPG, MeetingKind.ROUGH_SLEEPING)  # held month by month; any other is called for one case


class MeetingState(Enum):
    """How far a meeting is."""

    PLANNED = "planned"
    SIGN_IN = "sign-in"
    IN_SESSION = "in session"
    CLOSED = "closed"


class MeetingField(StrEnum):
    """What is asked of a meeting to come; the value is the attribute of `Meeting` it ends in."""

    DAY = "on"
    STARTS = "starts"
    ENDS = "ends"
    VENUE = "venue"


class ItemKind(Enum):
    """What an agenda item is about; each is walked in the same way."""

    CONFIDENTIALITY = "confidentiality"
    APOLOGIES = "apologies"
    MATTERS_ARISING = "matters arising"
    CASES = "open Safety Net cases"
    EMERGING = "emerging issues"
    CASE_REVIEWS = "ASB case reviews"
    OTHER = "other business"
    NEXT_DATE = "next date"
    INTERESTS = "declarations of interest"
    PERFORMANCE = "the group's own performance"
    BOARDS = "answers from the boards"
    INFORMATION = "information for members"
    OWN = "own item"
    PEOPLE = "people, highest risk first"
    WINTER = "winter beds and severe weather"
    COUNT = "count and new arrivals"
    LAST_MINUTES = "minutes of the last meeting"


class TurnState(Enum):
    """How far an agenda item or a case is in its turn."""

    TO_DO = "not reviewed"
    IN_HAND = "in hand"
    OUTCOME_CHOSEN = "outcome chosen"
    DONE = "done"


class Joined(Enum):
    """Why a case came to the walk after the meeting had begun."""

    NEW = "new"
    REOPENED = "reopened"
    ASKED_FOR = "asked for"


class Place(Enum):
    """Where in the walk something comes that joins it."""

    NOW = "now"
    NEXT = "next"
    END = "at the end"


@dataclass(frozen=True)
class Meeting:
    """One meeting. `starts` and `ends` are local wall-clock times; instants are aware UTC."""

    id: str
    kind: MeetingKind
    on: date
    starts: time
    ends: time
    venue: str
    chair_id: str
    minute_taker_id: str
    state: MeetingState = MeetingState.PLANNED
    opened_at: datetime | None = None  # sign-in opened
    started_at: datetime | None = None  # in session
    closed_at: datetime | None = None
    current_item_id: str = ""
    current_turn_id: str = ""  # a case's turn, when the current item is the cases
    next_on: date | None = None
    papers_out_on: date | None = None
    closing_note: str = ""
    agenda_order: tuple[str, ...] = ()  # the turns as the agenda had them when the meeting began

    @property
    def is_regular(self) -> bool:
        """Whether it is one of the series: the next one follows from it."""
        return self.kind in REGULAR


@dataclass(frozen=True)
class AgendaItem:
    """One item of a meeting's agenda with its planned minutes and, after it was walked, its note."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    position: int
    kind: ItemKind
    title: str
    planned_minutes: int
    state: TurnState = TurnState.TO_DO
    note: str = ""
    read_back_at: datetime | None = None
    changed_at: datetime | None = None  # when something read back was last changed
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int = 0
    added_at: datetime | None = None  # put on the agenda while the meeting ran
    title_before: str = ""  # what it was called until it was renamed while the meeting ran
    renamed_at: datetime | None = None


@dataclass(frozen=True)
class CaseTurn:
    """One case at one meeting: its place in the walk and what was decided."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    case_id: str
    position: int
    planned_minutes: int
    why: str  # why it stands where it stands, in words
    room_title: str = ""
    room_title_confirmed: bool = False
    propose_defer: bool = False
    reason_to_defer: str = ""  # of whoever suggested it, where the case has waited often already
    state: TurnState = TurnState.TO_DO
    note: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    refer_to: str = ""
    intervention_planned: bool | None = None
    dissent: str = ""
    repeat_victim_asked: bool = False
    cmht_told: bool | None = None
    monitor_until: date | None = None  # agreed here; for a case closed early: the day its monitoring was to end
    risk_total: int | None = None  # as shown when the case was done
    read_back_at: datetime | None = None
    changed_at: datetime | None = None  # when something read back was last changed
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int = 0
    placed_by_hand: bool = False  # someone put it at this place: a new order after an import leaves it there
    joined: Joined | None = None  # came to the walk while the meeting ran, and why
    joined_at: datetime | None = None
    taken_at: datetime | None = None  # when it was first decided, however often it was taken up again
