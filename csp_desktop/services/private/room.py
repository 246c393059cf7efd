"""Crossing over, and the room afterwards: who stays, who leaves, who signs, how many heads.

Police and council stay, New Hope leads; for all others the lead decides. Only who left at the crossing goes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, ClauseKind, Remote, Stroke
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.private_handover import Departed, Departures, Handed
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus, Member
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.domain.private.admission import InRoom
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, RoomEntry
from csp_desktop.domain.private.people import Involvement, involved_with
from csp_desktop.services.meeting.sign_in import current_clause
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.register import LEADING, leading_ids, matched
from csp_desktop.services.session import Session


class Place(Enum):
    """Where someone stands at the crossing; the words are shown."""

    MAY_STAY = "may stay"
    LEADS = "leads this meeting"
    INVOLVED = "involved with someone on today's list"
    NOT_KNOWN = "not confirmed in the private register"
    MUST_LEAVE = "must leave"
    STAYS_BY_DECISION = "stays, New Hope decided"
    LEFT = "left"


@dataclass(frozen=True)
class RoomRow:
    """One person at the crossing or in the room. `hears` is how many of the people on the list they may hear."""

    id: str
    name: str
    agency: str
    job_title: str
    kind: AgencyKind | None
    place: Place
    hears: int
    of: int
    present: bool
    signed_at: datetime | None
    left_at: datetime | None
    member_id: str
    hears_clause: bool
    may_sign: bool  # who must hear the clause has heard it
    read_at: datetime | None
    read_by: str
    remote: Remote | None = None
    alone: bool | None = None
    shown: bool = False
    here_for: str = ""


@dataclass(frozen=True)
class RoomCheck:
    """The crossing as the lead's screen shows it."""

    meeting: Meeting
    crossing: Crossing
    staying: tuple[RoomRow, ...]
    leaving: tuple[RoomRow, ...]
    still_to_leave: tuple[RoomRow, ...]
    unsigned: tuple[RoomRow, ...]
    unknown: tuple[RoomRow, ...]
    people: int  # on the list
    led: bool

    @property
    def heads_agree(self) -> bool:
        """Whether as many were counted as are listed present."""
        return self.crossing.heads == self.heads_here

    @property
    def heads_here(self) -> int:
        """How many should be counted: nobody on Teams or telephone has a head in the room."""
        return sum(row.present and row.remote is None for row in (*self.staying, *self.leaving))

    @property
    def waits_for(self) -> str:
        """What still holds up the first person, in words; empty when it may begin."""
        if not self.people:
            return "Nobody is on the sub-agenda yet."
        if self.still_to_leave:
            return f"{len(self.still_to_leave)} still to leave."
        if self.unknown:
            return f"{self.unknown[0].name} is not confirmed in the private register."
        if self.unsigned:
            return f"{len(self.unsigned)} still to sign the private session's clause."
        if not self.led:
            return "New Hope's lead or deputy is not here."
        if self.crossing.heads is None:
            return "Count the people in the room: H."
        return "" if self.heads_agree else "The number counted does not match the list. Count again: H."


def receive(session: Session, meeting_id: str, people: Sequence[Handed], left: Sequence[Departed] = ()) -> Meeting:
    """Take over everyone in the room; twice changes nothing. Who left before the file was unlocked has left; for whom a
    deputy came is taken over where the register knows them. Raises Refused for a closed meeting."""
    session.require(*LEADING)
    gone = {one.origin: one.left_at for one in left}
    with session.work.step("start of the private meeting", undoable=False) as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This private meeting is closed. Plan the next one first.")
        known = {place.origin for place in records.find(RoomEntry, meeting_id=meeting_id)}
        fresh = [one for one in people if one.origin not in known]
        rows = [_take_over(session, records, meeting, one, gone.get(one.origin)) for one in fresh]
        for one, row in zip(fresh, rows, strict=True):
            absent = matched(records, one.here_for, one.here_for_agency) if one.here_for else None
            if absent is not None and absent.id != row.member_id and not _is_here(records, meeting, absent):
                _stands_for(records, row, absent.id)
        if not records.find(Crossing, meeting_id=meeting_id):
            records.save(Crossing(new_id(), meeting_id, session.now()))
        if meeting.state is MeetingState.PLANNED:
            meeting = replace(meeting, state=MeetingState.SIGN_IN, opened_at=session.now())
            records.save(meeting)
    return meeting


def _is_here(records: Records, meeting: Meeting, member: Member) -> bool:
    """Whether the register's member came themselves."""
    rows = records.find(Attendance, meeting_id=meeting.id, member_id=member.id)
    return any(row.present or row.signed for row in rows)


def _take_over(
    session: Session, records: Records, meeting: Meeting, one: Handed, left_at: datetime | None
) -> Attendance:
    member = matched(records, one.name, one.agency)
    row = _row(meeting, one.name, one.agency, member.id if member else "", member.job_title if member else "")
    row = replace(
        row,
        agency_id=member.agency_id if member else "",
        arrived_at=session.now(),
        left_at=left_at,
        remote=one.remote,
    )
    records.save(row)
    records.save(RoomEntry(row.id, meeting.id, one.origin, left_at_crossing=left_at))
    return row


def _row(meeting: Meeting, name: str, agency: str, member_id: str, job_title: str) -> Attendance:
    return Attendance(
        new_id(), meeting.id, member_id, name, "", agency, job_title, Capacity.PRIVATE, IspStatus.NONE, expected=True
    )


def check(session: Session, meeting_id: str) -> RoomCheck:
    """How the crossing stands."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        crossings = records.find(Crossing, meeting_id=meeting_id)
        crossing = crossings[0] if crossings else Crossing("", meeting_id, session.now())
        on_list = [turn.person_id for turn in records.find(PersonTurn, meeting_id=meeting_id)]
        rows = _rows(session, records, meeting, on_list)
        leading = leading_ids(records)
    stays = (Place.MAY_STAY, Place.LEADS, Place.INVOLVED, Place.STAYS_BY_DECISION, Place.NOT_KNOWN)
    staying = tuple(row for row in rows if row.place in stays)
    leaving = tuple(row for row in rows if row.place not in stays)
    return RoomCheck(
        meeting,
        crossing,
        staying,
        leaving,
        still_to_leave=tuple(row for row in leaving if row.present),
        unsigned=tuple(row for row in staying if row.present and row.signed_at is None),
        unknown=tuple(row for row in staying if row.present and row.place is Place.NOT_KNOWN),
        people=len(on_list),
        led=any(row.present and row.member_id in leading for row in staying),
    )


def _rows(session: Session, records: Records, meeting: Meeting, on_list: Sequence[str]) -> list[RoomRow]:
    agencies = {a.id: a for a in records.find(Agency)}
    leading = leading_ids(records)
    involvements = records.find(Involvement, person_id=tuple(on_list)) if on_list else []
    places = {p.id: p for p in records.find(RoomEntry, meeting_id=meeting.id)}
    clause = current_clause(records, ClauseKind.PRIVATE)
    found = []
    for row in sorted(records.find(Attendance, meeting_id=meeting.id), key=lambda r: folded(r.name)):
        agency = agencies.get(row.agency_id) if row.member_id else None
        kind = agency.kind if agency else None
        hears = sum(row.member_id in involved_with(involvements, person, meeting.on) for person in on_list)
        place = _place(row, kind, places.get(row.id), hears, row.member_id in leading)
        everyone = place in (Place.MAY_STAY, Place.LEADS)
        found.append(
            RoomRow(
                row.id,
                row.name,
                row.agency_name,
                row.job_title,
                kind,
                place,
                len(on_list) if everyone else hears,
                len(on_list),
                row.present,
                row.signed_at,
                row.left_at,
                row.member_id,
                signing.hears_the_clause(row),
                signing.may_sign(row, clause),
                row.read_at if row.clause_id == clause.id else None,
                row.read_by,
                row.remote,
                row.alone,
                row.shown,
                row.here_for,
            )
        )
    return found


def _place(row: Attendance, kind: AgencyKind | None, place: RoomEntry | None, hears: int, leads: bool) -> Place:
    if not row.present and (place is None or place.left_at_crossing is not None or row.left_at is not None):
        return Place.LEFT
    if place is not None and place.stays is False:
        return Place.MUST_LEAVE
    if is_outside(row, place):
        return Place.MUST_LEAVE
    if kind is None:
        return Place.STAYS_BY_DECISION if place is not None and place.stays else Place.NOT_KNOWN
    if leads:
        return Place.LEADS
    if kind in (AgencyKind.POLICE, AgencyKind.COUNCIL):
        return Place.MAY_STAY
    if hears:
        return Place.INVOLVED
    return Place.STAYS_BY_DECISION if place is not None and place.stays else Place.MUST_LEAVE


def is_outside(row: Attendance, place: RoomEntry | None) -> bool:
    """Whether somebody is on Teams or telephone whom the lead has not admitted: whoever they are, they hear nobody."""
    return row.remote is not None and not (place is not None and place.stays)


def note_alone(session: Session, attendance_id: str, alone: bool | None) -> Attendance:
    """What somebody on Teams or telephone said when asked whether they are alone. Raises Refused for one in the
    room."""
    session.require(*LEADING)
    with session.work.step("whether an attendee is alone") as records:
        row = signing.answered_alone(records.get(Attendance, attendance_id), alone)
        records.save(row)
    return row


def decide(session: Session, attendance_id: str, *, stays: bool) -> None:
    """The lead decides who stays and who must leave; being in the room lets nobody hear a person by itself. Raises
    Refused where one who leads would leave."""
    session.require(*LEADING)
    with session.work.step("who stays for the private meeting") as records:
        row = records.get(Attendance, attendance_id)
        if row.member_id in leading_ids(records) and not stays and row.remote is None:
            raise Refused(f"{row.name} leads this meeting.")
        records.save(replace(records.get(RoomEntry, attendance_id), stays=stays))


def leave(session: Session, attendance_id: str) -> Attendance:
    """Someone goes. Before the first person it is a departure at the crossing."""
    with session.work.step("a departure") as records:
        row = signing.leave(records.get(Attendance, attendance_id), session.now())
        records.save(row)
        if records.get(Meeting, row.meeting_id).state is MeetingState.SIGN_IN:
            records.save(replace(records.get(RoomEntry, row.id), left_at_crossing=row.left_at))
    return row


def come_back(session: Session, attendance_id: str) -> Attendance:
    """The key was pressed by mistake, or someone stepped in again, as they were here before. The clause still binds; it
    is repeated."""
    with session.work.step("person returned") as records:
        row = signing.arrive(records.get(Attendance, attendance_id), session.now())
        _is_back(session, records, row, records.get(RoomEntry, row.id))
    return row


def _comes_back(session: Session, attendance_id: str, remote: Remote | None) -> Attendance:
    """Somebody who was here comes back, perhaps otherwise than before: on Teams or telephone they are admitted anew."""
    with session.work.step("person returned") as records:
        row = signing.come_back(records.get(Attendance, attendance_id), session.now(), remote)
        place = records.get(RoomEntry, row.id)
        _is_back(session, records, row, place if remote is None else replace(place, stays=None))
    return row


def _is_back(session: Session, records: Records, row: Attendance, place: RoomEntry) -> None:
    place = replace(place, left_at_crossing=None)
    if records.get(Meeting, row.meeting_id).state is MeetingState.IN_SESSION:
        place = replace(place, clause_repeated=(*place.clause_repeated, session.now()))
    records.save(row)
    records.save(place)


def join(
    session: Session,
    meeting_id: str,
    name: str,
    agency: str,
    *,
    person_id: str = "",
    remote: Remote | None = None,
    here_for_id: str = "",
) -> Attendance:
    """Someone comes later, or is called in for one person: the clause is read out and signed first. `remote`: on Teams
    or telephone; `here_for_id`: the register's member who sent apologies. Raises FieldRefused without first and last
    name or an agency, and for someone who is here; Refused where the other one is here."""
    name = entered(name, "The name", MemberField.NAME)
    agency = entered(agency, "The agency’s name", MemberField.AGENCY)
    if len(name.split()) < 2:
        raise FieldRefused(MemberField.NAME, "Give first and last name, and the agency.")
    if not agency:
        raise FieldRefused(MemberField.AGENCY, f"Say which agency {name} comes from.")
    with session.work.step(f"arrival of {name}") as records:
        meeting = records.get(Meeting, meeting_id)
        member = matched(records, name, agency)
        here = records.find(Attendance, meeting_id=meeting_id)
        again = next((r for r in here if member is not None and r.member_id == member.id), None)
        if again is not None:
            if again.present:
                raise FieldRefused(MemberField.NAME, f"{again.name} is already here.")
            return _stands_for(records, _comes_back(session, again.id, remote), here_for_id)
        row = _row(meeting, name, agency, member.id if member else "", member.job_title if member else "")
        row = replace(
            row,
            expected=meeting.state is not MeetingState.IN_SESSION,
            agency_id=member.agency_id if member else "",
            arrived_at=session.now(),
            remote=remote,
        )
        records.save(row)
        records.save(RoomEntry(row.id, meeting_id, joined_for=person_id))
        return _stands_for(records, row, here_for_id)


def _stands_for(records: Records, row: Attendance, absent_id: str) -> Attendance:
    if not absent_id:
        return row
    absent = records.get(Member, absent_id)
    here = records.find(Attendance, meeting_id=row.meeting_id, member_id=absent_id)
    rows = here or [replace(row, member_id=absent.id, name=absent.name, arrived_at=None, signed_at=None)]
    row = signing.stand_for(row, rows[0])
    records.save(row)
    return row


def absent(session: Session, meeting_id: str) -> tuple[Member, ...]:
    """Those of the register who are not here: for whom a deputy may come."""
    with session.work.reading() as records:
        here = {row.member_id for row in records.find(Attendance, meeting_id=meeting_id) if row.present or row.signed}
        members = records.find(Member, active=True)
    return tuple(sorted((one for one in members if one.id not in here), key=lambda one: folded(one.name)))


def read_out(session: Session, attendance_ids: Sequence[str], reader: str, *, shown: bool = False) -> None:
    """The private session's clause was read out to those who joined, or `shown` to them on Teams. Raises Refused where
    it was shown to one who has no screen of the meeting."""
    with session.work.step("reading out of the clause") as records:
        clause = current_clause(records, ClauseKind.PRIVATE)
        for attendance_id in attendance_ids:
            row = records.get(Attendance, attendance_id)
            row = signing.read_out(row, clause, reader, session.now(), shown=shown)
            records.save(row)
            place = records.get(RoomEntry, row.id)
            records.save(replace(place, clause_repeated=(*place.clause_repeated, session.now())))


def admit_remote(session: Session, attendance_id: str) -> Attendance:
    """New Hope's lead asked somebody on Teams or telephone, who is alone where they are, and admits them: from now on
    they hear whom they would hear in the room. Raises Refused for one in the room, NotAllowed for anybody but lead and
    deputy."""
    with session.work.step("admission of an attendee who is not in the room"):
        row = note_alone(session, attendance_id, True)
        decide(session, attendance_id, stays=True)
    return row


def sign(session: Session, attendance_id: str, *, strokes: Sequence[Stroke] = (), typed_name: str = "") -> Attendance:
    """Someone signs the private session's clause, afresh."""
    with session.work.step("signature in the private session") as records:
        clause = current_clause(records, ClauseKind.PRIVATE)
        row = signing.sign(records.get(Attendance, attendance_id), clause, session.now(), strokes, typed_name)
        records.save(row)
    return row


def declare_interest(session: Session, attendance_id: str, person_id: str, *, declared: bool = True) -> Attendance:
    """Someone declares an interest in a person, and so steps out for them; or takes it back."""
    with session.work.step("a declared interest") as records:
        row = records.get(Attendance, attendance_id)
        others = tuple(one for one in row.interests if one != person_id)
        after = replace(row, interests=(*others, person_id) if declared else others)
        records.save(after)
    return after


def count_heads(session: Session, meeting_id: str, heads: int) -> Crossing:
    """Someone looked round and counted. Raises Refused outside 1 to 200."""
    if not 1 <= heads <= 200:
        raise Refused("Give the number of people in the room.")
    with session.work.step("count of people") as records:
        crossing = records.find(Crossing, meeting_id=meeting_id)[0]
        after = replace(crossing, heads=heads, counted_by=session.user_name, counted_at=session.now())
        records.save(after)
    return after


def departures(session: Session, meeting_id: str) -> Departures:
    """Who left at the crossing: the one thing that goes back to the group's list."""
    with session.work.reading() as records:
        places = records.find(RoomEntry, meeting_id=meeting_id)
    left = [Departed(p.origin, p.left_at_crossing) for p in places if p.origin and p.left_at_crossing is not None]
    return Departures(tuple(sorted(left, key=lambda one: (one.left_at, one.origin))))


def in_room(records: Records, meeting_id: str) -> tuple[InRoom, ...]:
    """The room as the rule of admission sees it: the kind of agency comes from the private register alone."""
    agencies = {a.id: a for a in records.find(Agency)}
    places = {place.id: place for place in records.find(RoomEntry, meeting_id=meeting_id)}
    found = []
    for row in records.find(Attendance, meeting_id=meeting_id):
        if not row.present:
            continue
        agency = agencies.get(row.agency_id) if row.member_id else None
        kind = agency.kind if agency else None
        interests = frozenset(row.interests)
        outside = is_outside(row, places.get(row.id))
        found.append(
            InRoom(row.id, row.name, row.agency_name, row.member_id, kind, row.signed, interests, outside, row.remote)
        )
    return tuple(sorted(found, key=lambda who: folded(who.name)))
