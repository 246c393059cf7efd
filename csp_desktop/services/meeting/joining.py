"""Cases that come to the walk while the meeting runs: new ones, closed ones that are reopened, and those asked for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.life import Step, reopened
from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.meeting import (
    AgendaItem,
    CaseTurn,
    ItemKind,
    Joined,
    Meeting,
    MeetingState,
    Place,
    TurnState,
)
from csp_desktop.domain.meeting.walk import least_minutes
from csp_desktop.services.cases import search
from csp_desktop.services.cases.case_entry import NewCase, enter_case
from csp_desktop.services.meeting.running_meeting import end_all_typing, move
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MOST_OFFERED = 8


class JoinField(StrEnum):
    """What is asked where a case joins the walk."""

    REASON = "reason"


@dataclass(frozen=True)
class OfferedCase:
    """One case that can be taken now. `joined` says as what it would come; None: it is on the walk already."""

    case: Case
    joined: Joined | None
    standing: str  # 'closed', 'open, not on the agenda', 'case 5 of the walk', 'discussed 14:32'
    is_done: bool = False


def offered_cases(session: Session, meeting_id: str, text: str) -> tuple[OfferedCase, ...]:
    """Whom a few letters may mean: cases of the walk, open ones beside it and closed ones, as they were found."""
    if len(text.strip()) < 2:
        return ()
    ids = tuple(dict.fromkeys(hit.case_id for hit in search.find(session, text) if hit.case_id))[:MOST_OFFERED]
    with session.work.reading() as records:
        cases = {one.id: one for one in records.find(Case, id=ids)} if ids else {}
        turns = records.find(CaseTurn, meeting_id=meeting_id)
    return tuple(_offered(cases[case_id], turns) for case_id in ids if case_id in cases)


def _offered(case: Case, turns: list[CaseTurn]) -> OfferedCase:
    for number, turn in enumerate(turns, 1):
        if turn.case_id == case.id:
            done = turn.state is TurnState.DONE
            at = f" {clock(turn.read_back_at)}" if turn.read_back_at else ""
            return OfferedCase(case, None, f"discussed{at}" if done else f"case {number} of the meeting", done)
    if case.status is CaseStatus.CLOSED:
        return OfferedCase(case, Joined.REOPENED, "closed")
    return OfferedCase(case, Joined.ASKED_FOR, "open, not on the agenda")


def join_case(session: Session, meeting_id: str, case_id: str, place: Place, reason: str = "") -> CaseTurn:
    """A case is taken now, next or at the end. One beside the walk joins it, with the time; a closed one is reopened
    for the `reason`; one on the walk changes its place. Raises FieldRefused without the reason, Refused for a case that
    was discussed, and for a meeting that is not in session."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step("place of a case in the order") as records:
        meeting = _in_session(records, meeting_id)
        case = records.get(Case, case_id)
        found = records.find(CaseTurn, meeting_id=meeting_id, case_id=case_id)
        if found:
            turn = found[0]
            if turn.state is TurnState.DONE:
                raise Refused("This case was already discussed. Go to it and reopen it.")
        elif case.status is CaseStatus.CLOSED:
            _reopen(session, records, case, meeting, reason)
            turn = _joins(session, records, meeting, case, Joined.REOPENED)
        else:
            turn = _joins(session, records, meeting, case, Joined.ASKED_FOR)
        return _placed(session, records, meeting, turn, place)


def join_new(session: Session, meeting_id: str, new: NewCase, place: Place) -> CaseTurn:
    """A case that Safety Net does not show yet is entered and joins the walk, in one step. Raises what entering it
    raises, and Refused for a meeting that is not in session."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step("new case at the meeting") as records:
        meeting = _in_session(records, meeting_id)
        case = enter_case(session, new)
        turn = _joins(session, records, meeting, case, Joined.NEW)
        return _placed(session, records, meeting, turn, place)


def _in_session(records: Records, meeting_id: str) -> Meeting:
    meeting = records.get(Meeting, meeting_id)
    if meeting.state is not MeetingState.IN_SESSION:
        raise Refused("This meeting is not in progress. Before it starts, add cases under Prepare.")
    return meeting


def _reopen(session: Session, records: Records, case: Case, meeting: Meeting, reason: str) -> None:
    gone = reopened(case, Step(meeting.on, session.user_name, reason, meeting.id))
    records.save(gone.case)
    if gone.change is not None:
        records.save(gone.change)


def _joins(session: Session, records: Records, meeting: Meeting, case: Case, joined: Joined) -> CaseTurn:
    at: datetime = at_table(session, records, meeting.id)
    return CaseTurn(
        new_id(),
        meeting.id,
        case.id,
        0,
        least_minutes(case.band),
        f"{joined.value.capitalize()}, added at {clock(at)}",
        room_title=case.title.split(",")[0],
        placed_by_hand=True,
        joined=joined,
        joined_at=at,
    )


def _placed(session: Session, records: Records, meeting: Meeting, turn: CaseTurn, place: Place) -> CaseTurn:
    """At its place; taken now, the case in hand comes back after it."""
    turns = [one for one in records.find(CaseTurn, meeting_id=meeting.id) if one.id != turn.id]
    turns.insert(_index(turns, meeting.current_turn_id, place), replace(turn, placed_by_hand=True))
    for position, each in enumerate(turns, 1):
        records.save(replace(each, position=position))
    item = next((i for i in records.find(AgendaItem, meeting_id=meeting.id) if i.kind is ItemKind.CASES), None)
    if item is None:
        raise Refused("This agenda has no item for cases. Add the case at its next meeting.")
    if item.state is TurnState.DONE:
        item = replace(item, state=TurnState.IN_HAND, read_back_at=None, changed_at=None)
        records.save(item)
    if place is Place.NOW:
        move(session, records, meeting, item, records.get(CaseTurn, turn.id))
    return records.get(CaseTurn, turn.id)


def _index(turns: list[CaseTurn], current_id: str, place: Place) -> int:
    """Where among the others: now before the case in hand, next after it; with none in hand, before the first to do."""
    if place is Place.END:
        return len(turns)
    here = next((n for n, one in enumerate(turns) if one.id == current_id), None)
    if here is None:
        return next((n for n, one in enumerate(turns) if one.state is not TurnState.DONE), len(turns))
    return here if place is Place.NOW else here + 1
