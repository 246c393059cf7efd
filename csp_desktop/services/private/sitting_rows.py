"""What the screens of the private session show: each row is made by `sitting`, after the rule of admission was asked."""

from dataclasses import dataclass
from datetime import timedelta

from csp_desktop.domain.admission import Clearance
from csp_desktop.domain.meeting import AgendaItem, Meeting, TurnState
from csp_desktop.domain.private_meeting import PersonTurn
from csp_desktop.domain.risk_matrix import Moved
from csp_desktop.services.agreeing_actions import ActionRow
from csp_desktop.services.private.people import PersonPage


@dataclass(frozen=True)
class RailRow:
    """One person in the list of the session. A name stands here only if everyone in the room now may hear it."""

    turn_id: str
    title: str  # 'K.B.', or 'Person 2'
    reference: str  # 'RS-014', or empty
    state: TurnState
    current: bool
    cleared: bool
    total_words: str
    risk_band: str


@dataclass(frozen=True)
class WorkerHere:
    """A worker involved with the person in hand, and whether they are in the room."""

    name: str
    agency: str
    what: str
    here: bool
    member_id: str


@dataclass(frozen=True)
class GateRow:
    """The gate before a person: who must step out, who should be called in, how many may hear."""

    turn: PersonTurn
    title: str  # 'Person 2 of 6': no name until it is cleared
    clearance: Clearance
    call_in: tuple[WorkerHere, ...]
    refused: str  # why the person cannot be shown; empty when they can


@dataclass(frozen=True)
class LivePerson:
    """The person in hand, for the screen and for nobody who may not hear."""

    turn: PersonTurn
    page: PersonPage
    clearance: Clearance
    workers: tuple[WorkerHere, ...]
    last_time: tuple[ActionRow, ...]
    agreed: tuple[ActionRow, ...]
    moved: tuple[Moved, ...]
    missing: str
    note: str  # with what is being typed


@dataclass(frozen=True)
class PrivateState:
    """The session as bar and rail show it."""

    meeting: Meeting
    number: int  # of the person in hand, from 1; 0 for none
    of: int
    done: int
    present: int
    hearing: int  # in the room and may hear the person in hand
    left: timedelta
    rail: tuple[RailRow, ...]
    items: tuple[AgendaItem, ...]
    visible: bool
