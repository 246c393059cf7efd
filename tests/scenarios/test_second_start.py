"""A second start of the program, on a folder that is open or gone: it says so before anything is typed."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel

from csp_desktop.bootstrap.partnership import Founder, create_partnership
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.file.first_start import FirstStartPage
from csp_desktop.gui.lock.unlock import UnlockPage
from csp_desktop.gui.window import starting
from csp_desktop.gui.window.starting import LocalMemory
from csp_desktop.vault.derivation import Cost
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.windows import Sitting, sitting
from tests.support.fakes import NOON, FixedClock
from tests.support.partnerships import add_agency

NAME, PASSPHRASE = "Ruth Coyle", "marble otter lantern canyon"


def test_a_second_start_says_who_has_the_file_open_and_opens_it_when_it_is_free(tmp_path: Path) -> None:
    founder = Founder(NAME, "Watford Borough Council", AgencyKind.COUNCIL, "Manager", PASSPHRASE, tuple(Role))
    folder = tmp_path / "partnership"
    first, _ = create_partnership(folder, [founder], Cost.quick(), FixedClock(), with_recovery=False)
    with sitting(folder, tmp_path, NOON) as now:
        hands = now.hands
        page = now.program.window.findChild(UnlockPage)
        assert page is not None
        hands.wait(lambda: page.findChild(QLabel, "elsewhere_label") is not None, "the sentence")
        label = page.findChild(QLabel, "elsewhere_label")
        assert label is not None
        hands.wait(label.isVisible, "the sentence to be seen")
        said = label.text()
        assert f"(process {os.getpid()})" in said and "by the account" in said and "since" in said
        add_agency(first.session, "Still working")
        first.close()
        hands.wait(lambda: not label.isVisible(), "the file to be free")
        now.unlock(NAME, PASSPHRASE)


def remembered(base: Path, folder: Path) -> None:
    """This folder was opened here."""
    store = QSettings(str(base / "memory.ini"), QSettings.Format.IniFormat)
    LocalMemory(store).remember(folder, NAME)
    store.sync()


def said(now: Sitting) -> str:
    page = now.program.window.findChild(FirstStartPage)
    assert page is not None
    now.hands.settle()
    assert page._ui.error_1.isVisible() is bool(page._ui.error_1.text())
    return page._ui.error_1.text()


@pytest.mark.parametrize("sit", [sitting, private_sitting])
def test_a_folder_that_is_gone_is_said_to_be_gone_and_not_taken_for_a_first_start(
    tmp_path: Path, sit: Callable[..., AbstractContextManager[Sitting]]
) -> None:
    folder = tmp_path / "partnership"
    with sit(folder, tmp_path, NOON) as now:
        assert said(now).startswith(f"The folder {folder} was not found.")
    folder.mkdir()
    with sit(folder, tmp_path, NOON) as now:
        assert said(now) == "", "an empty folder is a place to begin in"
    remembered(tmp_path, folder)
    with sit(folder, tmp_path, NOON) as now:
        assert said(now).startswith(f"The file opened here last is no longer in the folder {folder}.")


def test_a_first_start_where_nothing_was_ever_opened_says_nothing_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "default_folder", lambda: tmp_path / "Documents" / starting.NAME)
    with sitting(tmp_path / "Documents" / starting.NAME, tmp_path, NOON) as now:
        assert said(now) == ""
