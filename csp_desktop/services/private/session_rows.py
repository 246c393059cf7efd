"""What the screens of the private session show: `sitting` makes each row, after asking the rule of admission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from csp_desktop.domain.cases.risk_matrix import Matrix, Moved
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.days import instant
from csp_desktop.domain.meeting import asking
from csp_desktop.domain.meeting.asking import Ask, Offered, Promised
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, TurnState
from csp_desktop.domain.meeting.pace import Pace, Stage, pace
from csp_desktop.domain.meeting.walk import spent
from csp_desktop.domain.private.admission import Clearance
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import WAITING
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.private.people import PersonPage, WorkerRow


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
    """The gate before a person: who must step out, who should be called in, how many may hear. Of the person it knows
    the ids alone."""

    turn_id: str
    title: str  # 'Person 2 of 6': no name until it is cleared
    clearance: Clearance
    call_in: tuple[WorkerHere, ...]
    refused: str  # why the person cannot be shown; empty when they can


@dataclass(frozen=True)
class SteppedOut:
    """Someone who left the room because of the person in hand, and when."""

    name: str
    agency: str
    at: datetime


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
    on: date  # of the session
    stepped_out: tuple[SteppedOut, ...]
    leads_to: Mapping[PersonOutcome, tuple[str, str]]  # 'see again 17 Dec', and in brief '17 Dec'
    note_before: tuple[date, str] | None  # what was minuted when the person was last talked about
    between: tuple[AgreedByMail, ...]  # decided by email since
    lead: WorkerRow | None  # who leads on this person
    saved_at: datetime | None
    moved_since: date | None  # the scoring compared with
    matrix: Matrix | None  # the newest scoring's
    here: tuple[str, ...]  # members of the register in the room


LEAD = "New Hope's lead"


def ask_now(row: LivePerson) -> Ask | None:
    """What whoever leads asks first about the person in hand: last time's actions, then offers without an answer. An
    offer is asked of whoever made it, else of who leads on the person."""
    leads = row.lead.member.name if row.lead else LEAD
    promised = [Promised(one.action, one.officer.name, one.officer.agency) for one in row.last_time]
    waiting = [one for one in row.page.offers if one.answer in WAITING and one.on < row.on]
    offered = [Offered(one.what, one.by or leads, one.on) for one in waiting]
    return asking.ask_now(promised, None, row.on, row.here, offered)


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
    turns: tuple[AgendaItem, ...]  # the people's times without the people, for the pace

    def pace(self, now: datetime) -> Pace:
        """How the session stands against the clock."""
        others = [item for item in self.items if item.kind is not ItemKind.PEOPLE]
        stops = [*((turn, 1) for turn in self.turns), *((item, 0) for item in others)]
        stages = [
            Stage(timedelta(minutes=stop.planned_minutes), spent(stop, now), stop.state is TurnState.DONE, weight)
            for stop, weight in stops
        ]
        here = self.meeting.current_turn_id or self.meeting.current_item_id
        current = next((n for n, (stop, _) in enumerate(stops) if stop.id == here), None)
        most = max((turn.planned_minutes for turn in self.turns), default=0)
        return pace(stages, current, now, instant(self.meeting.on, self.meeting.ends), most)


def without_person(turn: PersonTurn) -> AgendaItem:
    """A person's place in the session's time, and nothing else of them."""
    return AgendaItem(
        turn.id,
        turn.meeting_id,
        turn.position,
        ItemKind.PEOPLE,
        "",
        turn.planned_minutes,
        turn.state,
        started_at=turn.started_at,
        ended_at=turn.ended_at,
        seconds=turn.seconds,
    )
