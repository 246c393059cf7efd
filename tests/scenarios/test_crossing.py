"""From the group's meeting to the private one through both windows, on real files: what passes, and what does not."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest

from csp_desktop.bootstrap.partnership import create_partnership
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.private_handover import Departures, Handed, Hide, RoomList, line_of, message_of
from csp_desktop.gui.meeting.private_part import PrivatePartPage
from csp_desktop.gui.private.door import PrivateDoorPage
from csp_desktop.gui.private.room import PrivateRoomPage
from csp_desktop.gui.window.pipe import Pipe
from csp_desktop.gui.window.private_handover import Crossing, PrivateState
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.services.private import room
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.private_windows import private_sitting, table_of
from tests.scenarios.test_private_file import LEADER, NOW, _fill, now
from tests.scenarios.windows import Sitting, sitting
from tests.support.private_session import DAY, LEAD, MEMBERS

CHILD = """
import sys, time, json
first = json.loads(sys.stdin.readline())["begin"]
room = json.loads(sys.stdin.readline())["room"]
origins = [one[0] for one in room["people"]]
print("a line that says nothing", flush=True)
print(json.dumps({"person": "K.B."}), flush=True)
print(json.dumps({"departures": [[origins[0], "2026-11-26T15:39:12+00:00"]]}), flush=True)
WAIT
print(json.dumps({"ended": True}), flush=True)
"""


@dataclass
class PipeEnds:
    """Both ends of the private program's pipes, as the group's program would hold them."""

    pipe: Pipe
    to: BinaryIO
    back: BinaryIO

    def say(self, message: RoomList | Hide) -> None:
        self.to.write(line_of(message).encode() + b"\n")
        self.to.flush()


@pytest.fixture
def ends() -> Iterator[PipeEnds]:
    there_read, there_write = os.pipe()
    back_read, back_write = os.pipe()
    reads, writes = os.fdopen(there_read, "rb"), os.fdopen(back_write, "wb")
    made = PipeEnds(Pipe(reads, writes), os.fdopen(there_write, "wb"), os.fdopen(back_read, "rb"))
    made.pipe.start()
    yield made
    made.to.close()
    made.pipe._reader._thread.join()
    for end in (reads, writes, made.back):
        end.close()


@pytest.fixture
def private_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "partnership"
    made, _ = create_partnership(
        folder, [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    _fill(made)
    made.close()
    return folder


def _handed() -> RoomList:
    people = [Handed(f"row {name}", name, agency, kind) for name, agency, kind in MEMBERS]
    return RoomList(DAY, NOW.time(), tuple(people), NOW)


def door_of(begun: Sitting) -> PrivateDoorPage:
    """The list of the room, once it has come over."""
    begun.hands.wait(lambda: begun.hands.window.findChild(PrivateDoorPage) is not None, "the list of the room")
    page = begun.hands.window.findChild(PrivateDoorPage)
    assert isinstance(page, PrivateDoorPage)
    return page


def room_of(begun: Sitting) -> PrivateRoomPage:
    """The room check."""
    begun.hands.wait(lambda: begun.hands.on_page("private_room"), "the room check")
    page = begun.program.window.page()
    assert isinstance(page, PrivateRoomPage)
    return page


def crossing_of(begun: Sitting) -> Crossing:
    """The group's side."""
    assert begun.program.crossing is not None
    return begun.program.crossing


def session_of(begun: Sitting) -> Session:
    """Whoever is unlocked."""
    assert begun.program._session is not None
    return begun.program._session


def _texts(hands: Hands) -> str:
    return " ".join(hands.texts())


def test_before_the_lead_unlocks_nobodys_involvement_shows(ends: PipeEnds, private_folder: Path, tmp_path: Path):
    with private_sitting(private_folder, tmp_path, NOW, ends.pipe) as begun:
        ends.say(_handed())
        door = door_of(begun)
        staying = [entry.title for entry in door._ui.staying_view.entries()]
        others = [(entry.title, entry.pill) for entry in door._ui.others_view.entries()]
        assert staying == ["Police", "PC Sara Lyle", "Council", "Amira Shah"]
        assert {pill for _, pill in others} == {"Waiting for New Hope"}
        assert LEAD in dict(others)


def test_who_goes_before_and_after_unlocking_is_given_back_once_and_nothing_else(
    ends: PipeEnds, private_folder: Path, tmp_path: Path
):
    with private_sitting(private_folder, tmp_path, NOW, ends.pipe) as begun:
        ends.say(_handed())
        hands = begun.hands
        door = door_of(begun)
        ewa = next(n for n, e in enumerate(door._ui.others_view.entries(), 1) if e.title == "Ewa Lukasik")
        hands.key(str(ewa))
        hands.wait(door._ui.unlock_button.hasFocus, "Enter to unlock")
        hands.key("Return")
        begun.unlock(LEAD, LEADER.passphrase)
        page = room_of(begun)
        hana = next(n for n, e in enumerate(page._ui.leaving_view.entries(), 1) if e.title == "Hana Lowe")
        hands.key(str(hana))
        hands.key("S")
        for _ in range(4):
            hands.write(page._ui.signer_title.text().removesuffix(", please sign"))
            hands.key("Ctrl+Return")
        assert page._ui.heads_field.hasFocus() and ("H", "heads") in list(page.keys())
        hands.write("4")
        hands.key("Return")
        assert page._check is not None and page._check.waits_for == ""
        assert page._ui.open_button.hasFocus()
        session, table = session_of(begun), table_of(begun)
        table.sitting(session, page._meeting_id).begin()
        back = room.departures(session, page._meeting_id)
        assert table.give_back(back)
        assert table.give_back(back)
        ends.pipe.end()
    said = [message_of(ends.back.readline().strip()) for _ in range(2)]
    assert isinstance(said[0], Departures)
    assert {one.origin for one in said[0].people} == {"row Ewa Lukasik", "row Hana Lowe"}
    assert not isinstance(said[1], Departures)


def test_hiding_one_window_hides_the_other(ends: PipeEnds, private_folder: Path, tmp_path: Path):
    with private_sitting(private_folder, tmp_path, NOW, ends.pipe) as begun:
        ends.say(_handed())
        hands = begun.hands
        door_of(begun)._ui.unlock_button.click()
        begun.unlock(LEAD, LEADER.passphrase)
        ends.say(Hide())
        hands.wait(begun.program.is_locked, "the lock")
        begun.unlock(LEAD, LEADER.passphrase)
        hands.key("F12")
        assert begun.program.is_locked()
    assert message_of(ends.back.readline().strip()) == Hide()


@pytest.fixture
def group(sample: Path, november: str, tmp_path: Path) -> Iterator[Sitting]:
    partnership, clock = opened(sample)
    partnership.close()
    with sitting(sample, tmp_path, clock()) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.hands.wait(lambda: begun.hands.on_page("live"), "the meeting")
        yield begun


def _run_child(begun: Sitting, wait: str) -> None:
    crossing_of(begun)._command = [sys.executable, "-c", CHILD.replace("WAIT", wait)]
    begun.program.window.show_page("private_part")
    page = begun.program.window.page()
    assert isinstance(page, PrivatePartPage)
    page._ui.begin_button.click()


def test_while_the_private_meeting_runs_the_groups_window_shows_nothing_of_its_own(group: Sitting):
    _run_child(group, "sys.stdin.readline()")
    hands = group.hands
    hands.wait(lambda: crossing_of(group).departed is not None, "the departures")
    for name in ("live", "cases", "home", "minutes"):
        group.program.window.show_page(name)
        assert hands.on_page("private_part")
    assert not any("SN-2026" in text for text in hands.texts())
    assert "1 person left" in _texts(hands)
    crossing_of(group).hide()
    hands.wait(lambda: crossing_of(group).state is PrivateState.ENDED, "the end")
    group.program.window.show_page("home")
    assert hands.on_page("home")


def test_only_the_departures_reach_the_groups_file(group: Sitting):
    session = session_of(group)
    with session.work.reading() as records:
        meeting = next(m for m in records.find(Meeting) if m.on == DAY)
        before = {row.id: row for row in records.find(Attendance, meeting_id=meeting.id)}
    number = session.work.head()[0]
    _run_child(group, "")
    group.hands.wait(lambda: crossing_of(group).state is PrivateState.ENDED, "the end")
    with session.work.reading() as records:
        after = {row.id: row for row in records.find(Attendance, meeting_id=meeting.id)}
    changed = [row for row in after.values() if before[row.id] != row]
    assert [row.left_at.isoformat() for row in changed if row.left_at] == ["2026-11-26T15:39:12+00:00"]
    assert session.work.head()[0] == number + 1


def test_departures_that_come_while_the_group_is_locked_are_written_when_it_is_unlocked(group: Sitting):
    _run_child(group, "sys.stdin.readline()")
    group.program.hide()
    hands = group.hands
    hands.wait(lambda: crossing_of(group).state is PrivateState.ENDED, "the end")
    group.unlock(TAKER["name"], TAKER["passphrase"])
    assert crossing_of(group).departed == 1


def test_a_private_window_that_dies_is_said_and_can_be_begun_again(group: Sitting):
    _run_child(group, "import os; os.kill(os.getpid(), 9)")
    hands = group.hands
    hands.wait(lambda: crossing_of(group).state is PrivateState.BROKEN, "the end")
    assert "closed unexpectedly" in _texts(hands)
    _run_child(group, "")
    hands.wait(lambda: crossing_of(group).state is PrivateState.ENDED, "the end")


def test_the_folder_and_what_the_private_window_is_for_never_stand_in_the_process_list(group: Sitting, sample: Path):
    command = " ".join(crossing_of(group)._command)
    assert str(sample) not in command and "private" not in command and "--" not in command
    _run_child(group, f"assert first == {{'folder': {str(sample)!r}, 'out': ''}}")
    group.hands.wait(lambda: crossing_of(group).state is not PrivateState.RUNNING, "the end")
    assert crossing_of(group).state is PrivateState.ENDED, "it was told the folder by the pipe"


def test_what_the_private_window_complains_of_never_reaches_the_groups_terminal(
    group: Sitting, capfd: pytest.CaptureFixture[str]
):
    _run_child(group, "sys.stderr.write('K.B. could not be drawn'); sys.stderr.flush()")
    group.hands.wait(lambda: crossing_of(group).state is PrivateState.ENDED, "the end")
    assert "K.B." not in "".join(capfd.readouterr())


def test_the_list_that_goes_over_holds_nothing_but_the_room():
    said = json.loads(line_of(_handed()))
    assert set(said) == {"room"} and set(said["room"]) == {"on", "ends", "people", "at"}
