"""The group's side: `python -m tests.benchmarks.tempo.group FOLDER PEOPLE CASES` on a desktop. The private window is
played by its own process, as the program starts it.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import time
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication, QLineEdit

from csp_desktop.domain.people.agencies import Member, Standing
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.starting import LocalMemory, Starting
from csp_desktop.rehearsal.clock import EveningClock
from csp_desktop.rehearsal.evening import EveningEnvironment
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.rehearsal.play import go, play_beside, unlock_as
from csp_desktop.resources import sample_data
from csp_desktop.sample.clock import sample_clock
from csp_desktop.sample.partnership import make_sample, require_sample
from csp_desktop.services.meeting import agenda
from csp_desktop.services.people.people import save_member
from tests.benchmarks.tempo.keyboard import Beats, KeyboardHands
from tests.benchmarks.tempo.rows import tell

LAPTOP = QSize(1366, 768)
NOTE = (
    "Neighbour heard the same threats again on 23 November. Risk is not coming down. Officers visit weekly and the "
    "landlord changes the locks."
)
ACTIONS = ("dh visit with the landlord fri", "sl patrol at dusk thu")
A_CASE, AN_ACTION = "a case: minute, two actions, outcome, read-back, next", "an action: its line and 2 keys"
ONWARDS = "outcome chosen, read back, the next case"
DAY, DOORS = "17 dec", time(13, 45)
REASON = "Reason for closing with items outstanding"
MORE = ("Abel", "Beata", "Cyrus", "Delphine", "Emrys", "Fenella", "Gideon", "Hazel", "Idris", "Jarek")
FAMILY = ("Quillfeather", "Rushbrook", "Sallowfield", "Tarnside", "Underhay", "Vexcombe", "Wychling", "Yarrowby")


_TAKER = next(user for user in sample_data()["users"] if user["role"] == "minute-taker")


class _Environment(EveningEnvironment):
    """The evening's; the private program is the robot's."""

    def private_command(self) -> Sequence[str]:
        """It speaks to the group's program as the real one does."""
        return (sys.executable, "-m", "tests.benchmarks.tempo.private")


def main(folder: Path, people: int, cases: int) -> None:
    """Make the sample larger, and play its meeting to the end of the private one."""
    make_sample(folder)
    names = _invite(folder, people)
    clock = EveningClock(sample_clock())
    app = make_application(["csp-desktop"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    memory = LocalMemory(QSettings(str(folder.parent / "memory.ini"), QSettings.Format.IniFormat))
    starting = Starting(_Environment(clock, folder), memory, folder)
    window = starting.program.window
    window.resize(LAPTOP)
    window.show()
    window.activateWindow()
    hands = KeyboardHands(window, folder.parent, pass_time=clock.pass_time, wait_until=clock.wait_until)
    try:
        _Evening(hands).play(names, cases)
    finally:
        window.close()
        hands.end()


def _invite(folder: Path, people: int) -> list[str]:
    """So many are expected at least; their names."""
    with require_sample(folder) as partnership:
        session = partnership.session
        meeting = agenda.next_meeting(session)
        assert meeting is not None
        everyone = agenda.preparation(session, meeting.id).expected
        known = [row.member.name for row in everyone if row.expected and not row.apology]
        home = everyone[0].member.agency_id
        more = (f"{first} {family}" for first, family in zip(MORE, cycle(FAMILY), strict=False))
        for name in [next(more) for _ in range(people - len(known))]:
            member = save_member(session, Member("", name, home, "Officer", Standing.STANDING))
            agenda.expect(session, meeting.id, member.id, expected=True)
            known.append(name)
        return known


class _Evening:
    """One meeting at the keys."""

    def __init__(self, hands: KeyboardHands) -> None:
        self._hands = hands

    def play(self, names: Sequence[str], cases: int) -> None:
        """Each row is told as soon as it is known."""
        self._to_desk()
        tell(f"one of {len(names)} people signs in", [self._sign_in(name) for name in names])
        with self._hands.step() as whole:
            self._hands.key("Ctrl+Return")
            self._hands.wait(lambda: self._hands.look("Agenda and cases") is not None, "the meeting")
            walked = self._walk(cases)
        for step, done in walked.items():
            tell(step, done)
        tell(f"the meeting of {cases} cases, from its start to the last case", [whole])
        tell("from the last case to a checked draft", [self._close()])
        self._private()

    def _to_desk(self) -> None:
        hands = self._hands
        unlock_as(hands, _TAKER)
        hands.wait(lambda: hands.on_page("home"), "home")
        go(hands, "Prepare", "prepare")
        hands.click("Confirm all")
        hands.click("Open sign-in")
        hands.wait(lambda: hands.on_page("sign_in"), "the desk")
        hands.wait_until(DOORS)

    def _sign_in(self, name: str) -> Beats:
        hands = self._hands
        with hands.step() as beats:
            hands.write(max((word for word in name.split() if word.isascii()), key=len))
            hands.key("Return")
            hands.wait(lambda: hands.look("Signature") is not None, f"{name} at the desk")
            if hands.look("I have read it out") is not None:
                hands.key("space")  # the button has the keyboard
            hands.sign("Signature")
            hands.key("Ctrl+Return")
            hands.wait(lambda: hands.look("Signature") is None, f"{name} signed")
        return beats

    def _walk(self, cases: int) -> dict[str, list[Beats]]:
        """Items as they come, and so many cases; each part of a case by itself too."""
        hands = self._hands
        done: defaultdict[str, list[Beats]] = defaultdict(list)
        while len(done[A_CASE]) < cases:
            if hands.look("Current case") is None:
                with hands.step() as item:
                    self._go_on()
                done["an agenda item without a note"].append(item)
                continue
            with hands.step() as case:
                with hands.step() as note:
                    hands.key("F2")
                    hands.write(NOTE)
                for line in ACTIONS:
                    with hands.step() as action:
                        hands.key("F3")
                        hands.write(line)
                        hands.key("Return")
                    done[AN_ACTION].append(action)
                with hands.step() as onwards:
                    hands.key("Ctrl+2")
                    self._go_on()
            done[f"a minute of {len(NOTE)} letters"].append(note)
            done[ONWARDS].append(onwards)
            done[A_CASE].append(case)
        return done

    def _go_on(self) -> None:
        """Read back, accepted, and the next; a referral that a risk asks for is named."""
        hands = self._hands
        hands.key("Ctrl+Return")
        line = None if _reading_back(hands) else hands.look("Refer to", QLineEdit)
        if isinstance(line, QLineEdit) and not line.text():
            hands.click("Refer to", QLineEdit)
            hands.write("Hertfordshire Constabulary")
            hands.key("Tab")
            hands.click("Intervention planned")
            hands.key("Ctrl+Return")
        if _reading_back(hands):
            hands.key("Ctrl+Return")

    def _close(self) -> Beats:
        """Everything settled on the closing page, the draft drawn up, and the minute-taker's own check of it."""
        hands = self._hands
        with hands.step() as beats:
            go(hands, "close the meeting", "closing")
            hands.key("U", "E")
            hands.fill("Date of the next meeting", DAY)
            hands.key("Return")
            if hands.look(REASON) is not None:
                hands.fill(REASON, "The robot stops here")
            hands.key("Ctrl+Return")
            hands.wait(lambda: hands.on_page("minutes"), "the minutes")
            hands.wait(lambda: (save := hands.look("Save PDF")) is not None and save.isEnabled(), "the draft drawn up")
            hands.key("Ctrl+Return")
            hands.wait(lambda: hands.look("Checked") is not None, "the draft checked")
        return beats

    def _private(self) -> None:
        """The robot of the private window has the keyboard: here nothing is pressed by it."""
        beside = Hands(self._hands.window, self._hands.out, self._hands.pass_time, self._hands.wait_until)
        play_beside(beside, lambda: unlock_as(beside, _TAKER))


def _reading_back(hands: Hands) -> bool:
    return hands.look("Accept and continue") is not None


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
