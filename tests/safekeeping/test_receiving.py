"""A hand-over tied to one laptop by the receiving code shown there; without a code both screens say so."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.bundle_contents import Unpacked
from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import Partnership, open_partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.backup_settings import SafeCopy
from csp_desktop.gui.file.backups import SafekeepingPage
from csp_desktop.gui.file.bring_in import BringInPage
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file import backups, handover
from csp_desktop.vault.bundle import MAGIC
from csp_desktop.vault.errors import BundleDamaged, WrongBundle
from tests.safekeeping.test_window import Answers, settled, shown
from tests.support.pages import desk_of
from tests.support.partnerships import CHAIR, Ticking, add_agency, agencies, quiet

JOINED = "People would then work on two files, which can never be merged"
FIELDS_OF_0_1_0 = {"version", "purpose", "made", "salt", "size", "header"}


@pytest.fixture
def jo(tmp_path: Path) -> Path:
    """The partnership folder of Jo's laptop, which holds nothing yet."""
    return tmp_path / "jo" / "partnership"


def laptop(clock: Ticking) -> FolderBundleImport:
    return FolderBundleImport(clock, None, "a laptop")


def taken_over(clock: Ticking, folder: Path, file: Path) -> None:
    handover.bring_in(laptop(clock), folder, file, CHAIR.name, CHAIR.passphrase, quiet)


def shown_code(clock: Ticking, folder: Path) -> str:
    return handover.receiving_code(laptop(clock), folder, wanted=True)


def label_of(file: Path) -> dict[str, object]:
    raw = file.read_bytes()
    length = int.from_bytes(raw[len(MAGIC) : len(MAGIC) + 4], "big")
    label: dict[str, object] = json.loads(raw[len(MAGIC) + 4 : len(MAGIC) + 4 + length])
    return label


@pytest.fixture
def sealed(partnership: Partnership, stick: Path, jo: Path, clock: Ticking) -> Path:
    """Handed over with the code that Jo's laptop shows, typed as people type."""
    add_agency(partnership.session, "First")
    typed = shown_code(clock, jo).lower().replace("-", " ")
    with partnership:
        return handover.hand_over(partnership.session, stick, "Jo's laptop", quiet, typed)


def test_a_sealed_hand_over_is_taken_over_by_the_laptop_that_showed_the_code_and_by_no_other(
    sealed: Path, jo: Path, tmp_path: Path, clock: Ticking
) -> None:
    copy = Path(shutil.copy(sealed, tmp_path / "copy.csphandover"))
    second = tmp_path / "second" / "partnership"
    with pytest.raises(WrongBundle, match="locked to another laptop by its receiving code"):
        taken_over(clock, second, copy)
    shown_code(clock, second)
    with pytest.raises(WrongBundle, match="locked to another laptop"):
        taken_over(clock, second, copy)
    taken_over(clock, jo, sealed)
    with open_partnership(jo, CHAIR.name, CHAIR.passphrase, clock) as there:
        assert "First" in agencies(there.session) and there.verify()["ok"]
    assert not sealed.exists() and [path.name for path in jo.iterdir()] == ["cpg"]
    (jo / "cpg").rename(jo / "put aside")
    with pytest.raises(WrongBundle, match="locked to another laptop"):
        taken_over(clock, jo, copy)


def test_a_return_can_be_sealed_for_the_office_too(
    sealed: Path, jo: Path, folder: Path, stick: Path, clock: Ticking
) -> None:
    taken_over(clock, jo, sealed)
    code = shown_code(clock, folder)
    with open_partnership(jo, CHAIR.name, CHAIR.passphrase, clock) as there:
        add_agency(there.session, "Second")
        back = handover.hand_over(there.session, stick, "the office", quiet, code)
    taken_over(clock, folder, back)
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as home:
        assert {"First", "Second"} <= agencies(home.session)
    assert [path.name for path in folder.iterdir()] == ["cpg"]


def test_the_seal_cannot_be_taken_off(sealed: Path, jo: Path, clock: Ticking) -> None:
    whole, label = sealed.read_bytes(), label_of(sealed)
    assert label["version"] == 2 and set(label) == FIELDS_OF_0_1_0 | {"sealed_for"}
    del label["sealed_for"]
    raw = json.dumps(label | {"version": 1}, sort_keys=True, separators=(",", ":")).encode()
    begun = len(MAGIC) + 4 + int.from_bytes(whole[len(MAGIC) : len(MAGIC) + 4], "big")
    sealed.write_bytes(MAGIC + len(raw).to_bytes(4, "big") + raw + whole[begun:])
    with pytest.raises(BundleDamaged):
        taken_over(clock, jo, sealed)


def test_a_hand_over_without_a_code_and_every_backup_are_as_the_first_version_reads_them(
    partnership: Partnership, stick: Path
) -> None:
    with partnership:
        backup = stick / backups.back_up(partnership.session, quiet, stick).file
        file = handover.hand_over(partnership.session, stick, "Jo's laptop", quiet)
    for made in (backup, file):
        label = label_of(made)
        assert label["version"] == 1 and set(label) == FIELDS_OF_0_1_0


def test_a_mistyped_code_is_refused_before_anything_is_given_away(
    partnership: Partnership, stick: Path, jo: Path, clock: Ticking
) -> None:
    code = shown_code(clock, jo)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "2")
    with partnership:
        with pytest.raises(Refused, match="five groups of four"):
            handover.hand_over(partnership.session, stick, "Jo's laptop", quiet, wrong)
        assert list(stick.iterdir()) == [] and backups.safety(partnership.session).history == ()


def test_a_code_nobody_waits_for_any_more_goes_when_the_file_here_opens(
    partnership: Partnership, folder: Path, clock: Ticking
) -> None:
    partnership.close()
    shown_code(clock, folder)
    assert (folder / "cpg.receiving").exists()
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock).close()
    assert [path.name for path in folder.iterdir()] == ["cpg"]


def test_both_screens_say_what_a_copy_would_do_and_the_code_goes_from_one_to_the_other(
    qtbot: QtBot, partnership: Partnership, stick: Path, jo: Path, clock: Ticking
) -> None:
    desk_of(partnership.session)
    tasks = Tasks()
    receiver = BringInPage(laptop(clock), tasks, Answers(stick), jo, CHAIR.name)
    qtbot.addWidget(receiver)
    receiver.show()
    there = receiver._ui
    assert JOINED in there.code_text.text() and not there.code_label.isVisible()
    there.code_button.click()
    code = there.code_label.text()
    assert "opens on this laptop only" in there.code_text.text() and not there.code_button.isVisible()
    page = shown(qtbot, partnership, stick).page
    assert isinstance(page, SafekeepingPage)
    here = page._ui
    here.to_edit.setText("Jo's laptop")
    here.place_button.click()
    here.pass_button.click()
    assert JOINED in here.passing_label.text()
    here.pass_no_button.click()
    here.code_edit.setText(code.replace(code[3], "U"))
    qtbot.keyClick(here.code_edit, Qt.Key.Key_Return)
    assert "five groups of four" in here.pass_error.text() and not here.passing_frame.isVisible()
    here.code_edit.setText(code)
    here.pass_button.click()
    assert "It is locked to “Jo's laptop” by the receiving code and opens nowhere else" in here.passing_label.text()
    here.pass_yes_button.click()
    settled(qtbot, page._context.tasks)
    partnership.close()
    (file,) = stick.iterdir()
    receiver.choose(file)
    there.secret_edit.setText(CHAIR.passphrase)
    with qtbot.waitSignal(receiver.arrived, timeout=30_000):
        there.bring_button.click()
    settled(qtbot, tasks)
    open_partnership(jo, CHAIR.name, CHAIR.passphrase, clock).close()


def test_a_file_that_could_not_be_removed_is_read_before_unlocking(
    qtbot: QtBot, partnership: Partnership, stick: Path, jo: Path, clock: Ticking
) -> None:
    desk_of(partnership.session)
    tasks = Tasks()
    with partnership:
        file = handover.hand_over(partnership.session, stick, "Jo's laptop", quiet)
    pulled = stick.with_name("pulled")

    class PulledOut(FolderBundleImport):
        """The stick is pulled out as soon as every byte has been read."""

        def _make_home(self, there: Unpacked, note: SafeCopy) -> None:
            super()._make_home(there, note)
            stick.rename(pulled)

    receiver = BringInPage(PulledOut(clock, None, "Jo"), tasks, Answers(file), jo, CHAIR.name)
    qtbot.addWidget(receiver)
    receiver.show()
    receiver.choose(file)
    receiver._ui.secret_edit.setText(CHAIR.passphrase)
    receiver._ui.bring_button.click()
    settled(qtbot, tasks)
    assert receiver._ui.left_frame.isVisible() and JOINED in receiver._ui.left_label.text()
    with qtbot.waitSignal(receiver.arrived, timeout=30_000):
        receiver._ui.left_button.click()
    pulled.rename(stick)
    open_partnership(jo, CHAIR.name, CHAIR.passphrase, clock).close()
