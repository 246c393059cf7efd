"""Handing over the chair or the minutes while a meeting runs, and a stand-in whose way into the file ends with it."""

from dataclasses import dataclass

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.offices import Office, OfficeTaken, after_hand_over, hand_over, holder
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.file import users
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class OfficeRow:
    """Who holds an office now; `is_here` is false where they left and nobody took it over."""

    office: Office
    member_id: str
    name: str
    is_here: bool


def offices(session: Session, meeting_id: str) -> tuple[OfficeRow, ...]:
    """Who chairs and who takes the minutes now."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        here = {row.member_id for row in records.find(Attendance, meeting_id=meeting_id) if row.present}
        held = [(office, holder(meeting, office)) for office in Office]
        return tuple(OfficeRow(office, who, _name(records, who), who in here) for office, who in held)


def _name(records: Records, member_id: str) -> str:
    found = records.find(Member, id=member_id) if member_id else []
    return found[0].name if found else ""


def take(session: Session, meeting_id: str, office: Office, member_id: str) -> OfficeTaken:
    """Somebody in the room chairs, or takes the minutes, from now on. Raises Refused for somebody who is not here or
    has not signed, and for a meeting that is not in session."""
    session.require_recorder()
    words = "handing over of the chair" if office is Office.CHAIR else "handing over of the minutes"
    with session.work.step(words) as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is not MeetingState.IN_SESSION:
            raise Refused("This meeting is not in progress. Before it starts, choose this under Prepare.")
        row = next(iter(records.find(Attendance, meeting_id=meeting_id, member_id=member_id)), None)
        if row is None:
            raise Refused("This person is not on the list of this meeting. Sign them in first.")
        at = at_table(session, records, meeting_id)
        taken = hand_over(meeting, office, row, _name(records, holder(meeting, office)), at)
        records.save(taken)
        records.save(after_hand_over(meeting, taken))
    return taken


def let_stand_in(session: Session, meeting_id: str, member_id: str, passphrase: str, repeated: str) -> User | None:
    """Somebody takes the minutes in the minute-taker's place, with a way into the file that ends as the meeting is
    closed; None where they can open it anyway. Raises what adding a user raises, and Refused as `take` does, before
    anything is changed."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        takes = holder(meeting, Office.MINUTES) == member_id
        for row in () if takes else records.find(Attendance, meeting_id=meeting_id, member_id=member_id):
            hand_over(meeting, Office.MINUTES, row, "", session.now())
    made = None
    if any(one.id == member_id for one in users.people_to_add(session)):
        made = users.add_user(session, member_id, (Role.MINUTE_TAKER,), passphrase, repeated, ends_with_id=meeting_id)
    if not takes:
        take(session, meeting_id, Office.MINUTES, member_id)
    return made
