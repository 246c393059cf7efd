"""The key store of this computer as a second key: offered once there is another way, never touched by the sample."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.partnership import Founder, Partnership, create_partnership, open_partnership
from csp_desktop.bootstrap.users import OpenFile, ThisComputer
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.file.users import UsersPage
from csp_desktop.gui.lock.computer_key import ComputerFields
from csp_desktop.gui.settings.settings import ComputerPanel, SettingsPage
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import KeyringMissing, WrongPassphrase
from csp_desktop.vault.users import mark_recovery_proved
from tests.support.fakes import FixedClock
from tests.support.screens import clipped_texts, settle

PASSPHRASE = "orchard lantern pebble violin"
FOUNDER = Founder("Hannah Price", "Watford Borough Council", AgencyKind.COUNCIL, "Manager", PASSPHRASE, tuple(Role))


class FakeSecrets:
    """A key store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read(self, vault_id: str) -> bytearray:
        """The secret; missing ones are refused."""
        if vault_id not in self.kept:
            raise KeyringMissing
        return bytearray(self.kept[vault_id])

    def read_or_make(self, vault_id: str) -> bytearray:
        """The secret, made when there is none."""
        self.kept.setdefault(vault_id, secrets.token_bytes(32))
        return self.read(vault_id)


def alone(folder: Path, store: FakeSecrets) -> Partnership:
    """A partnership of one person, with its recovery key not yet proved."""
    partnership, _ = create_partnership(folder, [FOUNDER], Cost.quick(), FixedClock(), with_recovery=True)
    file = OpenFile(partnership.vault, partnership.engine, partnership.work, partnership.session.now)
    computer = ThisComputer(file, store)
    partnership.session = replace(partnership.session, computer=computer)
    return partnership


def shown(qtbot: QtBot, partnership: Partnership) -> SettingsPage:
    """The settings page at its section."""
    page = SettingsPage(PageContext(partnership.session, Changes(), Tasks()))
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.entered("computer")
    return page


def computer(page: SettingsPage) -> ComputerFields:
    """The section on this computer."""
    panel = page.panels["computer"]
    assert isinstance(panel, ComputerPanel)
    return panel.fields


def test_the_device_factor_waits_until_recovery_is_proved(tmp_path: Path, qtbot: QtBot) -> None:
    with alone(tmp_path / "p", FakeSecrets()) as partnership:
        page = shown(qtbot, partnership)
        assert not computer(page).button.isVisible()
        mark_recovery_proved(partnership.vault)
        page.refresh()
        assert computer(page).button.isVisible()


def test_tied_in_the_window_the_passphrase_works_on_this_computer_only(tmp_path: Path, qtbot: QtBot) -> None:
    store = FakeSecrets()
    with alone(tmp_path / "p", store) as partnership:
        mark_recovery_proved(partnership.vault)
        page = shown(qtbot, partnership)
        qtbot.keyClicks(computer(page).edit, PASSPHRASE)
        computer(page).button.click()
        qtbot.waitUntil(lambda: partnership.vault.is_tied and not page._context.tasks.busy())
        QApplication.processEvents()
        assert "Untie" in computer(page).button.text()
    with open_partnership(tmp_path / "p", "hannah price", PASSPHRASE, FixedClock(), device_secrets=store) as again:
        assert again.verify()["ok"]
    with pytest.raises(KeyringMissing):
        open_partnership(tmp_path / "p", "hannah price", PASSPHRASE, FixedClock(), device_secrets=FakeSecrets())


def test_untied_it_opens_on_any_computer_again(tmp_path: Path, qtbot: QtBot) -> None:
    with alone(tmp_path / "p", FakeSecrets()) as partnership:
        mark_recovery_proved(partnership.vault)
        assert partnership.session.computer is not None
        partnership.session.computer.tie(PASSPHRASE)
        page = shown(qtbot, partnership)
        qtbot.keyClicks(computer(page).edit, "not this one")
        computer(page).button.click()
        qtbot.waitUntil(lambda: not page._context.tasks.busy())
        QApplication.processEvents()
        assert "do not match" in computer(page).error.text() and partnership.vault.is_tied
        computer(page).edit.clear()
        qtbot.keyClicks(computer(page).edit, PASSPHRASE)
        computer(page).button.click()
        qtbot.waitUntil(lambda: not partnership.vault.is_tied and not page._context.tasks.busy())
        QApplication.processEvents()
    open_partnership(tmp_path / "p", "hannah price", PASSPHRASE, FixedClock(), device_secrets=FakeSecrets()).close()


def test_no_passphrase_stays_behind_when_the_page_is_left(tmp_path: Path, qtbot: QtBot) -> None:
    with alone(tmp_path / "p", FakeSecrets()) as partnership:
        mark_recovery_proved(partnership.vault)
        page = shown(qtbot, partnership)
        qtbot.keyClicks(computer(page).edit, PASSPHRASE)
        page.left()
        assert computer(page).edit.text() == ""


def test_a_wrong_passphrase_ties_nothing(tmp_path: Path) -> None:
    store = FakeSecrets()
    with alone(tmp_path / "p", store) as partnership:
        mark_recovery_proved(partnership.vault)
        assert partnership.session.computer is not None
        with pytest.raises(WrongPassphrase):
            partnership.session.computer.tie("another one")
        assert not partnership.vault.is_tied and store.kept == {}


def test_tied_beside_the_users_where_there_is_no_page_of_settings(tmp_path: Path, qtbot: QtBot) -> None:
    with alone(tmp_path / "p", FakeSecrets()) as partnership:
        page = UsersPage(PageContext(partnership.session, Changes(), Tasks()))
        qtbot.addWidget(page)
        settle(page, QSize(1366, 768))
        page.entered(None)
        ui = page._ui
        assert not ui.computer_button.isVisible() and "another way to open the file" in ui.computer_text.text()
        mark_recovery_proved(partnership.vault)
        page.refresh()
        ui.computer_button.click()
        qtbot.waitUntil(lambda: ui.tie_frame.isVisible() and clipped_texts(page) == [])
        qtbot.keyClicks(ui.tie_edit, "not this one")
        ui.tie_button.click()
        qtbot.waitUntil(lambda: "do not match" in ui.tie_error.text())
        ui.tie_edit.clear()
        qtbot.keyClicks(ui.tie_edit, PASSPHRASE)
        ui.tie_button.click()
        qtbot.waitUntil(lambda: partnership.vault.is_tied and ui.done_bar.isVisible())
        assert ui.done_bar.text() == "Your passphrase is tied to this computer" and ui.tie_edit.text() == ""
        assert not ui.tie_frame.isVisible() and "Untie it before" in ui.computer_text.text()
