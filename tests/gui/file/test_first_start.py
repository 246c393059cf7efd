"""The first start, from an empty folder to the open partnership, by key and mouse."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.documents.recovery_sheet import print_recovery_sheet
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.file import recovery_sheet
from csp_desktop.gui.file.first_start import FirstStartPage
from csp_desktop.gui.widgets.pdf_preview import PdfPages
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file.unlock import FirstPerson
from csp_desktop.services.ports.passphrases import Estimate, Weakness
from csp_desktop.services.session import Session
from tests.support.fakes import fake_session
from tests.support.screens import clipped_texts, settle, unnamed_controls

GROUPS = ("K7QD", "9WPL", "H5BN", "J4ZE", "R2MK", "T3PL", "B8NY", "Z6JQ")
WORDS = "lantern orbit meadow copper violin seven"


class FakeNew:
    """A partnership just made, whose groups 3 and 6 are to be proved."""

    def __init__(self) -> None:
        self.abandoned = False

    @property
    def recovery_groups(self) -> Sequence[str]:
        return GROUPS

    def recovery_sheet(self, name: str, folder: Path) -> bytes:
        return print_recovery_sheet(name, folder, GROUPS)

    @property
    def groups_to_prove(self) -> tuple[int, int]:
        return 3, 6

    def prove(self, typed: Mapping[int, str]) -> bool:
        return {number: text.strip().upper() for number, text in typed.items()} == {3: "H5BN", 6: "T3PL"}

    def begin(self) -> Session:
        return fake_session()

    def abandon(self) -> None:
        self.abandoned = True


class FakeVaults:
    """Vaults without a cipher: strength is length, and one folder already holds a partnership."""

    def __init__(self, taken: Path) -> None:
        self.taken, self.new = taken, FakeNew()
        self.made: list[tuple[Path, FirstPerson, str]] = []

    def holds_partnership(self, folder: Path) -> bool:
        return folder == self.taken

    def refuse_unsuitable(self, folder: Path) -> None:
        if "Dropbox" in str(folder):
            raise Refused("This folder is copied to other computers. Choose one that stays here.")

    def estimate(self, passphrase: str, known: Sequence[str]) -> Estimate:
        return Estimate(10.0 ** len(passphrase), Weakness.SHORT)

    def made_of_words(self) -> str:
        return WORDS

    def create(self, folder: Path, person: FirstPerson, passphrase: str) -> FakeNew:
        self.made.append((folder, person, passphrase))
        return self.new

    def open(self, folder: Path, name: str, passphrase: str) -> Session:
        raise AssertionError("the first start opens nothing")

    def open_with_recovery(self, folder: Path, typed_key: str, name: str, passphrase: str) -> Session:
        raise AssertionError("the first start recovers nothing")


class ScriptedAsk(Ask):
    """Answers with one path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open_folder(self, parent: QWidget, title: str, start: Path | None = None) -> Path | None:
        return self.path

    def save_file(self, parent: QWidget, title: str, kinds: Sequence[str], suggested: Path) -> Path | None:
        return self.path


@pytest.fixture
def vaults(tmp_path: Path) -> FakeVaults:
    return FakeVaults(tmp_path / "taken")


@pytest.fixture
def page(qtbot: QtBot, vaults: FakeVaults, tmp_path: Path) -> Iterator[FirstStartPage]:
    make_application(["test"])
    tasks = Tasks()
    made = FirstStartPage(vaults, tasks, ScriptedAsk(tmp_path / "sheet.pdf"), tmp_path / "new")
    qtbot.addWidget(made)
    settle(made, QSize(1366, 768))
    yield made
    tasks.close()


def click(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def who(page: FirstStartPage) -> None:
    ui = page._ui
    QTest.keyClicks(ui.name_edit, "Hannah Price")
    QTest.keyClicks(ui.post_edit, "Community safety manager")
    QTest.keyClicks(ui.agency_edit, "Watford Borough Council")
    click(ui.next_button)


def to_the_key(qtbot: QtBot, page: FirstStartPage) -> None:
    who(page)
    click(page._ui.take_button)
    click(page._ui.create_button)
    qtbot.waitUntil(lambda: page._ui.step_3.isVisible())


def test_folder_name_passphrase_and_two_groups_open_a_new_partnership(
    qtbot: QtBot, page: FirstStartPage, vaults: FakeVaults, tmp_path: Path
) -> None:
    to_the_key(qtbot, page)
    of_council = ("Watford Borough Council", "Community safety manager", "Watford", "Community Safety Partnership")
    person = FirstPerson("Hannah Price", *of_council)
    assert vaults.made == [(tmp_path / "new", person, WORDS)]
    QTest.keyClicks(page._ui.group_a_edit, "h5bn")
    QTest.keyClicks(page._ui.group_b_edit, "t3pl")
    with qtbot.waitSignal(page.started) as started:
        click(page._ui.begin_button)
    assert isinstance(started.args[0], Session)
    assert page._ui.key_label.text() == ""


def test_the_screen_says_that_alone_one_holds_every_role(page: FirstStartPage) -> None:
    assert "you have every role" in page._ui.text_1.text()


@pytest.mark.parametrize("field", ["folder_edit", "name_edit", "agency_edit", "town_edit", "partnership_edit"])
def test_a_missing_answer_is_asked_for_at_its_field(page: FirstStartPage, field: str) -> None:
    ui = page._ui
    for edit in (ui.name_edit, ui.agency_edit, ui.town_edit):
        edit.setText("Something")
    getattr(ui, field).clear()
    click(ui.next_button)
    assert ui.error_1.text() != "" and ui.step_1.isVisible()
    assert getattr(ui, field).property("state") == "error"


def test_the_town_of_a_council_is_proposed_and_the_name_on_papers_is_shown(page: FirstStartPage) -> None:
    ui = page._ui
    QTest.keyClicks(ui.agency_edit, "Testford Borough Council")
    assert ui.town_edit.text() == "Testford"
    assert "Name on papers: Testford Community Safety Partnership." in ui.paper_label.text()


def test_a_town_that_was_typed_is_not_proposed_away(page: FirstStartPage) -> None:
    ui = page._ui
    QTest.keyClicks(ui.town_edit, "Fenchester")
    QTest.keyClicks(ui.agency_edit, "Testford Borough Council")
    assert ui.town_edit.text() == "Fenchester"


def test_a_folder_that_is_copied_elsewhere_is_refused_with_the_reason(page: FirstStartPage) -> None:
    page._ui.folder_edit.setText("/home/x/Dropbox/csp")
    who(page)
    assert "Choose one that stays here" in page._ui.error_1.text()


@pytest.mark.parametrize(
    ("typed", "lies"),
    [("Partnership", "Partnership"), ("~/Partnership", "Partnership"), ("~x y/z", "~x y/z")],
)
def test_a_folder_typed_without_its_place_lies_in_the_users_own(page: FirstStartPage, typed: str, lies: str) -> None:
    page._ui.folder_edit.setText(typed)
    assert page._folder() == Path.home() / lies


def test_a_folder_that_holds_a_partnership_is_opened_instead(
    qtbot: QtBot, page: FirstStartPage, vaults: FakeVaults
) -> None:
    page._ui.folder_edit.setText(str(vaults.taken))
    who(page)
    assert "already holds a partnership" in page._ui.error_1.text()
    with qtbot.waitSignal(page.existing_chosen) as chosen:
        click(page._ui.existing_button)
    assert chosen.args == [vaults.taken]


def test_the_strength_is_shown_in_a_word_and_a_weak_passphrase_is_refused(qtbot: QtBot, page: FirstStartPage) -> None:
    who(page)
    ui = page._ui
    QTest.keyClicks(ui.passphrase_edit, "kettle")
    assert ui.strength_label.text() == "Too easy to guess"
    QTest.keyClicks(ui.again_edit, "kettle")
    click(ui.create_button)
    qtbot.waitUntil(lambda: "too easy to guess" in ui.error_2.text())
    ui.passphrase_edit.setText(WORDS)
    assert ui.strength_label.text() == "Strong"


def test_the_passphrase_is_typed_twice(qtbot: QtBot, page: FirstStartPage, vaults: FakeVaults) -> None:
    who(page)
    page._ui.passphrase_edit.setText(WORDS)
    page._ui.again_edit.setText(WORDS + "!")
    click(page._ui.create_button)
    qtbot.waitUntil(lambda: "differ" in page._ui.error_2.text())
    assert vaults.made == []


def test_wrong_groups_are_asked_for_again(qtbot: QtBot, page: FirstStartPage) -> None:
    to_the_key(qtbot, page)
    page._ui.group_a_edit.setText("9WPL")
    page._ui.group_b_edit.setText("T3PL")
    click(page._ui.begin_button)
    assert "not the two groups" in page._ui.error_3.text()


def test_a_saved_recovery_sheet_warns_that_it_is_not_encrypted(
    qtbot: QtBot, page: FirstStartPage, tmp_path: Path
) -> None:
    to_the_key(qtbot, page)
    click(page._ui.save_button)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "not encrypted" in page._ui.saved_note.text()


def test_the_sheet_goes_out_over_the_whole_of_one_page() -> None:
    make_application(["test"])
    page = QBuffer()
    page.open(QIODevice.OpenModeFlag.WriteOnly)
    recovery_sheet.put_on(QPdfWriter(page), print_recovery_sheet("Hannah Price", Path("here"), GROUPS))
    printed = PdfPages(bytes(page.data().data()))
    assert len(printed) == 1
    image = printed.image(0, 600)
    inked = [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 128 for x in range(600))]
    assert inked[0] < 0.1 * image.height() and inked[-1] > 0.9 * image.height()


def test_what_was_prepared_is_closed_when_the_window_closes_before_the_proof(
    qtbot: QtBot, page: FirstStartPage, vaults: FakeVaults
) -> None:
    to_the_key(qtbot, page)
    page.abandon()
    assert vaults.new.abandoned


@pytest.mark.parametrize("size", [QSize(1600, 900), QSize(1366, 768), QSize(640, 360)], ids=["1600", "1366", "640"])
def test_no_words_are_cut_and_everything_is_named(qtbot: QtBot, page: FirstStartPage, size: QSize) -> None:
    for prepare in (lambda: None, lambda: who(page), lambda: page._created(FakeNew())):
        prepare()
        settle(page, size)
        assert clipped_texts(page) == []
        assert unnamed_controls(page) == []
