"""Safekeeping through its page, and a file brought in at the first screen, as a person does it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.gui.file.backups import SafekeepingPage
from csp_desktop.gui.file.bring_in import BringInPage
from csp_desktop.gui.meeting.closing import begin_backup
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file import backups, handover
from csp_desktop.services.ports.handover import Handover, Passing
from tests.support.pages import Shown, desk_of
from tests.support.partnerships import CHAIR, Ticking, add_agency, agencies, quiet


class Answers(Ask):
    """Whoever asks for a folder or a file gets this one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open_folder(self, parent: QWidget, title: str, start: Path | None = None) -> Path | None:
        """The folder."""
        return self.path

    def open_file(self, parent: QWidget, title: str, kinds: Any, start: Path | None = None) -> Path | None:
        """The file."""
        return self.path


def shown(qtbot: QtBot, partnership: Partnership, stick: Path) -> Shown:
    desk = desk_of(partnership.session)
    page = SafekeepingPage(desk, Answers(stick))
    there = Shown(qtbot, page, desk, None, QSize(1366, 768))
    settled(qtbot, desk.tasks)
    return there


def settled(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy())


def test_a_folder_is_chosen_a_backup_made_and_tried(qtbot: QtBot, partnership: Partnership, stick: Path) -> None:
    with partnership:
        there = shown(qtbot, partnership, stick)
        page, tasks = there.page, there.desk.tasks
        assert isinstance(page, SafekeepingPage)
        ui = page._ui
        assert ui.backups_title.text() == "There is no backup yet"
        ui.backup_button.click()
        assert "Choose the folder" in ui.folder_error.text()
        ui.folder_button.click()
        settled(qtbot, tasks)
        qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        assert ui.progress_panel.isVisible() and not ui.backup_button.isEnabled()
        settled(qtbot, tasks)
        assert ui.backups_title.text().startswith("Last backup today at") and len(list(stick.iterdir())) == 1
        assert ui.done_bar.text() == "Backed up and checked: no errors"
        ui.secret_edit.setText("wrong")
        ui.try_button.click()
        settled(qtbot, tasks)
        assert "does not open with that name" in ui.try_error.text() and ui.secret_edit.text() == ""
        ui.secret_edit.setText(CHAIR.passphrase)
        ui.try_button.click()
        settled(qtbot, tasks)
        assert ui.done_bar.text().endswith("opens and is complete")
        assert [entry.title for entry in ui.history_view.entries()] == ["Backup checked: it opens", "Backup"]
        ui.kept_field.setValue(1)
        assert "between 2 and 99" in ui.kept_error.text()


def test_going_back_asks_first_and_locks(qtbot: QtBot, partnership: Partnership, stick: Path, clock: Ticking) -> None:
    backups.change_rules(partnership.session, folder=str(stick))
    backups.back_up(partnership.session, quiet)
    add_agency(partnership.session, "After")
    there = shown(qtbot, partnership, stick)
    page, tasks = there.page, there.desk.tasks
    assert isinstance(page, SafekeepingPage)
    ui = page._ui
    ui.restore_button.click()
    assert "type the passphrase" in ui.try_error.text()
    ui.secret_edit.setText(CHAIR.passphrase)
    ui.restore_button.click()
    assert ui.restore_frame.isVisible() and not ui.restore_button.isVisible() and there.went == []
    assert "kept in the folder under another name" in ui.restore_label.text()
    ui.restore_yes_button.click()
    settled(qtbot, tasks)
    assert there.went == [("lock", None)]
    folder = partnership.folder
    partnership.close()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as again:
        assert "After" not in agencies(again.session)


def test_cancelled_a_backup_leaves_nothing(qtbot: QtBot, partnership: Partnership, stick: Path) -> None:
    with partnership:
        backups.change_rules(partnership.session, folder=str(stick))
        there = shown(qtbot, partnership, stick)
        page, tasks = there.page, there.desk.tasks
        assert isinstance(page, SafekeepingPage)
        page._ui.backup_button.click()
        page._ui.progress_panel.cancel_button.click()
        settled(qtbot, tasks)
        assert list(stick.iterdir()) == [] and backups.safety(partnership.session).history == ()
        assert page._ui.backup_button.isEnabled() and not page._ui.progress_panel.isVisible()


def test_handed_over_in_the_window_and_taken_over_at_the_first_screen(
    qtbot: QtBot, partnership: Partnership, stick: Path, tmp_path: Path, clock: Ticking
) -> None:
    there = shown(qtbot, partnership, stick)
    page, tasks = there.page, there.desk.tasks
    assert isinstance(page, SafekeepingPage)
    ui = page._ui
    ui.pass_button.click()
    assert "Name the other laptop" in ui.pass_error.text()
    ui.to_edit.setText("Jo's laptop")
    ui.place_button.click()
    ui.pass_button.click()
    assert "does not open here until “Jo's laptop” hands it back" in ui.passing_label.text()
    ui.pass_yes_button.click()
    settled(qtbot, tasks)
    assert there.went == [("lock", None)]
    partnership.close()
    file, other = next(stick.iterdir()), tmp_path / "other"
    arriving = BringInPage(FolderBundleImport(clock, None, "x"), tasks, Answers(file), other, "")
    qtbot.addWidget(arriving)
    arriving.show()
    arriving._ui.bring_button.click()
    assert "Choose the file first" in arriving._ui.bring_error.text()
    arriving._ui.file_button.click()
    arriving._ui.name_edit.setText(CHAIR.name)
    arriving._ui.secret_edit.setText(CHAIR.passphrase)
    with qtbot.waitSignal(arriving.arrived) as came:
        arriving._ui.bring_button.click()
    settled(qtbot, tasks)
    assert came.args == [other] and not file.exists()
    with open_partnership(other, CHAIR.name, CHAIR.passphrase, clock) as opened:
        assert opened.session.user_name == CHAIR.name


def test_a_lost_file_is_taken_back_at_the_first_screen_with_a_reason(
    qtbot: QtBot, partnership: Partnership, stick: Path, folder: Path, clock: Ticking
) -> None:
    tasks = desk_of(partnership.session).tasks
    handover.hand_over(partnership.session, stick, "Jo's laptop", quiet)
    partnership.close()
    page = BringInPage(FolderBundleImport(clock, None, "x"), tasks, Answers(stick), folder, CHAIR.name)
    qtbot.addWidget(page)
    page.show()
    page._ui.lost_button.click()
    page._ui.own_edit.setText(CHAIR.passphrase)
    page._ui.take_button.click()
    settled(qtbot, tasks)
    assert "Give the reason" in page._ui.take_error.text()
    page._ui.reason_edit.setText("Left on a train")
    with qtbot.waitSignal(page.arrived):
        page._ui.take_button.click()
    settled(qtbot, tasks)
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock).close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape])
def test_escape_leads_back_from_bringing_in(qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    page = BringInPage(FolderBundleImport(Ticking(), None, "x"), Tasks(), Answers(tmp_path), tmp_path, "")
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.left_asked):
        qtbot.keyClick(page, key)


def test_cancelled_too_late_a_hand_over_still_locks(qtbot: QtBot, partnership: Partnership, stick: Path) -> None:
    assert partnership.session.handover is not None
    handover: Handover = partnership.session.handover

    class TooLate:
        """The person cancels when the file is gone already."""

        this_laptop, refuse_code = handover.this_laptop, handover.refuse_code

        def hand_over(self, folder: Path, passing: Passing, progress: Progress) -> Path:
            """Given away, then cancelled."""
            target = handover.hand_over(folder, passing, progress)
            assert isinstance(page, SafekeepingPage) and page._ui.progress_panel.is_running()
            page._ui.progress_panel.cancel()
            return target

    partnership.session = replace(partnership.session, handover=TooLate())
    there = shown(qtbot, partnership, stick)
    page, tasks = there.page, there.desk.tasks
    assert isinstance(page, SafekeepingPage)
    page._ui.to_edit.setText("Jo's laptop")
    page._ui.place_button.click()
    page._ui.pass_button.click()
    page._ui.pass_yes_button.click()
    settled(qtbot, tasks)
    assert there.went == [("lock", None)] and len(list(stick.glob("*.csphandover"))) == 1
    partnership.close()


def test_a_backup_follows_a_meeting_where_the_rules_say_so(qtbot: QtBot, partnership: Partnership, stick: Path) -> None:
    with partnership:
        desk = desk_of(partnership.session)
        begin_backup(desk)
        assert not desk.tasks.busy()
        backups.change_rules(partnership.session, folder=str(stick))
        begin_backup(desk)
        settled(qtbot, desk.tasks)
        assert len(list(stick.iterdir())) == 1
        stick.rename(stick.with_name("gone"))
        begin_backup(desk)
        settled(qtbot, desk.tasks)
        assert backups.safety(partnership.session).failure is not None
        backups.change_rules(partnership.session, after_meetings=False)
        begin_backup(desk)
        assert not desk.tasks.busy()
