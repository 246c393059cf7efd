"""What changes while a private session runs: somebody else leads, a person is added to it."""

from dataclasses import dataclass, replace

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState, Place, TurnState
from csp_desktop.domain.meeting.offices import Office, OfficeTaken, hand_over, of_office
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.private.meeting import Crossing, PersonTurn
from csp_desktop.domain.private.people import PersonField, RoughSleeper
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.agenda import turns_of
from csp_desktop.services.private.people import alike_in, enter_person, private_settings_in
from csp_desktop.services.private.register import LEADING, leading_ids
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class OfferedPerson:
    """Somebody on the list who is not on this session's agenda: shown by reference, found by any of `names`."""

    person_id: str
    reference: str
    names: tuple[str, ...]


def offered_people(session: Session, meeting_id: str) -> tuple[OfferedPerson, ...]:
    """Whom the lead can add now, by number. Raises NotAllowed for anybody but lead and deputy."""
    session.require(*LEADING)
    with session.work.reading() as records:
        taken = {turn.person_id for turn in turns_of(records, meeting_id)}
        people = sorted(records.find(RoughSleeper, on_list=True), key=lambda one: one.number)
    return tuple(
        OfferedPerson(one.id, one.reference, (one.reference, one.name, *one.aliases, one.initials))
        for one in people
        if one.id not in taken
    )


def add_new_person(
    session: Session, meeting_id: str, name: str, place: Place, *, although_alike: bool = False
) -> PersonTurn:
    """Somebody nobody knew is put on the list and talked about now, next or at the end, in one step. Raises
    FieldRefused without a name and for one alike, of whom only the reference is said, for the room may hear; Refused
    for a session that does not run."""
    session.require(*LEADING)
    with session.work.step("a new person during the session") as records:
        _running(records, meeting_id)
        doubt = "" if although_alike else doubt_about_new(session, name)
        if doubt:
            raise FieldRefused(PersonField.NAME, doubt)
        return add_person(session, meeting_id, enter_person(session, records, name).id, place)


def doubt_about_new(session: Session, name: str) -> str:
    """What to ask before somebody of this name is new; empty where nobody on the list is called alike."""
    session.require(*LEADING)
    with session.work.reading() as records:
        alike = alike_in(records, session, name)
    return f"{alike[0].person.reference} may be this person. Add that reference instead." if alike else ""


def add_person(session: Session, meeting_id: str, person_id: str, place: Place) -> PersonTurn:
    """Somebody on the list is talked about now, next or at the end; one turns to them at their gate. Raises Refused for
    one who is on the agenda or off the list, and for a session that does not run."""
    session.require(*LEADING)
    with session.work.step("a person added during the session") as records:
        meeting, turns = _running(records, meeting_id), turns_of(records, meeting_id)
        person = records.get(RoughSleeper, person_id)
        if any(turn.person_id == person_id for turn in turns):
            raise Refused(f"{person.reference} is on the sub-agenda already.")
        if not person.on_list:
            raise Refused(f"{person.reference} is not on the list. Put them back on it after the session.")
        now, minutes = session.now(), private_settings_in(records).person_minutes
        why = f"Added at {clock(now)}"
        made = PersonTurn(new_id(), meeting_id, person_id, 0, minutes, why, placed_by_hand=True, joined_at=now)
        turns.insert(_index(turns, meeting.current_turn_id, place), made)
        for position, turn in enumerate(turns):
            records.save(replace(turn, position=position))
        return records.get(PersonTurn, made.id)


def _index(turns: list[PersonTurn], current_id: str, place: Place) -> int:
    """Now before whoever is in hand, next after them; with nobody in hand before the first who waits."""
    if place is Place.END:
        return len(turns)
    here = next((n for n, turn in enumerate(turns) if turn.id == current_id), None)
    if here is None:
        return next((n for n, turn in enumerate(turns) if turn.state is not TurnState.DONE), len(turns))
    return here if place is Place.NOW else here + 1


def leader(records: Records, meeting_id: str) -> str:
    """The register's member who leads now; empty for nobody."""
    taken = of_office(records.find(OfficeTaken, meeting_id=meeting_id), Office.CHAIR)
    crossing = next(iter(records.find(Crossing, meeting_id=meeting_id)), None)
    return taken[-1].to_id if taken else crossing.led_by if crossing else ""


def who_may_lead(session: Session, meeting_id: str) -> tuple[Attendance, ...]:
    """Those in the room who could take over."""
    with session.work.reading() as records:
        leads, now = leading_ids(records), leader(records, meeting_id)
        here = records.find(Attendance, meeting_id=meeting_id)
    return tuple(row for row in here if row.present and row.member_id in leads and row.member_id != now)


def hand_over_lead(session: Session, meeting_id: str, attendance_id: str) -> OfficeTaken:
    """Somebody in the room leads from now on; minuted with the time. Raises Refused for anybody but New Hope's lead or
    deputy, for one who is not here, has not signed or leads already, and for a session that does not run."""
    session.require(*LEADING)
    with session.work.step("handing over of the lead") as records:
        meeting, row = _running(records, meeting_id), records.get(Attendance, attendance_id)
        if row.member_id not in leading_ids(records):
            raise Refused(f"{row.name} cannot lead: only New Hope's lead or deputy leads the private meeting.")
        now = leader(records, meeting_id)
        if now == row.member_id:
            raise Refused(f"{row.name} already leads this meeting.")
        known = records.find(Member, id=now) if now else []
        name = known[0].name if known else ""
        taken = hand_over(replace(meeting, chair_id=now), Office.CHAIR, row, name, session.now())
        records.save(taken)
    return taken


def _running(records: Records, meeting_id: str) -> Meeting:
    meeting = records.get(Meeting, meeting_id)
    if meeting.state is not MeetingState.IN_SESSION:
        raise Refused("The private session is not in progress.")
    return meeting
