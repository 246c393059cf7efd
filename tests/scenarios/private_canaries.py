"""People who must never be heard of outside the private file, and their private session in a process of its own.

`plant` puts them into a private file; run as a program, this is the private window beside the group's: it takes the
list from its standard input, lets the lead in, clears the room, speaks of the first of them, makes a bug with a name
in it, and ends once the file `end` lies in its folder; with `alone` it first goes on without the group's window. Only
this process and the tests know these words.
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer

from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import Offer, Sighting
from csp_desktop.gui.private.door import PrivateDoorPage
from csp_desktop.gui.private.private_table import GONE
from csp_desktop.gui.window.bug_log import write
from csp_desktop.gui.window.bug_report import install_excepthook
from csp_desktop.gui.window.pipe import own_pipe
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import private_clock
from csp_desktop.services.private import agenda, people, register, room
from csp_desktop.services.private.room import Place
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.session import Session
from tests.scenarios.private_windows import private_sitting, table_of
from tests.scenarios.test_private_sample import LEAD, opened_privately
from tests.scenarios.windows import Sitting

CANARIES = (
    "Quenby Ormathwaite",
    "Tansyfoot",
    "Gallowglass Arches",
    "Perrywinkle",
    "Ulverscombe",
    "Yarrowdale",
    "Hexhamshire",
    "Zinnowell",
    "RS-009",
)
NAME, ALIAS, PLACE, HEADLINE, NOTE, ACTION, OFFER, SECOND, REFERENCE = CANARIES
DAY = date(2026, 11, 26)


def plant(folder: Path) -> None:
    """Two people with telling names in a sample's private file, both on November's sub-agenda."""
    with opened_privately(folder) as private:
        session = private.session
        worker = next(row.member.id for row in register.rows(session) if row.member.name == "Mina Halloran")
        first = people.add(session, NAME, [ALIAS])
        assert first.reference == REFERENCE
        second = people.add(session, f"Odo {SECOND}")
        for person in (first, second):
            people.involve(session, person.id, worker, DAY, "Lead worker")
        people.save(session, replace(first, headline=HEADLINE))
        people.note_sighting(session, Sighting("", first.id, DAY, PLACE, "Mina Halloran", bedded_down=True))
        people.offer(session, Offer("", first.id, DAY, OFFER, "Mina Halloran"))
        meeting = agenda.next_meeting(session)
        assert meeting is not None
        agenda.pick(session, meeting.id, [first.id, second.id])


def clear_the_room(session: Session, meeting_id: str) -> None:
    """Who must leave leaves, the others sign and are counted."""
    check = room.check(session, meeting_id)
    for row in (*check.staying, *check.leaving):
        if row.place in (Place.NOT_KNOWN, Place.MUST_LEAVE):
            room.leave(session, row.id)
        else:
            room.sign(session, row.id, typed_name=row.name)
    room.count_heads(session, meeting_id, sum(row.present for row in room.check(session, meeting_id).staying))


def speak_of_first(session: Session, sitting: PrivateSitting) -> None:
    """Everyone who may not hear steps out; then a note, an action and an outcome."""
    for barred in sitting.gate().clearance.must_leave:
        room.leave(session, barred.who.id)
    assert sitting.open_person().page.person.name == NAME
    sitting.keep_typing(f"{NOTE} is where they go on Sundays")
    lead = next(row.member.id for row in register.rows(session) if row.leads)
    sitting.agree(f"zz ask at {ACTION} thu", [lead])
    sitting.choose(PersonOutcome.CONTINUE)


def main(folder: Path, base: Path) -> None:
    pipe = own_pipe()
    with private_sitting(folder, base / "private", private_clock(), pipe) as begun:
        pipe.start()
        hands = begun.hands
        install_excepthook(begun.program.tell_of_bug, write)
        hands.wait(lambda: begun.hands.window.findChild(PrivateDoorPage) is not None, "the list of the room")
        hands.click("Unlock")
        begun.unlock(LEAD["name"], LEAD["passphrase"])
        session, table = begun.program._session, table_of(begun)
        assert session is not None
        meeting = agenda.next_meeting(session)
        assert meeting is not None
        sitting = table.sitting(session, meeting.id)
        (_begin if meeting.state is MeetingState.SIGN_IN else _go_on)(begun, session, sitting)
        _break_down(hands)
        (base / "open").touch()
        while not any((base / word).exists() for word in ("end", "alone")):
            hands._look_away()
        if (base / "alone").exists():
            _go_on_alone(begun, sitting)
    pipe.end()


def _begin(begun: Sitting, session: Session, sitting: PrivateSitting) -> None:
    """The room check; who left goes back to the group; the first person."""
    begun.hands.wait(lambda: begun.hands.on_page("private_room"), "the room check")
    clear_the_room(session, sitting.meeting_id)
    sitting.begin()
    table_of(begun).give_back(room.departures(session, sitting.meeting_id))
    begun.program.window.show_page("private_live", sitting.meeting_id)
    speak_of_first(session, sitting)


def _go_on(begun: Sitting, session: Session, sitting: PrivateSitting) -> None:
    """Killed and started again: at the gate, with what was typed."""
    begun.hands.wait(lambda: begun.hands.on_page("private_live"), "the session that runs")
    assert not sitting.visible
    assert not any(word in text for text in begun.hands.texts() for word in CANARIES)
    assert NOTE in sitting.open_person().note


def _go_on_alone(begun: Sitting, sitting: PrivateSitting) -> None:
    """The group's window has died: it is said, and the session goes on to its end."""
    begun.hands.wait(lambda: GONE in begun.hands.texts(), "that the other window has closed")
    sitting.keep_typing(f"{NOTE} and the other window is gone")
    sitting.accept()
    sitting.close()


def _break_down(hands: Hands) -> None:
    def break_down(name: str = NAME) -> None:
        raise ValueError(f"no such person: {name}")

    QTimer.singleShot(0, break_down)
    hands.settle()
    hands.settle()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
