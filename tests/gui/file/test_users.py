"""The users' screen on a real file: seen, let in, given a fresh passphrase, taken out, and the recovery key."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.partnership import (
    Founder,
    Partnership,
    create_partnership,
    open_by_recovery,
    open_partnership,
)
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.gui.file.new_passphrase import NewPassphrasePage
from csp_desktop.gui.file.users import UsersPage
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.services.file import users as file_users
from csp_desktop.services.ports.users import Paper
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import WrongPassphrase
from tests.support import partnerships as stored
from tests.support.fakes import FixedClock
from tests.support.pages import ScriptedAsk, Shown, desk_of
from tests.support.stored_vaults import PAPER, STORED

COUNCIL = ("Watford Borough Council", AgencyKind.COUNCIL)
CHAIR = Founder("Ruth Coyle", *COUNCIL, "Chair", "marble otter lantern hall", (Role.CHAIR,))
TAKER = Founder("Dilip Anand", *COUNCIL, "Officer", "velvet canyon spoon reed", (Role.MINUTE_TAKER,))
OWN = "seven quiet harbours mend"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standing") / "partnership"
    made, _ = create_partnership(folder, [CHAIR, TAKER], Cost.quick(), FixedClock(), with_recovery=True)
    with made, made.session.work.step("a person") as records:
        home = records.find(Agency)[0]
        records.save(Member(new_id(), "Maeve Quill", home.id, "Officer", Standing.OCCASIONAL))
    return folder


@pytest.fixture
def folder(tmp_path: Path, standing: Path) -> Path:
    shutil.copytree(standing, tmp_path / "partnership")
    return tmp_path / "partnership"


@pytest.fixture
def chair(folder: Path) -> Iterator[Partnership]:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as opened:
        yield opened


def shown(qtbot: QtBot, partnership: Partnership, ask: Ask | None = None) -> UsersPage:
    desk = desk_of(partnership.session)
    page = UsersPage(desk, ask)
    Shown(qtbot, page, desk, None, QSize(1366, 768))
    return page


def settled(qtbot: QtBot, page: UsersPage) -> None:
    qtbot.waitUntil(lambda: not page._context.tasks.busy())
    QApplication.processEvents()


def stand_on(page: UsersPage, name: str) -> None:
    row = next(row for row in page._rows if row.name == name)
    page._ui.users_view.set_current(row.user.id)
    page._open(row.user.id)


def titles(page: UsersPage) -> list[str]:
    return [entry.title for entry in page._ui.users_view.entries()]


def test_it_says_who_can_open_the_file_with_what_and_since_when(qtbot: QtBot, chair: Partnership) -> None:
    page = shown(qtbot, chair)
    ui = page._ui
    assert titles(page) == ["Dilip Anand", "Ruth Coyle"]
    assert "since Thu 26 Nov" in ui.users_view.entries()[0].caption and ui.users_view.entries()[1].pill == "You"
    assert "Roles limit what the program lets them do" in ui.intro_label.text()
    stand_on(page, TAKER.name)
    assert ui.role_2_check.isChecked() and not ui.role_1_check.isChecked()
    assert "still open" in ui.remove_text.text()
    assert ui.other_frame.isVisible() and not ui.own_frame.isVisible()
    stand_on(page, CHAIR.name)
    assert ui.own_frame.isVisible() and not ui.other_frame.isVisible()


def test_somebody_is_let_in_by_key_and_replaces_the_first_passphrase_before_anything_else(
    qtbot: QtBot, folder: Path
) -> None:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as opened:
        page = shown(qtbot, opened)
        ui = page._ui
        qtbot.keyClick(ui.users_view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert ui.add_frame.isVisible()
        first = ui.first_edit.text()
        assert len(first.split()) == 5
        ui.add_take_button.click()
        settled(qtbot, page)
        assert "Choose the person" in ui.person_error.text()
        edit = ui.person_combo.lineEdit()
        assert edit is not None
        qtbot.keyClicks(edit, "Maeve Quill, Officer")
        ui.add_take_button.click()
        settled(qtbot, page)
        assert "at least one role" in ui.add_roles_error.text()
        ui.add_role_2_check.click()
        ui.add_take_button.click()
        settled(qtbot, page)
        assert titles(page) == ["Dilip Anand", "Maeve Quill", "Ruth Coyle"]
        assert "Maeve Quill can open this file" in ui.done_bar.text()
        assert ui.first_edit.text() == ""
    with open_partnership(folder, "Maeve Quill", first, FixedClock()) as opened:
        desk = desk_of(opened.session)
        gate = NewPassphrasePage(desk)
        went = Shown(qtbot, gate, desk, ("sign_in", "a meeting"), QSize(1366, 768)).went
        qtbot.keyClick(gate, Qt.Key.Key_Escape)
        for edit, text in ((gate._ui.old_edit, first), (gate._ui.new_edit, OWN), (gate._ui.again_edit, OWN)):
            qtbot.keyClicks(edit, text)
        assert went == []
        qtbot.keyClick(gate._ui.again_edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(went))
        assert went == [("sign_in", "a meeting")]
        assert not file_users.must_renew(opened.session)


def test_a_wrong_old_passphrase_is_told_at_its_field_and_changes_nothing(qtbot: QtBot, folder: Path) -> None:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as opened:
        page = shown(qtbot, opened)
        ui = page._ui
        qtbot.keyClicks(ui.old_edit, "not this")
        ui.take_button.click()
        assert ui.new_edit.text() == ui.again_edit.text() == ui.offer_label.text()
        ui.own_button.click()
        settled(qtbot, page)
        assert "do not match" in ui.old_error.text()
        page.left()
        assert ui.old_edit.text() == ui.new_edit.text() == ui.again_edit.text() == ""
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()).close()


def test_a_person_is_taken_out_after_one_question_and_the_window_goes_on(qtbot: QtBot, folder: Path) -> None:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as opened:
        page = shown(qtbot, opened)
        ui = page._ui
        stand_on(page, TAKER.name)
        ui.remove_button.click()
        assert ui.remove_frame.isVisible() and "for Dilip Anand" in ui.remove_question.text()
        ui.remove_no_button.click()
        assert not ui.remove_frame.isVisible() and opened.vault.epoch == 1
        ui.remove_button.click()
        ui.remove_yes_button.click()
        assert ui.progress_panel.isVisible() and not ui.add_button.isEnabled()
        settled(qtbot, page)
        assert not ui.progress_panel.isVisible() and ui.add_button.isEnabled()
        assert titles(page) == ["Ruth Coyle"] and opened.vault.epoch == 2
        assert "can no longer open this file" in ui.done_bar.text()
        stand_on(page, CHAIR.name)
        assert "You have every role" in ui.roles_title.text() and not ui.role_1_check.isEnabled()
    with pytest.raises(WrongPassphrase):
        open_partnership(folder, TAKER.name, TAKER.passphrase, FixedClock())


def test_cancelled_everything_is_as_before(qtbot: QtBot, chair: Partnership) -> None:
    page = shown(qtbot, chair)
    ui = page._ui
    stand_on(page, TAKER.name)
    ui.remove_button.click()
    ui.remove_yes_button.click()
    ui.progress_panel.cancel_button.click()
    settled(qtbot, page)
    assert not ui.progress_panel.isVisible() and ui.remove_button.isEnabled()
    assert (chair.vault.epoch, len(file_users.users(chair.session))) in ((1, 2), (2, 1))


def test_the_last_who_may_let_people_in_keeps_the_role_and_the_reason_stands_there(
    qtbot: QtBot, chair: Partnership
) -> None:
    page = shown(qtbot, chair)
    ui = page._ui
    ui.role_2_check.click()
    assert "Roles changed" in ui.done_bar.text()
    ui.role_1_check.click()
    assert "Nobody would be left" in ui.roles_error.text() and ui.role_1_check.isChecked()


def test_whoever_may_not_change_it_sees_it_and_their_own_passphrase(qtbot: QtBot, folder: Path) -> None:
    with open_partnership(folder, TAKER.name, TAKER.passphrase, FixedClock()) as opened:
        page = shown(qtbot, opened)
        ui = page._ui
        assert not ui.add_button.isVisible() and not ui.paper_button.isVisible()
        assert ui.own_frame.isVisible()
        stand_on(page, CHAIR.name)
        assert not ui.role_1_check.isEnabled() and not ui.other_frame.isVisible()
        assert "can change it" in ui.roles_title.text()


def test_a_lost_passphrase_gets_a_fresh_one_to_be_passed_on(qtbot: QtBot, folder: Path) -> None:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as opened:
        page = shown(qtbot, opened)
        ui = page._ui
        stand_on(page, TAKER.name)
        ui.fresh_button.click()
        ui.fresh_edit.setText("short")
        ui.fresh_take_button.click()
        settled(qtbot, page)
        assert "too easy" in ui.fresh_error.text()
        ui.fresh_another_button.click()
        fresh = ui.fresh_edit.text()
        ui.fresh_take_button.click()
        settled(qtbot, page)
        assert ui.fresh_edit.text() == ""
        assert ui.users_view.entries()[0].pill == "Temporary passphrase"
    open_partnership(folder, TAKER.name, fresh, FixedClock()).close()


def test_a_new_recovery_key_counts_once_two_groups_were_typed_back(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as opened:
        page = shown(qtbot, opened, ScriptedAsk(tmp_path / "sheet.pdf"))
        ui, users = page._ui, opened.session.users
        assert users is not None and ui.prove_button.isVisible()
        ui.prove_button.click()
        ui.prove_edit.setText("ABCD-EFGH")
        ui.prove_take_button.click()
        assert "Group 1" in ui.prove_error.text()
        ui.prove_drop_button.click()
        ui.paper_button.click()
        paper = page._paper._paper
        assert paper is not None
        groups, (first, second) = list(paper.groups), paper.groups_to_prove
        assert all(group in ui.key_label.text() for group in groups)
        ui.save_button.click()
        assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
        ui.group_a_edit.setText("0000-0000")
        ui.sheet_take_button.click()
        settled(qtbot, page)
        assert "not the two groups" in ui.sheet_error.text() and opened.vault.epoch == 1
        ui.group_a_edit.setText(groups[first - 1])
        ui.group_b_edit.setText(groups[second - 1])
        ui.sheet_take_button.click()
        settled(qtbot, page)
        assert users.paper() is Paper.PROVED and opened.vault.epoch == 2
        assert ui.key_label.text() == "" and not ui.sheet_frame.isVisible()
    open_by_recovery(folder, " ".join(groups), CHAIR.name, OWN, FixedClock()).close()


def test_it_says_who_has_still_to_unlock_once_until_the_file_keeps_nothing_of_the_first_version(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder, clock = tmp_path / "of the first version", FixedClock(datetime(2026, 11, 27, 12, tzinfo=UTC))
    shutil.copytree(STORED / "0.1.0" / "cpg", folder / "cpg")
    with open_partnership(folder, stored.CHAIR.name, stored.CHAIR.passphrase, clock) as opened:
        page = shown(qtbot, opened)
        ui = page._ui
        assert "1 person has not unlocked since the update" in ui.intro_label.text()
        assert [entry.pill for entry in ui.users_view.entries()].count("Not unlocked yet") == 1
        assert ("1", "not unlocked yet") in [(f.big, f.small) for f in page.bar_state().figures]
        assert "as version 0.1.0 made it" in ui.paper_text.text() and ui.prove_button.isVisible()
        ui.prove_button.click()
        ui.prove_edit.setText((STORED / "0.1.0" / PAPER).read_text(encoding="ascii"))
        ui.prove_take_button.click()
        settled(qtbot, page)
        assert "0.1.0" not in ui.paper_text.text()
    name, words = stored.MINUTE_TAKER.name, stored.MINUTE_TAKER.passphrase
    with open_partnership(folder, name, words, clock) as opened:
        page = shown(qtbot, opened)
        assert "Roles limit what the program lets them do" in page._ui.intro_label.text()
        assert [entry.pill for entry in page._ui.users_view.entries()].count("Not unlocked yet") == 0
