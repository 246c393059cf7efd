"""The private session in its own window, on the real encrypted file: locked, killed, someone bursting in."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import create_partnership, open_partnership
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.gui.private.session import PrivateLivePage
from csp_desktop.services.private import agenda, people
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.test_private_file import LEADER, NOW, _fill, now
from tests.scenarios.windows import Sitting
from tests.support.canaries import found
from tests.support.patience import SECONDS
from tests.support.private_session import LEAD, begun

KIT = ("Kit Barlow", "without cover", "Left A&E early")
TYPED = "Left A&E early. Will come in if the dog can co"
KILLED = """
import json, os, signal, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from tests.scenarios.test_private_live import LEAD, LEADER, NOW, TYPED, page_of
from tests.scenarios.private_windows import private_sitting
with private_sitting(Path(sys.argv[1]), Path(sys.argv[2]), NOW) as begun:
    begun.unlock(LEAD, LEADER.passphrase)
    page = page_of(begun)
    begun.hands.key("Return")
    begun.hands.write(TYPED)
    begun.hands.wait(lambda: page._view.person.saved.text().startswith("Saved"), "the note on disk")
    print(json.dumps(page._view.person.note.text()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A private file with a session that has begun: the lead and two who may hear everybody."""
    made, _ = create_partnership(
        tmp_path / "partnership", [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    with made:
        _fill(made)
        session = made.session
        kit = people.people(session)[0].person
        people.save(session, replace(kit, headline="ill, and without cover"))
        sitting = begun(session, LEAD, "PC Sara Lyle", "Amira Shah")
        agenda.pick(session, sitting.meeting_id, [line.person.id for line in _everyone(session)])
        first = sitting.state().rail[0]
        sitting.go_to(first.turn_id)
    return tmp_path / "partnership"


def _everyone(session):
    with session.work.reading() as records:
        return sorted((one for one in agenda.proposal(session, records)), key=lambda one: one.person.number)


def page_of(begun: Sitting) -> PrivateLivePage:
    """The session at the table."""
    begun.hands.wait(lambda: begun.hands.on_page("private_live"), "the private session")
    page = begun.program.window.page()
    assert isinstance(page, PrivateLivePage)
    return page


@pytest.fixture
def window(folder: Path, tmp_path: Path) -> Iterator[Sitting]:
    with private_sitting(folder, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        yield begun


def _at_gate(page: PrivateLivePage) -> bool:
    return page._view.person is None and page._view.here is page._ui.gate_view


def test_a_session_that_runs_is_gone_on_with_at_its_gate(window: Sitting):
    page = page_of(window)
    assert _at_gate(page) and found(KIT) == []
    assert window.hands.window_headline() == "Person 1 of 3"
    window.hands.key("Return")
    assert page._view.person is not None
    assert "K.B.: ill, and without cover" in window.hands.texts()
    assert not any("Kit Barlow" in text for text in window.hands.texts())


@pytest.mark.parametrize("key", ["Ctrl+L", "F12"])
def test_locked_or_hidden_nothing_stays_and_unlocking_leads_to_the_gate_with_what_was_typed(window: Sitting, key: str):
    page_of(window)
    window.hands.key("Return")
    window.hands.write(TYPED)
    window.hands.key(key)
    assert window.program.is_locked()
    assert found(KIT) == []
    window.unlock(LEAD, LEADER.passphrase)
    page = page_of(window)
    assert _at_gate(page) and found(KIT) == []
    window.hands.key("Return")
    assert page._view.person is not None
    assert page._view.person.note.text() == TYPED


def test_killed_in_the_middle_of_a_word_it_resumes_at_the_gate_with_the_note(folder: Path, tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert json.loads(ended.stdout) == TYPED
    with private_sitting(folder, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        page = page_of(begun)
        assert _at_gate(page) and found(KIT) == []
        begun.hands.key("Return")
        assert page._view.person is not None
        assert page._view.person.note.text() == TYPED


def test_a_whole_session_by_keys_ends_closed_and_the_file_is_sound(folder: Path, tmp_path: Path):
    with private_sitting(folder, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        page, hands = page_of(begun), begun.hands
        for _ in range(3):
            assert _at_gate(page)
            hands.key("Return")
            hands.write("Seen and spoken to.")
            hands.key("Ctrl+2", "F3")
            hands.write("sl tell the shifts thu")
            hands.key("Return", "Ctrl+Return", "Ctrl+Return")
        hands.key(*["Ctrl+Return"] * 4, "Ctrl+Return")  # the last item asks for the next date, and is read back
        assert page._view.here is page._ui.close_view
        hands.key("Ctrl+Return")
    with open_partnership(folder, LEAD, LEADER.passphrase, now, kind=VaultKind.ROUGH_SLEEPING) as made:
        assert made.verify()["ok"]
        with made.session.work.reading() as records:
            meeting = agenda.last_meeting(records)
            assert meeting is not None and meeting.state is MeetingState.CLOSED
            turns = agenda.turns_of(records, meeting.id)
        assert [turn.outcome for turn in turns] == [PersonOutcome.CONTINUE] * 3
        assert {turn.note for turn in turns} == {"Seen and spoken to."}
        assert not PrivateSitting(made.session, meeting.id).visible
