"""A folder with nothing but the private file: planned, prepared and begun by hand through the real window."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from csp_desktop.bootstrap.partnership import create_partnership, open_partnership
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.private.figures import Counted
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.private import agenda, figures, people
from csp_desktop.services.private.settings import change_private_settings, private_settings, send_to
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.test_nothing_readable import ROOT, home
from tests.scenarios.test_private_file import LEADER, NOW, PRIVATE, _fill, now
from tests.support.private_session import LEAD, member_named


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    folder = tmp_path / "partnership"
    kind = VaultKind.ROUGH_SLEEPING
    made, _ = create_partnership(folder, [LEADER], Cost.quick(), now, with_recovery=False, kind=kind)
    _fill(made)
    made.close()
    return folder


def test_a_session_is_planned_and_begun_without_a_meeting_of_the_group(alone: Path, tmp_path: Path):
    with private_sitting(alone, tmp_path, NOW) as begun:
        hands = begun.hands
        begun.unlock(LEAD, LEADER.passphrase)
        hands.wait(lambda: hands.on_page("private_home"), "home")
        assert "Plan the next private session" in hands.texts()
        hands.key("Return")
        hands.wait(lambda: hands.on_page("private_agenda"), "the sub-agenda")
        hands.click("Plan this session")
        assert "Sub-agenda for Thu 26 Nov" in hands.texts()
        hands.key("Alt+Down", "Escape")
        hands.wait(lambda: hands.on_page("private_home"), "home")
        assert "Begin: who is in the room?" in hands.texts()
        hands.key("Return")
        hands.wait(lambda: hands.on_page("private_room"), "the room check")
        for name, agency in ((LEAD, "New Hope"), ("PC Sara Lyle", "Hertfordshire Constabulary")):
            hands.fill("Name of someone coming in", name)
            hands.fill("Agency of someone coming in", agency)
            hands.key("Return")
        hands.click("Sign")
        for name in ("PC Sara Lyle", LEAD):
            hands.write(name)
            hands.key("Ctrl+Return")
        hands.fill("People counted", "2")
        hands.click("Number counted")
        assert "The room is cleared" in hands.texts()
    with open_partnership(alone, LEAD, LEADER.passphrase, now, kind=PRIVATE) as again:
        meeting = agenda.next_meeting(again.session)
        assert meeting is not None and meeting.state is MeetingState.SIGN_IN
        order = [person.initials for _, person in agenda.sub_agenda_of(again.session, meeting.id).picked]
        assert order == ["D.W.", "K.B.", "S.M."]
        assert again.verify()["ok"]


def test_what_the_lead_sets_and_releases_is_in_the_file_and_journalled(alone: Path):
    with open_partnership(alone, LEAD, LEADER.passphrase, now, kind=PRIVATE) as first:
        change_private_settings(first.session, small_count=3, winter_protocol_note="Beds from 19:00")
        send_to(first.session, member_named(first.session, "PC Sara Lyle").id, receives=True)
        assert figures.release(first.session, Counted.ON_LIST).count == "3"
        number = first.session.work.head()[0]
    with open_partnership(alone, LEAD, LEADER.passphrase, now, kind=PRIVATE) as again:
        kept = private_settings(again.session)
        lyle = member_named(again.session, "PC Sara Lyle").id
        assert (kept.small_count, kept.winter_protocol_note, kept.circulation) == (3, "Beds from 19:00", (lyle,))
        released = figures.released(again.session)
        assert [(one.count, one.by) for one in released] == [("3", LEAD)]
        assert again.session.work.head()[0] == number
        assert again.verify()["ok"]


def test_a_figure_once_released_cannot_be_undone(alone: Path):
    with open_partnership(alone, LEAD, LEADER.passphrase, now, kind=PRIVATE) as first:
        people.add(first.session, "Nell Frost")
        figures.release(first.session, Counted.ON_LIST)
        assert first.session.work.undo() is None
        with first.session.work.reading() as records:
            assert len(records.find(RoughSleeper)) == 4


def test_nobody_who_unlocked_the_private_file_is_named_in_what_this_computer_remembers(alone: Path, tmp_path: Path):
    remembered = tmp_path / "memory.ini"
    remembered.write_text("[General]\nuser=Ravi Nair\nfolder=/somewhere\n", encoding="utf-8")  # by an earlier version
    with private_sitting(alone, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        begun.hands.wait(lambda: begun.hands.on_page("private_home"), "home")
        begun.starting._memory.store.sync()
    kept = remembered.read_text(encoding="utf-8")
    assert str(alone) in kept and not any(part in kept for part in (LEAD, *LEAD.split(), "user"))


@pytest.mark.parametrize("key", ["Ctrl+L", "F12"])
def test_locked_with_nothing_to_come_back_to_the_private_program_ends(alone: Path, tmp_path: Path, key: str):
    base = tmp_path / "computer"
    who = [LEAD, LEADER.passphrase, key]
    words = [sys.executable, "-m", "tests.scenarios.private_locker", str(alone), str(base), *who]
    done = subprocess.run(words, cwd=ROOT, env=home(base), capture_output=True, text=True, timeout=300)
    assert (done.stdout, done.stderr, done.returncode) == ("locking\n", "", 0)
    open_partnership(alone, LEAD, LEADER.passphrase, now, kind=PRIVATE).close()


def test_locked_with_something_half_typed_the_private_program_stays_until_it_is_taken_back(alone: Path, tmp_path: Path):
    with private_sitting(alone, tmp_path, NOW) as begun:
        hands = begun.hands
        begun.unlock(LEAD, LEADER.passphrase)
        hands.wait(lambda: hands.on_page("private_home"), "home")
        begun.program.window.show_page("private_people")
        hands.settle()
        field = next(line for line in hands.visible(QLineEdit))
        field.setFocus()
        hands.write("Ber")
        hands.key("Ctrl+L")
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        assert begun.program.window.isVisible()
        begun.unlock(LEAD, LEADER.passphrase)
        assert "Ber" in [line.text() for line in hands.visible(QLineEdit) if isinstance(line, QLineEdit)]
