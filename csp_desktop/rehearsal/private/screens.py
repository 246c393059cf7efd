"""The private window's screens in plum: people, papers, the room check, and the session itself."""

from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.domain.meeting.private_handover import Handed, RoomList
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.private.door import PrivateDoorPage
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.private.settings import PrivateSettingsPage
from csp_desktop.gui.window.program import Program
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.pictures.screens import Screen, Sitting, page, then
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.services.private import agenda, people, register, room
from csp_desktop.services.private.room import Place
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.settings import change_private_settings
from csp_desktop.services.session import Session

NEWCOMER = Handed("row of a newcomer", "Dr Priya Raman", "Community Mental Health Team", AgencyKind.HEALTH)
LINKED_ASKS = "Your passphrase for the group's file"


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
        ("private_circulate", then(page("private_circulate", meetings(session)[0].id), _first_copy)),
    ]
    return Sitting(screens, base, session, kind=PRIVATE)


def _look_at_case(hands: Hands) -> None:
    lead = next(user for user in sample_users() if user["role"] == "new-hope-lead")
    hands.fill(LINKED_ASKS, lead["passphrase"])
    hands.key("Return")
    hands.wait(lambda: hands.look("Close") is not None, "the linked case")


def _first_copy(hands: Hands) -> None:
    """What somebody gets, and its pages where the window has the height for them."""
    hands.key("Down")


def of_crossing(session: Session, base: Path) -> Sitting:
    """The list before anyone unlocked, and the room check with somebody nobody knows."""
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    rows = register.rows(session)
    came = tuple(Handed(f"row {r.member.name}", r.member.name, r.agency.name, r.agency.kind) for r in rows)
    room.receive(session, meeting.id, (*came, NEWCOMER))

    def door(program: Program) -> QWidget:
        table = PrivateTable(parent=program)
        table.room = RoomList(meeting.on, time(16, 0), (*came, NEWCOMER), session.now())
        program.window.cover(PrivateDoorPage(table, session.now))
        return program.window

    room_page = page("private_room", meeting.id)
    screens: list[Screen] = [("private_room", room_page), ("private_door", door)]
    screens += [("private_room-sign", then(room_page, _key("S")))]
    return Sitting(screens, base, session, kind=PRIVATE)


GONE = (Place.NOT_KNOWN, Place.MUST_LEAVE)  # they leave at the crossing


def at_the_table(session: Session, base: Path) -> Sitting:
    """The sample's session, its room cleared and signed; every screen finds the room as it was then."""
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    rows = register.rows(session)
    handed = [Handed(f"row {r.member.name}", r.member.name, r.agency.name, r.agency.kind) for r in rows]
    room.receive(session, meeting.id, handed)
    check = room.check(session, meeting.id)
    for row in (*check.staying, *check.leaving):
        if row.place in GONE:
            room.leave(session, row.id)
        else:
            room.sign(session, row.id, typed_name=row.name)
    room.count_heads(session, meeting.id, sum(r.present for r in room.check(session, meeting.id).staying))
    PrivateSitting(session, meeting.id).begin()
    stayed = tuple(row.id for row in room.check(session, meeting.id).staying if row.present)

    def gate(program: Program) -> QWidget:
        _as_it_was(session, meeting.id, stayed)
        return page("private_live", meeting.id)(program)

    def named(name: str, *acts: Callable[[Hands], object]) -> tuple[str, Callable[[Program], QWidget]]:
        return f"private_live-{name}", then(gate, *acts)

    return Sitting(
        [
            ("private_live", gate),
            named("cleared", _clear),
            named("person", _clear, _key("Return"), _key("Ctrl+3")),
            named("offers", _clear, _key("Return"), _key("Ctrl+O")),
            named("read-back", _clear, _key("Return"), _key("Ctrl+2"), _key("Ctrl+Return")),
            named("arrival", _key("F6")),
            named("agenda", _key("Ctrl+Shift+A")),
            named("end", _key("Ctrl+Shift+W")),
        ],
        base,
        session,
        kind=PRIVATE,
    )


def _as_it_was(session: Session, meeting_id: str, stayed: tuple[str, ...]) -> None:
    check = room.check(session, meeting_id)
    for row in (*check.staying, *check.leaving):
        if row.id in stayed and not row.present:
            room.come_back(session, row.id)
    sitting = PrivateSitting(session, meeting_id)
    sitting.go_to(sitting.state().rail[0].turn_id)


def _clear(hands: Hands) -> None:
    """S, until nobody is there who may not hear."""
    for _ in range(20):
        if hands.look("Must leave") is None:
            return
        hands.key("S")
        hands.settle()


def _key(chord: str) -> Callable[[Hands], object]:
    return lambda hands: hands.key(chord)


PREPARING = ("private_home", "private_agenda", "private_updates", "private_register", "private_help")
PRIVATE_SECTIONS = tuple(section.key for section in PrivateSettingsPage.SECTIONS)


def private_sittings(sample: Partnership, base: Path) -> Iterator[Sitting]:
    """All of them, one after another: each begins where the one before left the file."""
    yield _preparing(sample.session, base)
    yield of_people(sample.session, base)
    yield of_crossing(sample.session, base)
    yield at_the_table(sample.session, base)


def _preparing(session: Session, base: Path) -> Sitting:
    """A cold week: the protocol is on."""
    note = "Beds at the church hall from 19:00; ring the outreach team first."
    change_private_settings(session, winter_protocol=True, winter_protocol_note=note)
    sections = [(f"private_settings-{name}", page("private_settings", name)) for name in PRIVATE_SECTIONS]
    member = ("private_register-member", then(page("private_register"), _into_first))
    return Sitting([*((stem, page(stem)) for stem in PREPARING), member, *sections], base, session, kind=PRIVATE)


def _into_first(hands: Hands) -> None:
    hands.key("Down", "Return")
