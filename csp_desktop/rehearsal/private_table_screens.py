"""The private window's screens at the table: the room check, the gate, a person, who comes in, the end."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csp_desktop.domain.crossing import Handed
from csp_desktop.gui.program import Program
from csp_desktop.gui.shapes import PRIVATE
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.screens import Sitting, page, then
from csp_desktop.services.private import agenda, register, room
from csp_desktop.services.private.room import Place
from csp_desktop.services.private.sitting import PrivateSitting
from csp_desktop.services.session import Session

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
            named("read-back", _clear, _key("Return"), _key("Ctrl+1"), _key("Ctrl+Return")),
            named("arrival", _key("F6")),
            named("end", _key("Ctrl+Shift+W")),
        ],
        base,
        session,
        shape=PRIVATE,
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
        if hands.look("Must step out") is None:
            return
        hands.key("S")
        hands.settle()


def _key(chord: str) -> Callable[[Hands], object]:
    return lambda hands: hands.key(chord)
