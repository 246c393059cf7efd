"""What changes in the room is on the disk as soon as it is done: killed and opened again, the meeting stands there."""

import signal
import subprocess
import sys
from pathlib import Path

from csp_desktop.bootstrap.partnership import create_partnership, open_partnership
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.confidentiality import Attendance, Remote
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Joined, Meeting
from csp_desktop.domain.meeting.offices import OfficeTaken
from csp_desktop.services.meeting import running_meeting
from csp_desktop.vault.derivation import Cost
from tests.scenarios.test_users import CHAIR, TAKER, running_meeting_of
from tests.support.fakes import FixedClock

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.domain.cases.cases import SubjectType
from csp_desktop.domain.meeting.confidentiality import Remote
from csp_desktop.domain.meeting.meeting import Place
from csp_desktop.domain.meeting.offices import Office
from csp_desktop.services.cases.case_entry import NewCase
from csp_desktop.services.meeting import agenda_items, joining, offices, running_meeting, sign_in
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.people.settings import settings
from tests.scenarios.test_users import CHAIR, TAKER
from tests.support.fakes import FixedClock

clock = FixedClock()
session = open_partnership(Path(sys.argv[1]), CHAIR.name, CHAIR.passphrase, clock).session
people = {row.name: row for row in sign_in.people_of_meeting(session, "m")}
new = NewCase("Fir Lane: threats", "", settings(session).areas[0], SubjectType.VICTIM, "QT", session.today)
joining.join_new(session, "m", new, Place.NOW)
agenda_items.add_item(session, "m", OwnItem("Bonfire night"))
offices.take(session, "m", Office.CHAIR, people[TAKER.name].member_id)
clock.advance(minutes=5)
sign_in.leave(session, people[CHAIR.name].attendance_id)
clock.advance(minutes=5)
sign_in.come_back(session, people[CHAIR.name].attendance_id, Remote.TEAMS)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_after_the_room_changed_everything_stands_and_can_still_be_undone(tmp_path: Path) -> None:
    folder = tmp_path / "partnership"
    partnership, _ = create_partnership(folder, [CHAIR, TAKER], Cost.quick(), FixedClock(), with_recovery=True)
    with partnership:
        running_meeting_of(partnership.session)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    clock = FixedClock()
    clock.advance(hours=1)
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as partnership:
        session = partnership.session
        running = running_meeting.running(session)
        assert running is not None and partnership.verify()["ok"]
        with session.work.reading() as records:
            (turn,) = records.find(CaseTurn, meeting_id="m")
            (taken,) = records.find(OfficeTaken, meeting_id="m")
            (chair,) = [row for row in records.find(Attendance, meeting_id="m") if row.name == CHAIR.name]
            case, item = records.get(Case, turn.case_id), records.find(AgendaItem, title="Bonfire night")
        assert (running.current_turn_id, turn.joined, case.summary) == (turn.id, Joined.NEW, "Fir Lane: threats")
        assert running.chair_id == taken.to_id and item[0].added_at is not None
        assert (chair.remote, len(chair.away), chair.present) == (Remote.TEAMS, 1, True)
        for _ in range(4):  # coming back, leaving, the chair, the item
            session.work.undo()
        with session.work.reading() as records:
            assert records.get(Meeting, "m").chair_id == taken.from_id
            assert not records.find(AgendaItem, title="Bonfire night") and not records.find(OfficeTaken)
