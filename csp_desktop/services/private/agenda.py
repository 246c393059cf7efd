"""The sub-agenda of the private meeting: proposed by risk and change, picked and ordered by New Hope's lead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.deadlines import propose_next_meeting
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting.actions import Action, ActionState, days_late
from csp_desktop.domain.meeting.meeting import (
    AgendaItem,
    ItemKind,
    Meeting,
    MeetingField,
    MeetingKind,
    MeetingState,
    TurnState,
)
from csp_desktop.domain.private import agenda
from csp_desktop.domain.private.agenda import Proposed, Standing
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.people import Offer, RoughSleeper, Sighting, label, last_seen
from csp_desktop.services.meeting.agenda import check_when
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.next_date import move_to_plan
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.private.room import receive
from csp_desktop.services.session import Session

FIRST = (time(15, 45), time(16, 30))  # straight after the group's meeting, where it meets from two to four
MOST_MINUTES = 120
ITEMS = (
    (ItemKind.PEOPLE, 0),
    (ItemKind.LAST_MINUTES, 2),
    (ItemKind.WINTER, 10),
    (ItemKind.COUNT, 5),
    (ItemKind.OTHER, 5),
    (ItemKind.NEXT_DATE, 2),
)


@dataclass(frozen=True)
class SubAgenda:
    """Who is picked, in order; everyone on the list as ranked; how the minutes stand against the slot."""

    meeting: Meeting
    picked: tuple[tuple[PersonTurn, RoughSleeper], ...]
    ranked: tuple[Proposed, ...]
    items: tuple[AgendaItem, ...]
    minutes: int
    slot: int

    @property
    def people_minutes(self) -> int:
        """What the people take; the rest is winter beds, count, other business."""
        return sum(turn.planned_minutes for turn, _ in self.picked)


def next_meeting(session: Session) -> Meeting | None:
    """The private meeting planned or running."""
    with session.work.reading() as records:
        return next_meeting_in(records)


def next_meeting_in(records: Records) -> Meeting | None:
    """The same inside a transaction."""
    open_ones = [m for m in records.find(Meeting) if m.state is not MeetingState.CLOSED]
    return min(open_ones, key=lambda m: m.on, default=None)


def refuse_second(session: Session, on: date) -> None:
    """There is one private meeting a day: whoever begins again after its end is told so. Raises Refused."""
    with session.work.reading() as records:
        held = last_meeting(records)
    if held is not None and held.on == on:
        raise Refused(
            "Today's private meeting is closed. Open the private window on its own to read or circulate its minutes."
        )


def last_meeting(records: Records) -> Meeting | None:
    """The private meeting held last."""
    held = [m for m in records.find(Meeting) if m.state is MeetingState.CLOSED]
    return max(held, key=lambda m: m.on, default=None)


def plan(session: Session, on: date, starts: time, ends: time, venue: str = "") -> Meeting:
    """Plan the next private meeting, straight after the group's; the proposal is picked at once. Raises Refused while
    one is running."""
    session.require(*LEADING)
    venue = entered(venue, "The venue", MeetingField.VENUE)
    with session.work.step("planning of the private meeting") as records:
        before = next_meeting_in(records)
        check_when(session, before, on, starts, ends)
        if before is not None and before.state is not MeetingState.PLANNED:
            raise Refused("A private meeting is in progress. Close it first.")
        meeting = (
            replace(before, on=on, starts=starts, ends=ends, venue=venue)
            if before
            else Meeting(new_id(), MeetingKind.ROUGH_SLEEPING, on, starts, ends, venue, session.member_id, "")
        )
        move_to_plan(session, records, before.on if before else None, on)
        records.save(meeting)
        if before is None:
            _lay_out(records, meeting)
            most = private_settings_in(records).people_on_list
            _put(session, records, meeting, [one.person.id for one in proposal(session, records)[:most]])
    return meeting


def _lay_out(records: Records, meeting: Meeting) -> None:
    """The items of the sub-agenda; the minutes of the last session only where one was held."""
    first = last_meeting(records) is None
    for position, (kind, minutes) in enumerate(ITEMS):
        if not (first and kind is ItemKind.LAST_MINUTES):
            title = kind.value[:1].upper() + kind.value[1:]
            records.save(AgendaItem(new_id(), meeting.id, position, kind, title, minutes))


def add_last_minutes(records: Records, meeting_id: str) -> None:
    """A sub-agenda laid out by an earlier version of the program gets the minutes of the last session, where one was
    held."""
    items = sorted(records.find(AgendaItem, meeting_id=meeting_id), key=lambda item: item.position)
    if last_meeting(records) is None or any(item.kind is ItemKind.LAST_MINUTES for item in items):
        return
    at = next((n for n, item in enumerate(items, 1) if item.kind is ItemKind.PEOPLE), 0)
    title = ItemKind.LAST_MINUTES.value.capitalize()
    items.insert(
        at, AgendaItem(new_id(), meeting_id, at, ItemKind.LAST_MINUTES, title, dict(ITEMS)[ItemKind.LAST_MINUTES])
    )
    for position, item in enumerate(items):
        records.save(replace(item, position=position))


def proposal(session: Session, records: Records) -> list[Proposed]:
    """Everyone on the list in the proposed order, with the reason in words."""
    held = last_meeting(records)
    since = held.on if held else None
    settings = private_settings_in(records)
    standing = []
    for person in records.find(RoughSleeper, on_list=True):
        seen = records.find(Sighting, person_id=person.id)
        marks = sorted(records.find(Assessment, person_id=person.id), key=lambda a: a.on)
        before = [m for m in marks[:-1] if since is None or m.on <= since]
        actions = records.find(Action, case_id=person.id, state=ActionState.OPEN)
        standing.append(
            Standing(
                person,
                label(seen, session.today, settings),
                marks[-1] if marks else None,
                before[-1] if before else (marks[-2] if len(marks) > 1 else None),
                last_seen(seen),
                tuple(records.find(Offer, person_id=person.id)),
                len(actions),
                sum(days_late(action, session.today) > 0 for action in actions),
            )
        )
    return agenda.propose(standing, session.today, since)


def proposed_plan(session: Session) -> tuple[date, time, time]:
    """When the next one will be: the day fixed at the last, else as often as the settings say; the times as last."""
    with session.work.reading() as records:
        held = last_meeting(records)
        often = settings_in(records)
    if held is None:
        return session.today, FIRST[0], FIRST[1]
    day = held.next_on or propose_next_meeting(held.on, often, session.holidays)
    return max(day, session.today), held.starts, held.ends


def sub_agenda_of(session: Session, meeting_id: str) -> SubAgenda:
    """The sub-agenda as it stands, for preparing."""
    with session.work.reading() as records:
        require_preparing(session, records)
        meeting = records.get(Meeting, meeting_id)
        turns = turns_of(records, meeting_id)
        people = {p.id: p for p in records.find(RoughSleeper)}
        ranked = proposal(session, records)
        items = sorted(records.find(AgendaItem, meeting_id=meeting_id), key=lambda item: item.position)
    minutes = sum(turn.planned_minutes for turn in turns) + sum(item.planned_minutes for item in items)
    slot = (meeting.ends.hour - meeting.starts.hour) * 60 + meeting.ends.minute - meeting.starts.minute
    picked = tuple((turn, people[turn.person_id]) for turn in turns)
    return SubAgenda(meeting, picked, tuple(ranked), tuple(items), minutes, slot)


def turns_of(records: Records, meeting_id: str) -> list[PersonTurn]:
    """The people of a meeting in their order."""
    return sorted(records.find(PersonTurn, meeting_id=meeting_id), key=lambda turn: turn.position)


def pick(session: Session, meeting_id: str, person_ids: Sequence[str]) -> None:
    """The lead's choice, in the lead's order. Nobody whose turn was taken leaves the list. Raises Refused for a closed
    meeting."""
    session.require(*LEADING)
    with session.work.step("the sub-agenda") as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This private meeting is closed.")
        _put(session, records, meeting, list(dict.fromkeys(person_ids)), by_hand=True)


def toggle(session: Session, meeting_id: str, person_id: str) -> bool:
    """Pick a person, last in order, or take them off the sub-agenda; whether they are on it now."""
    with session.work.reading() as records:
        require_preparing(session, records)
        picked = [turn.person_id for turn in turns_of(records, meeting_id)]
    on = person_id not in picked
    pick(session, meeting_id, [*picked, person_id] if on else [one for one in picked if one != person_id])
    return on


def move(session: Session, turn_id: str, to: int) -> None:
    """Another place in the order, from 1."""
    with session.work.reading() as records:
        turn = records.get(PersonTurn, turn_id)
        others = [one.person_id for one in turns_of(records, turn.meeting_id) if one.id != turn_id]
    place = max(0, min(to - 1, len(others)))
    pick(session, turn.meeting_id, [*others[:place], turn.person_id, *others[place:]])


def set_minutes(session: Session, record_id: str, minutes: int) -> None:
    """Other minutes for a person, or for an item of the agenda. Raises Refused outside 1 (an item: 0) to
    MOST_MINUTES."""
    session.require(*LEADING)
    with session.work.step("minutes of the sub-agenda") as records:
        person = next(iter(records.find(PersonTurn, id=record_id)), None)
        least = 1 if person else 0
        if not least <= minutes <= MOST_MINUTES:
            raise Refused(f"Give between {least} and {MOST_MINUTES} minutes.")
        records.save(replace(person or records.get(AgendaItem, record_id), planned_minutes=minutes))


def pick_as_proposed(session: Session, meeting_id: str) -> None:
    """The program's proposal instead of the lead's own choice."""
    with session.work.reading() as records:
        require_preparing(session, records)
        most = private_settings_in(records).people_on_list
        ids = [one.person.id for one in proposal(session, records)[:most]]
    pick(session, meeting_id, ids)


def begin_alone(session: Session, meeting_id: str) -> None:
    """Nobody is handed over by a meeting of the group: people are entered at the room check, one by one. Raises Refused
    on another day than the meeting's."""
    with session.work.reading() as records:
        require_preparing(session, records)
        meeting = records.get(Meeting, meeting_id)
    if meeting.on != session.today:
        raise Refused(
            f"This session is planned for {dated_day(meeting.on)}. Change its date to today on the sub-agenda to begin."
        )
    receive(session, meeting_id, ())


def _put(
    session: Session, records: Records, meeting: Meeting, person_ids: Sequence[str], *, by_hand: bool = False
) -> None:
    standing = {turn.person_id: turn for turn in turns_of(records, meeting.id)}
    for gone in set(standing) - set(person_ids):
        if standing[gone].state is not TurnState.TO_DO:
            raise Refused("Someone already discussed cannot be removed from the sub-agenda.")
        records.remove(standing[gone])
    why = {one.person.id: one.why for one in proposal(session, records)}
    minutes = private_settings_in(records).person_minutes
    for position, person_id in enumerate(person_ids):
        turn = standing.get(person_id) or PersonTurn(
            new_id(), meeting.id, person_id, position, minutes, why.get(person_id, "")
        )
        records.save(replace(turn, position=position, placed_by_hand=turn.placed_by_hand or by_hand))
