"""The private window's screens of people, papers and the crossing: the sample's private file before its session."""

from datetime import time
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csp_desktop.domain.agencies import AgencyKind
from csp_desktop.domain.crossing import Handed, RoomList
from csp_desktop.gui.pages.private_door import PrivateDoorPage
from csp_desktop.gui.private_table import PrivateTable
from csp_desktop.gui.program import Program
from csp_desktop.gui.shapes import PRIVATE
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.screens import Screen, Sitting, page, then
from csp_desktop.sample import sample_users
from csp_desktop.services.preparing import meetings
from csp_desktop.services.private import agenda, people, register, room
from csp_desktop.services.session import Session

NEWCOMER = Handed("row of a newcomer", "Dr Priya Raman", "Community Mental Health Team", AgencyKind.HEALTH)
LINKED_ASKS = "Your passphrase of the group's file"


def of_people(session: Session, base: Path) -> Sitting:
    """The list, a person, their linked case, their risk, the import, October's minutes."""
    lines = people.people(session)
    first = lines[0].person.id
    linked = next(line.person.id for line in lines if line.person.safety_net)
    screens: list[Screen] = [
        ("private_people", page("private_people")),
        ("private_person", page("private_person", first)),
        ("private_person-linked", then(page("private_person", linked), _look_at_case)),
        ("private_risk", page("private_risk", first)),
        ("import_rough_sleepers", page("import_rough_sleepers")),
        ("private_minutes", page("private_minutes", meetings(session)[0].id)),
    ]
    return Sitting(screens, base, session, shape=PRIVATE)


def _look_at_case(hands: Hands) -> None:
    lead = next(user for user in sample_users() if user["role"] == "new-hope-lead")
    hands.fill(LINKED_ASKS, lead["passphrase"])
    hands.key("Return")
    hands.wait(lambda: hands.look("Put it away") is not None, "the linked case")


def of_crossing(session: Session, base: Path) -> Sitting:
    """The list before anyone unlocked, and the room check with somebody nobody knows."""
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    rows = register.rows(session)
    came = tuple(Handed(f"row {r.member.name}", r.member.name, r.agency.name, r.agency.kind) for r in rows)
    room.receive(session, meeting.id, (*came, NEWCOMER))

    def door(program: Program) -> QWidget:
        table = PrivateTable(parent=program)
        table.room = RoomList(meeting.on, time(16, 0), (*came, NEWCOMER))
        program.window.cover(PrivateDoorPage(table, session.now))
        return program.window

    screens: list[Screen] = [("private_room", page("private_room", meeting.id)), ("private_door", door)]
    return Sitting(screens, base, session, shape=PRIVATE)
