"""The pages that keep a file, in the private window on a real private file: none needs a record of the group's."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from csp_desktop.bootstrap.partnership import Founder, create_partnership
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.file.file_standing import accept_clock
from csp_desktop.services.private import agenda, people, register
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.windows import Sitting
from tests.support.fakes import FixedClock
from tests.support.private_session import MEMBERS, PEOPLE
from tests.support.screens import clipped_texts, unnamed_controls

LEAD = Founder("Imogen Hale", "New Hope", AgencyKind.SUPPORT, "Lead", "lantern orchard", (Role.NEW_HOPE_LEAD,))
LATER = datetime(2033, 3, 1, 10, 0, tzinfo=UTC)
PAGES = ("journal", "users", "safekeeping", "retention")


@dataclass
class Opened:
    """The private window, unlocked."""

    sitting: Sitting
    folder: Path

    def show(self, stem: str) -> None:
        self.sitting.program.window.show_page(stem)
        self.sitting.hands.wait(lambda: not self.sitting.program.tasks.busy(), f"{stem} to be filled")
        self.sitting.hands.settle()


@pytest.fixture(params=[QSize(1366, 768), QSize(1600, 900)], ids=["small", "large"])
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opened]:
    folder = tmp_path / "partnership"
    clock = FixedClock(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    made, _ = create_partnership(folder, [LEAD], Cost.quick(), clock, with_recovery=True, kind=VaultKind.ROUGH_SLEEPING)
    with made:
        session = made.session
        for name, agency, kind in MEMBERS[1:]:
            register.save_member(session, "", name, agency, kind)
        for name, _worker in PEOPLE:
            people.add(session, name)
        with session.work.step("off the list") as records:
            for person, day in zip(records.find(RoughSleeper), (1, 2), strict=False):
                records.save(replace(person, on_list=False, off_list_on=date(2026, 12, day), off_list_why="moved in"))
    with private_sitting(folder, tmp_path, LATER, size=request.param) as now:
        now.unlock(LEAD.name, LEAD.passphrase)
        yield Opened(now, folder)


@pytest.mark.parametrize("stem", PAGES)
def test_a_page_that_keeps_the_file_opens_in_the_private_window(opened: Opened, stem: str) -> None:
    opened.show(stem)
    page = opened.sitting.program.window.page()
    assert page is not None and opened.sitting.program.window.page_name() == stem
    opened.sitting.hands.picture(f"private-{stem}")
    assert clipped_texts(page) == [] and unnamed_controls(page) == []
    texts = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "chair" not in texts.lower(), "the private file has none"


def test_while_a_session_runs_the_retention_page_shows_nobody(opened: Opened) -> None:
    opened.show("retention")
    page = opened.sitting.program.window.page()
    assert page is not None and any("RS-001" in label.text() for label in page.findChildren(QLabel))
    session = opened.sitting.program._session
    assert session is not None
    accept_clock(session)  # years have gone by since the last entry
    meeting = agenda.plan(session, LATER.date(), time(15, 45), time(16, 30))
    with session.work.step("it begins") as records:
        records.save(replace(meeting, state=MeetingState.IN_SESSION))
    opened.show("journal")
    opened.show("retention")
    page = opened.sitting.program.window.page()
    assert page is not None
    texts = " ".join(label.text() for label in page.findChildren(QLabel))  # hidden ones too
    named = " ".join(widget.accessibleName() for widget in page.findChildren(QWidget))
    assert "A private session is in progress" in texts and "RS-001" not in texts + named


def test_every_link_of_these_pages_leads_to_a_page_of_the_private_window(opened: Opened) -> None:
    pages = {page.stem for page in opened.sitting.program._kind.pages}
    for stem in PAGES:
        went: list[str] = []
        opened.show(stem)
        page = opened.sitting.program.window.page()
        assert page is not None
        page.navigate.disconnect()
        page.navigate.connect(lambda where, _, into=went: into.append(where))
        for name in ("people_button", "computer_button", "open_button"):
            button = page.findChild(QPushButton, name)
            if button is not None and button.isVisible():
                button.click()
        assert set(went) <= set(pages), (stem, went)
