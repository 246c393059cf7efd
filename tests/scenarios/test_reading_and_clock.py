"""The windows on a file that may only be read, or under a clock that cannot be right: every page opens and says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import create_partnership, open_partnership
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.window.file_watch import CLOCK_IS_RIGHT
from csp_desktop.gui.window.registry import GATE, GROUP
from csp_desktop.sample.clock import sample_clock
from csp_desktop.services.file import backups
from csp_desktop.services.meeting.agenda import meetings
from csp_desktop.services.private import people
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.in_session import TAKER, start_november
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.test_private_file import LEADER, NOW, _fill
from tests.scenarios.windows import Sitting, sitting
from tests.support.partnerships import CHAIR
from tests.support.private_session import LEAD
from tests.support.unprivileged import read_only

READING = "Read only: this account cannot write to the folder"
DOUBT = "This computer's clock says "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The private file with people and no session yet."""
    made, _ = create_partnership(
        tmp_path / "partnership",
        [LEADER],
        Cost.quick(),
        lambda: NOW,
        with_recovery=True,
        kind=VaultKind.ROUGH_SLEEPING,
    )
    with made:
        _fill(made)
    return tmp_path / "partnership"


def walk(begun: Sitting, pages: Iterator[tuple[str, object]], says: str) -> None:
    """Every page, and the bar over it."""
    window = begun.program.window
    for name, argument in pages:
        window.show_page(name, argument)
        begun.hands.settle()
        assert window.page_name() == name
        assert window.standing_notice.isVisible() and window.standing_notice.text().startswith(says), name


def group_pages(begun: Sitting) -> Iterator[tuple[str, object]]:
    session = begun.program._session
    assert session is not None
    with session.work.reading() as records:
        case = records.find(Case)[0]
    meeting = meetings(session)[-1].id
    for name in (page.stem for page in GROUP.pages):
        if name not in (GATE, "private_part"):
            yield name, case.id if name in OF_A_CASE else meeting if name in AT_TABLE else None


AT_TABLE = ("live", "sign_in", "actions", "closing")
OF_A_CASE = ("case", "management_plan")


def private_pages(begun: Sitting) -> Iterator[tuple[str, object]]:
    session = begun.program._session
    assert session is not None
    person = people.people(session)[0].person.id
    for name in (page.stem for page in PRIVATE.pages):
        if name not in (GATE, "private_live", "private_room"):
            yield name, person if name in ("private_person", "private_risk") else None


@contextmanager
def group(sample: Path, tmp_path: Path) -> Iterator[Sitting]:
    with sitting(sample, tmp_path, sample_clock() + timedelta(hours=2)) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        yield begun


@pytest.mark.parametrize("in_session", [False, True], ids=["before the meeting", "in session"])
def test_every_page_of_the_group_opens_for_reading_and_says_why(sample: Path, tmp_path: Path, in_session: bool) -> None:
    if in_session:
        start_november(sample)
    with read_only(sample), group(sample, tmp_path) as begun:
        walk(begun, group_pages(begun), READING)
        begun.hands.picture("reading")
        begun.hands.key("F12")
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        assert begun.program.window.standing_notice.text().startswith(READING)


def test_every_page_of_the_private_window_opens_for_reading_and_says_why(folder: Path, tmp_path: Path) -> None:
    with read_only(folder), private_sitting(folder, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        walk(begun, private_pages(begun), READING)


def test_a_backup_goes_to_a_stick_from_the_window_that_may_only_read(sample: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with read_only(sample), group(sample, tmp_path) as begun:
        begun.program.window.show_page("safekeeping")
        begun.hands.settle()
        begun.hands.answer_file_dialog(stick)
        begun.hands.click("Back up now")
        begun.hands.wait(lambda: any(stick.glob("*.cspbackup")), "the backup")
        said = "Backed up and checked: no errors"
        begun.hands.wait(lambda: any(said in text for text in begun.hands.texts()), "the word for it")


def test_what_is_typed_there_is_never_called_saved(sample: Path, tmp_path: Path) -> None:
    start_november(sample)
    with read_only(sample), group(sample, tmp_path) as begun:
        hands = begun.hands
        hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
        hands.key("F2")
        hands.write("Gate is welded.")
        hands.wait(lambda: any(text.startswith("Not saved") for text in hands.texts()), "the label")
        assert not any(text.startswith("Saved ") for text in hands.texts())
        assert hands.typed_text() == "Gate is welded."


def test_the_private_window_asks_about_the_clock_and_goes_on_when_it_is_said_to_be_right(
    folder: Path, tmp_path: Path
) -> None:
    long_ago = NOW - timedelta(days=200)
    with private_sitting(folder, tmp_path, long_ago) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        walk(begun, private_pages(begun), DOUBT)
        hands = begun.hands
        hands.picture("clock")
        hands.click(CLOCK_IS_RIGHT)
        hands.wait(lambda: not begun.program.window.standing_notice.isVisible(), "the bar to go")
    with open_partnership(folder, LEAD, LEADER.passphrase, lambda: long_ago, kind=VaultKind.ROUGH_SLEEPING) as again:
        assert SafeCopyKind.CLOCK in {copy.kind for copy in backups.safety(again.session).history}


def test_the_group_s_window_asks_about_the_clock(tmp_path: Path) -> None:
    place, ahead = tmp_path / "partnership", NOW + timedelta(days=500)
    create_partnership(place, [CHAIR], Cost.quick(), lambda: NOW, with_recovery=True)[0].close()
    with sitting(place, tmp_path, ahead) as begun:
        begun.unlock(CHAIR.name, CHAIR.passphrase)
        notice = begun.program.window.standing_notice
        begun.hands.wait(lambda: notice.text().startswith(DOUBT), "the bar")
        for name in ("home", "cases", "people", "settings", "safekeeping", "journal", "users", "retention"):
            begun.program.window.show_page(name)
            begun.hands.settle()
            assert notice.isVisible(), name
        begun.hands.click(CLOCK_IS_RIGHT)
        begun.hands.wait(lambda: not notice.isVisible(), "the bar to go")
