"""From the group's meeting to the private one, as the group's side knows it: who is in the room goes over, and who left
while the room was cleared comes back. Nothing else ever does.
"""

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.private_handover import Departures, Handed, RoomList, token_of
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.services.meeting.regular import regular_meetings
from csp_desktop.services.session import Session


def meeting_to_cross_from(session: Session) -> Meeting | None:
    """Today's meeting, in session or closed: the one the private meeting follows."""
    with session.work.reading() as records:
        held = [
            m
            for m in regular_meetings(records, on=session.today)
            if m.state in (MeetingState.IN_SESSION, MeetingState.CLOSED)
        ]
    return max(held, key=lambda m: m.starts, default=None)


def room_list(session: Session, meeting_id: str) -> RoomList:
    """Everyone here, with the kind of their agency, and for whom a deputy came. Raises Refused before the meeting has
    begun."""
    session.require(Role.CHAIR, Role.MINUTE_TAKER, Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        if not meeting.is_regular or meeting.state not in (MeetingState.IN_SESSION, MeetingState.CLOSED):
            raise Refused("The private meeting follows the group's. Start the group's meeting first.")
        kinds = {agency.id: agency.kind for agency in records.find(Agency)}
        everyone = records.find(Attendance, meeting_id=meeting_id)
    absent = {row.member_id: row for row in everyone if not (row.present or row.signed)}
    rows = [row for row in everyone if row.present]
    rows.sort(key=lambda row: folded(row.name))
    people = tuple(
        Handed(
            token_of(meeting_id, row.id),
            row.name,
            row.agency_name,
            kinds.get(row.agency_id, AgencyKind.OTHER),
            row.remote,
            *((stood.name, stood.agency_name) if stood is not None else ()),
        )
        for row in rows
        for stood in [absent.get(row.here_for_id)]
    )
    return RoomList(meeting.on, meeting.ends, people, session.now())


def note_departures(session: Session, meeting_id: str, departures: Departures) -> int:
    """Who left while the room was cleared, and when: part of the group's attendance list. Returns how many."""
    left = {one.origin: one.left_at for one in departures.people}
    with session.work.step("people leaving at the end of normal business", undoable=False, of_held=True) as records:
        found = {token_of(meeting_id, row.id): row for row in records.find(Attendance, meeting_id=meeting_id)}
        rows = [(found[token], at) for token, at in left.items() if token in found and found[token].present]
        for row, at in rows:
            records.save(signing.leave(row, at))
    return len(rows)
