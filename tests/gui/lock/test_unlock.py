"""The unlock screen: every state, and what it says when it does not open."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.lock.known_user import KnownUser
from csp_desktop.gui.lock.locked_words import RunningMeeting
from csp_desktop.gui.lock.unlock import UnlockCalls, UnlockPage, UnlockState
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file.unlock import wait_after
from tests.support.fakes import FixedClock
from tests.support.patience import SECONDS
from tests.support.screens import clipped_texts, settle, unnamed_controls

RIGHT = "amber kettle window seven"
WRONG = "This passphrase does not open the file. Look at Caps Lock, and try again."
HANNAH = KnownUser("Hannah Price", "chair", "Watford Borough Council")
MEETING = RunningMeeting(
    "14:00",
    "Community Protection Group",
    "Thu 26 Nov 2026, ends 16:00",
    "Case 8",
    "Case 8 of 23",
    "4 min behind",
    7,
    23,
    "14:49:31",
)


class Door:
    """Opens with one passphrase only, and remembers what was tried."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, str]] = []

    def __call__(self, name: str, passphrase: str) -> object:
        self.tried.append((name, passphrase))
        if passphrase != RIGHT:
            raise Refused(WRONG)
        return "session"

    def recover(self, key: str, name: str, passphrase: str, repeated: str) -> object:
        if key != "KEY":
            raise Refused("This is not the recovery key of this file.")
        return f"{name} recovered"


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 26, 14, 52, tzinfo=UTC))


@pytest.fixture
def page(qtbot: QtBot, door: Door, clock: FixedClock) -> Iterator[UnlockPage]:
    make_application(["test"])
    tasks = Tasks()
    made = UnlockPage(UnlockState(), UnlockCalls(door, clock, wait_after, door.recover), tasks)
    qtbot.addWidget(made)
    settle(made, QSize(1366, 768))
    yield made
    tasks.close()


def enter(page: UnlockPage, passphrase: str, name: str = "Hannah Price") -> None:
    ui = page._ui
    if ui.name_frame.isVisible():
        ui.name_edit.setText(name)
    ui.passphrase_edit.clear()
    QTest.keyClicks(ui.passphrase_edit, passphrase)
    QTest.keyClick(ui.passphrase_edit, Qt.Key.Key_Return)


def words(page: UnlockPage, name: str) -> str:
    """What is seen in a part that is made when it is needed; empty before, and while it is hidden."""
    label = page.findChild(QLabel, name)
    return label.text() if label is not None and label.isVisible() else ""


def tells_of_caps_lock(page: UnlockPage) -> bool:
    frame = page.findChild(QFrame, "caps_frame")
    return frame is not None and frame.isVisible()


def wrong_try(qtbot: QtBot, page: UnlockPage) -> None:
    enter(page, "no")
    qtbot.waitUntil(lambda: page._ui.error_label.text() == WRONG)


def test_name_and_passphrase_open_it_and_nothing_typed_stays(qtbot: QtBot, page: UnlockPage, door: Door) -> None:
    with qtbot.waitSignal(page.unlocked) as opened:
        enter(page, RIGHT)
        assert page._ui.unlock_button.text() == "Unlocking …"
        assert not page._ui.passphrase_edit.isEnabled()
    assert opened.args == ["session"]
    assert door.tried == [("Hannah Price", RIGHT)]
    assert page._ui.passphrase_edit.text() == ""


def test_a_wrong_passphrase_says_so_at_the_field_and_is_ready_to_be_typed_over(qtbot: QtBot, page: UnlockPage) -> None:
    wrong_try(qtbot, page)
    assert page._ui.passphrase_edit.isEnabled()
    assert page._ui.passphrase_edit.selectedText() != ""


def test_the_delay_grows_after_wrong_tries(qtbot: QtBot, page: UnlockPage, door: Door, clock: FixedClock) -> None:
    for _ in range(3):
        wrong_try(qtbot, page)
    assert page._ui.unlock_button.text() == "Try again in 2 s"
    enter(page, RIGHT)
    assert len(door.tried) == 3
    clock.advance(seconds=3)
    page._tick()
    wrong_try(qtbot, page)
    assert page._ui.unlock_button.text() == "Try again in 4 s"


@pytest.mark.parametrize(("name", "passphrase"), [("", RIGHT), ("Hannah Price", "")])
def test_a_missing_name_or_passphrase_is_asked_for_without_a_try(
    page: UnlockPage, door: Door, name: str, passphrase: str
) -> None:
    enter(page, passphrase, name)
    assert page._ui.error_label.text().startswith("Type your")
    assert door.tried == []


def test_locked_from_a_live_meeting_it_says_since_when_and_where_one_comes_back(page: UnlockPage) -> None:
    page.set_state(UnlockState(user=HANNAH, meeting=MEETING))
    ui = page._ui
    assert "Meeting running since 14:00" in ui.panel.accessibleDescription()
    assert ui.text_label.text() == "You return to Case 8, where you stopped typing."
    assert words(page, "saved_label") == "Everything saved, last at 14:49:31"
    assert ui.person_label.text() == "Hannah Price" and not ui.name_frame.isVisible()


def test_somebody_else_may_unlock(qtbot: QtBot, page: UnlockPage, door: Door) -> None:
    page.set_state(UnlockState(user=HANNAH))
    QTest.mouseClick(page._ui.other_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.unlocked):
        enter(page, RIGHT, "Marcus Bell")
    assert door.tried == [("Marcus Bell", RIGHT)]


def test_the_sample_shows_its_users_with_their_passphrases(qtbot: QtBot, page: UnlockPage) -> None:
    page.set_state(UnlockState(users=(KnownUser("Hannah Price", "chair", "", RIGHT),)))
    button = page.findChild(SecondaryButton, "sample_chair")
    assert button is not None
    assert "Hannah Price" in button.text()
    assert RIGHT in button.accessibleName()
    assert any(label.text() == RIGHT for label in page.findChildren(QLabel))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.unlocked):
        QTest.mouseClick(page._ui.unlock_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_after_choosing_one_of_the_sample_enter_unlocks_too(qtbot: QtBot, page: UnlockPage, key: Qt.Key) -> None:
    page.set_state(UnlockState(users=(KnownUser("Hannah Price", "chair", "", RIGHT),)))
    button = page.findChild(SecondaryButton, "sample_chair")
    assert button is not None
    button.click()
    with qtbot.waitSignal(page.unlocked):
        QTest.keyClick(page._ui.unlock_button, key)


def test_the_passphrase_shows_only_while_held(page: UnlockPage) -> None:
    edit = page._ui.passphrase_edit
    QTest.keyPress(edit, Qt.Key.Key_F8)
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyRelease(edit, Qt.Key.Key_F8)
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    QTest.mousePress(edit._eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    QTest.mouseRelease(edit._eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() is QLineEdit.EchoMode.Password


def test_a_capital_without_shift_tells_of_caps_lock(page: UnlockPage) -> None:
    edit = page._ui.passphrase_edit
    QTest.keyClicks(edit, "a")
    assert not tells_of_caps_lock(page)
    QTest.keyClicks(edit, "A")
    assert tells_of_caps_lock(page)
    QTest.keyClick(edit, Qt.Key.Key_CapsLock)
    assert not tells_of_caps_lock(page)


def test_a_passphrase_may_be_pasted(page: UnlockPage) -> None:
    QApplication.clipboard().setText(RIGHT)
    page._ui.passphrase_edit.paste()
    assert page._ui.passphrase_edit.text() == RIGHT
    QApplication.clipboard().clear()


def test_the_recovery_key_opens_with_a_new_passphrase(qtbot: QtBot, page: UnlockPage) -> None:
    QTest.mouseClick(page._ui.recover_button, Qt.MouseButton.LeftButton)
    ui = page._recover_card()._ui
    ui.whose_edit.setText("Hannah Price")
    ui.key_edit.setText("wrong")
    QTest.mouseClick(ui.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ui.recover_error.text() == "This is not the recovery key of this file.")
    ui.key_edit.setText("KEY")
    with qtbot.waitSignal(page.unlocked) as opened:
        QTest.mouseClick(ui.open_button, Qt.MouseButton.LeftButton)
    assert opened.args == ["Hannah Price recovered"]


def test_without_recovery_there_is_no_link_to_it(qtbot: QtBot, door: Door, clock: FixedClock) -> None:
    make_application(["test"])
    page = UnlockPage(UnlockState(), UnlockCalls(door, clock, lambda tries: timedelta(0)), Tasks())
    qtbot.addWidget(page)
    settle(page, QSize(1366, 768))
    assert not page._ui.recover_button.isVisible()


@pytest.mark.parametrize("size", [QSize(1600, 900), QSize(1366, 768), QSize(640, 360)], ids=["1600", "1366", "640"])
def test_no_words_are_cut_and_everything_is_named(page: UnlockPage, size: QSize) -> None:
    page.set_state(UnlockState(user=HANNAH, meeting=MEETING))
    settle(page, size)
    assert clipped_texts(page) == []
    assert unnamed_controls(page) == []


def test_nothing_heavy_is_loaded_before_the_screen_is_painted() -> None:
    code = (
        "import sys, csp_desktop.gui.lock.unlock; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'sqlalchemy', 'reportlab', 'keyring', 'cryptography', 'openpyxl', 'sqlcipher3', 'alembic'}), "
        "sorted(name for name in sys.modules if name.startswith('csp_desktop.services')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=SECONDS)
    assert done.stdout.strip() == "[] []"


def test_a_file_open_elsewhere_is_said_at_once_and_tried_again_when_it_is_free(
    qtbot: QtBot, door: Door, clock: FixedClock
) -> None:
    make_application(["test"])
    tasks, said = Tasks(), ["This partnership file is already open in another window."]
    calls = UnlockCalls(door, clock, wait_after, door.recover, lambda: said[0])
    page = UnlockPage(UnlockState(user=HANNAH), calls, tasks)
    qtbot.addWidget(page)
    for size in (QSize(1366, 768), QSize(900, 640)):
        settle(page, size)
        assert words(page, "elsewhere_label") == said[0]
        assert not clipped_texts(page) and not page._ui.unlock_button.isEnabled()
    page._ui.passphrase_edit.setText(RIGHT)
    QTest.keyClick(page._ui.passphrase_edit, Qt.Key.Key_Return)
    assert door.tried == []
    said[0] = ""
    qtbot.waitUntil(lambda: not words(page, "elsewhere_label"))
    with qtbot.waitSignal(page.unlocked):
        QTest.keyClick(page._ui.passphrase_edit, Qt.Key.Key_Return)
    tasks.close()
